"""The state of the preview, for which the connections of open pages wait."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Condition

from triptych.dialect.files import MANIFEST_FILE


@dataclass(frozen=True, slots=True)
class Problem:
    """A problem of a build, as open pages show it."""

    severity: str
    """Empty for a summary of other problems."""
    message: str
    place: str = ""
    """The path, the line and the column."""
    rule: str = ""
    hint: str = ""
    line: str = ""
    """The line of the file, or the part of it around the place."""
    others: str = ""
    """Where else it is so."""
    count: int = 1
    """In how many places it is so."""
    link: str = ""
    """The address by which an editor opens the place."""


@dataclass(frozen=True, slots=True)
class PreviewState:
    """The state of `dist/`, as it is sent to open pages."""

    number: int
    """Counts the builds of this preview."""
    build: str
    """The digest of `dist/`; empty while it is incomplete."""
    problems: tuple[Problem, ...] = ()
    """The problems of the last build; at most hints if it has updated `dist/`."""


class Preview:
    """The current state of `dist/`, for which many threads may wait."""

    def __init__(self, dist: Path) -> None:
        """Start with the present contents of `dist`."""
        self.dist = dist
        self._changed = Condition()
        self._building = False
        self._state = PreviewState(0, _digest(dist))

    @contextmanager
    def building(self) -> Iterator[None]:
        """Mark `dist` as possibly incomplete while a build runs."""
        self._building = True
        try:
            yield
        finally:
            self._building = False

    def announce(self, problems: tuple[Problem, ...]) -> None:
        """Announce the end of a build, with its problems if it failed."""
        with self._changed:
            self._state = PreviewState(
                self._state.number + 1, _digest(self.dist), problems
            )
            self._changed.notify_all()

    def wait(self, seen: int, timeout: float) -> PreviewState | None:
        """Return the first state after number `seen`; None after `timeout` seconds."""
        with self._changed:
            is_newer = self._changed.wait_for(
                lambda: self._state.number > seen, timeout
            )
            return self._state if is_newer else None

    def build(self, timeout: float) -> str:
        """Return the digest of the build in `dist`; empty if there is none.

        While one is being written, wait for it at most `timeout` seconds.
        """
        with self._changed:
            self._changed.wait_for(
                lambda: _digest(self.dist) or not self._building, timeout
            )
        return _digest(self.dist)


def _digest(dist: Path) -> str:
    try:
        manifest = (dist / MANIFEST_FILE).read_bytes()
    except OSError:
        return ""
    return hashlib.sha256(manifest).hexdigest()[:16]
