"""A cache of what builds have made, with keys of everything that each value depends on.

The cache is in the user's cache folder, not in `dist/`, whose bytes must not depend on
earlier builds. It holds what one of the last builds used, so that `build` and `serve`,
or two branches, leave each other's values alone. A damaged cache is deleted, and one
that cannot be read or written is not used. Either is reported once and only makes the
build slower.
"""

import hashlib
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar, cast

from triptych.build.cache_folder import cache_file
from triptych.build.pickles import bytes_of, read_trusted
from triptych.build.program import program
from triptych.values.kept import Keep, keep_nothing

_T = TypeVar("_T")
_BUILDS = 8
"""How many builds that add something keep what they do not use themselves."""
_MARK_EVERY = 4
"""After how many of these it is written down what is used, and the rest deleted."""
_KEYS_AT_ONCE = 500
"""So many keys are looked up at once; every SQLite allows 999."""
_TABLES = """
CREATE TABLE IF NOT EXISTS made (key TEXT PRIMARY KEY, data BLOB);
CREATE TABLE IF NOT EXISTS used (key TEXT PRIMARY KEY, build INTEGER);
"""
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


def cache_key(*parts: object) -> str:
    """Return the key of a value that depends on `parts` and on this program alone."""
    text = "\0".join(map(repr, (program().digest, *parts)))
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


class Cache:
    """Values by key in one file, which has those that one of the last builds used."""

    def __init__(self, path: Path) -> None:
        """Use the file `path`, which need not exist."""
        self.path = path
        self.hits = 0
        self.misses = 0
        self._used: set[str] = set()
        self._new: set[str] = set()
        self.problem = ""
        """The first problem with the file; empty if there was none."""
        self._is_open = False
        self._connection: sqlite3.Connection | None = None
        self._process = 0

    def __reduce__(self) -> tuple[type["Cache"], tuple[Path]]:
        """Let another process use the same file."""
        return Cache, (self.path,)

    @contextmanager
    def opened(self) -> Iterator[None]:
        """Keep the file open, so that it is not opened for each value."""
        self._is_open = True
        try:
            yield
        finally:
            self._is_open = False
            self._close()

    def load(self, keys: Iterable[str]) -> Mapping[str, object]:
        """Return the cached values of `keys`."""
        wanted = list(keys)
        values: dict[str, object] = {}

        def read(database: sqlite3.Connection) -> None:
            for start in range(0, len(wanted), _KEYS_AT_ONCE):
                names = wanted[start : start + _KEYS_AT_ONCE]
                marks = ",".join("?" * len(names))
                found = f"SELECT key, data FROM made WHERE key IN ({marks})"  # noqa: S608 - marks
                for name, data in database.execute(found, names):
                    values.update((name, value) for value in self._value(data))

        if not self._use(read):
            values.clear()  # a damaged file is deleted: its values must be stored again
        self._used.update(values)
        return values

    def use(self, keys: Iterable[str]) -> None:
        """Keep the values of `keys`, too, which are loaded only if they are needed."""
        self._used.update(keys)

    def count(self, hits: int, misses: int) -> None:
        """Count files that did not have to be compiled, and others."""
        self.hits += hits
        self.misses += misses

    def store(self, values: Mapping[str, object]) -> None:
        """Add `values`."""
        if not values:
            return

        def write(database: sqlite3.Connection) -> None:
            rows = ((name, bytes_of(value)) for name, value in values.items())
            database.executemany("INSERT OR REPLACE INTO made VALUES (?, ?)", rows)

        self._used.update(values)
        if self._use(write):
            self._new.update(values)

    def end_build(self) -> None:
        """Delete what no build of the last ones used, if this one added something."""
        if not self._new:
            return

        def write(database: sqlite3.Connection) -> None:
            ((number,),) = database.execute("PRAGMA user_version")
            database.execute(f"PRAGMA user_version = {number + 1}")
            # Most of it is what the last build used: to write all that takes a while,
            # and so it does to look for what none has used.
            if number % _MARK_EVERY:
                _mark(database, self._new, number + 1)
                return
            _mark(database, self._used, number + 1)
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
        self._close()
        try:
            self.path.unlink()
        except OSError as error:
            self._report(f"is damaged, and cannot be removed: {error}")
        else:
            self._report(f"was damaged, and is rebuilt: {why}")

    def _value(self, data: bytes) -> Iterator[object]:
        """Yield the value that was stored as `data`, if it can be read."""
        try:
            yield read_trusted(data)
        except Exception as error:  # noqa: BLE001 - damaged bytes may raise anything
            self._report(f"holds an entry that cannot be read: {error}")

    def _report(self, what: str) -> None:
        self.problem = self.problem or f"the cache {self.path} {what}"

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        # A forked process must not use the connection of its parent, nor close it.
        if self._connection is None or self._process != os.getpid():
            self._connection, self._process = self._connected(), os.getpid()
        try:
            with self._connection:
                yield self._connection
        finally:
            if not self._is_open:
                self._close()

    def _connected(self) -> sqlite3.Connection:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        database = sqlite3.connect(self.path, timeout=1)
        try:
            with database:
                database.execute("PRAGMA synchronous = OFF")
                database.executescript(_TABLES)
        except BaseException:
            database.close()
            raise
        return database

    def _close(self) -> None:
        if self._connection and self._process == os.getpid():
            self._connection.close()
        self._connection = None


def _mark(database: sqlite3.Connection, keys: Iterable[str], build: int) -> None:
    """Write down that `build` used the values of `keys`."""
    rows = ((key, build) for key in keys)
    database.executemany("INSERT OR REPLACE INTO used VALUES (?, ?)", rows)


def keep_in(cache: Cache | None) -> Keep:
    """Return the function that keeps in `cache` what an output makes."""
    if cache is None:
        return keep_nothing

    def keep(made_of: str, make: Callable[[], _T], /) -> _T:
        if not made_of:
            return make()
        key = cache_key(made_of)
        kept = cache.load([key])
        if key not in kept:
            kept = {key: make()}
            cache.store(kept)
        # A digest stands for one value, and so for one type.
        return cast("_T", kept[key])

    return keep
