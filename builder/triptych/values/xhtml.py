"""Prose as XHTML for the book, with notes where its ids, links and pictures stand.

Whether an id is the first of its name on a page, and whether a link leads anywhere, is
known only when all pages of the book are. So these are values among the text, which
are replaced by text where the pages are written.
"""

from dataclasses import dataclass
from typing import TypeAlias

XHTML_NAMESPACE = "http://www.w3.org/1999/xhtml"


@dataclass(frozen=True, slots=True)
class Id:
    """The attribute `id` of an element, if no earlier one on the page has the name."""

    name: str


@dataclass(frozen=True, slots=True)
class PlaceLink:
    """The attribute `href` of a link to a place on the same page, if it exists."""

    name: str


@dataclass(frozen=True, slots=True)
class LinkStart:
    """The start tag of a link to another file of the deck, if that is in the book."""

    path: str
    fragment: str


@dataclass(frozen=True, slots=True)
class LinkEnd:
    """The end tag of the same link."""

    path: str


@dataclass(frozen=True, slots=True)
class MediaSource:
    """The attribute `src` of a picture or sound."""

    name: str
    is_described: bool
    """Whether there are words for those who cannot perceive it."""


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula as XHTML."""

    xhtml: str


Part: TypeAlias = str | Id | PlaceLink | LinkStart | LinkEnd | MediaSource | Formula
"""A piece of XHTML, or what becomes one."""
Xhtml: TypeAlias = tuple[Part, ...]
