"""A cache of what builds have made, with keys of everything that each value depends on.

The cache is in the user's cache folder, not in `dist/`, whose bytes must not depend on
earlier builds. It holds what one of the last builds used, so that `build` and `serve`,
or two branches, leave each other's values alone. A damaged cache is deleted, and one
that cannot be read or written is not used. Either is reported once and only makes the
build slower.
"""

import hashlib
import io
import pickle
import sqlite3
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from enum import Enum, EnumType
from functools import lru_cache
from pathlib import Path

from triptych.build.cache_folder import cache_file
from triptych.deck import templates

_TRUSTED_MODULES = ("triptych.build.compile", "triptych.values.")
"""Modules whose classes a cached value may have; with a dot, those in the package."""
_OTHER_CLASSES = frozenset(
    {
        ("builtins", "frozenset"),
        ("pathlib", "PurePosixPath"),
        ("pathlib._local", "PurePosixPath"),  # its name in Python 3.13
    }
)
_PACKAGES = (
    *("brotli", "fonttools", "ziamath"),  # the math font
    *("imagesize", "markdown-it-py", "math-core", "mdit-py-plugins", "nh3", "pygments"),
    *("jinja2", "markupsafe"),  # pages
    *("manimgx-fonts", "manimgx-fonts-cjk", "typst"),  # the sheet
)
"""The libraries that what is kept depends on."""
_BUILDS = 8
"""How many builds that add something keep what they do not use themselves."""
_DAMAGE_CODES = frozenset(
    {
        sqlite3.SQLITE_CORRUPT,
        sqlite3.SQLITE_ERROR,  # for instance, the file has a table of another program
        sqlite3.SQLITE_NOTADB,
    }
)
"""Error codes of SQLite for a file that cannot be used at all."""


def cache_of(content: Path) -> "Cache":
    """Return the cache of the deck folder `content`."""
    return Cache(cache_file(content, suffix=".sqlite"))


@lru_cache(maxsize=1)
def compiler() -> str:
    """Return a hash of this program, its templates and libraries, and of Python.

    What another version cached must not be used.
    """
    from importlib.metadata import version  # noqa: PLC0415 - slow, and only for builds

    digest = hashlib.blake2b(sys.version.encode(), digest_size=16)
    program = Path(__file__).parents[1].rglob("*.py")
    built_in = (path for path in templates.folder().rglob("*") if path.is_file())
    for path in (*sorted(program), *sorted(built_in)):
        digest.update(path.read_bytes())
    for name in _PACKAGES:
        digest.update(f"{name} {version(name)}\n".encode())
    return digest.hexdigest()


def cache_key(*parts: object) -> str:
    """Return the key of a value that depends on `parts` and nothing else."""
    text = "\0".join(map(repr, (compiler(), *parts)))
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


class Cache:
    """Values by key in one file, which has those that one of the last builds used."""

    def __init__(self, path: Path) -> None:
        """Use the file `path`, which need not exist."""
        self._path = path
        self.hits = 0
        self.misses = 0
        self._used: set[str] = set()
        self._has_new = False
        self.problem = ""
        """The first problem with the file; empty if there was none."""

    def load(self, keys: Iterable[str]) -> Mapping[str, object]:
        """Return the cached values of `keys`."""
        wanted = list(keys)
        values: dict[str, object] = {}

        def read(database: sqlite3.Connection) -> None:
            for name in wanted:
                row = database.execute("SELECT data FROM made WHERE key = ?", (name,))
                values.update((name, value) for (d,) in row for value in self._value(d))

        if not self._use(read):
            values.clear()  # a damaged file is deleted: its values must be stored again
        self._used.update(values)
        return values

    def count(self, hits: int, misses: int) -> None:
        """Count files that did not have to be compiled, and others."""
        self.hits += hits
        self.misses += misses

    def store(self, values: Mapping[str, object]) -> None:
        """Add `values`."""
        if not values:
            return

        def write(database: sqlite3.Connection) -> None:
            rows = ((name, pickle.dumps(value, 5)) for name, value in values.items())
            database.executemany("INSERT OR REPLACE INTO made VALUES (?, ?)", rows)

        self._used.update(values)
        self._has_new = self._use(write)

    def end_build(self) -> None:
        """Delete what no build of the last ones used, if this one added something."""
        if not self._has_new:
            return

        def write(database: sqlite3.Connection) -> None:
            ((number,),) = database.execute("PRAGMA user_version")
            rows = ((key, number + 1) for key in self._used)
            database.execute(f"PRAGMA user_version = {number + 1}")
            database.executemany("INSERT OR REPLACE INTO used VALUES (?, ?)", rows)
            database.execute("DELETE FROM used WHERE build <= ?", (number - _BUILDS,))
            database.execute("DELETE FROM made WHERE key NOT IN (SELECT key FROM used)")

        self._use(write)

    def _use(self, work: Callable[[sqlite3.Connection], None]) -> bool:
        """Do `work` on the file; return whether it succeeded. Delete a damaged file."""
        try:
            with self._open() as database:
                work(database)
        except sqlite3.Error as error:
            if getattr(error, "sqlite_errorcode", 0) & 0xFF in _DAMAGE_CODES:
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
            self._report(f"was damaged, and is rebuilt: {why}")

    def _value(self, data: bytes) -> Iterator[object]:
        """Yield the value that was stored as `data`, if it can be read."""
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
            database.execute(
                "CREATE TABLE IF NOT EXISTS used (key TEXT PRIMARY KEY, build INTEGER)"
            )
            yield database


class _Reader(pickle.Unpickler):
    """An unpickler that creates our own values only, so that a cache runs no code."""

    def find_class(self, module: str, name: str) -> object:
        if (module, name) == ("builtins", "getattr"):
            return _member
        if (module, name) in _OTHER_CLASSES:
            return super().find_class(module, name)
        if module.startswith(_TRUSTED_MODULES):
            value = super().find_class(module, name)
            # Not what the module imported from another one, such as a function.
            if getattr(value, "__module__", None) == module:
                return value
        raise pickle.UnpicklingError(f"{module}.{name} does not belong in a cache")


def _member(kind: object, name: str) -> Enum:
    # Before Python 3.11.4 a member of an enumeration is written as an attribute of it.
    if isinstance(kind, EnumType):
        return kind[name]
    raise pickle.UnpicklingError(f"{name} of {kind} does not belong in a cache")
