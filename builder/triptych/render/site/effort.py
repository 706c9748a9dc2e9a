"""How long the questions of a deck take: to read, and within a plan of four weeks."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from triptych.values.meta import Kind
from triptych.values.question import Question

DAYS = 28
"""The plan is one of four weeks."""
REVIEWS = 4
"""How often a question comes back within four weeks, if it is known each time."""
REVIEW_SECONDS: Mapping[Kind, int] = MappingProxyType(
    {
        Kind.CONCEPT: 60,
        Kind.CODING: 240,
        Kind.SYSTEM_DESIGN: 300,
        Kind.BEHAVIORAL: 120,
        # Plain cards are counted one by one.
        Kind.CARDS: 0,
    }
)
"""How long one review of a question takes."""
CARD_SECONDS = 10
"""How long one review of a plain card takes."""


def reading_minutes(questions: Iterable[Question]) -> int:
    """Return how long it takes to answer each of `questions` once; cards are not."""
    return sum(question.meta.minutes for question in questions)


def daily_minutes(questions: Iterable[Question]) -> int:
    """Return the minutes a day of a plan of four weeks, reviews included."""
    seconds = sum(
        question.meta.minutes * 60
        + REVIEWS * REVIEW_SECONDS[question.meta.kind]
        + (REVIEWS + 1) * CARD_SECONDS * len(question.cards)
        for question in questions
    )
    return -(-seconds // (60 * DAYS))


def daily_questions(count: int) -> int:
    """Return how many of `count` questions are new each day of the plan."""
    return -(-count // DAYS)
