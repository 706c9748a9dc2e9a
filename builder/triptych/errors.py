"""The exception for problems outside the content, such as a full disk."""

import errno
import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # It takes a tenth of the time of `--version` to import.
    from pathlib import Path

_REMEDIES = {
    errno.ENOSPC: "free some space",
    errno.EDQUOT: "free some space",
    errno.EFBIG: "write to a disk that takes larger files",
    errno.EROFS: "use a disk that can be written to",
    errno.EACCES: "let your user read and write there",
    errno.EPERM: "let your user read and write there",
    errno.EIO: "check the disk",
    errno.EMFILE: "let a process open more files, as `ulimit -n` says",
    errno.ENFILE: "close other programs",
    errno.ENOMEM: "close other programs",
    errno.EISDIR: "move the folder of that name away",
    errno.ENOTDIR: "move the file that is where a folder must be",
    errno.ENAMETOOLONG: "give it a shorter name",
}
"""What the user can do, by the number of an error that the operating system reports."""
_HELD_OPEN = frozenset({32, 33})
"""The codes of Windows for a file that another program has open, or has locked."""
_REMEDY_FOR_HELD_OPEN = "close the program that has it open"


class TriptychError(Exception):
    """A problem outside the content that stops the run with exit code 2."""


def how_it_ended(code: int) -> str:
    """Return how a process with this exit code was ended: "by signal 9"."""
    return f"by signal {-code}" if code < 0 else f"with code {code}"


def is_system_error(error: OSError) -> bool:
    """Return whether the system causes `error`, such as a full disk, and not a bug."""
    return error.errno in _REMEDIES


def file_error(
    error: OSError, path: "Path | None" = None, *, doing: str = "write", state: str = ""
) -> TriptychError:
    """Return the error for a file that the system does not let us write or use.

    `path` is the file under the name that the user knows, `doing` a verb such as
    "write", and `state` says what happened to other files.
    """
    name = os.fsdecode(error.filename) if error.filename else "a file"
    message = f"cannot {doing} {path or name}: {error.strerror or error}"
    if state:
        message += f"; {state}"
    held = getattr(error, "winerror", None) in _HELD_OPEN
    remedy = _REMEDY_FOR_HELD_OPEN if held else _REMEDIES.get(error.errno or 0)
    if remedy:
        message += f"; {remedy}, then run the same command again"
    return TriptychError(message)
