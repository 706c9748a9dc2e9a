"""The questions that a question's page links to, by order and by relation."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from triptych.values.question import Question

_MAX_LINKS = 12
"""A basic question may be required by hundreds: its page links to the first ones."""


@dataclass(frozen=True, slots=True)
class MovedNote:
    """A note that was moved to another question."""

    anchors: tuple[str, ...]
    """The slugs that it had; empty if it was the main note of a question."""
    question: Question
    """The question that has it now."""
    slug: str
    """The slug that it has now; empty if it is the main note of the question."""


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The questions that the page of one question links to."""

    previous: Question | None = None
    next: Question | None = None
    requires: tuple[Question, ...] = ()
    leads_to: tuple[Question, ...] = ()
    related: tuple[Question, ...] = ()
    moved: tuple[MovedNote, ...] = ()
    """The notes that were on this page and are in another question now."""


def neighbours_by_id(questions: Sequence[Question]) -> Mapping[str, Neighbours]:
    """Return the neighbours of each question by its id.

    Relations count in both directions.
    """
    listed = [question for question in questions if not question.meta.retired]
    known = {question.id: question for question in listed}
    requiring = _inverse((q.id, q.meta.requires) for q in listed)
    relating = _inverse((q.id, q.meta.related) for q in listed)
    before = dict(zip((q.id for q in listed[1:]), listed, strict=False))
    moved = moved_notes(questions)
    after = dict(zip((q.id for q in listed), listed[1:], strict=False))

    def neighbours(question: Question) -> Neighbours:
        required = {*question.meta.requires, *requiring[question.id], question.id}
        related = dict.fromkeys((*question.meta.related, *relating[question.id]))
        return Neighbours(
            previous=before.get(question.id),
            next=after.get(question.id),
            requires=_pick(question.meta.requires, known),
            leads_to=_pick(requiring[question.id], known),
            related=_pick((name for name in related if name not in required), known),
            moved=tuple(moved[question.id]),
        )

    return {question.id: neighbours(question) for question in questions}


def moved_notes(questions: Sequence[Question]) -> defaultdict[str, list[MovedNote]]:
    """Return the notes that were moved, by the id of their former question."""
    moved: defaultdict[str, list[MovedNote]] = defaultdict(list)
    for question in questions:
        anchors: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
        for note, slug in question.meta.moved.items():
            former, _, anchor = note.partition("/")
            if former != question.id:
                anchors[former, slug] += [anchor] if anchor else []
        for (former, slug), names in anchors.items():
            moved[former].append(MovedNote(tuple(names), question, slug))
    return moved


def _inverse(
    relations: Iterable[tuple[str, tuple[str, ...]]],
) -> defaultdict[str, list[str]]:
    inverse: defaultdict[str, list[str]] = defaultdict(list)
    for source, targets in relations:
        for target in targets:
            inverse[target].append(source)
    return inverse


def _pick(ids: Iterable[str], known: Mapping[str, Question]) -> tuple[Question, ...]:
    return tuple(known[name] for name in ids if name in known)[:_MAX_LINKS]
