"""Zip archives with the same bytes everywhere: no clock, no platform, no disk order."""

import io
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass

from triptych.values.artifact import Artifact

_FIRST_MOMENT = (1980, 1, 1, 0, 0, 0)
"""The earliest that the format can say."""
_LEVEL = 6
_UNIX = 3
_READABLE = 0o644 << 16


@dataclass(frozen=True, slots=True)
class Entry:
    """A file of an archive."""

    name: str
    data: bytes
    deflate: bool = True
    """Whether it is worth packing: pictures and sounds mostly are packed already."""


def zipped(entries: Iterable[Entry]) -> bytes:
    """Return the archive of `entries`, in the order given."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for entry in entries:
            info = zipfile.ZipInfo(entry.name, _FIRST_MOMENT)
            # Python writes the platform here.
            info.create_system, info.external_attr = _UNIX, _READABLE
            info.compress_type = (
                zipfile.ZIP_DEFLATED if entry.deflate else zipfile.ZIP_STORED
            )
            archive.writestr(info, entry.data, compresslevel=_LEVEL)
    return buffer.getvalue()


def site_zip(name: str, site: Iterable[Artifact]) -> bytes:
    """Return the pages of `site` without its downloads, under a folder `name`."""
    pages = sorted(
        (artifact for artifact in site if artifact.path.parts[1] != "downloads"),
        key=lambda artifact: artifact.path,
    )
    entries = (
        Entry(f"{name}/{page.path.relative_to('site')}", page.data) for page in pages
    )
    return zipped(entries)
