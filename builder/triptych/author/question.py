"""The file of a new question, a template with instructions for the author."""

from pathlib import PurePosixPath

from triptych.author.ids import id_for, refuse_malformed
from triptych.deck.project import Project
from triptych.deck.templates import template
from triptych.errors import TriptychError
from triptych.parse.document import parse
from triptych.parse.front_matter import cut
from triptych.render.settings import render_settings
from triptych.validate.rule import suggest
from triptych.values.meta import Kind
from triptych.values.source import Source

_FIRST_TOPIC = "questions"


def new_question(
    project: Project, kind: Kind, question: str, topic: str = "", id_: str = ""
) -> tuple[PurePosixPath, str]:
    """Return the path and the text of a draft that asks `question`.

    The default topic is the deck's first; the default id is made from the question.
    """
    question = " ".join(question.split())
    if not question:
        raise TriptychError("a question wants words: triptych new concept 'What is …?'")
    metas = [parse(source).meta for source in project.folder.sources]
    taken = {meta.id for meta in metas if not meta.is_guide}
    taken |= {alias for meta in metas for alias in meta.aliases}
    if id_:
        refuse_malformed(id_)
    if id_ in taken:
        raise TriptychError(f"the id `{id_}` is taken: choose another")
    name = id_ or id_for(question, taken)
    if not name:
        raise TriptychError("the question gives no id: name one with --id")
    root = project.folder.root
    path = PurePosixPath(_topic(project, topic), f"{name}.md")
    if (root / path).exists():
        raise TriptychError(f"there is a file {path} already: choose another --id")
    text = template(f"new/{kind}.md", render_settings(project.deck, root).templates)
    text = text.replace("\nid: ID\n", f"\nid: {name}\n", 1)
    return path, text.replace("QUESTION\n", f"{quoted(question)}\n", 1)


def _topic(project: Project, wanted: str) -> str:
    known = [topic.id for topic in project.deck.topics] or [_FIRST_TOPIC]
    if wanted and wanted not in known:
        hint = suggest(wanted, known, f"the deck has {', '.join(known)}")
        raise TriptychError(f"there is no topic `{wanted}`: {hint}")
    return wanted or known[0]


def quoted(text: str) -> str:
    """Return `text` as a YAML scalar, in quotes if it needs them."""
    plain = Source(PurePosixPath(), f"---\nquestion: {text}\n---\n")
    is_unchanged = cut(plain)[0].text("question") == text
    return text if is_unchanged else "'" + text.replace("'", "''") + "'"
