"""A cache for a process that builds again and again, as that of `serve` does.

Its keys and values are those of the file. What was read of it once is held in memory,
until a build does not use it.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from triptych.build.cache import Cache


class Memory(Cache):
    """Values by key, of which those that the last build read are in memory."""

    def __init__(self, path: Path) -> None:
        """Hold nothing yet of the file `path`, which need not exist."""
        super().__init__(path)
        self._held: dict[str, object] = {}

    @property
    def held(self) -> int:
        """Return how many values are in memory."""
        return len(self._held)

    @contextmanager
    def opened(self) -> Iterator[None]:
        """Keep the file open for one build."""
        self.hits = self.misses = 0
        self.problem = ""
        with super().opened():
            yield

    def load(self, keys: Iterable[str]) -> Mapping[str, object]:
        """Return the values of `keys`, from memory where it has them."""
        wanted = list(keys)
        held = {key: self._held[key] for key in wanted if key in self._held}
        self._used.update(held)
        if len(held) == len(wanted):
            return held
        read = super().load(key for key in wanted if key not in held)
        self._held |= read
        return {**held, **read}

    def store(self, values: Mapping[str, object]) -> None:
        """Add `values`, which replace those that are held under the same keys."""
        for key in values:
            self._held.pop(key, None)
        super().store(values)

    def end_build(self) -> None:
        """Forget what this build did not use, after the file did so."""
        super().end_build()
        self._held = {k: v for k, v in self._held.items() if k in self._used}
        self._used.clear()
        self._new.clear()
