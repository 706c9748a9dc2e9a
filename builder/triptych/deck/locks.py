"""Locks that keep two processes from writing to the same folder at the same time.

A verb reads files and writes new versions of them. If two verbs did so at once, the
second would overwrite the changes of the first.
"""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from triptych.errors import TriptychError

try:
    import fcntl
except ImportError:  # Windows has no such lock: a second process is not noticed.
    fcntl = None  # type: ignore[assignment]

LOCK_TIMEOUT_SECONDS = 20.0
"""How long a verb waits for another one that writes to the same deck."""
_PAUSE_SECONDS = 0.05


@contextmanager
def deck_lock(root: Path) -> Iterator[None]:
    """Hold the lock of the deck at `root`; other verbs that write to it wait."""
    busy = (
        f"another triptych is writing to {root}: wait until it has ended, then run the"
        " same command again"
    )
    with folder_lock(root, busy, LOCK_TIMEOUT_SECONDS):
        yield


@contextmanager
def folder_lock(folder: Path, busy: str, timeout: float = 0.0) -> Iterator[None]:
    """Hold the lock of `folder`, and wait up to `timeout` seconds for it.

    The lock is not a file: it ends with the process, even when that is killed.

    Raises:
        TriptychError: Another process still holds the lock; `busy` is the message.

    """
    # A missing folder gets a better message where it is used.
    if fcntl is None or not folder.is_dir():
        yield
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        _lock(descriptor, busy, timeout)
        yield
    finally:
        os.close(descriptor)


def _lock(descriptor: int, busy: str, timeout: float) -> None:
    deadline = time.monotonic() + timeout
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            if time.monotonic() >= deadline:
                raise TriptychError(busy) from error
            time.sleep(_PAUSE_SECONDS)
        except OSError:
            # Some network file systems cannot lock a folder: continue without a lock.
            return
        else:
            return
