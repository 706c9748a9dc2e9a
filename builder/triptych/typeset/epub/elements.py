"""The elements that are open while XHTML is written, and what they become."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from html import escape

from triptych.dialect.html_policy import ATTRIBUTES, VOID
from triptych.typeset.epub.content_model import (
    LINES,
    SPACE,
    Attribute,
    Piece,
    contents,
    element,
)
from triptych.values.xhtml import (
    LinkEnd,
    LinkStart,
    Part,
    Xhtml,
)

_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
"""What XML cannot contain, and the characters of no text that stand for slots."""

_OF_FEW = frozenset[str]().union(*ATTRIBUTES.values()) - {"title"}
"""The attributes of raw HTML that only some elements may have.

An element may have become another since it began.
"""


@dataclass(slots=True)
class _Open:
    """An element that has not ended."""

    name: str
    """As its end is called."""
    written: str = ""
    """What is written instead; empty for an element that leaves its contents."""
    attributes: Sequence[Attribute] = ()
    in_line: bool = False
    """Whether it is in a line of text."""
    in_link: bool = False
    in_term: bool = False
    """Whether it is in a `dfn`."""
    children: list[Piece] = field(default_factory=list)


class Elements:
    """Receives elements and text in order, and makes valid XHTML of any of them."""

    def __init__(self, *, in_line: bool = False) -> None:
        """Start without elements; with `in_line` the XHTML is for a line of text."""
        self._open = [_Open("", in_line=in_line)]

    def text(self, xhtml: str) -> None:
        """Add text, which is XHTML already."""
        self.put(Piece("", text=allowed(xhtml)))

    def put(self, piece: Piece) -> None:
        """Add a text or an element that has ended."""
        self._open[-1].children.append(piece)

    def start(self, name: str, *attributes: Attribute) -> None:
        """Begin an element; one without an end tag ends at once."""
        if name == "h1":
            name = "h2"  # that of the page is the only one
        top = self._open[-1]
        opened = _Open(
            name,
            _written(name, top),
            attributes,
            top.in_line or top.written in LINES,
            top.in_link or name == "a",
            top.in_term or name == "dfn",
        )
        self._open.append(opened)
        if name in VOID:
            self._end()

    def end(self, name: str) -> None:
        """End the innermost element of this name, if there is one, and all in it."""
        if name == "h1":
            name = "h2"
        if any(one.name == name for one in self._open):
            while self._open[-1].name != name:
                self._end()
            self._end()

    def xhtml(self) -> Xhtml:
        """End all elements, and return what was added."""
        while len(self._open) > 1:
            self._end()
        return _stripped(_merged(_parts(contents(self._open[0].children))))

    def _end(self) -> None:
        one = self._open.pop()
        if not one.written:
            self._open[-1].children.extend(one.children)
            return
        self.put(
            element(one.written, one.attributes, one.children, in_line=one.in_line)
        )


def allowed(text: str) -> str:
    """Return `text` without the characters that XML cannot contain."""
    return text if text.isprintable() else _FORBIDDEN.sub("\ufffd", text)


def _written(name: str, top: _Open) -> str:
    """Return the element to write: some may not be inside their own kind."""
    if name == "a" and top.in_link:
        return ""
    if name in {"details", "summary"} and top.in_link:
        return "div"
    return "span" if name == "dfn" and top.in_term else name


def _parts(pieces: Iterable[Piece]) -> Iterator[Part]:
    """Yield the parts of `pieces`; not recursive, since raw HTML may be nested deep."""
    waiting: list[Piece | Part] = []
    waiting += [*pieces][::-1]
    while waiting:
        piece = waiting.pop()
        if not isinstance(piece, Piece):
            yield piece
        elif not piece.name:
            yield piece.text
        elif piece.name in VOID:
            yield from _tag(piece, "/>")
        else:
            yield from _tag(piece, ">")
            waiting.append(_end_tag(piece))
            waiting += piece.children[::-1]


def _tag(piece: Piece, end: str) -> Iterator[Part]:
    attributes = piece.attributes
    if attributes and isinstance(attributes[0], LinkStart):
        yield attributes[0]
        return
    yield f"<{piece.name}"
    for one in attributes:
        if not isinstance(one, tuple):
            yield one
        elif one[0] not in _OF_FEW or one[0] in ATTRIBUTES.get(piece.name, ()):
            yield f' {one[0]}="{escape(allowed(one[1]))}"'
    yield end


def _end_tag(piece: Piece) -> Part:
    first = piece.attributes[0] if piece.attributes else None
    if isinstance(first, LinkStart):
        return LinkEnd(first.path)
    return f"</{piece.name}>"


def _merged(parts: Iterable[Part]) -> Iterator[Part]:
    """Yield `parts` with texts in a row as one."""
    texts: list[str] = []
    for part in parts:
        if isinstance(part, str):
            texts.append(part)
            continue
        if texts:
            yield "".join(texts)
            texts.clear()
        yield part
    if texts:
        yield "".join(texts)


def _stripped(parts: Iterable[Part]) -> Xhtml:
    """Return `parts` without white space around them."""
    kept = list(parts)
    if kept and isinstance(kept[0], str):
        kept[0] = kept[0].lstrip(SPACE)
    if kept and isinstance(kept[-1], str):
        kept[-1] = kept[-1].rstrip(SPACE)
    return tuple(part for part in kept if part != "")
