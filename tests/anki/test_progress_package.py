"""Real Anki takes the personal package, and schedules as the page did."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from triptych.practice.fsrs import DAY_MS, DECAY, MINUTE_MS
from triptych.practice.log import ProgressLog, Row
from triptych.practice.package import personal_package
from triptych.practice.studied import studied
from triptych.render.settings import RenderSettings
from triptych.values.catalog import Catalog

Anki = Callable[..., list[Any]]
ZONE = "Asia/Tokyo"
# 08:30 in the time zone, where UTC has the day before.
START = 1_790_033_400_000
GAPS = "overfitting/cloze"


def row(moment: int, id_: str, what: int | str) -> Row:
    return Row(START + moment, id_, what, (), "balone")


LOG = ProgressLog(
    (
        row(0, "overfitting", 3),
        row(1 * MINUTE_MS, GAPS, 1),
        row(2 * MINUTE_MS, "overfitting/zero", 4),
        row(9 * MINUTE_MS, "overfitting/zero", "suspend"),
        row(9 * MINUTE_MS, "code-k-means", "suspend"),
        row(9 * MINUTE_MS, "code-k-means", "star"),
        row(15 * MINUTE_MS, GAPS, 3),
        row(3 * DAY_MS, "overfitting", 2),
        row(4 * DAY_MS, "overfitting/l1-or-l2", 1),
        row(9 * DAY_MS, "overfitting", 4),
        row(9 * DAY_MS, GAPS, 1),
    )
)


@pytest.fixture
def tokyo(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let Anki run where the learner is."""
    monkeypatch.setenv("TZ", ZONE)


def date_of(moment: int) -> str:
    time = datetime.fromtimestamp(0, UTC) + timedelta(milliseconds=moment)
    return time.astimezone(ZoneInfo(ZONE)).date().isoformat()


@pytest.mark.usefixtures("tokyo")
def test_a_new_collection_goes_on_where_the_page_was(
    each_anki: Anki, catalog: Catalog
) -> None:
    package, taken = personal_package(catalog, RenderSettings(), LOG, ZoneInfo(ZONE))
    assert (taken.cards, taken.reviews, taken.suspended, taken.starred) == (4, 8, 2, 1)
    imported, cards, reviews, check = each_anki(
        {"file": package, "progress": True},
        {"do": "schedule"},
        {"do": "review_log"},
        {"do": "check"},
    )
    assert imported["new"] == len(catalog.questions) + 5
    page = studied(LOG.rows, {})
    for id_ in ("overfitting", "overfitting/zero"):
        memory = page[id_].memory
        assert memory
        card = cards[f"{id_} 0"]
        assert card["due"] == date_of(memory.due)
        assert card["ivl"] == (memory.due - memory.last) // DAY_MS
        assert card["reps"] == len(page[id_].reviews)
        assert card["data"]["s"] == pytest.approx(memory.stability, abs=0.01)
        assert card["data"]["d"] == pytest.approx(memory.difficulty, abs=1e-2)
    known = ("type", "queue", "factor", "lapses", "left")
    assert [cards["overfitting 0"][name] for name in known] == [2, 2, 2500, 0, 0]
    assert [cards["overfitting/zero 0"][name] for name in known[:2]] == [2, -1]
    again = page[GAPS].memory
    assert again
    for number in (0, 1):
        gap = cards[f"{GAPS} {number}"]
        state = {name: gap[name] for name in ("type", "queue", "lapses", "factor")}
        assert state == {"type": 3, "queue": 1, "lapses": 1, "factor": 2300}
        assert gap["due"] == again.due // 1000
    learning = cards["overfitting/l1-or-l2 0"]
    assert (learning["type"], learning["queue"], learning["ivl"]) == (1, 1, 0)
    assert (cards["code-k-means 0"]["type"], cards["code-k-means 0"]["queue"]) == (
        0,
        -1,
    )
    assert "marked" in cards["code-k-means 0"]["tags"]
    assert cards["overfitting/more-data 0"]["type"] == 0
    assert [[*review[:2], review[3]] for review in reviews] == [
        [
            row.moment + (row.moment == START + 9 * DAY_MS and row.id == GAPS),
            row.id,
            row.what,
        ]
        for row in LOG.rows
        if isinstance(row.what, int)
    ]
    own = [review[4:] for review in reviews if review[1] == "overfitting"]
    assert [kind for *_, kind in own] == [0, 1, 1]
    assert [factor for *_, factor, _ in own] == [2500, 2350, 2500]
    assert [interval for interval, *_ in own] == [
        (review.memory.due - review.memory.last) // DAY_MS
        for review in page["overfitting"].reviews
    ]
    assert "error" not in check.lower()


@pytest.mark.usefixtures("tokyo")
def test_what_is_long_overdue_and_learned_long_ago_stays_so(
    anki: Anki, catalog: Catalog
) -> None:
    rows = (Row(1_000_000_000_000, "overfitting", 4, (), "balone"),)
    package, _ = personal_package(
        catalog, RenderSettings(), ProgressLog(rows), ZoneInfo(ZONE)
    )
    _, cards = anki({"file": package, "progress": True}, {"do": "schedule"})
    memory = studied(rows, {})["overfitting"].memory
    assert memory
    assert cards["overfitting 0"]["due"] == date_of(memory.due)
    assert cards["overfitting 0"]["data"]["decay"] == pytest.approx(DECAY, abs=1e-3)


def test_cards_that_are_there_keep_what_they_have(
    anki: Anki, catalog: Catalog, pack: Callable[..., bytes]
) -> None:
    package, _ = personal_package(catalog, RenderSettings(), LOG, UTC)
    _, _, cards, reviews = anki(
        pack(catalog),
        {"file": package, "progress": True},
        {"do": "schedule"},
        {"do": "review_log"},
    )
    assert reviews == []
    assert {card["type"] for card in cards.values()} == {0}
