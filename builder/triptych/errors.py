"""The one exception that a user's set-up may raise, and how it tells of a full disk."""

import errno
import os
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
    errno.ENOTDIR: "move the file that stands where a folder must be",
    errno.ENAMETOOLONG: "give it a shorter name",
}
"""What the system may refuse without a mistake of ours, and what helps."""


class TriptychError(Exception):
    """Something outside the content that stops the run: exit code 2."""


def is_system_error(error: OSError) -> bool:
    """Return whether `error` tells of the system, such as of a full disk, not of us."""
    return error.errno in _REMEDIES


def system_error(
    error: OSError, place: Path | None = None, *, doing: str = "write", state: str = ""
) -> TriptychError:
    """Return what to tell of a file that the system did not let us write, or use.

    `place` is the file as its author knows it, `state` what became of others.
    """
    named = os.fsdecode(error.filename) if error.filename else "a file"
    told = f"cannot {doing} {place or named}: {error.strerror or error}"
    if state:
        told += f"; {state}"
    remedy = _REMEDIES.get(error.errno or 0)
    if remedy:
        told += f"; {remedy}, then run the same command again"
    return TriptychError(told)
