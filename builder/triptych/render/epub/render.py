"""The file of the book."""

from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

from triptych.deck.templates import template
from triptych.emit.archive import Entry, entry, zip_archive
from triptych.render.epub.book import Book, files_of
from triptych.render.epub.chapters import COVER_PICTURE, pages
from triptych.render.epub.cover import cover
from triptych.render.epub.drawings import with_valid_ids
from triptych.render.epub.package import (
    CONTAINER,
    FOREIGN,
    STYLE,
    contents,
    document,
    fallback,
    fallback_file,
    package,
)
from triptych.render.epub.written_pages import WrittenPage, written
from triptych.render.output import RenderContext
from triptych.render.settings import RenderSettings
from triptych.values.artifact import Artifact
from triptych.values.catalog import Catalog
from triptych.values.source import Media

_DRAWN = frozenset({".svg"})
"""The pictures that are not compressed already."""
_FRONT = 2
"""The cover and the title page come before the contents."""


def render(
    catalog: Catalog, settings: RenderSettings, _: RenderContext
) -> Iterator[Artifact]:
    """Yield the book."""
    deck = catalog.deck
    title = f"{deck.title}: {settings.edition}" if settings.edition else deck.title
    book = Book(
        catalog,
        " ".join(title.split()),
        settings.edition,
        settings.strings.section("site", deck.language),
        files_of(catalog),
    )
    in_order = list(pages(book))
    in_order.insert(_FRONT, contents(book, in_order))
    read = list(written(in_order, book))
    shown = _media(catalog, read)
    data = zip_archive(_entries(book, read, shown, settings.base_url))
    name = "-".join(filter(None, (deck.id, settings.edition_id)))
    yield Artifact(PurePosixPath("epub", f"{name}.epub"), data, title=("epub",))


def _media(catalog: Catalog, read: Iterable[WrittenPage]) -> list[Media]:
    """Return the pictures and sounds that the book has."""
    names = sorted({name for one in read for name in one.media})
    return [catalog.media[name] for name in names]


def _entries(
    book: Book, read: list[WrittenPage], shown: list[Media], base_url: str
) -> Iterator[Entry]:
    # The file of this name must be the first, and readable without decompression.
    yield entry("mimetype", b"application/epub+zip", compress=False)
    yield entry("META-INF/container.xml", CONTAINER.encode())
    opf = package(book, read, shown, base_url)
    yield entry("EPUB/package.opf", opf.encode())
    yield entry(f"EPUB/{STYLE}", template("epub/style.css").encode())
    yield entry(f"EPUB/{COVER_PICTURE}", cover(book.catalog.deck, book.edition))
    for one in read:
        yield entry(f"EPUB/{one.page.file}", document(book, one).encode())
    for media in shown:
        is_drawn = media.path.suffix.lower() in _DRAWN
        data = with_valid_ids(media.data) if is_drawn else media.data
        yield entry(f"EPUB/media/{media.name}", data, compress=is_drawn)
        if media.path.suffix.lower() == FOREIGN:
            yield entry(f"EPUB/{fallback_file(media)}", fallback(media))
