"""``triptych new``: make the file of a new question."""

from pathlib import Path, PurePosixPath

import click

from triptych.author.deck_file import with_topic
from triptych.author.question import is_doubtful_topic, lists_topics, new_question
from triptych.cli.envelope import json_option, print_json
from triptych.cli.options import content_folder, content_option, display_path
from triptych.cli.terminal import is_terminal, printable
from triptych.deck.locks import deck_lock
from triptych.deck.project import Project, open_valid_project
from triptych.deck.read import raw_text
from triptych.deck.write import create_files, write_files
from triptych.dialect.files import DECK_FILE
from triptych.errors import TriptychError
from triptych.validate.rule import suggest
from triptych.values.meta import Kind


@click.command("new", short_help="make the file of a new question")
@click.argument("kind", type=click.Choice([kind.value for kind in Kind]))
@click.argument("question")
@content_option
@click.option(
    "--topic", default="", help="The folder; by default this one, or the first."
)
@click.option(
    "--id", "id_", default="", help="The permanent id; by default made of the question."
)
@click.option("--add-topic", is_flag=True, help="Add a new topic without asking.")
@click.option("-e", "--edit", is_flag=True, help="Open the file in $EDITOR.")
@json_option
def command(  # noqa: PLR0913 - a click command takes its options as parameters
    *,
    kind: str,
    question: str,
    content: Path | None,
    topic: str,
    id_: str,
    add_topic: bool,
    edit: bool,
    format_: str,
) -> None:
    """Make the file of a new question, a draft with all parts that the KIND has.

    A topic that deck.toml does not list is added to it, after a question.
    """
    root = content_folder(content)
    with deck_lock(root):
        project = open_valid_project(root)
        folder = Path.cwd()
        is_topic = folder.name in {topic.id for topic in project.deck.topics}
        if not topic and is_topic and folder.parent == root.resolve():
            topic = folder.name
        is_new = bool(topic) and is_doubtful_topic(project, topic)
        may_ask = format_ != "json"
        if is_new and not (
            add_topic or (may_ask and _confirms_new_topic(project, topic))
        ):
            known = [known.id for known in project.deck.topics]
            hint = suggest(topic, known, f"the deck has {', '.join(known)}")
            raise TriptychError(
                f"there is no topic `{topic}`: {hint}; to make it all the same, use"
                " --add-topic"
            )
        path, text = new_question(project, Kind(kind), question, topic, id_)
        deck_file = raw_text(root, DECK_FILE)
        is_new = is_new and lists_topics(project)
        edited = with_topic(deck_file, topic) if is_new else deck_file
        exists = (root / path).exists()
        create_files({root / path: text.encode()})
        if is_new:
            write_files({root / DECK_FILE: edited.encode()})
    if format_ == "json":
        print_json(
            {
                "path": f"{display_path(root)}/{path}",
                "id": path.stem,
                "added_topic": topic if is_new else None,
                "existed": exists,
            }
        )
    else:
        _print_made(root, path, topic if is_new else "", existed=exists)
    if edit:
        click.edit(filename=str(root / path))


def _print_made(
    root: Path, path: PurePosixPath, added_topic: str, *, existed: bool
) -> None:
    if added_topic:
        place = display_path(root / DECK_FILE)
        click.echo(f"added the topic `{added_topic}` to {place}", err=True)
    if existed:
        said = "this question exists already, as `triptych new` made it"
        click.echo(said, err=True)
    click.echo(f"{display_path(root)}/{path}")


def _confirms_new_topic(project: Project, topic: str) -> bool:
    """Return whether an author at a terminal wants `topic` to be added."""
    if not is_terminal():
        return False
    hint = suggest(topic, [known.id for known in project.deck.topics])
    asked = f"there is no topic `{topic}`{f' ({hint})' if hint else ''}: add it?"
    return click.confirm(printable(asked), err=True)
