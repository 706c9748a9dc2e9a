"""Write the pages: ids that are unique, and no link to a place that does not exist."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from html import escape
from urllib.parse import quote, unquote

from triptych.render.epub.book import Book, Page
from triptych.values.xhtml import (
    Formula,
    Id,
    LinkEnd,
    LinkStart,
    MediaSource,
    Part,
    PlaceLink,
)


@dataclass(frozen=True, slots=True)
class WrittenPage:
    """A page as it is in the book."""

    page: Page
    body: str
    """XHTML."""
    media: frozenset[str]
    """The names of the pictures and sounds that it shows."""
    has_formulas: bool
    has_all_texts: bool
    """Whether each picture has words for those who cannot see it."""


def written(pages: Iterable[Page], book: Book) -> Iterator[WrittenPage]:
    """Yield `pages` with ids that are unique and links that lead somewhere."""
    unique = [replace(page, body=tuple(_with_unique_ids(page.body))) for page in pages]
    ids = {
        page.file: frozenset(part.name for part in page.body if isinstance(part, Id))
        for page in unique
    }
    for page in unique:
        shown = [part for part in page.body if isinstance(part, MediaSource)]
        write = _Writer(book, page.file, ids).written
        yield WrittenPage(
            page,
            "".join([p if isinstance(p, str) else write(p) for p in page.body]),
            media=frozenset(part.name for part in shown),
            has_formulas=any(isinstance(part, Formula) for part in page.body),
            has_all_texts=all(part.is_described for part in shown),
        )


def _with_unique_ids(parts: Iterable[Part]) -> Iterator[Part]:
    seen: set[str] = set()
    for part in parts:
        if isinstance(part, Id):
            if part.name in seen:
                continue
            seen.add(part.name)
        yield part


@dataclass(frozen=True, slots=True)
class _Writer:
    """Writes what depends on the other pages."""

    book: Book
    file: str
    ids: Mapping[str, frozenset[str]]
    """The ids of each page by its file."""

    def written(self, part: Part) -> str:
        text = ""
        match part:
            case str(text) | Formula(text):
                pass
            case Id(name):
                text = f' id="{escape(name)}"'
            case MediaSource(name):
                text = f' src="media/{name}"'
            case PlaceLink(name) if name in self.ids[self.file]:
                text = f' href="#{quote(name)}"'
            case LinkStart(path, fragment) if url := self.book.url_of(path, fragment):
                text = f'<a href="{self._existing(url)}">'
            case LinkEnd(path) if self.book.url_of(path, ""):
                text = "</a>"
        return text

    def _existing(self, url: str) -> str:
        """Return the URL of a place, or of the page if that has no such place."""
        file, _, fragment = url.partition("#")
        place = unquote(fragment)
        return f"{file}#{quote(place)}" if place in self.ids[file] else file
