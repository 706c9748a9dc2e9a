"""What all that builds keep depends on: the program itself and its libraries.

To read all of that takes a while. So its digest is kept with the states of the files,
from which an upgrade and an edit are seen.
"""

import json
import os
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path

from triptych import clock
from triptych.build.cache_folder import cache_file
from triptych.build.file_states import RECENT_NS, FileState, digest_of, file_states
from triptych.deck.templates import folder as templates_folder
from triptych.deck.write import make_folder, replace_file
from triptych.errors import TriptychError

_PACKAGE = Path(__file__).resolve().parents[1]


@dataclass(frozen=True, slots=True)
class Program:
    """The program that runs now."""

    digest: str
    """Of its files, its templates, its libraries and Python."""
    versions: Mapping[str, str]
    """The versions of its libraries, by name."""


def program_states() -> list[FileState]:
    """Return the states of this program and of the libraries that are installed."""
    libraries = [
        FileState(entry.path, (entry.stat().st_mtime_ns,))
        for folder in sys.path
        if os.path.isdir(folder)  # noqa: PTH112 - a Path for each is slow
        for entry in os.scandir(folder)
        if entry.name.endswith((".dist-info", ".egg-info"))
    ]
    return [
        *file_states(_PACKAGE, frozenset({"__pycache__"}), follows_links=True),
        *file_states(templates_folder(), follows_links=True),
        *sorted(libraries),
    ]


@lru_cache(maxsize=1)
def program() -> Program:
    """Return the program that runs now."""
    states = [FileState(sys.version), *program_states()]
    since = clock.now_ns() - RECENT_NS
    if any(state.may_change_unseen(since) for state in states):
        return _read()
    digest = digest_of(states, since)
    try:
        place = cache_file(_PACKAGE, suffix=".program")
        kept = _load(place, digest)
        if kept is None:
            _keep(place, digest, kept := _read())
    except TriptychError:
        # The folder cannot be used, which is reported where the cache is opened.
        return _read()
    return kept


def _read() -> Program:
    # Slow to import, and rarely needed.
    from importlib.metadata import version  # noqa: PLC0415

    from triptych.build.libraries import libraries  # noqa: PLC0415

    digest = blake2b(sys.version.encode(), digest_size=16)
    versions = {name: version(name) for name in libraries()}
    built_in = (path for path in templates_folder().rglob("*") if path.is_file())
    for path in (*sorted(_PACKAGE.rglob("*.py")), *sorted(built_in)):
        digest.update(path.read_bytes())
    for name, number in versions.items():
        digest.update(f"{name} {number}\n".encode())
    return Program(digest.hexdigest(), versions)


def _load(place: Path, states: str) -> Program | None:
    try:
        kept = json.loads(place.read_bytes())
        return Program(**kept["program"]) if kept["states"] == states else None
    except (OSError, ValueError, TypeError, KeyError):
        return None  # Without it, the program is read, and kept again.


def _keep(place: Path, states: str, kept: Program) -> None:
    make_folder(place.parent)
    data = {"states": states, "program": asdict(kept)}
    replace_file(place, json.dumps(data).encode())
