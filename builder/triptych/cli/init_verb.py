"""``triptych init``: a new deck project."""

from pathlib import Path
from shlex import quote

import click

from triptych.author.project import new_project
from triptych.cli.options import display_path
from triptych.deck.locks import deck_lock
from triptych.deck.write import create_files, make_folder


@click.command("init", short_help="make a new deck that builds at once")
@click.argument("directory", metavar="DIR", type=click.Path(path_type=Path))
def command(directory: Path) -> None:
    """Make a new deck project in DIR: content, settings, and what hosting wants.

    Nothing is overwritten: if another file of that name is there, none is made.
    """
    files = new_project(directory.resolve().name)
    make_folder(directory)
    with deck_lock(directory):
        create_files({directory / path: data for path, data in files.items()})
    click.echo(f"made {len(files)} files in {display_path(directory)}")
    go = (
        ""
        if display_path(directory) == "."
        else f"cd {quote(display_path(directory))} && "
    )
    click.echo(f"next: {go}triptych serve --open")
