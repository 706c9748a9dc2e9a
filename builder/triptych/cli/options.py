"""Options that several verbs share, and the folders of a project."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from triptych.dialect.files import CONTENT_FOLDER, DECK_FILE
from triptych.errors import TriptychError
from triptych.render.names import OUTPUT_NAMES

F = TypeVar("F", bound=Callable[..., Any])

_CONTENT = click.option(
    "--content", type=click.Path(path_type=Path), metavar="DIR", help="The deck folder."
)
_DIST = click.option(
    "--dist",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="The folder of the outputs.",
)
_JOBS = click.option(
    "--jobs",
    type=click.IntRange(min=0),
    default=0,
    metavar="N",
    help="The number of processes.",
)


def content_option(command: F) -> F:
    """Add `--content DIR`."""
    return _CONTENT(command)


def dist_option(command: F) -> F:
    """Add `--dist DIR`."""
    return _DIST(command)


def jobs_option(command: F) -> F:
    """Add `--jobs N`."""
    return _JOBS(command)


def content_folder(option: Path | None) -> Path:
    """Return the deck folder: that of the option, or of the project we are in."""
    if option is not None:
        return option
    current = Path.cwd()
    for folder in (current, *current.parents):
        for deck in (folder, folder / CONTENT_FOLDER):
            if (deck / DECK_FILE).is_file():
                return deck
    raise TriptychError(
        f"there is no deck here: change to a folder with {CONTENT_FOLDER}/{DECK_FILE},"
        " name one with --content, or make one with `triptych init DIR`"
    )


def dist_folder(option: Path | None, content: Path) -> Path:
    """Return the folder of the outputs: by default `dist/` beside the deck folder."""
    if option is None:
        return content.resolve().parent / "dist"
    deck, dist = content.resolve(), option.resolve()
    pruned = (dist / name for name in OUTPUT_NAMES)
    if dist.is_relative_to(deck) or any(map(deck.is_relative_to, pruned)):
        raise TriptychError(
            f"--dist {option} shares a folder with the deck, and builds prune their"
            " folders: name another"
        )
    return option


def display_path(path: Path) -> str:
    """Return `path` relative to the current folder, if it is within that."""
    try:
        return path.resolve().relative_to(Path.cwd()).as_posix()
    except ValueError:
        return path.as_posix()
