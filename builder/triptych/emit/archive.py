"""The whole site as one file to take away, the same bytes for the same pages."""

import io
import zipfile
import zlib
from collections.abc import Iterable

from triptych.parallel import spread
from triptych.values.artifact import Artifact

_EPOCH = (1980, 1, 1, 0, 0, 0)
_LEVEL = 6
_RAW = -zlib.MAX_WBITS
_MODE = 0o644 << 16
_UNIX = 3


def site_zip(name: str, site: Iterable[Artifact], jobs: int) -> bytes:
    """Return the pages of `site` without its downloads, under a folder `name`."""
    pages = [a for a in site if a.path.parts[1] != "downloads"]
    pages.sort(key=lambda artifact: artifact.path)
    buffer = io.BytesIO()
    with (
        spread(_deflated, pages, jobs) as results,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        for page, data in zip(pages, results, strict=True):
            _put(archive, f"{name}/{page.path.relative_to('site')}", page.data, data)
    return buffer.getvalue()


def _deflated(artifact: Artifact) -> bytes:
    deflater = zlib.compressobj(_LEVEL, zlib.DEFLATED, _RAW)
    return deflater.compress(artifact.data) + deflater.flush()


def _put(archive: zipfile.ZipFile, name: str, data: bytes, deflated: bytes) -> None:
    """Add an entry that other processes deflated, which `zipfile` has no call for."""
    entry = zipfile.ZipInfo(name, _EPOCH)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system, entry.external_attr = _UNIX, _MODE
    entry.CRC = zlib.crc32(data)
    entry.file_size, entry.compress_size = len(data), len(deflated)
    stream = archive.fp
    assert stream is not None  # noqa: S101 - the archive is open
    entry.header_offset = stream.tell()
    stream.write(entry.FileHeader(zip64=False) + deflated)
    archive.filelist.append(entry)
    archive.NameToInfo[name] = entry
    archive.start_dir = stream.tell()
    # To touch the comment is to change the archive: closing it writes the contents.
    archive.comment = b""
