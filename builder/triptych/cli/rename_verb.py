"""``triptych rename``: a new id, with everything that names the old one mended."""

from pathlib import Path

import click

from triptych.author.rename import rename
from triptych.cli.options import content_folder, content_option, display_path
from triptych.deck.locks import deck_lock
from triptych.deck.project import open_project
from triptych.deck.read import inside
from triptych.deck.write import move_file, write_files


@click.command("rename", short_help="give a question a new id")
@click.argument("old")
@click.argument("new")
@content_option
def command(*, old: str, new: str, content: Path | None) -> None:
    """Give the question OLD the id NEW and mend what names it.

    The old id becomes an alias, so that links and learners' cards follow. A follow-up
    or a pitfall is named question/slug: OLD may get another slug, go to another
    question, or with a NEW that has no slash become a question in a file of its own.
    Learners keep their progress in each case.
    """
    root = content_folder(content)
    with deck_lock(root):
        renamed = rename(open_project(root), old, new)
        places = {path: inside(root, path) for path in renamed.files}
        done = {p: "changed" if at.exists() else "made" for p, at in places.items()}
        write_files({places[path]: data for path, data in renamed.files.items()})
        # A link moves, not the file that it leads to.
        for path, home in renamed.moved.items():
            move_file(root / path, root / home)
    for path, what in done.items():
        click.echo(f"{display_path(root)}/{path}: {what}")
    for path, home in renamed.moved.items():
        click.echo(f"{display_path(root)}/{path}: is called {home.name} now")
    if not (renamed.files or renamed.moved):
        click.echo(f"`{old}` is called `{new}` already: nothing to do")
