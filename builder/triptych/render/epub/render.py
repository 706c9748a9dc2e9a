"""The file of the book."""

from collections.abc import Iterator
from pathlib import PurePosixPath

from triptych.deck.templates import template
from triptych.emit.archive import Entry, entry, zip_archive
from triptych.render.epub.book import Book, Page, files_of
from triptych.render.epub.chapters import COVER_PICTURE, pages
from triptych.render.epub.cover import cover
from triptych.render.epub.links import resolved
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
    read = list(resolved(pages(book)))
    read.insert(_FRONT, contents(book, read))
    shown = _shown(catalog, read)
    data = zip_archive(_entries(book, read, shown, settings.base_url))
    name = "-".join(filter(None, (deck.id, settings.edition_id)))
    yield Artifact(PurePosixPath("epub", f"{name}.epub"), data, title=("epub",))


def _shown(catalog: Catalog, read: list[Page]) -> list[Media]:
    """Return the pictures that the book shows."""
    text = "".join(page.body for page in read)
    used = (one for one in catalog.media.values() if f'src="media/{one.name}"' in text)
    return sorted(used, key=lambda one: one.name)


def _entries(
    book: Book, read: list[Page], shown: list[Media], base_url: str
) -> Iterator[Entry]:
    # The file of this name must be the first, and readable without decompression.
    yield entry("mimetype", b"application/epub+zip", compress=False)
    yield entry("META-INF/container.xml", CONTAINER.encode())
    opf = package(book, read, shown, base_url)
    yield entry("EPUB/package.opf", opf.encode())
    yield entry(f"EPUB/{STYLE}", template("epub/style.css").encode())
    yield entry(f"EPUB/{COVER_PICTURE}", cover(book.catalog.deck, book.edition))
    for page in read:
        yield entry(f"EPUB/{page.file}", document(book, page).encode())
    for one in shown:
        is_drawn = one.path.suffix.lower() in _DRAWN
        yield entry(f"EPUB/media/{one.name}", one.data, compress=is_drawn)
        if one.path.suffix.lower() == FOREIGN:
            yield entry(f"EPUB/{fallback_file(one)}", fallback(one))
