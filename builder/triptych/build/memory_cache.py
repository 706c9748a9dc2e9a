"""A cache for a process that builds again and again, as that of `serve` does.

Its keys and values are those of the file. A value that was read once stays in memory
until a build does not use it.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from triptych.build.cache import Cache


class MemoryCache(Cache):
    """Values by key, of which those that the last build read are in memory."""

    def __init__(self, path: Path) -> None:
        """Start with no values of the file `path`, which need not exist."""
        super().__init__(path)
        self._loaded: dict[str, object] = {}

    @property
    def loaded_count(self) -> int:
        """Return how many values are in memory."""
        return len(self._loaded)

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
        loaded = {key: self._loaded[key] for key in wanted if key in self._loaded}
        self._used.update(loaded)
        if len(loaded) == len(wanted):
            return loaded
        read = super().load(key for key in wanted if key not in loaded)
        self._loaded |= read
        return {**loaded, **read}

    def store(self, values: Mapping[str, object]) -> None:
        """Add `values`, which replace those in memory under the same keys."""
        for key in values:
            self._loaded.pop(key, None)
        super().store(values)

    def end_build(self) -> None:
        """Drop what this build did not use, after the file did so."""
        super().end_build()
        self._loaded = {k: v for k, v in self._loaded.items() if k in self._used}
        self._used.clear()
        self._new.clear()
