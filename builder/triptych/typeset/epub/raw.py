"""Read prose with raw HTML: the author's elements among those of Markdown.

The sanitizer must see all raw HTML of a piece of prose at once, so such prose is first
written as HTML for it, with slots for what is not to be seen. What is left is read as
elements that begin and end, like those of Markdown.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from html import escape
from operator import methodcaller
from types import MappingProxyType
from typing import Protocol
from urllib.parse import unquote

from triptych.typeset.epub.content_model import Attribute, Piece
from triptych.typeset.epub.elements import Elements
from triptych.typeset.epub.urls import valid_url
from triptych.typeset.html_reader import HtmlReader
from triptych.typeset.sanitize import sanitize
from triptych.typeset.slots import SLOT, SLOT_END, SLOT_START
from triptych.values.language import is_language_tag
from triptych.values.xhtml import Id, PlaceLink

_INTEGER = re.compile(r"-?\d{1,9}")
_MAX_SPAN_CELLS = 1000


class Receiver(Protocol):
    """Receives elements and text in order."""

    def text(self, xhtml: str) -> None:
        """Add text, which is XHTML already."""

    def put(self, piece: Piece) -> None:
        """Add a text or an element that has ended."""

    def start(self, name: str, *attributes: Attribute) -> None:
        """Begin an element."""

    def end(self, name: str) -> None:
        """End the innermost element of this name."""


class Skeleton:
    """Receives prose with raw HTML, as the sanitizer is to see it."""

    def __init__(self) -> None:
        """Start with nothing."""
        self._html: list[str] = []
        self._events: list[Callable[[Elements], None]] = []
        self.generated: Receiver = _Generated(self._html, self._events)
        """Receives what is not for the sanitizer."""

    def text(self, xhtml: str) -> None:
        """Add text or raw HTML."""
        self._html.append(xhtml)

    def put(self, piece: Piece) -> None:
        """Add a text or an element that has ended, which the sanitizer cannot see."""
        self.generated.put(piece)

    def start(self, name: str, *attributes: Attribute) -> None:
        """Begin an element of Markdown."""
        written = "".join(map(_html_attribute, attributes))
        self._html.append(f"<{name}{written}>")

    def end(self, name: str) -> None:
        """End an element of Markdown."""
        self._html.append(f"</{name}>")

    def read_into(self, elements: Elements, *, links: bool) -> None:
        """Sanitize all that was added, and hand it on."""
        clean = sanitize("".join(self._html), links=links)
        read(clean, elements, self._events)


class _Generated:
    """Keeps what is not for the sanitizer, and puts a slot in its place."""

    def __init__(
        self, html: list[str], events: list[Callable[[Elements], None]]
    ) -> None:
        self._html, self._events = html, events

    def text(self, xhtml: str) -> None:
        self._add(methodcaller("text", xhtml))

    def put(self, piece: Piece) -> None:
        self._add(methodcaller("put", piece))

    def start(self, name: str, *attributes: Attribute) -> None:
        self._add(methodcaller("start", name, *attributes))

    def end(self, name: str) -> None:
        self._add(methodcaller("end", name))

    def _add(self, event: Callable[[Elements], None]) -> None:
        self._html.append(f"{SLOT_START}{len(self._events)}{SLOT_END}")
        self._events.append(event)


def read(
    clean: str, elements: Elements, events: Sequence[Callable[[Elements], None]] = ()
) -> None:
    """Hand HTML that is sanitized on to `elements`, with `events` for its slots."""
    _Reader(elements, events).read(clean)


class _Reader(HtmlReader):
    def __init__(
        self, elements: Elements, events: Sequence[Callable[[Elements], None]]
    ) -> None:
        super().__init__()
        self._elements, self._events = elements, events

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._elements.start(tag, *_attributes(tag, attrs))

    def handle_endtag(self, tag: str) -> None:
        self._elements.end(tag)

    def handle_data(self, data: str) -> None:
        for at, piece in enumerate(SLOT.split(data)):
            if at % 2:
                self._events[int(piece)](self._elements)
            elif piece:
                self._elements.text(escape(piece, quote=False))


def _html_attribute(attribute: Attribute) -> str:
    # All others are only of generated elements, which the sanitizer does not see.
    if isinstance(attribute, Id):
        attribute = ("id", attribute.name)
    return (
        f' {attribute[0]}="{escape(attribute[1])}"'
        if isinstance(attribute, tuple)
        else ""
    )


def _attributes(tag: str, attrs: list[tuple[str, str | None]]) -> Iterator[Attribute]:
    """Yield the attributes that an element of a book may have."""
    for name, found in attrs:
        value = found or ""
        if name == "id":
            yield Id(value)
        elif name == "href":
            yield from link(value)
        elif name in _MAY_HAVE and _MAY_HAVE[name](value):
            yield name, value
    if tag == "section" and ("class", "footnotes") in attrs:
        yield from FOOTNOTES


FOOTNOTES = (("epub:type", "footnotes"), ("role", "doc-endnotes"))
"""What marks a section of notes, which readers open where they are named."""


def link(href: str) -> Iterator[Attribute]:
    """Yield the attribute that makes a link to `href`, if that can be one."""
    url = valid_url(href)
    if url.startswith("#"):
        yield PlaceLink(unquote(url[1:]))
    elif url:
        yield "href", url


def _is_integer(value: str) -> bool:
    return bool(_INTEGER.fullmatch(value))


def _is_span(value: str) -> bool:
    is_number = value.isascii() and value.isdigit()
    return is_number and 1 <= int(value[:5]) <= _MAX_SPAN_CELLS


_MAY_HAVE: Mapping[str, Callable[[str], bool]] = MappingProxyType(
    {
        "class": bool,
        "colspan": _is_span,
        "dir": lambda value: value in {"ltr", "rtl", "auto"},
        "lang": is_language_tag,
        "open": lambda _: True,
        "reversed": lambda _: True,
        "rowspan": _is_span,
        "scope": lambda value: value in {"row", "col", "rowgroup", "colgroup"},
        "start": _is_integer,
        "title": lambda _: True,
        "type": lambda value: value in {"1", "a", "A", "i", "I"},
        "value": _is_integer,
    }
)
"""The attributes that the sanitizer leaves, and which values they may have."""
