"""Write files atomically: at any time a file is either the old or the new one.

A file is staged (written beside its destination) and then renamed. If several belong
together, all are staged before the first is renamed, so that a full disk changes none.
A killed process may leave some files replaced and others not, and staged files behind;
the next run of the same verb replaces both.
"""

import hashlib
import os
import stat
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from triptych.errors import TriptychError, file_error
from triptych.progress import Progress, counted, no_progress

STAGED = ".part"
"""The suffix of staged files, whose names begin with a dot."""
_MAX_NAME_BYTES = 200
"""The maximum length for adding the suffix: file systems allow 255 bytes."""


def replace_file(place: Path, data: bytes) -> None:
    """Write `data` to `place` atomically; its folder must exist.

    Raises:
        TriptychError: The file cannot be written, for example on a full disk.

    """
    staged = staged_name(place)
    try:
        _make(staged, data)
        staged.replace(place)
    except BaseException as error:
        _delete(staged)
        if isinstance(error, OSError):
            raise file_error(error, place) from error
        raise


def write_files(files: Mapping[Path, bytes], progress: Progress = no_progress) -> None:
    """Write all `files`, each atomically, in the order given.

    Missing folders are made; the mode of an existing file is kept.

    Raises:
        TriptychError: A file cannot be written, for example on a full disk.

    """
    staged: list[Path] = []
    every = counted(files.items(), len(files), "writing files", progress)
    for place, data in every:
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            _stage(place, data)
        except BaseException as error:
            for path in staged:
                _delete(staged_name(path))
            if isinstance(error, OSError):
                raise file_error(error, place, state="no file was changed") from error
            raise
        staged.append(place)
    # If a step fails from here on, staged files are kept as a sign that the run was not
    # finished; the next run replaces them.
    for number, place in enumerate(staged):
        try:
            staged_name(place).replace(place)
        except OSError as error:
            state = f"{number} of {len(staged)} files were changed"
            raise file_error(error, place, state=state) from error


def create_files(files: Mapping[Path, bytes]) -> None:
    """Write new `files`; raise if one exists with other content.

    A file that exists with the same content may be from an interrupted run.
    """
    missing = {place: data for place, data in files.items() if not _exists(place, data)}
    write_files(missing)


@contextmanager
def new_folder(place: Path) -> Iterator[None]:
    """Make the folder `place`, unless it is there; let it go if nothing was written."""
    missing = [folder for folder in (place, *place.parents) if not folder.exists()]
    make_folder(place)
    try:
        yield
    finally:
        for folder in missing:
            with suppress(OSError):  # it holds what was written
                folder.rmdir()


def make_folder(place: Path) -> None:
    """Make the folder `place` and its parents, if they are missing."""
    try:
        place.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise file_error(error, place) from error


def move_file(place: Path, target: Path) -> None:
    """Rename the file `place` to `target` atomically; `target` must not exist."""
    try:
        place.rename(target)
    except OSError as error:
        raise file_error(error, target) from error


def staged_name(place: Path) -> Path:
    """Return the path at which a new file for `place` is staged."""
    name = place.name
    if len(os.fsencode(name)) > _MAX_NAME_BYTES:
        name = hashlib.blake2b(os.fsencode(name), digest_size=16).hexdigest()
    return place.with_name(f".{name}{STAGED}")


def _exists(place: Path, data: bytes) -> bool:
    if not place.is_symlink() and not place.exists():
        return False
    if place.is_file() and place.read_bytes() == data:
        return True
    raise TriptychError(f"there is a file {place} already; nothing was made")


def _stage(place: Path, data: bytes) -> None:
    """Stage `data` for `place`, synced to disk and with the mode of the old file.

    A file that an interrupted run has staged is kept until it is replaced.
    """
    staged = staged_name(place)
    new = staged_name(staged)
    try:
        _make(new, data, sync=True)
        if place.is_file():
            _copy_owner_and_mode(new, place.stat())
        new.replace(staged)
    except BaseException:
        _delete(new)
        raise


def _make(place: Path, data: bytes, *, sync: bool = False) -> None:
    """Create the file `place`; with `sync`, it survives a power failure."""
    # Delete it first, so that a symbolic link is not followed.
    place.unlink(missing_ok=True)
    with place.open("xb") as file:
        file.write(data)
        if sync:
            file.flush()
            os.fsync(file.fileno())


def _copy_owner_and_mode(place: Path, before: os.stat_result) -> None:
    """Give the file `place` the owner and mode of the file that it replaces."""
    now = place.stat()
    if hasattr(os, "chown") and (now.st_uid, now.st_gid) != (
        before.st_uid,
        before.st_gid,
    ):
        # Only root may change the owner.
        with suppress(PermissionError):
            os.chown(place, before.st_uid, before.st_gid)
    # Skip this if equal, since some file systems have no modes.
    if stat.S_IMODE(now.st_mode) != stat.S_IMODE(before.st_mode):
        place.chmod(stat.S_IMODE(before.st_mode))


def _delete(staged: Path) -> None:
    with suppress(OSError):
        staged.unlink(missing_ok=True)
