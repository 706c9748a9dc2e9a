"""Read a table of cards into the front matter and the sections of a document."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import quote

from markdown_it.token import Token

from triptych.dialect.characters import composed, without_controls
from triptych.dialect.headings import REVERSE, TYPE
from triptych.dialect.tables import (
    COLUMNS,
    DELIMITERS,
    FIELD,
    NO,
    OTHER_COLUMNS,
    PRIVATE,
    YES,
)
from triptych.parse import layers, markdown
from triptych.parse.positions import Positions
from triptych.parse.rows import Cell, Row, delimiter_of, rows
from triptych.values.diagnostics import Finding, Span
from triptych.values.document import (
    CardOptions,
    Section,
    Tokens,
)
from triptych.values.meta import Meta, Origin
from triptych.values.source import Source

FLAGS = "flags"
"""The key of the places where a row says that its card is reversed or typed."""
_MEDIA = "media/"
"""The folder of a picture or sound whose cell names no folder."""
_ID = re.compile(r"\bid\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class CardTable:
    """The sections of a table, and what is wrong with its rows and columns."""

    sections: tuple[Section, ...]
    tokens: Tokens
    """All tokens of all cells."""
    findings: tuple[Finding, ...]


def read_table(source: Source, start: int, meta: Meta, title: str) -> CardTable:
    """Return the cards of a table; the row of its columns begins at `start`."""
    findings: list[Finding] = []
    header = source.text[start:].partition("\n")[0]
    known = {*COLUMNS, *OTHER_COLUMNS}
    delimiter = DELIMITERS[-1]
    if source.path.suffix != ".tsv":
        delimiter = delimiter_of(header, DELIMITERS, known)
    found = list(rows(source, start, delimiter, findings))
    if not found:
        return CardTable((), (), tuple(findings))
    columns = _columns(found[0], findings)
    width = len(found[0].cells)
    reader = _Reader(Positions(source), meta, title, columns, width, findings)
    if "id" not in columns.values():
        return CardTable((), (), tuple(findings))
    sections, tokens = [], []
    for row in found[1:]:
        section = reader.section(row)
        sections.append(section)
        tokens += [section.heading, *section.tokens, *section.options.hint]
    return CardTable(tuple(sections), tuple(tokens), tuple(findings))


def _columns(header: Row, findings: list[Finding]) -> dict[int, str]:
    """Return the names of the columns that are read, by their position."""
    names: dict[int, str] = {}
    (first, *others) = header.cells
    if not others and _ID.search(first.text) and first.text.casefold() not in COLUMNS:
        message = "the names of the columns are one cell"
        hint = "separate the cells by commas, semicolons or tabs"
        findings.append(Finding(first.span, message, hint))
        return names
    for position, cell in enumerate(header.cells):
        name = cell.text.casefold()
        if name.startswith(FIELD):
            name = FIELD + cell.text[len(FIELD) :].strip()
        if name in names.values():
            message = f"the column `{name}` is there a second time"
            findings.append(Finding(cell.span, message, "delete one of them"))
        elif name in COLUMNS or name.startswith(FIELD):
            names[position] = name
        elif name and not name.startswith(PRIVATE):
            meant = OTHER_COLUMNS.get(name, "")
            known = ", ".join(f"`{column}`" for column in COLUMNS)
            hint = f"did you mean `{meant}`?" if meant else f"columns: {known}"
            message = f"nothing reads the column `{cell.text}`"
            hint += f"; one that begins with `{PRIVATE}` is yours"
            findings.append(Finding(cell.span, message, hint))
    if "id" not in names.values():
        message = "the table has no column `id`"
        hint = "name its columns in the first row, and give each card an id"
        findings.append(Finding(header.span, message, hint))
    return names


@dataclass(frozen=True, slots=True)
class _Reader:
    """Makes sections of rows."""

    positions: Positions
    meta: Meta
    title: str
    """What the cards are about."""
    columns: Mapping[int, str]
    width: int
    """The number of columns, with those that nothing reads."""
    findings: list[Finding]

    def section(self, row: Row) -> Section:
        """Return the card of `row`."""
        cells = {
            self.columns[position]: cell
            for position, cell in enumerate(row.cells)
            if position in self.columns
        }
        self._excess(row)
        empty = Cell("", row.span, row.cells[0].start, row.cells[0].start)
        id_ = cells.get("id", empty)
        prompt = self._line(cells.get("prompt", empty), with_clozes=True)
        prompt.meta[FLAGS] = {
            name: cells[name].span
            for name in (REVERSE, TYPE)
            if name in cells and cells[name].text.casefold() in YES
        }
        answer = list(self._blocks(cells.get("answer", empty)))
        self._add_media(cells, prompt, answer)
        return Section(
            slug=composed(id_.text),
            heading=prompt,
            tokens=tuple(answer),
            span=id_.span,
            options=CardOptions(
                hint=tuple(self._hint(cells.get("hint", empty))),
                tags=tuple(map(composed, cells.get("tags", empty).text.split())),
                is_reversed=self._flag(cells.get("reverse"), self.meta.is_reversed),
                is_typed=self._flag(cells.get("type"), self.meta.is_typed),
                origin=_origin(cells),
            ),
        )

    def _excess(self, row: Row) -> None:
        for cell in row.cells[self.width :]:
            if cell.text:
                message = "this cell is in no column"
                hint = "put a cell with the delimiter in it between quotation marks"
                self.findings.append(Finding(cell.span, message, hint))
                return

    def _flag(self, cell: Cell | None, default: bool) -> bool:  # noqa: FBT001 - its value
        text = cell.text.casefold() if cell else ""
        if cell and text and text not in YES | NO:
            message = f"`{cell.text}` is neither `yes` nor `no`"
            self.findings.append(Finding(cell.span, message, "write one of them"))
        return text in YES if text else default

    def _hint(self, cell: Cell) -> Iterator[Token]:
        if cell.text:
            yield self._line(cell)

    def _line(self, cell: Cell, *, with_clozes: bool = False) -> Token:
        """Return a cell as a line of prose."""
        text = without_controls(cell.text)
        (token,) = markdown.inline(text, with_clozes=with_clozes)
        self.positions.mark_inline(token, cell.start, cell.end)
        token.meta["span"] = cell.span
        return token

    def _blocks(self, cell: Cell) -> Iterator[Token]:
        """Yield a cell of several lines as blocks; one line is a line of prose.

        As a block, the answer `1984.` would be an empty list.
        """
        if "\n" not in cell.text:
            yield from self._hint(cell)
            return
        tokens = markdown.blocks(without_controls(cell.text))
        self.positions.mark(tokens, cell.span.line, cell.start)
        for token in tokens:
            token.meta.setdefault("span", cell.span)
        yield from layers.whole(tokens).answer

    def _add_media(
        self, cells: Mapping[str, Cell], prompt: Token, answer: list[Token]
    ) -> None:
        """Add the sound to the prompt, and the picture to the answer.

        If there is no prompt, the picture is the prompt; if there is nothing else on
        the back, the sound is the answer. The words for a picture that is the prompt
        must not give its answer away.
        """
        sound, picture = (
            _media(cells[name]) if name in cells and cells[name].text else None
            for name in ("sound", "picture")
        )
        if picture:
            place = cells["picture"].span
            if prompt.content:
                _describe(picture, _words(answer) or _words([prompt]))
                _append(answer, picture, place)
            else:
                hint = _words(self._hint(cells["hint"])) if "hint" in cells else ""
                _describe(picture, hint or self.title)
                _append([prompt], picture, place)
        if sound:
            target = answer if prompt.content and not answer else [prompt]
            _append(target, sound, cells["sound"].span)


def _words(tokens: Iterable[Token]) -> str:
    """Return the words of `tokens`, to describe the picture beside them."""
    texts = (c.content for t in tokens for c in t.children or () if c.type == "text")
    return "".join(texts).strip()


def _describe(picture: Token, words: str) -> None:
    picture.children = [Token("text", "", 0, content=words)] if words else []


def _origin(cells: Mapping[str, Cell]) -> Origin:
    """Return what an imported card keeps."""
    fields = {
        name.removeprefix(FIELD): cell.text
        for name, cell in cells.items()
        if name.startswith(FIELD) and cell.text
    }
    texts = {name: cells[name].text for name in ("guid", "note_type") if name in cells}
    return Origin(texts.get("guid", ""), texts.get("note_type", ""), fields)


def _append(tokens: list[Token], media: Token, span: Span) -> None:
    """Add a picture or sound to the last line of `tokens`, or a paragraph of it."""
    media.meta["span"] = span
    line = Token("inline", "", 0, children=[media], meta={"span": span})
    if not tokens or tokens[-1].type != "inline":
        opening = Token("paragraph_open", "p", 1, block=True)
        tokens += [opening, line, Token("paragraph_close", "p", -1, block=True)]
        return
    children = tokens[-1].children or []
    gap = [Token("hardbreak", "br", 0)] if children else []
    tokens[-1].children = [*children, *gap, media]


def _media(cell: Cell) -> Token:
    src = cell.text if "/" in cell.text else f"{_MEDIA}{cell.text}"
    return Token("image", "img", 0, attrs={"src": quote(src, safe="/:%")})
