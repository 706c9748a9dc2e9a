"""The scheduler of the practice agrees with the `fsrs` of PyPI."""

import math
import random
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from fsrs import Card, Rating, Scheduler
from tests.browser.practice import run

if TYPE_CHECKING:
    from playwright.sync_api import Page

MINUTE_MS = 60_000
DAY_MS = 86_400_000
START = 1_764_000_000_000
STEPS: tuple[dict[str, list[int]], ...] = (
    {"learning": [1, 10], "relearning": [10]},
    {"learning": [10], "relearning": [10]},
    {"learning": [], "relearning": []},
    {"learning": [1, 5, 30], "relearning": [2, 20]},
)
REVIEW_ALL = """
    return value.map(({steps, reviews}) => {
        let card;
        return reviews.map(([moment, grade]) => {
            const recall = retrievability(card || {}, moment);
            card = reviewed(card, grade, moment, steps);
            const {phase, step, stability, difficulty, due} = card;
            return [phase, step ?? null, stability, difficulty, due, recall];
        });
    });
"""


def at(moment: int) -> datetime:
    return datetime.fromtimestamp(0, UTC) + timedelta(milliseconds=moment)


def history(chance: random.Random, length: int) -> list[tuple[int, int]]:
    """Return moments with grades: some at once, some when due, some years late.

    Now and then the clock was set back before a review.
    """
    moment, found = START + chance.randrange(10**9), []
    for _ in range(length):
        found.append((moment, chance.choices((1, 2, 3, 4), (2, 2, 5, 1))[0]))
        longest = chance.choice((2, 30, 3000, 60_000, 3_000_000))
        moment += chance.randrange(1, longest) * MINUTE_MS + chance.randrange(MINUTE_MS)
        moment -= chance.choices((0, 3, 3000), (18, 1, 1))[0] * DAY_MS
    return found


def reviewed(
    steps: dict[str, list[int]], reviews: Sequence[tuple[int, int]]
) -> list[list[Any]]:
    """Return what the reference says after each review."""
    scheduler = Scheduler(
        learning_steps=[timedelta(minutes=n) for n in steps["learning"]],
        relearning_steps=[timedelta(minutes=n) for n in steps["relearning"]],
        enable_fuzzing=False,
    )
    card = Card(card_id=1)
    found: list[list[Any]] = []
    for moment, grade in reviews:
        recall = scheduler.get_card_retrievability(card, at(moment))
        card, _ = scheduler.review_card(card, Rating(grade), at(moment))
        due = round((card.due - at(0)) / timedelta(milliseconds=1))
        facts = (card.state.name.lower(), card.step, card.stability, card.difficulty)
        found.append([*facts, due, recall])
    return found


def test_it_agrees_with_the_reference_on_random_reviews(blank: "Page") -> None:
    chance = random.Random(6)  # noqa: S311 - the same reviews each time
    cards = [(STEPS[n % 4], history(chance, 1 + n % 24)) for n in range(840)]
    assert sum(len(reviews) for _, reviews in cards) >= 10_000
    asked = [
        {
            "steps": {k: [n * MINUTE_MS for n in v] for k, v in steps.items()},
            "reviews": reviews,
        }
        for steps, reviews in cards
    ]
    found = run(blank, REVIEW_ALL, asked)
    for (steps, reviews), ours in zip(cards, found, strict=True):
        for own, theirs in zip(ours, reviewed(steps, reviews), strict=True):
            numbers = zip(own[2:4] + own[5:], theirs[2:4] + theirs[5:], strict=True)
            assert all(math.isclose(a, b, rel_tol=1e-9) for a, b in numbers), reviews
            assert [*own[:2], own[4]] == [*theirs[:2], theirs[4]], reviews


@pytest.mark.parametrize(
    ("ticked", "points", "hints", "grade"),
    [
        (0, 5, 0, 1),
        (1, 3, 0, 1),
        (2, 5, 0, 2),
        (3, 5, 0, 2),
        (3, 4, 0, 3),
        (5, 5, 0, 4),
        (5, 5, 1, 3),
        (5, 5, 3, 2),
        (3, 4, 3, 1),
        (0, 0, 0, 3),
        (0, 0, 2, 3),
        (0, 0, 3, 2),
    ],
)
def test_points_suggest_a_grade_and_hints_cost(
    ticked: int, points: int, hints: int, grade: int, blank: "Page"
) -> None:
    value = [ticked, points, hints]
    assert run(blank, "return suggestion(...value);", value) == grade
