"""Make and change questions, with the fields of their meta and their own as one."""

from dataclasses import fields, replace
from pathlib import PurePosixPath
from typing import Any

from triptych.values.meta import Meta
from triptych.values.prose import Prose
from triptych.values.question import Question

_IN_META = frozenset(field.name for field in fields(Meta))


def made(id_: str, path: PurePosixPath, prompt: Prose, **values: Any) -> Question:  # noqa: ANN401
    """Return a question; `values` are fields of it or of its meta."""
    return changed(Question(Meta(id_, path), prompt), **values)


def changed(question: Question, **values: Any) -> Question:  # noqa: ANN401
    """Return `question` with other `values`, fields of it or of its meta.

    A `topic` moves its file to the topic's folder.
    """
    topic = values.pop("topic", None)
    if topic is not None:
        values["path"] = PurePosixPath(topic, question.meta.path.name)
    meta = {name: value for name, value in values.items() if name in _IN_META}
    rest = {name: value for name, value in values.items() if name not in _IN_META}
    return replace(question, meta=replace(question.meta, **meta), **rest)
