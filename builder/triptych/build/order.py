"""The order to read questions in, and the order to study them in."""

from collections.abc import Iterable, Iterator
from typing import Protocol, TypeVar

from triptych.values.deck import Topic
from triptych.values.meta import Meta


class Ordered(Protocol):
    """What can be put in order: a question, or as much of it as can be read."""

    @property
    def id(self) -> str:
        """Return the question's permanent id."""

    @property
    def meta(self) -> Meta:
        """Return its front matter."""


_Ordered = TypeVar("_Ordered", bound=Ordered)
_DEFAULT_RANK = 1
"""The rank of a question without a difficulty: that of the medium ones."""


def reading_order(
    topics: Iterable[Topic], questions: Iterable[_Ordered]
) -> tuple[_Ordered, ...]:
    """Return `questions` by topic, easy ones first, each after its prerequisites."""
    by_topic: dict[str, list[_Ordered]] = {topic.id: [] for topic in topics}
    for question in sorted(questions, key=_rank):
        by_topic[question.meta.topic].append(question)
    return tuple(
        question
        for group in by_topic.values()
        for question in prerequisites_first(group)
    )


def numbers_of(questions: Iterable[Ordered]) -> dict[str, int]:
    """Return the number of each question that is not retired, counted from 1."""
    current = (question.id for question in questions if not question.meta.retired)
    return {id_: number for number, id_ in enumerate(current, 1)}


def prerequisites_first(questions: Iterable[_Ordered]) -> Iterator[_Ordered]:
    """Yield `questions` in their order, each after those that it requires."""
    by_id = {question.id: question for question in questions}
    done: set[str] = set()
    for root, question in by_id.items():
        if not question.meta.requires:  # most of them
            if root not in done:
                done.add(root)
                yield question
            continue
        stack = [root]
        while stack:
            missing = [
                name
                for name in by_id[stack[-1]].meta.requires
                if name in by_id and name not in done and name not in stack
            ]
            if missing:
                stack.append(missing[0])
                continue
            name = stack.pop()
            if name not in done:
                done.add(name)
                yield by_id[name]


def _rank(question: Ordered) -> tuple[int, tuple[str, ...]]:
    difficulty = question.meta.difficulty
    rank = _DEFAULT_RANK if difficulty is None else difficulty.rank
    # The parts are in the order of the paths, which take longer to compare.
    return (rank, question.meta.path.parts)
