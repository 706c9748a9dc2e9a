"""What open pages are told: which build there is, and what keeps the next away."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Condition

from triptych.emit.emit import MANIFEST


@dataclass(frozen=True, slots=True)
class PreviewState:
    """What a page needs to know to be up to date."""

    number: int
    build: str
    """A name for what is in `dist/`; empty when that is unfinished."""
    problems: str = ""
    """Why `dist/` is older than the content; empty when it is not."""


class Preview:
    """The state of `dist/`, and the latest news for many threads to wait on."""

    def __init__(self, dist: Path) -> None:
        """Start with what `dist` holds."""
        self.dist = dist
        self._changed = Condition()
        self._building = False
        self._news = PreviewState(0, _name(dist))

    @contextmanager
    def building(self) -> Iterator[None]:
        """Let readers know that `dist` may be unfinished for a moment."""
        self._building = True
        try:
            yield
        finally:
            self._building = False

    def announce(self, problems: str) -> None:
        """Announce that a build has ended, well or not."""
        with self._changed:
            self._news = PreviewState(self._news.number + 1, _name(self.dist), problems)
            self._changed.notify_all()

    def wait(self, seen: int, timeout: float) -> PreviewState | None:
        """Return news after number `seen`, or None if there are none for so long."""
        with self._changed:
            fresh = self._changed.wait_for(lambda: self._news.number > seen, timeout)
            return self._news if fresh else None

    def build(self, timeout: float) -> str:
        """Return the name of the whole build in `dist`, or nothing if there is none.

        While one is being written, wait for it.
        """
        with self._changed:
            self._changed.wait_for(
                lambda: _name(self.dist) or not self._building, timeout
            )
        return _name(self.dist)


def _name(dist: Path) -> str:
    try:
        manifest = (dist / MANIFEST).read_bytes()
    except OSError:
        return ""
    return hashlib.sha256(manifest).hexdigest()[:16]
