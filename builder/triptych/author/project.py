"""The files of a new deck project."""

import json
import re
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path, PurePosixPath

from triptych.author.ids import slug
from triptych.deck.templates import folder
from triptych.dialect.files import CONTENT_FOLDER, DECK_FILE
from triptych.dialect.schemas import NAMES, file_name, schema_text

_DOT_PREFIX = "dot-"
"""The prefix of a template for a file whose name begins with a dot."""
_ID, _TITLE = "my-deck", "My deck"
_PINNED = "# Where the workflow gets triptych from: the version that made this deck.\n"
_WORD_BREAK = re.compile(r"[-_\s]+")


class ProjectKind(StrEnum):
    """What a new deck is about; its first files are of that kind."""

    INTERVIEW = "interview"
    VOCABULARY = "vocabulary"
    PLAIN = "plain"


def new_project(
    name: str, kind: ProjectKind = ProjectKind.INTERVIEW, requirement: str = ""
) -> Mapping[PurePosixPath, bytes]:
    """Return the files of a new project in a folder called `name`.

    Its workflow installs `requirement`; without any it says that it is not set.
    """
    files = _files(folder() / "init")
    if kind is not ProjectKind.INTERVIEW:
        shared = {p: data for p, data in files.items() if p.parts[0] != CONTENT_FOLDER}
        files = shared | _files(folder() / f"init-{kind}")
    words = "".join(c if c.isprintable() else " " for c in name)
    title = _WORD_BREAK.sub(" ", words).strip() or _TITLE
    title = title[:1].upper() + title[1:]
    deck, readme = PurePosixPath(CONTENT_FOLDER, DECK_FILE), PurePosixPath("README.md")
    text = files[deck].decode()
    text = text.replace(f'"{_ID}"', f'"{slug(name) or _ID}"', 1)
    text = text.replace(f'"{_TITLE}"', json.dumps(title, ensure_ascii=False), 1)
    heading = files[readme].decode().replace(f"# {_TITLE}\n", f"# {title}\n", 1)
    edited = {deck: text.encode(), readme: heading.encode(), **_schemas()}
    if requirement:
        edited[PurePosixPath("requirements.txt")] = f"{_PINNED}{requirement}\n".encode()
    return {**files, **edited}


def _schemas() -> Mapping[PurePosixPath, bytes]:
    """Return the schemas that editors read, which need no network and no address."""
    return {
        PurePosixPath(".vscode", file_name(name)): schema_text(name).encode()
        for name in NAMES
    }


def _files(root: Path) -> dict[PurePosixPath, bytes]:
    return {
        _path(path.relative_to(root)): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }


def _path(path: Path) -> PurePosixPath:
    """Return the path for a template; packages omit files that begin with a dot."""
    parts = (
        f".{part.removeprefix(_DOT_PREFIX)}" if part.startswith(_DOT_PREFIX) else part
        for part in path.parts
    )
    return PurePosixPath(*parts)
