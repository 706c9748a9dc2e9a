"""The log of progress: logs of devices join in any order, and no row is lost."""

import json
import random
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import pytest
from tests.browser.practice import run

from triptych.dialect.progress_log import MARKS
from triptych.practice.log import read_log
from triptych.practice.studied import studied

if TYPE_CHECKING:
    from playwright.sync_api import Page

ROW = [1_764_000_000_000, "mean", 3, ["a1"], "balone"]
RANDOM_LOGS = """
    let seed = value;
    const random = () => (seed = (seed * 48271) % 2147483647) / 2147483647;
    const upTo = (n) => Math.floor(random() * n);
    const row = () => [
        upTo(40), "q" + upTo(5), [1, 2, 3, 4, ...MARKS][upTo(9)],
        Array.from({ length: upTo(3) }, () => "p" + upTo(4)), deviceWord(random),
    ];
    const devices = Array.from({ length: 3 }, () => row());
    const log = () => ordered(Array.from({ length: upTo(12) }, () =>
        upTo(3) ? row() : devices[upTo(3)]));
    const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);
"""


def test_logs_join_in_any_order_any_number_of_times(blank: "Page") -> None:
    wrong = """
        const wrong = [];
        for (let n = 0; n < 1000; n += 1) {
            const [a, b, c] = [log(), log(), log()];
            const both = merged(a, b);
            if (!same(both, merged(b, a))
                || !same(merged(both, c), merged(a, merged(b, c)))
                || !same(merged(a, a), a) || !same(merged(both, b), both)
                || ![...a, ...b].every((row) => both.some((other) => same(row, other)))
                || !both.every(isRow)) {
                wrong.push([a, b, c]);
            }
        }
        return wrong;
    """
    assert run(blank, RANDOM_LOGS + wrong, 13) == []


def test_what_is_written_is_read(blank: "Page") -> None:
    again = """
        const wrong = [];
        for (let n = 0; n < 200; n += 1) {
            const a = log();
            const text = written("deck", a);
            const lines = text.split("\\n").length;
            if (!same(readLog(text, "deck"), { rows: a, lost: 0 })
                || !same(salvaged(text), a)
                || written("deck", readLog(text, "deck").rows) !== text) {
                wrong.push(text);
            }
        }
        return wrong;
    """
    assert run(blank, RANDOM_LOGS + again, 7) == []


def read(blank: "Page", text: str) -> dict[str, object]:
    found: dict[str, object] = run(blank, 'return readLog(value, "deck");', text)
    return found


def log(**changes: object) -> str:
    known = {"format": "triptych-progress", "version": 1, "deck": "deck", "rows": [ROW]}
    return json.dumps(known | changes)


def test_a_log_that_is_not_ours_is_refused_by_name(blank: "Page") -> None:
    assert read(blank, log()) == {"rows": [ROW], "lost": 0}
    assert read(blank, log(deck="other")) == {"problem": "other_deck", "deck": "other"}
    for version in (2, 0, None):
        problem = {"problem": "newer_progress"}
        assert read(blank, log(version=version)) == problem, version
    for text in ("", "{", "[]", "null", "7", log(format="x"), log(rows={})):
        assert read(blank, text) == {"problem": "no_progress"}, text


@pytest.mark.parametrize(
    "row",
    [
        None,
        [],
        ROW[:4],
        [*ROW, 1],
        ["1", *ROW[1:]],
        [-1, *ROW[1:]],
        [1.5, *ROW[1:]],
        [1e15, *ROW[1:]],
        [ROW[0], 7, *ROW[2:]],
        [ROW[0], "x" * 300, *ROW[2:]],
        [*ROW[:2], 5, *ROW[3:]],
        [*ROW[:2], "constructor", *ROW[3:]],
        [*ROW[:3], "a1", "b"],
        [*ROW[:3], [1], "b"],
        [*ROW[:4], "Mozilla/5.0"],
    ],
)
def test_a_row_that_is_none_is_left_out_and_counted(row: object, blank: "Page") -> None:
    assert read(blank, log(rows=[row, ROW])) == {"rows": [ROW], "lost": 1}


