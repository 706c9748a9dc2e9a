"""What earlier builds made of a file, for as long as nothing it depends on changes.

The cache lives in the user's cache folder, never in `dist/`, whose bytes must not
depend on what was built before. A damaged cache is made anew, and one that cannot be
read or written is not used; either is said once, and costs a build nothing but time.
"""

import hashlib
import io
import os
import pickle
import sqlite3
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from enum import Enum, EnumType
from functools import lru_cache
from pathlib import Path

from triptych.errors import TriptychError

_OWN = ("triptych.build.compile", "triptych.values.")
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
_DAMAGED = frozenset(
    {
        sqlite3.SQLITE_CORRUPT,
        sqlite3.SQLITE_ERROR,  # among others, a table that is not ours
        sqlite3.SQLITE_NOTADB,
    }
)
"""What SQLite says of a file that it will never be able to use."""


def folder() -> Path:
    """Return where this user's caches are."""
    base = os.environ.get("XDG_CACHE_HOME")
    try:
        return (Path(base) if base else Path.home() / ".cache") / "triptych"
    except RuntimeError as error:
        message = f"no folder for the cache: {error}: set HOME or XDG_CACHE_HOME"
        raise TriptychError(message) from error


def cache_of(content: Path) -> "Cache":
    """Return the cache of the deck folder `content`."""
    name = hashlib.blake2b(str(content.resolve()).encode(), digest_size=8).hexdigest()
    return Cache(folder() / f"{name}.sqlite")


@lru_cache(maxsize=1)
def compiler() -> str:
    """Return a hash of this program: what another version made is of no use.

    Nor is what another Python made, whose classes may have other names.
    """
    from importlib.metadata import version  # noqa: PLC0415 - slow, and only for builds

    found = hashlib.blake2b(sys.version.encode(), digest_size=16)
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
        self.hits = 0
        self.misses = 0
        self.problem = ""
        """What was first found wrong with the file; empty while nothing is."""

    def load(self, keys: Iterable[str]) -> Mapping[str, object]:
        """Return the values of those `keys` that are there, and count them."""
        asked = list(keys)
        found: dict[str, object] = {}

        def read(database: sqlite3.Connection) -> None:
            for name in asked:
                row = database.execute("SELECT data FROM made WHERE key = ?", (name,))
                found.update((name, value) for (d,) in row for value in self._value(d))

        if not self._use(read):
            found.clear()  # what a damaged file still holds is made anew with the rest
        self.hits += len(found)
        self.misses += len(asked) - len(found)
        return found

    def store(self, values: Mapping[str, object], keep: Iterable[str]) -> None:
        """Add `values`, and drop all but the keys to `keep`."""

        def write(database: sqlite3.Connection) -> None:
            rows = ((name, pickle.dumps(value, 5)) for name, value in values.items())
            database.executemany("INSERT OR REPLACE INTO made VALUES (?, ?)", rows)
            database.execute("CREATE TEMP TABLE kept (key TEXT PRIMARY KEY)")
            database.executemany("INSERT INTO kept VALUES (?)", ((k,) for k in keep))
            database.execute("DELETE FROM made WHERE key NOT IN (SELECT key FROM kept)")

        self._use(write)

    def _use(self, work: Callable[[sqlite3.Connection], None]) -> bool:
        """Return whether `work` could use the file; a damaged one is removed."""
        try:
            with self._open() as database:
                work(database)
        except sqlite3.Error as error:
            if getattr(error, "sqlite_errorcode", 0) & 0xFF in _DAMAGED:
                self._remove(error)
            else:
                self._report(f"is not used: {error}")
            return False
        except OSError as error:
            self._report(f"is not used: {error}")
            return False
        return True

    def _remove(self, why: Exception) -> None:
        try:
            self._path.unlink()
        except OSError as error:
            self._report(f"is damaged, and cannot be removed: {error}")
        else:
            self._report(f"was damaged, and is made anew: {why}")

    def _value(self, data: bytes) -> Iterator[object]:
        """Yield the value that was written as `data`, if it can be read."""
        try:
            yield _Reader(io.BytesIO(data)).load()
        except Exception as error:  # noqa: BLE001 - damaged bytes may raise anything
            self._report(f"holds an entry that cannot be read: {error}")

    def _report(self, what: str) -> None:
        self.problem = self.problem or f"the cache {self._path} {what}"

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
        if (module, name) == ("builtins", "getattr"):
            return _member
        if (module, name) in _FOREIGN:
            return super().find_class(module, name)
        if module.startswith(_OWN):
            found = super().find_class(module, name)
            # Not what our module imported from elsewhere, such as a function of it.
            if getattr(found, "__module__", None) == module:
                return found
        raise pickle.UnpicklingError(f"{module}.{name} does not belong in a cache")


def _member(kind: object, name: str) -> Enum:
    # Before Python 3.11.4 a member of an enumeration is written as an attribute of it.
    if isinstance(kind, EnumType):
        return kind[name]
    raise pickle.UnpicklingError(f"{name} of {kind} does not belong in a cache")
