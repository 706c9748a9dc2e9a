"""Zip archives whose bytes do not depend on time, platform or the order on disk."""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from triptych.values.artifact import Summary, deflate, summary_of

_EARLIEST_TIME = (1980, 1, 1, 0, 0, 0)
"""The earliest time that the format can express."""
_EARLIEST = (0, 1 << 5 | 1)
"""The same as the format writes it: a time, and a date."""
_UNIX = 3
_FILE_MODE = 0o644 << 16
_VERSION = 20
"""Of the format: 2.0, which has folders and the method to compress."""
_UTF8 = 0x800
"""The flag of a name that is not ASCII."""
_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_MAX_ENTRIES = 0xFFFF
_MAX_BYTES = 0x7FFFFFFF
"""From here on archives have another format, which Python's library writes."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A file of an archive, in the form that the archive has it."""

    name: str
    stored: bytes
    """The bytes in the archive."""
    summary: Summary
    """Of the bytes of the file."""
    is_deflated: bool


def entry(name: str, data: bytes, *, compress: bool = True) -> Entry:
    """Return the file `name`; most pictures and sounds are compressed already."""
    return Entry(name, deflate(data) if compress else data, summary_of(data), compress)


def zip_archive(entries: Iterable[Entry]) -> bytes:
    """Return a zip archive of `entries`, in the given order."""
    files = list(entries)
    size = sum(len(file.stored) + 2 * len(file.name.encode()) + 128 for file in files)
    if len(files) < _MAX_ENTRIES and size < _MAX_BYTES:
        return _plain_archive(files)
    return _large_archive(files)


def _plain_archive(files: Iterable[Entry]) -> bytes:
    # Not with `zipfile`: it cannot take what is compressed already.
    local: list[bytes] = []
    central: list[bytes] = []
    offset = 0
    for file in files:
        name, facts = file.name.encode(), _facts(file)
        local += (_LOCAL.pack(b"PK\3\4", _VERSION, *facts, 0), name, file.stored)
        central += (
            _CENTRAL.pack(
                *(b"PK\1\2", _UNIX << 8 | _VERSION, _VERSION, *facts),
                *(0, 0, 0, 0, _FILE_MODE, offset),
            ),
            name,
        )
        offset += _LOCAL.size + len(name) + len(file.stored)
    count = len(central) // 2
    directory = b"".join(central)
    end = _END.pack(b"PK\5\6", 0, 0, count, count, len(directory), offset, 0)
    return b"".join((*local, directory, end))


def _facts(file: Entry) -> Sequence[int]:
    """Return what both headers of a file say: flags, method, time, sizes."""
    summary, name = file.summary, file.name
    return (
        0 if name.isascii() else _UTF8,
        zipfile.ZIP_DEFLATED if file.is_deflated else zipfile.ZIP_STORED,
        *_EARLIEST,
        summary.crc32,
        len(file.stored),
        summary.size,
        len(name.encode()),
    )


def _large_archive(files: Iterable[Entry]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for file in files:
            info = zipfile.ZipInfo(file.name, _EARLIEST_TIME)
            # By default Python records the platform here.
            info.create_system, info.external_attr = _UNIX, _FILE_MODE
            method = zipfile.ZIP_DEFLATED if file.is_deflated else zipfile.ZIP_STORED
            info.compress_type = method
            archive.writestr(info, _data(file), compresslevel=6)
    return buffer.getvalue()


def _data(file: Entry) -> bytes:
    return (
        zlib.decompress(file.stored, -zlib.MAX_WBITS)
        if file.is_deflated
        else file.stored
    )
