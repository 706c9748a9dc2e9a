"""Options that several verbs share, and where a project is found."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from triptych.errors import TriptychError
from triptych.render.outputs import OUTPUTS

F = TypeVar("F", bound=Callable[..., Any])

_CONTENT = click.option(
    "--content", type=click.Path(path_type=Path), metavar="DIR", help="The deck folder."
)
_DIST = click.option(
    "--dist", type=click.Path(path_type=Path), metavar="DIR", help="Where outputs go."
)
_JOBS = click.option(
    "--jobs",
    type=click.IntRange(min=0),
    default=0,
    metavar="N",
    help="Processes to use.",
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


def content_folder(given: Path | None) -> Path:
    """Return the deck folder: as given, or that of the project around here."""
    if given is not None:
        return given
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / "deck.toml").is_file():
            return folder
        if (folder / "content" / "deck.toml").is_file():
            return folder / "content"
    raise TriptychError(
        "there is no deck here: change to a folder with content/deck.toml, name one"
        " with --content, or make one with `triptych init DIR`"
    )


def dist_folder(given: Path | None, content: Path) -> Path:
    """Return where outputs go: as given, or `dist/` beside the deck folder."""
    if given is None:
        return content.resolve().parent / "dist"
    deck, dist = content.resolve(), given.resolve()
    pruned = (dist / name for name in OUTPUTS)
    if dist.is_relative_to(deck) or any(map(deck.is_relative_to, pruned)):
        raise TriptychError(
            f"--dist {given} shares a folder with the deck, and builds prune their"
            " folders: name another"
        )
    return given


def display_path(path: Path) -> str:
    """Return `path` as a reader here would write it."""
    try:
        return path.resolve().relative_to(Path.cwd()).as_posix()
    except ValueError:
        return str(path)
