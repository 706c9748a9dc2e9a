"""``triptych init``: a new deck project."""

from pathlib import Path
from shlex import quote

import click

from triptych.author.project import new_project
from triptych.cli.options import shown
from triptych.errors import TriptychError


@click.command("init", short_help="make a new deck that builds at once")
@click.argument("directory", metavar="DIR", type=click.Path(path_type=Path))
def command(directory: Path) -> None:
    """Make a new deck project in DIR: content, settings, and what hosting wants.

    Nothing is overwritten: if a file of the project is there already, none is made.
    """
    files = new_project(directory.resolve().name)
    there = [str(path) for path in files if (directory / path).exists()]
    if there:
        raise TriptychError(
            f"{directory} has {', '.join(there[:3])} already; nothing was made"
        )
    for path, data in files.items():
        (directory / path).parent.mkdir(parents=True, exist_ok=True)
        with (directory / path).open("xb") as file:
            file.write(data)
    click.echo(f"made {len(files)} files in {shown(directory)}")
    go = "" if shown(directory) == "." else f"cd {quote(shown(directory))} && "
    click.echo(f"next: {go}triptych serve --open")
