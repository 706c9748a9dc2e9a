"""What the notes of a question are made of, so that the package can be kept."""

from dataclasses import fields

from triptych.values.meta import Meta
from triptych.values.prose import Prose
from triptych.values.question import Checked, Cloze, Code, Question

_NOT_ON_CARDS = frozenset({"depth", "on_sheet"})
_ON_CARDS = tuple(f.name for f in fields(Question) if f.name not in _NOT_ON_CARDS)
_WITHOUT_PROSE = (str, Meta, Cloze, Code, Checked)
"""Classes whose values are shown as they are: to look into each would take longer."""


def notes(question: Question) -> object:
    """Return what notes show of a question, and what they are compared by."""
    return [_on_cards(getattr(question, name)) for name in _ON_CARDS]


def _on_cards(value: object) -> object:
    """Return a value without what only pages and the sheet show of prose."""
    if isinstance(value, Prose):
        return value.card, value.plain, value.digest, value.digest_v1, value.media
    if isinstance(value, tuple):
        return [_on_cards(item) for item in value]
    if isinstance(value, _WITHOUT_PROSE):
        return value
    # What `fields` returns is made anew each time.
    names = getattr(value, "__dataclass_fields__", ())
    return [_on_cards(getattr(value, name)) for name in names] if names else value
