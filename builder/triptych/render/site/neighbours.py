"""Who stands next to whom: the order of reading and the ties between questions."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from triptych.values.question import Question

_MOST = 12
"""A basic question may be required by hundreds; a page names the first."""


@dataclass(frozen=True, slots=True)
class MovedNote:
    """A note that stands in another question now."""

    anchors: tuple[str, ...]
    """The slugs that it had; empty where it was the question's own."""
    question: Question
    """Where it stands."""
    slug: str
    """The slug that it has; empty where it is the question's own."""


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The questions that one question's page leads to."""

    previous: Question | None = None
    next: Question | None = None
    requires: tuple[Question, ...] = ()
    leads_to: tuple[Question, ...] = ()
    related: tuple[Question, ...] = ()
    moved: tuple[MovedNote, ...] = ()
    """The notes that stood on this page once."""


def neighbours_by_id(questions: Sequence[Question]) -> Mapping[str, Neighbours]:
    """Return what stands around each question, by id; ties count in both directions."""
    listed = [question for question in questions if not question.meta.retired]
    known = {question.id: question for question in listed}
    requiring = _inverse((q.id, q.meta.requires) for q in listed)
    relating = _inverse((q.id, q.meta.related) for q in listed)
    before = dict(zip((q.id for q in listed[1:]), listed, strict=False))
    moved = moved_notes(questions)
    after = dict(zip((q.id for q in listed), listed[1:], strict=False))

    def around(question: Question) -> Neighbours:
        near = {*question.meta.requires, *requiring[question.id], question.id}
        related = dict.fromkeys((*question.meta.related, *relating[question.id]))
        return Neighbours(
            previous=before.get(question.id),
            next=after.get(question.id),
            requires=_pick(question.meta.requires, known),
            leads_to=_pick(requiring[question.id], known),
            related=_pick((name for name in related if name not in near), known),
            moved=tuple(moved[question.id]),
        )

    return {question.id: around(question) for question in questions}


def moved_notes(questions: Sequence[Question]) -> defaultdict[str, list[MovedNote]]:
    """Return the notes that stand elsewhere now, by the id of their old question."""
    moved: defaultdict[str, list[MovedNote]] = defaultdict(list)
    for question in questions:
        anchors: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
        for note, slug in question.meta.moved.items():
            home, _, anchor = note.partition("/")
            if home != question.id:
                anchors[home, slug] += [anchor] if anchor else []
        for (home, slug), names in anchors.items():
            moved[home].append(MovedNote(tuple(names), question, slug))
    return moved


def _inverse(
    ties: Iterable[tuple[str, tuple[str, ...]]],
) -> defaultdict[str, list[str]]:
    inverse: defaultdict[str, list[str]] = defaultdict(list)
    for source, targets in ties:
        for target in targets:
            inverse[target].append(source)
    return inverse


def _pick(ids: Iterable[str], known: Mapping[str, Question]) -> tuple[Question, ...]:
    return tuple(known[name] for name in ids if name in known)[:_MOST]
