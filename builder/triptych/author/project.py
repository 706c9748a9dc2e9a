"""The files of a new deck project."""

import json
import re
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from triptych.author.ids import slug
from triptych.deck.templates import folder

_DOT_PREFIX = "dot-"
"""The prefix of a template for a file whose name begins with a dot."""
_ID, _TITLE = "my-deck", "My deck"
_PINNED = "# Where the workflow gets triptych from: the version that made this deck.\n"
_WORD_BREAK = re.compile(r"[-_\s]+")


def new_project(name: str, requirement: str = "") -> Mapping[PurePosixPath, bytes]:
    """Return the files of a new project in a folder called `name`.

    Its workflow installs `requirement`; without any it says that it is not set.
    """
    root = folder() / "init"
    files = {
        _path(path.relative_to(root)): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }
    words = "".join(c if c.isprintable() else " " for c in name)
    title = _WORD_BREAK.sub(" ", words).strip() or _TITLE
    title = title[:1].upper() + title[1:]
    deck, readme = PurePosixPath("content/deck.toml"), PurePosixPath("README.md")
    text = files[deck].decode()
    text = text.replace(f'"{_ID}"', f'"{slug(name) or _ID}"', 1)
    text = text.replace(f'"{_TITLE}"', json.dumps(title, ensure_ascii=False), 1)
    heading = files[readme].decode().replace(f"# {_TITLE}\n", f"# {title}\n", 1)
    edited = {deck: text.encode(), readme: heading.encode()}
    if requirement:
        edited[PurePosixPath("requirements.txt")] = f"{_PINNED}{requirement}\n".encode()
    return {**files, **edited}


def _path(path: Path) -> PurePosixPath:
    """Return the path for a template; packages omit files that begin with a dot."""
    parts = (
        f".{part.removeprefix(_DOT_PREFIX)}" if part.startswith(_DOT_PREFIX) else part
        for part in path.parts
    )
    return PurePosixPath(*parts)
