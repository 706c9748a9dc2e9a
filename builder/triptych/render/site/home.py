"""The pages that need the other outputs: the home page and that of the downloads."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import PurePosixPath

from triptych.render.site.listings import Listing
from triptych.render.site.templates import Site, render_page
from triptych.values import addresses
from triptych.values.artifact import Artifact, Download, Step
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
    step: Step | None = None


@dataclass(frozen=True, slots=True)
class UpdateFiles:
    """The files for learners of one release, in the order to import them."""

    title: Word
    files: tuple[File, ...]


def home_pages(
    site: Site, every: Sequence[Listing], downloads: Sequence[Download]
) -> Iterator[Artifact]:
    """Print the home page, the page of downloads, and the files themselves."""
    catalog = site.catalog
    every_file = [_file(download) for download in downloads]
    files = [file for file in every_file if not file.step]
    yield render_page(
        site,
        "home.html",
        addresses.HOME,
        heading=catalog.deck.title,
        description=catalog.deck.description,
        questions=len(catalog.current),
        guides=catalog.guides,
        downloads=files,
        can_update=len(files) < len(every_file),
        **{
            group: [listing for listing in every if listing.group == group]
            for group in ("topics", "kinds", "difficulties")
        },
    )
    heading = site.words["downloads"]
    yield render_page(
        site,
        "downloads.html",
        addresses.DOWNLOADS,
        heading=heading,
        downloads=files,
        updates=_updates(site, every_file),
    )
    for download in downloads:
        yield Artifact(
            PurePosixPath("site", addresses.download(download.name).path), download.data
        )


def _file(download: Download) -> File:
    digest = sha256(download.data).hexdigest()
    size = _size(len(download.data))
    return File(download.name, download.title, size, digest, download.step)


def _updates(site: Site, files: Iterable[File]) -> list[UpdateFiles]:
    """Return what updates each older release, the newest first."""
    sets: dict[str, list[File]] = {}
    for file in files:
        if file.step:
            sets.setdefault(file.step.since, []).append(file)
    title = site.words["released"]
    return [
        UpdateFiles(title.filled(n=since), tuple(own)) for since, own in sets.items()
    ]


def _size(count: int) -> str:
    """Return a number of bytes in a fitting unit, such as `3.2 MB`."""
    size, unit = float(count), 0
    while size >= _UNIT_STEP and unit < len(_UNITS) - 1:
        size, unit = size / _UNIT_STEP, unit + 1
    number = f"{size:.1f}" if unit and size < _MAX_DECIMAL else f"{size:.0f}"
    return f"{number} {_UNITS[unit]}"
