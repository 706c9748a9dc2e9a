"""Keep two runs from writing to one folder at a time.

A verb reads files and writes what it made of them. If two did so at once, the second
would overwrite what the first has made of the same old files.
"""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from triptych.errors import TriptychError

try:
    import fcntl
except ImportError:  # Windows: there a second process is not noticed.
    fcntl = None  # type: ignore[assignment]

PATIENCE_SECONDS = 20.0
"""How long a verb waits for another one that writes to the same deck."""
_PAUSE_SECONDS = 0.05


@contextmanager
def deck_lock(root: Path) -> Iterator[None]:
    """Keep other verbs that write to the deck at `root` waiting meanwhile."""
    busy = (
        f"another triptych is writing to {root}: wait until it has ended, then run the"
        " same command again"
    )
    with locked(root, busy, PATIENCE_SECONDS):
        yield


@contextmanager
def locked(folder: Path, busy: str, patience: float = 0.0) -> Iterator[None]:
    """Keep others that lock `folder` out; where it stays locked, raise saying `busy`.

    The lock is no file: it ends with the process, however that ends.
    """
    # Whoever needs a folder that is not there says so better.
    if fcntl is None or not folder.is_dir():
        yield
        return
    number = os.open(folder, os.O_RDONLY)
    try:
        _lock(number, busy, patience)
        yield
    finally:
        os.close(number)


def _lock(number: int, busy: str, patience: float) -> None:
    end = time.monotonic() + patience
    while True:
        try:
            fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            if time.monotonic() >= end:
                raise TriptychError(busy) from error
            time.sleep(_PAUSE_SECONDS)
        except OSError:
            # Some network file systems lock no folder: there nobody is kept out.
            return
        else:
            return
