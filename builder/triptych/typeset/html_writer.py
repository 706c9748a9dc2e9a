"""Write tokens as HTML: the state of a writer, and tags as they are.

A table has the function that writes a token, by token type.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from markdown_it.common.utils import escapeHtml
from markdown_it.token import Token

from triptych.typeset.block_layout import ends_line
from triptych.typeset.context import Context
from triptych.typeset.raw_html import RAW
from triptych.typeset.slots import GENERATED_VALUE, Slots
from triptych.values.source import Media

Tokens: TypeAlias = Sequence[Token]


@dataclass(frozen=True, slots=True)
class HtmlWriter:
    """The state of writing one piece of prose as HTML for one output."""

    context: Context
    rows: Mapping[str, "Row"]
    """The function that writes a token, by token type."""
    picture: Callable[["HtmlWriter", Media, str], str]
    """Writes a picture of the deck, given its attributes without `src`."""
    slots: Slots | None = None
    """Protects HTML from the sanitizer; None if that will not run."""
    links: bool = True
    """Whether links and ids are allowed; they are not inside a link."""
    line_break: str = "\n"
    """What stands between blocks, where a browser shows no space."""
    open_endings: list[str] = field(default_factory=list)
    """The ends of the open links and cloze deletions, the innermost last."""
    reference_counts: Counter[int] = field(default_factory=Counter)
    """The number of references to each footnote."""
    media: list[str] = field(default_factory=list)
    """The names of the pictures and sounds."""
    formulas: list[str] = field(default_factory=list)
    """The MathML of each formula."""
    rare: set[str] = field(default_factory=set)
    """The elements and classes that few decks have."""
    page_links: list[str] = field(default_factory=list)
    """The links to other files of the deck, as `put_links` asks for them."""
    alignments: list[str] = field(default_factory=list)
    """How most cells of the open tables are aligned, for those who say it once."""
    tests: list[tuple[str, str]] = field(default_factory=list)
    """The label and the code of tests that stand on another page."""

    def protected(self, html: str, *, is_cloze: bool = False) -> str:
        """Return `html`, or a placeholder for it while the sanitizer runs."""
        return html if self.slots is None else self.slots.add(html, is_cloze=is_cloze)

    @property
    def tabindex(self) -> str:
        """Return the attribute that makes an element focusable by keyboard."""
        value = "0" if self.slots is None else GENERATED_VALUE
        return f' tabindex="{value}"'

    def note_name(self, number: int) -> str:
        """Return the end of a footnote's ids, which is unique on a page."""
        layer = self.context.layer
        return f"{layer}-{number}" if layer else str(number)


Row: TypeAlias = Callable[[HtmlWriter, Tokens, int], str]


def write(tokens: Tokens, writer: HtmlWriter) -> str:
    """Return the HTML of `tokens`, with placeholders where `writer` has slots."""
    rows = writer.rows
    written = []
    for position, token in enumerate(tokens):
        kind = token.type
        if kind == "text":  # half of all tokens
            written.append(escapeHtml(token.content))
        elif kind == "inline":
            written.append(write(token.children or (), writer))
        else:
            written.append(rows.get(kind, tag)(writer, tokens, position))
    return "".join(written)


def has_raw_html(tokens: Tokens) -> bool:
    """Return whether `tokens` contain raw HTML."""
    for token in tokens:
        if token.type in RAW:
            return True
        # The alternative text of an image is never HTML.
        if token.type == "inline" and has_raw_html(token.children or ()):
            return True
    return False


def tag(writer: HtmlWriter, tokens: Tokens, position: int) -> str:
    """Return a tag with its attributes, and line breaks where markdown-it has them."""
    token = tokens[position]
    if token.hidden:
        return ""
    start = "</" if token.nesting == -1 else "<"
    attributes = _attributes(token) if token.attrs else ""
    written = f"{start}{token.tag}{attributes}>"
    if not token.block:
        return written
    if token.nesting != -1 and position and tokens[position - 1].hidden:
        written = f"{writer.line_break}{written}"
    if ends_line(tokens, position):
        written = f"{written}{writer.line_break}"
    return written


def _attributes(token: Token) -> str:
    pairs = ((escapeHtml(key), escapeHtml(str(v))) for key, v in token.attrs.items())
    return "".join(f' {key}="{value}"' for key, value in pairs)
