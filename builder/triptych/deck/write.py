"""Write files so that each is, at any moment, the old one or the new one, whole.

A file is staged beside its place and put there in one step. Where several belong
together, all are staged before the first is put in place, so that a full disk changes
none of them. A kill may leave some replaced and others not, and a staged file behind:
the next run of the same verb replaces both.
"""

import hashlib
import os
import stat
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from triptych.errors import TriptychError, file_error

STAGED = ".part"
"""What the name of a staged file ends with; it begins with a dot."""
_MAX_NAME_BYTES = 200
"""A longer name has no room for what staging adds: file systems allow 255 bytes."""


def replace_file(place: Path, data: bytes) -> None:
    """Put `data` at `place` in one step; its folder must exist.

    Raises:
        TriptychError: The file cannot be written, because the disk is full, say.

    """
    staged = staged_name(place)
    try:
        _make(staged, data)
        staged.replace(place)
    except BaseException as error:
        _drop(staged)
        if isinstance(error, OSError):
            raise file_error(error, place) from error
        raise


def write_files(files: Mapping[Path, bytes]) -> None:
    """Put all `files` in place, each in one step, in the order given.

    Folders are made where they are missing; a file that is there keeps its mode.

    Raises:
        TriptychError: A file cannot be written, because the disk is full, say.

    """
    staged: list[Path] = []
    for place, data in files.items():
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            _stage(place, data)
        except BaseException as error:
            for path in staged:
                _drop(staged_name(path))
            if isinstance(error, OSError):
                raise file_error(error, place, state="no file was changed") from error
            raise
        staged.append(place)
    # From here on what is staged stays where a step fails: it says that the rest is
    # still to come, and the next run replaces it.
    for number, place in enumerate(staged):
        try:
            staged_name(place).replace(place)
        except OSError as error:
            state = f"{number} of {len(staged)} files were changed"
            raise file_error(error, place, state=state) from error


def create_files(files: Mapping[Path, bytes]) -> None:
    """Make `files` that are not there yet; one that is there and differs is an error.

    What is there already with the same content counts as made: an earlier run may have
    been cut short.
    """
    missing = {
        place: data for place, data in files.items() if not _is_there(place, data)
    }
    write_files(missing)


def make_folder(place: Path) -> None:
    """Make the folder `place` and those above it, where they are missing."""
    try:
        place.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise file_error(error, place) from error


def move_file(place: Path, home: Path) -> None:
    """Give the file at `place` the name `home` in one step; nothing may be there."""
    try:
        place.rename(home)
    except OSError as error:
        raise file_error(error, home) from error


def staged_name(place: Path) -> Path:
    """Return where the file is staged that will be put at `place`."""
    name = place.name
    if len(os.fsencode(name)) > _MAX_NAME_BYTES:
        name = hashlib.blake2b(os.fsencode(name), digest_size=16).hexdigest()
    return place.with_name(f".{name}{STAGED}")


def _is_there(place: Path, data: bytes) -> bool:
    if not place.is_symlink() and not place.exists():
        return False
    if place.is_file() and place.read_bytes() == data:
        return True
    raise TriptychError(f"there is a file {place} already; nothing was made")


def _stage(place: Path, data: bytes) -> None:
    """Put `data` beside `place`, on disk and with the mode of what is there.

    What an earlier run staged stands until then: it may say that the run was cut short.
    """
    staged = staged_name(place)
    fresh = staged_name(staged)
    try:
        _make(fresh, data, certain=True)
        if place.is_file():
            _resemble(fresh, place.stat())
        fresh.replace(staged)
    except BaseException:
        _drop(fresh)
        raise


def _make(place: Path, data: bytes, *, certain: bool = False) -> None:
    """Make the file `place`; with `certain`, it outlasts a power cut from now on."""
    # Anew, so that a leftover link is not followed.
    place.unlink(missing_ok=True)
    with place.open("xb") as file:
        file.write(data)
        if certain:
            file.flush()
            os.fsync(file.fileno())


def _resemble(place: Path, before: os.stat_result) -> None:
    """Give the file `place` the owner and the mode of one that it will replace."""
    now = place.stat()
    if hasattr(os, "chown") and (now.st_uid, now.st_gid) != (
        before.st_uid,
        before.st_gid,
    ):
        # Only root gives files away; one who may write here owns what he writes.
        with suppress(PermissionError):
            os.chown(place, before.st_uid, before.st_gid)
    # Where nothing differs there is nothing to ask of a disk that knows no modes.
    if stat.S_IMODE(now.st_mode) != stat.S_IMODE(before.st_mode):
        place.chmod(stat.S_IMODE(before.st_mode))


def _drop(staged: Path) -> None:
    with suppress(OSError):
        staged.unlink(missing_ok=True)
