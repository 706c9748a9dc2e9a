"""What Anki stores of a studied card: its schedule, and a row for each review.

Anki would have counted most of it from the same answers; what it calls ease is for
learners who do not use FSRS there.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from enum import IntEnum

from triptych.practice.fsrs import (
    AGAIN,
    DAY_MS,
    DECAY,
    EASY,
    HARD,
    RETENTION,
    SECOND_MS,
    MemoryState,
    Phase,
    days_until_due,
)
from triptych.practice.studied import Review, Studied

CREATED = date(2014, 9, 19)
"""The day from which the package counts days: that of every genanki package."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_FIRST_EASE, _LEAST_EASE = 2500, 1300
_EASE_CHANGES = {AGAIN: -200, HARD: -150, EASY: 150}
_STEPS_LEFT = 1


class CardType(IntEnum):
    """Anki's numbers for how far a card is learned."""

    NEW = 0
    LEARNING = 1
    REVIEW = 2
    RELEARNING = 3


_TYPES = {
    Phase.LEARNING: CardType.LEARNING,
    Phase.REVIEW: CardType.REVIEW,
    Phase.RELEARNING: CardType.RELEARNING,
}
_SUSPENDED = -1
_IN_MINUTES, _IN_DAYS = 1, 2
"""Anki's numbers for what the due moment of a card is counted in."""
_REVIEW_KINDS = {
    None: 0,
    Phase.LEARNING: 0,
    Phase.REVIEW: 1,
    Phase.RELEARNING: 2,
}
"""Anki's numbers for kinds of reviews, by the phase before."""


@dataclass(frozen=True, slots=True)
class CardState:
    """The columns of a card in Anki that depend on its reviews."""

    type: int
    queue: int
    due: int
    ivl: int
    factor: int
    reps: int
    lapses: int
    left: int
    data: str
    mod: int


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """A row of Anki's table of reviews, without its card."""

    id: int
    ease: int
    ivl: int
    last_ivl: int
    factor: int
    type: int


def card_state(card: Studied, zone: tzinfo | None) -> CardState | None:
    """Return what Anki stores of a card that was reviewed; None if it was not.

    Days are those of the time zone `zone`, or of this machine's.
    """
    memory = card.memory
    if memory is None:
        return None
    is_review = memory.phase is Phase.REVIEW
    if is_review:
        day = (_EPOCH + timedelta(milliseconds=memory.due)).astimezone(zone).date()
        due, queue = (day - CREATED).days, _IN_DAYS
    else:
        due, queue = memory.due // SECOND_MS, _IN_MINUTES
    rows = list(review_rows(card))
    is_learning = memory.phase is Phase.LEARNING
    return CardState(
        type=_TYPES[memory.phase],
        queue=_SUSPENDED if card.is_suspended else queue,
        due=due,
        ivl=0 if is_learning else days_until_due(memory.stability),
        factor=rows[-1].factor,
        reps=len(card.reviews),
        lapses=sum(row.type == 1 and row.ease == AGAIN for row in rows),
        left=0 if is_review else _STEPS_LEFT,
        data=_data(memory),
        mod=memory.last // SECOND_MS,
    )


def review_rows(card: Studied) -> Iterator[ReviewRow]:
    """Yield Anki's row for each review of a card, in order."""
    before: Review | None = None
    ease, interval = 0, 0
    for review in card.reviews:
        phase = before.memory.phase if before else None
        if phase is Phase.REVIEW:
            ease = max(_LEAST_EASE, ease + _EASE_CHANGES.get(review.grade, 0))
        elif review.memory.phase is Phase.REVIEW:
            ease = ease or _FIRST_EASE
        last, interval = interval, _interval(review.memory)
        yield ReviewRow(
            id=review.memory.last,
            ease=review.grade,
            ivl=interval,
            last_ivl=last,
            factor=ease,
            type=_REVIEW_KINDS[phase],
        )
        before = review


def _interval(memory: MemoryState) -> int:
    """Return the days until the card comes back, or else the seconds, below zero."""
    wait = memory.due - memory.last
    return wait // DAY_MS if memory.phase is Phase.REVIEW else -(wait // SECOND_MS)


def _data(memory: MemoryState) -> str:
    """Return the state that versions of Anki with FSRS read; others ignore it."""
    state = {
        "s": round(memory.stability, 4),
        "d": round(memory.difficulty, 3),
        "dr": RETENTION,
        "decay": DECAY,
        "lrt": memory.last // SECOND_MS,
    }
    return json.dumps(state, separators=(",", ":"))
