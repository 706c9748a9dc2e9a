"""Write files so that each is, at any moment, the old one or the new one, whole.

A file is staged beside its place and put there in one step. Where several belong
together, all are staged before the first is put in place, so that a full disk changes
none of them. A kill may leave some replaced and others not, and a staged file behind:
the next run of the same verb replaces both.
"""

import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from triptych.errors import TriptychError

STAGED = ".part"
"""What the name of a staged file ends with; it begins with a dot."""


def replace_file(place: Path, data: bytes) -> None:
    """Put `data` at `place` in one step; its folder must exist."""
    staged = _stage(place, data)
    try:
        staged.replace(place)
    except BaseException:
        _drop(staged)
        raise


def write_files(files: Mapping[Path, bytes]) -> None:
    """Put all `files` in place, each in one step, in the order given.

    Folders are made where they are missing; a file that is there keeps its mode.

    Raises:
        TriptychError: A file cannot be written, because the disk is full, say.

    """
    staged: dict[Path, Path] = {}
    with _told():
        try:
            for place, data in files.items():
                place.parent.mkdir(parents=True, exist_ok=True)
                staged[place] = _stage(place, data)
                if place.is_file():
                    shutil.copymode(place, staged[place])
        except BaseException:
            for part in staged.values():
                _drop(part)
            raise
        # From here on what is staged stays where a step fails: it says that the rest
        # is still to come, and the next run replaces it.
        for place, part in staged.items():
            part.replace(place)


def create_files(files: Mapping[Path, bytes]) -> None:
    """Make `files` that are not there yet; one that is there and differs is an error.

    What is there already with the same content counts as made: an earlier run may have
    been cut short.
    """
    with _told():
        missing = {
            place: data for place, data in files.items() if not _is_there(place, data)
        }
    write_files(missing)


def move_file(place: Path, home: Path) -> None:
    """Give the file at `place` the name `home` in one step; nothing may be there."""
    with _told():
        place.rename(home)


def staged_name(place: Path) -> Path:
    """Return where the file is staged that will be put at `place`."""
    return place.with_name(f".{place.name}{STAGED}")


def _is_there(place: Path, data: bytes) -> bool:
    if not place.is_symlink() and not place.exists():
        return False
    if place.is_file() and place.read_bytes() == data:
        return True
    raise TriptychError(f"there is a file {place} already; nothing was made")


def _stage(place: Path, data: bytes) -> Path:
    """Return the file beside `place` that holds `data`."""
    staged = staged_name(place)
    try:
        # Created anew, so that a leftover link is not followed.
        staged.unlink(missing_ok=True)
        staged.write_bytes(data)
    except BaseException:
        _drop(staged)
        raise
    return staged


def _drop(staged: Path) -> None:
    with suppress(OSError):
        staged.unlink(missing_ok=True)


@contextmanager
def _told() -> Iterator[None]:
    """Tell of a file that cannot be written in words."""
    try:
        yield
    except OSError as error:
        name = os.fsdecode(error.filename) if error.filename else "a file"
        reason = error.strerror or error
        raise TriptychError(f"cannot write {name}: {reason}") from error
