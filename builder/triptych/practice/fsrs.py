"""When to ask again: FSRS-6 by its published formulas, with its default weights.

The page has the same in `practice/fsrs.js`.
"""

import math
from dataclasses import dataclass
from enum import StrEnum

SECOND_MS = 1000
MINUTE_MS = 60 * SECOND_MS
DAY_MS = 24 * 60 * MINUTE_MS
AGAIN, HARD, GOOD, EASY = 1, 2, 3, 4
RETENTION = 0.9
MAX_DAYS = 36_500
_MIN_STABILITY = 0.001
_STEP_MS = 10 * MINUTE_MS
"""A question takes minutes to answer, so one short step is enough."""
_W = (
    *(0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001, 1.8722, 0.1666),
    *(0.796, 1.4835, 0.0614, 0.2629, 1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658),
    0.1542,
)
DECAY = _W[20]
_FACTOR = math.pow(RETENTION, -1 / DECAY) - 1


class Phase(StrEnum):
    """How far a question is learned."""

    LEARNING = "learning"
    REVIEW = "review"
    RELEARNING = "relearning"


@dataclass(frozen=True, slots=True)
class MemoryState:
    """How well a question is remembered after a review."""

    phase: Phase
    stability: float
    """The days until it is recalled with a chance of `RETENTION`."""
    difficulty: float
    """From 1 to 10."""
    last: int
    """The moment of the review, in milliseconds since 1970."""
    due: int
    """The moment of the next one."""


def reviewed(before: MemoryState | None, grade: int, now: int) -> MemoryState:
    """Return the memory after one more review, at the moment `now`."""
    if before is None:
        stability, difficulty = _W[grade - 1], _first_difficulty(grade)
        difficulty = _within(1, difficulty, 10)
    else:
        stability = max(_next_stability(before, grade, now), _MIN_STABILITY)
        difficulty = _next_difficulty(before.difficulty, grade)
    phase = before.phase if before else Phase.LEARNING
    wait = None
    if phase is Phase.REVIEW:
        if grade == AGAIN:
            phase, wait = Phase.RELEARNING, _STEP_MS
    elif grade == AGAIN:
        wait = _STEP_MS
    elif grade == HARD:
        wait = _STEP_MS * 3 // 2
    if wait is None:
        phase, wait = Phase.REVIEW, days_until_due(stability) * DAY_MS
    return MemoryState(phase, stability, difficulty, now, now + wait)


def days_until_due(stability: float) -> int:
    """Return after how many days it is recalled with a chance of `RETENTION`."""
    days = round(stability / _FACTOR * (math.pow(RETENTION, -1 / DECAY) - 1))
    return min(max(days, 1), MAX_DAYS)


def _next_stability(before: MemoryState, grade: int, now: int) -> float:
    days = (now - before.last) // DAY_MS
    if days < 1:
        # The second review of a day changes it by little.
        growth = math.exp(_W[17] * (grade - 3 + _W[18]))
        growth *= math.pow(before.stability, -_W[19])
        return before.stability * (growth if grade == AGAIN else max(growth, 1))
    recall = math.pow(1 + _FACTOR * days / before.stability, -DECAY)
    if grade == AGAIN:
        return _forgotten(before, recall)
    growth = (
        math.exp(_W[8])
        * (11 - before.difficulty)
        * math.pow(before.stability, -_W[9])
        * (math.exp((1 - recall) * _W[10]) - 1)
        * (_W[15] if grade == HARD else 1)
        * (_W[16] if grade == EASY else 1)
    )
    return before.stability * (1 + growth)


def _forgotten(before: MemoryState, recall: float) -> float:
    later = (
        _W[11]
        * math.pow(before.difficulty, -_W[12])
        * (math.pow(before.stability + 1, _W[13]) - 1)
        * math.exp((1 - recall) * _W[14])
    )
    return min(later, before.stability / math.exp(_W[17] * _W[18]))


def _first_difficulty(grade: int) -> float:
    return _W[4] - math.exp(_W[5] * (grade - 1)) + 1


def _next_difficulty(difficulty: float, grade: int) -> float:
    damped = difficulty + (10 - difficulty) * -_W[6] * (grade - 3) / 9
    return _within(1, _W[7] * _first_difficulty(EASY) + (1 - _W[7]) * damped, 10)


def _within(low: float, value: float, high: float) -> float:
    return min(max(value, low), high)
