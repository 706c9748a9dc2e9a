"""Find templates: those of the deck, or else the built-in ones."""

import re
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from functools import lru_cache
from pathlib import Path, PurePosixPath

from triptych.deck.read import path_inside
from triptych.dialect.folders import TEMPLATES_FOLDER
from triptych.errors import TriptychError

_SEPARATOR = re.compile(r"[/\\]")
_PACKAGE = Path(__file__).resolve().parents[1]


@lru_cache(maxsize=1)
def folder() -> Path:
    """Return the folder of the built-in templates."""
    for candidate in (_PACKAGE / "_templates", _PACKAGE.parents[1] / "templates"):
        if (candidate / "site").is_dir():
            return candidate
    message = "the templates are missing from this installation: install triptych again"
    raise TriptychError(message)


def template_bytes(name: str, overrides: Path | None = None) -> bytes:
    """Return the template `name`, such as ``site/base.html``.

    Raises:
        FileNotFoundError: There is none, or `name` leads out of the templates: a
            template of a deck may name any file.

    """
    if ".." in _SEPARATOR.split(name):
        raise FileNotFoundError(name)
    if overrides is not None and (overrides / name).is_file():
        own = PurePosixPath(overrides.name, name)
        return path_inside(overrides.parent, own).read_bytes()
    return (folder() / name).read_bytes()


def template(name: str, overrides: Path | None = None) -> str:
    """Return the template `name` as text."""
    return template_bytes(name, overrides).decode("utf-8")


NEW_FOLDER = "new"
"""The folder of the templates of new questions, which belong to no output."""
_STRINGS = frozenset({"anki/strings.toml", "site/strings.toml"})
"""Files of words that decks for version 1.0 may have."""


@lru_cache
def names(folders: tuple[str, ...]) -> frozenset[str]:
    """Return the names of the built-in templates in `folders`, such as ``site``."""
    root = folder()
    files = (path for part in folders for path in (root / part).rglob("*.*"))
    return frozenset(path.relative_to(root).as_posix() for path in files)


def unread(
    files: Iterable[PurePosixPath], root: Path, replaceable: AbstractSet[str]
) -> tuple[PurePosixPath, ...]:
    """Return those of the deck's `files` below `templates` that nothing reads.

    `replaceable` are the names of the templates that a deck may replace. What one of
    the deck names is read, too: it may include files of its own.
    """
    read = replaceable | _STRINGS
    own = [path for path in sorted(files) if path.parts[0] == TEMPLATES_FOLDER]
    doubtful = [path for path in own if "/".join(path.parts[1:]) not in read]
    if not doubtful:
        return ()
    texts = [(root / path).read_bytes() for path in own]
    return tuple(
        path
        for path in doubtful
        if not any(path.name.encode() in text for text in texts)
    )