def test_rows_of_a_broken_log_are_saved(blank: "Page") -> None:
    broken = """
        const text = written("deck", Array.from({ length: 9 }, (_, n) =>
            [n, "q", 3, [], "b"]));
        return Array.from({ length: text.length }, (_, end) =>
            salvaged(text.slice(0, end)).length);
    """
    counts = run(blank, broken)
    assert counts == sorted(counts)
    assert counts[0] == 0
    assert counts[-1] == 9


def test_a_former_id_counts_for_the_present_one(blank: "Page") -> None:
    rows = [
        [1, "average", 3, [], "b"],
        [2, "mean", 1, ["a1", "b2"], "c"],
        [3, "average", "star", [], "b"],
        [4, "mean", "suspend", [], "b"],
        [5, "", "interview", ["2026-12-09"], "b"],
        [6, "constructor", 3, ["constructor", "__proto__"], "b"],
    ]
    cards = """
        const { cards, interview, reviews } = folded(value, { average: "mean" });
        const { memory, ...rest } = cards.get("mean");
        return [[...cards.keys()], rest, memory.last, interview, reviews];
    """
    ids, mean, last, interview, reviews = run(blank, cards, rows)
    assert ids == ["mean", "constructor"]
    assert mean == {"reviews": 2, "grade": 1, "starred": True, "suspended": True}
    assert (last, interview, reviews) == (2, "2026-12-09", 3)


def test_a_part_of_a_renamed_question_keeps_its_history(blank: "Page") -> None:
    aliases = {"old": "new", "new/b": "new/c", "lost/x": "new"}
    ids = ["old", "old/a", "old/b", "new/b", "new/a", "lost/x", "lost/y", "x/a/b"]
    present = "return value[1].map((id) => presentId(id, value[0]));"
    assert run(blank, present, [aliases, ids]) == [
        *("new", "new/a", "new/c", "new/c"),
        *("new/a", "new", "lost/y", "x/a/b"),
    ]


def odd_rows(chance: random.Random) -> Iterator[list[object]]:
    """Yield rows, of which some are none, many with the same moment."""
    values: tuple[Sequence[object], ...] = (
        (0, 5, 5.0, 7, 9, -1, 1.5, "1", True, None, 10**14, 10**14 - 1),
        ("q", "old", "q/a", "old/a", "q/b", "old/b", "", "x" * 299, "x" * 300, "é😀"),
        (1, 2, 3, 4, 4.0, 0, 5, True, *MARKS, "end"),
        ([], ["a1"], ["a1", "b2"], ["x" * 39], ["x" * 40], [1], {}, ["p"] * 51, None),
        ("b", "anki", "abcdefghijklm", "", "B", "b\n", 1),
    )
    for _ in range(3000):
        row: list[object] = [
            chance.choice(own[: 4 if chance.random() < 0.9 else None]) for own in values
        ]
        if isinstance(row[0], int) and 0 <= row[0] < 10:
            row[0] += chance.randrange(40) * 10**9
        yield row[: chance.choice((5,) * 30 + (4,))]


def test_the_page_and_the_command_read_a_log_alike(blank: "Page") -> None:
    aliases = {"old": "q", "q/b": "q/c"}
    given = list(odd_rows(random.Random(3)))  # noqa: S311 - the same rows each time
    fold = """
        const { rows, lost } = readLog(value[0], "deck");
        const { cards } = folded(rows, value[1]);
        return [rows, lost, [...cards].map(([id, card]) => [
            id, card.reviews, Boolean(card.suspended), Boolean(card.starred),
            card.memory && [card.memory.phase, card.memory.due, card.memory.last],
        ])];
    """
    text = log(rows=given)
    rows, lost, cards = run(blank, fold, [text, aliases])
    found = read_log(text.encode(), "x", "deck")
    own = [[r.moment, r.id, r.what, [*r.points], r.device] for r in found.rows]
    assert (own, len(found.unreadable)) == (rows, lost)
    assert 500 < lost < 2000
    assert [
        [
            *(id_, len(card.reviews), card.is_suspended, card.is_starred),
            card.memory and [card.memory.phase, card.memory.due, card.memory.last],
        ]
        for id_, card in studied(found.rows, aliases).items()
    ] == cards
