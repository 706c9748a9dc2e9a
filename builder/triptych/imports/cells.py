"""The cells of a table of others, as Markdown of a deck: each may be HTML or text."""

import re
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from pathlib import Path

from triptych.dialect.html_policy import ELEMENTS
from triptych.imports.found import LeftOut
from triptych.imports.html import Html
from triptych.imports.markdown_text import Context, blocks, line
from triptych.imports.media import FieldFiles, LinkedFiles
from triptych.imports.signs import escaped

_TAG = re.compile(r"</?([A-Za-z][A-Za-z0-9]*)\b[^<>]*>")
_ENTITY = re.compile(r"&(?:[A-Za-z]+\d*|#\d+|#x[0-9A-Fa-f]+);")
_IS_TEXT = re.compile(r" {0,3}(?![-*+] |>|\||#{1,6} |\d{1,9}[.)] |<)\S")
"""A line of a paragraph: no item, quote, row of a table, heading or HTML."""
_BLOCK = re.compile(r"\s*(?:[-*+>|#<]|___|```|~~~|\$\$|\d+[.)](?:\s|$)|\[[^\]\n]+\]:)")
"""What may begin a block, which must not stand in the line of a label."""


@dataclass(frozen=True, slots=True)
class Cells:
    """What makes the Markdown of a deck of the cells of a row."""

    files: LinkedFiles
    folder: Path
    place: str
    left_out: list[LeftOut]

    is_html: bool
    """Whether all cells are HTML; else each is what it looks like."""

    def line(self, text: str) -> str:
        """Return a cell as a line."""
        if self._is_html(text):
            return self._html.line(self._known(text))
        return line(text, self._context)

    def blocks(self, text: str) -> str:
        """Return a cell as blocks."""
        if self._is_html(text):
            return self._html.blocks(self._known(text))
        return blocks(_with_breaks(text), self._context)

    def _is_html(self, text: str) -> bool:
        return self.is_html or _has_html(text)

    def _known(self, text: str) -> str:
        """Return HTML in which words in brackets, such as `<T>`, are no tags."""
        if self.is_html:
            return text
        return _TAG.sub(
            lambda tag: tag[0] if tag[1].lower() in ELEMENTS else escape(tag[0]), text
        )

    @property
    def _html(self) -> Html:
        return Html(FieldFiles(self.files, self.folder, self.place, self.left_out))

    @property
    def _context(self) -> Context:
        return Context(self.files, self.folder, self.place, self.left_out)


def labelled(name: str, text: str) -> str:
    """Return a cell with the name of its column before it."""
    if not name or not text:
        return text
    gap = "\n\n" if _BLOCK.match(text) else " "
    return f"**{escaped(name, frozenset())}:**{gap}{text}"


def _has_html(text: str) -> bool:
    """Return whether a text has tags of HTML, and not only words in brackets."""
    names = (found[1].lower() for found in _TAG.finditer(text))
    return any(name in ELEMENTS for name in names) or bool(_ENTITY.search(text))


def _with_breaks(text: str) -> str:
    """Return the text of a cell with the ends of its lines as breaks.

    Lines of lists, tables, code and formulas end as Markdown has them end.
    """
    if "```" in text or "~~~" in text or "$$" in text:
        return text
    written = text.split("\n")
    ended = [
        f"{one.rstrip()}\\" if _IS_TEXT.match(one) and _IS_TEXT.match(two) else one
        for one, two in pairwise(written)
    ]
    return "\n".join((*ended, written[-1]))
