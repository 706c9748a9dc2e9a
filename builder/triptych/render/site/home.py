"""What waits for the other outputs: the home page, the downloads and their page."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import PurePosixPath

from triptych.render.site.listings import Listing
from triptych.render.site.templates import Site, render_page
from triptych.values import addresses
from triptych.values.artifact import Artifact, Download
from triptych.values.words import Word

_UNITS = ("B", "kB", "MB", "GB")
_THOUSAND = 1000


@dataclass(frozen=True, slots=True)
class File:
    """A download, as the pages describe it."""

    name: str
    title: Word
    size: str
    sha256: str


def home_pages(
    site: Site, every: Sequence[Listing], downloads: Sequence[Download]
) -> Iterator[Artifact]:
    """Print the home page, the page of downloads, and the files themselves."""
    catalog = site.catalog
    files = [_file(download) for download in downloads]
    yield render_page(
        site,
        "home.html",
        addresses.HOME,
        heading=catalog.deck.title,
        description=catalog.deck.description,
        questions=len(catalog.current),
        guides=catalog.guides,
        downloads=files,
        **{
            group: [listing for listing in every if listing.group == group]
            for group in ("topics", "kinds", "difficulties")
        },
    )
    heading = site.words["downloads"]
    yield render_page(
        site, "downloads.html", addresses.DOWNLOADS, heading=heading, downloads=files
    )
    for download in downloads:
        yield Artifact(
            PurePosixPath("site", addresses.download(download.name).path), download.data
        )


def _file(download: Download) -> File:
    digest = sha256(download.data).hexdigest()
    return File(download.name, download.title, _size(len(download.data)), digest)


def _size(count: int) -> str:
    """Return a size as people read it, such as `3.2 MB`."""
    size, unit = float(count), 0
    while size >= _THOUSAND and unit < len(_UNITS) - 1:
        size, unit = size / _THOUSAND, unit + 1
    shown = f"{size:.1f}" if unit and size < 10 else f"{size:.0f}"  # noqa: PLR2004
    return f"{shown} {_UNITS[unit]}"
