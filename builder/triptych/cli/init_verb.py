"""``triptych init``: make a new deck project."""

from pathlib import Path
from shlex import quote

import click

from triptych.author.project import ProjectKind, new_project
from triptych.author.tool_source import installed_requirement, requirement
from triptych.cli.envelope import json_option, print_json
from triptych.cli.options import display_path
from triptych.deck.locks import deck_lock
from triptych.deck.write import create_files, make_folder


@click.command("init", short_help="make a new deck that builds at once")
@click.argument("directory", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--kind",
    type=click.Choice([kind.value for kind in ProjectKind]),
    default=ProjectKind.INTERVIEW.value,
    show_default=True,
    help="What its first files are: questions, lists of words, or plain cards.",
)
@click.option(
    "--source", metavar="URL", help="The repository that the workflow installs from."
)
@json_option
def command(directory: Path, kind: str, source: str | None, format_: str) -> None:
    """Make a new deck project in DIR: content, settings, and files for hosting.

    The workflow installs this version of triptych from the repository at URL, or from
    the one that triptych was itself installed from; where neither is known, it says so.
    No file is overwritten: if one of them exists with other contents, none is made.
    """
    needed = requirement(source) if source else installed_requirement()
    files = new_project(directory.resolve().name, ProjectKind(kind), needed)
    make_folder(directory)
    with deck_lock(directory):
        create_files({directory / path: data for path, data in files.items()})
    folder = display_path(directory)
    if format_ == "json":
        print_json({"folder": folder, "files": [str(path) for path in files]})
        return
    click.echo(f"made {len(files)} files in {folder}")
    change_folder = "" if folder == "." else f"cd {quote(folder)} && "
    click.echo(f"next: {change_folder}triptych serve --open")
