"""Zip archives whose bytes do not depend on time, platform or the order on disk."""

import io
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass

from triptych.values.artifact import Artifact

_EARLIEST_TIME = (1980, 1, 1, 0, 0, 0)
"""The earliest time that the format can express."""
_COMPRESSION_LEVEL = 6
_UNIX = 3
_FILE_MODE = 0o644 << 16


@dataclass(frozen=True, slots=True)
class Entry:
    """A file of an archive."""

    name: str
    data: bytes
    deflate: bool = True
    """Whether to compress it: most pictures and sounds are compressed already."""


def zip_archive(entries: Iterable[Entry]) -> bytes:
    """Return a zip archive of `entries`, in the given order."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for entry in entries:
            info = zipfile.ZipInfo(entry.name, _EARLIEST_TIME)
            # By default Python records the platform here.
            info.create_system, info.external_attr = _UNIX, _FILE_MODE
            info.compress_type = (
                zipfile.ZIP_DEFLATED if entry.deflate else zipfile.ZIP_STORED
            )
            archive.writestr(info, entry.data, compresslevel=_COMPRESSION_LEVEL)
    return buffer.getvalue()


def site_zip(name: str, site: Iterable[Artifact]) -> bytes:
    """Return a zip archive of `site` without its downloads, in a folder `name`."""
    pages = sorted(
        (artifact for artifact in site if artifact.path.parts[1] != "downloads"),
        key=lambda artifact: artifact.path,
    )
    entries = (
        Entry(f"{name}/{page.path.relative_to('site')}", page.data) for page in pages
    )
    return zip_archive(entries)
