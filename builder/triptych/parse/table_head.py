"""Read what stands above a table of cards as front matter, each place in the table."""

import re
from dataclasses import dataclass, replace

from triptych.dialect.ids import id_from
from triptych.dialect.tables import COMMENT
from triptych.parse.front_matter import cut
from triptych.values.diagnostics import Span
from triptych.values.document import Field, FrontMatter, Items, Scalar, Table
from triptych.values.source import Source

_QUOTE = '"'
_DEFAULT_ID = "cards"
_SEPARATORS = re.compile(r"[-_]+")


def cut_table(source: Source) -> tuple[FrontMatter, int]:
    """Return the front matter of a table, and the offset of the row of its columns.

    The lines above that row which begin with `#` are YAML. A spreadsheet may have put
    quotation marks around them and delimiters behind them.
    """
    yaml, shifts, offset = [], [], 0
    for line in source.text.split("\n"):
        bare = line.lstrip(" " + _QUOTE)
        if bare.strip(" ,;\t") and not bare.startswith(COMMENT):
            break
        offset += len(line) + 1
        is_quoted = line.lstrip().startswith(_QUOTE)
        text = bare.rstrip(" ,;\t")
        if is_quoted:
            text = text.removesuffix(_QUOTE).replace(_QUOTE * 2, _QUOTE)
        content = text.removeprefix(COMMENT).removeprefix(" ")
        shifts.append(len(line) - len(bare) + len(text) - len(content))
        yaml.append(content)
    if not any(yaml):
        yaml = []
    written = replace(source, text="\n".join(["---", *yaml, "---", ""]))
    matter, _, _ = cut(written)
    moved = _Moved(source, shifts)
    entries = tuple((moved.scalar(k), moved.field(v)) for k, v in matter.entries)
    finding = matter.finding
    if finding:
        finding = replace(finding, span=moved.span(finding.span), edits=())
    return FrontMatter(matter.fence, entries, finding), offset


def default_id(source: Source) -> str:
    """Return the id of a table that has none in its front matter: its folder's."""
    return id_from(source.path.parts[0]) or _DEFAULT_ID


def default_title(source: Source) -> str:
    """Return the title of a table that has none in its front matter."""
    words = _SEPARATORS.sub(" ", source.path.parts[0]).strip()
    return words[:1].upper() + words[1:]


@dataclass(frozen=True, slots=True)
class _Moved:
    """Moves places in the YAML of a table to where they are in the table."""

    source: Source
    shifts: list[int]
    """How much stands before the YAML on each line."""

    def span(self, span: Span) -> Span:
        """Return the place in the table."""
        line = min(max(span.line - 1, 1), len(self.shifts) or 1)
        shift = self.shifts[line - 1] if self.shifts else 0
        return replace(span, line=line, column=span.column + shift)

    def scalar(self, scalar: Scalar) -> Scalar:
        """Return a scalar with its place in the table."""
        return replace(scalar, span=self.span(scalar.span))

    def field(self, field: Field) -> Field:
        """Return a value with the places of all its parts in the table."""
        match field:
            case Scalar():
                return self.scalar(field)
            case Items():
                items = tuple(self.field(item) for item in field.items)
                return Items(items, self.span(field.span))
            case Table():
                entries = tuple(
                    (self.scalar(key), self.field(value))
                    for key, value in field.entries
                )
                return Table(entries, self.span(field.span))
