"""What the notes of a question are made of, so that the package can be kept."""

from dataclasses import fields, is_dataclass

from triptych.values.question import Prose, Question

_NOT_ON_CARDS = frozenset({"depth"})


def notes(question: Question) -> object:
    """Return what notes show of a question, and what they are compared by."""
    return [
        _shown(getattr(question, field.name))
        for field in fields(Question)
        if field.name not in _NOT_ON_CARDS
    ]


def _shown(value: object) -> object:
    """Return a value without what only pages and the sheet show of prose."""
    if isinstance(value, Prose):
        return value.card, value.plain, value.digest, value.digest_v1, value.media
    if isinstance(value, tuple):
        return [_shown(item) for item in value]
    if is_dataclass(value):
        return [_shown(getattr(value, field.name)) for field in fields(value)]
    return value
