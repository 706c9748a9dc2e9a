"""``triptych new``: make the file of a new question."""

from pathlib import Path

import click

from triptych.author.question import new_question
from triptych.cli.options import content_folder, content_option, display_path
from triptych.deck.locks import deck_lock
from triptych.deck.project import open_project
from triptych.deck.write import create_files
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
@click.option("-e", "--edit", is_flag=True, help="Open the file in $EDITOR.")
def command(  # noqa: PLR0913 - a click command takes its options as parameters
    *, kind: str, question: str, content: Path | None, topic: str, id_: str, edit: bool
) -> None:
    """Make the file of a new question, a draft with all parts that the KIND has."""
    root = content_folder(content)
    with deck_lock(root):
        project = open_project(root)
        folder = Path.cwd()
        is_topic = folder.name in {topic.id for topic in project.deck.topics}
        if not topic and is_topic and folder.parent == root.resolve():
            topic = folder.name
        path, text = new_question(project, Kind(kind), question, topic, id_)
        create_files({root / path: text.encode()})
    click.echo(f"{display_path(root)}/{path}")
    if edit:
        click.edit(filename=str(root / path))
