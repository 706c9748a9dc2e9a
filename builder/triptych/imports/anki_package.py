"""Packages of Anki: `.apkg` and `.colpkg` files, in the old format and the new."""

import io
import json
import sqlite3
import zipfile
import zlib
from collections.abc import Callable, Mapping
from contextlib import closing
from functools import partial
from importlib import import_module
from pathlib import Path

from triptych.errors import TriptychError, file_error
from triptych.imports.anki_database import Database, read_database
from triptych.imports.protobuf import message, text

_NEW, _OLD = "collection.anki21b", ("collection.anki21", "collection.anki2")
_DAMAGED = (
    *(zipfile.BadZipFile, zlib.error, sqlite3.Error, RecursionError, EOFError),
    *(KeyError, ValueError, TypeError, AttributeError, IndexError, ArithmeticError),
    *(RuntimeError, NotImplementedError),
)
"""What Python raises for archives and databases that are not as they should be."""
_MAX_DATABASE_BYTES = 1 << 30


class _Archive:
    """A package whose members are read when they are needed."""

    def __init__(self, path: Path) -> None:
        # It stays open: to read the list of its members again for each picture takes
        # longer than to read the pictures.
        self._zip = zipfile.ZipFile(path)

    def read(self, member: str, *, compressed: bool = False) -> bytes:
        if self._zip.getinfo(member).file_size > _MAX_DATABASE_BYTES:
            raise ValueError(f"`{member}` is larger than a gigabyte")
        data = self._zip.read(member)
        return _decompressed(data) if compressed else data

    def names(self) -> frozenset[str]:
        return frozenset(self._zip.namelist())


def read_package(path: Path) -> tuple[Database, Mapping[str, Callable[[], bytes]]]:
    """Return the content of a package, and what reads each media file, by name.

    Raises:
        TriptychError: It is damaged, or of a format that cannot be read here.

    """
    try:
        archive = _Archive(path)
        members = archive.names()
        is_new = _NEW in members
        name = _NEW if is_new else next((n for n in _OLD if n in members), "")
        if not name:
            raise TriptychError(f"{path} holds no collection: it is no package of Anki")
        database = read_database(archive.read(name, compressed=is_new))
        media = _media(archive, compressed=is_new) if "media" in members else {}
    except OSError as error:
        raise file_error(error, path, doing="read") from error
    except _DAMAGED as error:
        raise TriptychError(
            f"{path} is damaged, or no package of Anki: {error}; export it again"
        ) from error
    return database, {
        name: partial(_read_media, archive, member, name, compressed=is_new)
        for name, member in media.items()
        if member in members
    }


def _read_media(
    archive: _Archive, member: str, name: str, *, compressed: bool
) -> bytes:
    try:
        return archive.read(member, compressed=compressed)
    except _DAMAGED as error:
        raise TriptychError(
            f"the package is damaged: `{name}` cannot be read ({error}); export it"
            " again"
        ) from error


def _media(archive: _Archive, *, compressed: bool) -> Mapping[str, str]:
    """Return the member of each media file, by name."""
    listed = archive.read("media", compressed=compressed)
    if not compressed:
        return {str(name): member for member, name in json.loads(listed).items()}
    entries = message(listed).get(1, [])
    return {
        text(message(entry), 1): str(place)
        for place, entry in enumerate(entries)
        if isinstance(entry, bytes)
    }


def _decompressed(data: bytes) -> bytes:
    """Return what a member of the new format holds."""
    for module in ("compression.zstd", "backports.zstd"):
        try:
            zstd = import_module(module)
        except ModuleNotFoundError:
            continue
        with closing(zstd.ZstdFile(io.BytesIO(data))) as file:
            found: bytes = file.read(_MAX_DATABASE_BYTES + 1)
        if len(found) > _MAX_DATABASE_BYTES:
            raise ValueError("it holds more than a gigabyte")
        return found
    raise TriptychError(
        "this package is of Anki's newer format: install `triptych[import]` to read it,"
        " or export it with *Support older Anki versions*"
    )
