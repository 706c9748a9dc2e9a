"""What earlier builds made of a file, for as long as nothing it depends on changes.

The cache lives in the user's cache folder, never in `dist/`, whose bytes must not
depend on what was built before. A damaged or unwritable cache is no cache.
"""

import hashlib
import io
import os
import pickle
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from functools import lru_cache
from pathlib import Path

_OWN = ("triptych.build.one", "triptych.values.")
"""The modules of ours that a cached value may be made of: these, or those below."""
_FOREIGN = frozenset(
    {
        ("builtins", "frozenset"),
        ("pathlib", "PurePosixPath"),
        ("pathlib._local", "PurePosixPath"),  # Python 3.13 calls it so
    }
)
_PACKAGES = (
    "imagesize",
    "markdown-it-py",
    "math-core",
    "mdit-py-plugins",
    "nh3",
    "pygments",
)
"""What prose is typeset with."""


def folder() -> Path:
    """Return where this user's caches are."""
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "triptych"


def cache_of(content: Path) -> "Cache":
    """Return the cache of the deck folder `content`."""
    name = hashlib.blake2b(str(content.resolve()).encode(), digest_size=8).hexdigest()
    return Cache(folder() / f"{name}.sqlite")


@lru_cache(maxsize=1)
def compiler() -> str:
    """Return a hash of this program: what another version made is of no use."""
    from importlib.metadata import version  # noqa: PLC0415 - slow, and only for builds

    found = hashlib.blake2b(digest_size=16)
    for path in sorted(Path(__file__).parents[1].rglob("*.py")):
        found.update(path.read_bytes())
    for name in _PACKAGES:
        found.update(f"{name} {version(name)}\n".encode())
    return found.hexdigest()


def key(*parts: object) -> str:
    """Return the key of what is made from `parts`, which must say all it depends on."""
    text = "\0".join(map(repr, (compiler(), *parts)))
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


class Cache:
    """Values by key in one file; holds just what the last build used."""

    def __init__(self, path: Path) -> None:
        """Use the file at `path`, which need not exist."""
        self._path = path

    def load(self, keys: Iterable[str]) -> Mapping[str, object]:
        """Return the values of those `keys` that are there."""
        found: dict[str, object] = {}
        with suppress(sqlite3.Error, OSError), self._open() as database:
            for name in keys:
                row = database.execute("SELECT data FROM made WHERE key = ?", (name,))
                for (data,) in row:
                    with suppress(Exception):
                        found[name] = _Reader(io.BytesIO(data)).load()
        return found

    def store(self, values: Mapping[str, object], keep: Iterable[str]) -> None:
        """Add `values`, and drop all but the keys to `keep`."""
        with suppress(sqlite3.Error, OSError), self._open() as database:
            rows = ((name, pickle.dumps(value, 5)) for name, value in values.items())
            database.executemany("INSERT OR REPLACE INTO made VALUES (?, ?)", rows)
            database.execute("CREATE TEMP TABLE kept (key TEXT PRIMARY KEY)")
            database.executemany("INSERT INTO kept VALUES (?)", ((k,) for k in keep))
            database.execute("DELETE FROM made WHERE key NOT IN (SELECT key FROM kept)")

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(self._path, timeout=1)) as database, database:
            database.execute("PRAGMA synchronous = OFF")
            database.execute(
                "CREATE TABLE IF NOT EXISTS made (key TEXT PRIMARY KEY, data BLOB)"
            )
            yield database


class _Reader(pickle.Unpickler):
    """Reads our own values and nothing else: a cache file is no program."""

    def find_class(self, module: str, name: str) -> object:
        if (module, name) in _FOREIGN:
            return super().find_class(module, name)
        if module.startswith(_OWN):
            found = super().find_class(module, name)
            # Not what our module imported from elsewhere, such as a function of it.
            if getattr(found, "__module__", None) == module:
                return found
        raise pickle.UnpicklingError(f"{module}.{name} does not belong in a cache")
