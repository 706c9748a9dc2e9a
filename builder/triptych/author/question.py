"""The file of a new question, a template with instructions for the author."""

from collections.abc import Iterable
from pathlib import PurePosixPath

from triptych.author.ids import id_for, refuse_malformed
from triptych.deck.project import Project
from triptych.deck.templates import NEW_FOLDER, template
from triptych.errors import TriptychError
from triptych.parse.document import parse
from triptych.parse.front_matter import cut
from triptych.parse.settings import table
from triptych.render.settings import render_settings
from triptych.validate.entry import entry
from triptych.validate.rule import closest
from triptych.values.document import Document
from triptych.values.meta import Kind
from triptych.values.source import Source

_FIRST_TOPIC = "questions"


def new_question(
    project: Project, kind: Kind, question: str, topic: str = "", id_: str = ""
) -> tuple[PurePosixPath, str]:
    """Return the path and the text of a draft that asks `question`.

    The default topic is the deck's first; the default id is made from the question. A
    file that this has made before, for example in an interrupted run, is made again.
    """
    question = " ".join(question.split())
    if not question:
        raise TriptychError("a question needs words: triptych new concept 'What is …?'")
    documents = [parse(source) for source in project.folder.sources]
    metas = [document.meta for document in documents]
    taken = {meta.id for meta in metas if not meta.is_guide}
    taken |= {alias for meta in metas for alias in meta.aliases}
    if id_:
        refuse_malformed(id_)
    root = project.folder.root
    own = render_settings(project.deck, root).templates
    blank = template(f"{NEW_FOLDER}/{kind}.md", own)
    place = PurePosixPath(topic or _topic(project))
    for document in documents:
        path, name = document.source.path, document.meta.id
        text = _filled(blank, name, question)
        if path.parent == place and id_ in {"", name} and document.source.text == text:
            return path, text
    if id_ in taken:
        raise TriptychError(f"the id `{id_}` is taken: choose another")
    if not id_:
        _refuse_asked(documents, question)
    name = id_ or id_for(question, taken)
    path = place / f"{name}.md"
    if (root / path).exists():
        raise TriptychError(f"there is a file {path} already: choose another --id")
    return path, _filled(blank, name, question)


def _filled(blank: str, name: str, question: str) -> str:
    """Return the template `blank` with an id and a question."""
    text = blank.replace("\nid: ID\n", f"\nid: {name}\n", 1)
    return text.replace("QUESTION\n", f"{quoted(question)}\n", 1)


def _refuse_asked(documents: Iterable[Document], question: str) -> None:
    """Raise where one of `documents` asks `question` in the same words."""
    text = f"---\nquestion: {quoted(question)}\n---\n"
    asked = entry(parse(Source(PurePosixPath("new/question.md"), text))).question
    for document in documents:
        if asked and entry(document).question == asked:
            path = document.source.path
            raise TriptychError(f"{path} asks this already; to ask it again, add --id")


def _topic(project: Project) -> str:
    """Return the topic of a question whose author named none."""
    topics = project.deck.topics
    return topics[0].id if topics else _FIRST_TOPIC


def is_doubtful_topic(project: Project, topic: str) -> bool:
    """Return whether to ask before a question is put into `topic`.

    Where `deck.toml` lists no topics, every folder is one, but for a misspelt one.
    """
    known = [known.id for known in project.deck.topics]
    if topic in known:
        return False
    refuse_malformed(topic)
    return lists_topics(project) or bool(closest(topic, known))


def lists_topics(project: Project) -> bool:
    """Return whether a new topic must be added to `deck.toml`."""
    return bool((table(project.folder.deck) or {}).get("topics"))


def quoted(text: str) -> str:
    """Return `text` as a YAML scalar, in quotes if it needs them."""
    plain = Source(PurePosixPath(), f"---\nquestion: {text}\n---\n")
    is_unchanged = cut(plain)[0].text("question") == text
    return text if is_unchanged else "'" + text.replace("'", "''") + "'"
