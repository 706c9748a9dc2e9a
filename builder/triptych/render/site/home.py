"""The pages that need the other outputs: the home page and that of the downloads."""

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
_UNIT_STEP = 1000
_MAX_DECIMAL = 10
"""A size below this, in its unit, has one decimal."""


@dataclass(frozen=True, slots=True)
class File:
    """A download, with what the pages show of it."""

    name: str
    title: Word
    size: str
    sha256: str


def home_pages(
    site: Site, every: Sequence[Listing], downloads: Sequence[Download]
) -> Iterator[Artifact]:
    """Yield the home page, the page of downloads, and the files to download."""
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
    """Return a number of bytes in a fitting unit, such as `3.2 MB`."""
    size, unit = float(count), 0
    while size >= _UNIT_STEP and unit < len(_UNITS) - 1:
        size, unit = size / _UNIT_STEP, unit + 1
    number = f"{size:.1f}" if unit and size < _MAX_DECIMAL else f"{size:.0f}"
    return f"{number} {_UNITS[unit]}"
