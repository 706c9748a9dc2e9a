"""What files in `dist/` are known to hold, so that a build need not read them again.

A file is known by its state: no program can change its bytes and keep that. Only what
was written while the clock of the file system stood still might change unseen.
"""

import os
import stat
from collections.abc import Mapping
from typing import NamedTuple


class State(NamedTuple):
    """The state of a file; of the times, no program can set that of the entry."""

    mode: int
    size: int
    inode: int
    bytes_changed: int
    """When its bytes were changed, in nanoseconds."""
    entry_changed: int


Known = Mapping[str, tuple[State, str]]
"""States of files and the SHA-256 digests of their bytes, by path in `dist/`."""

_COARSE_NS = 2_000_000_000
"""The coarsest clock of a file system, that of FAT, goes on every two seconds."""
_FINE_NS = 50_000_000
"""Clocks that count less than a millisecond go on at every tick of the system."""
_MILLISECOND_NS = 1_000_000
_HAS_CHANGE_TIME = os.name != "nt"
"""Windows has the time of creation in its place: there, every file is read."""


def state_of(path: str) -> State | None:
    """Return the state of the regular file at `path`; None if there is none."""
    try:
        found = os.lstat(path)
    except (FileNotFoundError, NotADirectoryError):
        return None
    if not stat.S_ISREG(found.st_mode):
        return None
    times = found.st_mtime_ns, found.st_ctime_ns
    return State(found.st_mode, found.st_size, found.st_ino, *times)


def lasting(known: Known, now: int) -> Known:
    """Return what is still known if the clock of the file system is at `now`."""
    if not _HAS_CHANGE_TIME:
        return {}
    return {
        path: (state, digest)
        for path, (state, digest) in known.items()
        if state.entry_changed < now - _margin(state.entry_changed)
    }


def _margin(changed: int) -> int:
    return _FINE_NS if changed % _MILLISECOND_NS else _COARSE_NS
