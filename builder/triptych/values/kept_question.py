"""A question of which an outline is at hand: the rest is loaded when it is used."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from types import MappingProxyType
from typing import Any

from triptych.quick_pickle import quick_pickle
from triptych.values.meta import Meta
from triptych.values.prose import Prose
from triptych.values.question import Checked, Part, Question
from triptych.values.uses import Uses


@quick_pickle
@dataclass(frozen=True, slots=True)
class QuestionOutline:
    """What lists, orders and neighbours need of a question."""

    meta: Meta
    opening: str
    uses: Uses
    cards: tuple[Part, ...]
    prompt: tuple[object, ...]
    """Its fields: thousands of tuples are read much faster than of other values."""
    summary: tuple[object, ...]
    checked: tuple[object, ...]


class KeptQuestion(Question):
    """A question that loads what its outline lacks when that is first used."""

    __slots__ = ("_load", "_outline", "id", "opening", "uses")

    _load: Callable[[], Question]
    _outline: QuestionOutline

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - of any field
        # Python calls this only for a slot without a value.
        if name in _TUPLES:
            value = _TUPLES[name](*getattr(self._outline, name))
            object.__setattr__(self, name, value)
            return value
        if name not in _REST:
            raise AttributeError(name)
        whole = self._load()
        for field in _REST:
            object.__setattr__(self, field, getattr(whole, field))
        return getattr(whole, name)

    def __eq__(self, other: object) -> bool:
        """Compare all fields, as for any question."""
        return isinstance(other, Question) and _values(self) == _values(other)

    def __hash__(self) -> int:
        """Return the hash that a question with the same fields has."""
        return hash(_values(self))

    def __reduce__(self) -> tuple[type[Question], tuple[object, ...]]:
        """Send the whole question to another process."""
        return Question, _values(self)


_TUPLES: Mapping[str, Callable[..., object]] = MappingProxyType(
    {"prompt": Prose, "summary": Prose, "checked": Checked}
)
_FIELDS = tuple(field.name for field in fields(Question))
_REST = frozenset(_FIELDS) - _TUPLES.keys() - {"meta", "cards"}


def outline_of(question: Question) -> QuestionOutline:
    """Return the outline of `question`."""
    return QuestionOutline(
        question.meta,
        question.opening,
        question.uses,
        question.cards,
        prompt=_field_values(question.prompt),
        summary=_field_values(question.summary),
        checked=_field_values(question.checked),
    )


def kept_question(
    outline: QuestionOutline, load: Callable[[], Question]
) -> KeptQuestion:
    """Return the question with this outline, whose rest `load` loads."""
    question = object.__new__(KeptQuestion)
    for name in ("meta", "opening", "uses", "cards"):
        object.__setattr__(question, name, getattr(outline, name))
    object.__setattr__(question, "id", outline.meta.id)
    object.__setattr__(question, "_outline", outline)
    object.__setattr__(question, "_load", load)
    return question


def load_all(questions: Iterable[Question]) -> None:
    """Load what the outlines of kept questions lack."""
    for question in questions:
        _values(question)


def reopened(
    question: KeptQuestion,
) -> tuple[Callable[..., KeptQuestion], tuple[QuestionOutline, Callable[[], Question]]]:
    """Return what makes the same question in another process, which loads its rest."""
    return kept_question, (question._outline, question._load)  # noqa: SLF001 - its own


def _values(question: Question) -> tuple[object, ...]:
    return tuple(getattr(question, name) for name in _FIELDS)


def _field_values(value: Prose | Checked) -> tuple[object, ...]:
    return tuple(getattr(value, field.name) for field in fields(value))
