"""``triptych rename``: give a question a new id and update all references to it."""

from pathlib import Path

import click

from triptych.author.rename import rename
from triptych.cli.completions import ids
from triptych.cli.envelope import json_option, print_json
from triptych.cli.options import content_folder, content_option, display_path
from triptych.deck.locks import deck_lock
from triptych.deck.project import open_valid_project
from triptych.deck.read import path_inside
from triptych.deck.write import move_file, write_files


@click.command("rename", short_help="give a question a new id")
@click.argument("old", shell_complete=ids)
@click.argument("new")
@content_option
@json_option
def command(*, old: str, new: str, content: Path | None, format_: str) -> None:
    """Give the question OLD the id NEW and update all references to it.

    The old id becomes an alias, so that links and learners' cards still work. The id of
    a follow-up or a pitfall is question/slug: OLD may get another slug, move to another
    question, or with a NEW without a slash become a question with its own file.
    Learners keep their progress in each case.
    """
    root = content_folder(content)
    with deck_lock(root):
        renamed = rename(open_valid_project(root), old, new)
        targets = {path: path_inside(root, path) for path in renamed.files}
        actions = {p: "changed" if t.exists() else "made" for p, t in targets.items()}
        write_files({targets[path]: data for path, data in renamed.files.items()})
        # A symbolic link is moved itself, not its target.
        for path, new_path in renamed.moved.items():
            move_file(root / path, root / new_path)
    if format_ == "json":
        prefix = display_path(root)
        files = [{"path": f"{prefix}/{p}", "action": a} for p, a in actions.items()]
        moved = [
            {"path": f"{prefix}/{path}", "to": f"{prefix}/{new_path}"}
            for path, new_path in renamed.moved.items()
        ]
        print_json({"old": old, "new": new, "files": files, "moved": moved})
        return
    for path, action in actions.items():
        click.echo(f"{display_path(root)}/{path}: {action}")
    for path, new_path in renamed.moved.items():
        click.echo(f"{display_path(root)}/{path}: is called {new_path.name} now")
    if not (renamed.files or renamed.moved):
        click.echo(f"`{old}` is called `{new}` already: nothing to do")
