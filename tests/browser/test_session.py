"""A session of the practice, and what it plans, without a page."""

from typing import TYPE_CHECKING

import pytest
from tests.browser.practice import run

from triptych.deck.templates import template
from triptych.render.site.shorten import shortened

if TYPE_CHECKING:
    from playwright.sync_api import Page

NOW = 1_764_331_200_000
"""2025-11-28, noon in UTC."""


def test_undoing_leads_back_to_the_very_same_session(blank: "Page") -> None:
    played = """
        const world = { points: ["a", "b"], device: "b", now: value + 5 };
        let session = begun(["x", "y", "z"], value);
        const seen = [];
        const note = (next) => {
            seen.push(JSON.stringify(session));
            session = next;
        };
        note(graded(ticked(hinted(opened(session)), "a"), AGAIN, world));
        const queue = session.queue;
        note(suspended(session, "b", value + 6));
        note(graded(opened(session), GOOD, world));
        const rows = session.past.rows;
        const wrong = [];
        while (session.past) {
            const before = session.past.session;
            session = { ...before, open: false, hints: 0, ticked: [] };
            const expected = seen.pop();
            if (JSON.stringify(session) !== expected) {
                wrong.push([JSON.stringify(session), expected]);
            }
        }
        return [queue, rows, wrong];
    """
    queue, rows, wrong = run(blank, played, NOW)
    assert queue == ["y", "z", "x"]
    assert rows == [[NOW + 5, "z", 3, [], "b"]]
    assert wrong == []


def test_missed_points_are_those_not_ticked_and_counted(blank: "Page") -> None:
    done = """
        const world = { points: ["a", "b"], device: "b", now: value };
        let session = begun(["z", "x", "y"], value);
        session = graded(ticked(session, "a"), GOOD, world);
        const both = ticked(ticked(session, "a"), "b");
        session = graded(ticked(both, "b"), AGAIN, world);
        session = graded(session, GOOD, world);
        session = graded(ticked(session, "a"), GOOD, world);
        const ids = session.done.map(({ id }) => id);
        return [missedPoints(session.done), session.queue, ids];
    """
    missed, queue, ids = run(blank, done, NOW)
    assert missed == [
        {"id": "x", "point": "b", "count": 2},
        {"id": "z", "point": "b", "count": 1},
    ]
    assert (queue, ids) == ([], ["z", "x", "y", "x"])


CARDS = """
    const [now, grades] = value;
    const cards = folded(grades.map(([id, days, what]) =>
        [now - days * DAY_MS, id, what, [], "b"]
    ).sort((a, b) => a[0] - b[0]), {}).cards;
    const ids = ["a", "b", "c", "d", "e", "f"];
"""


def test_what_is_due_new_weak_and_known(blank: "Page") -> None:
    found = run(
        blank,
        CARDS
        + """
            const lists = [dueIds(ids, cards, now), newIds(ids, cards)];
            return [...lists, weakIds(ids, cards, now), counted(ids, cards, now)];
        """,
        [
            NOW,
            [
                ("a", 60, 3),  # two days of stability: long forgotten
                ("b", 0.5, 3),  # due in two days
                *(("c", days, 4) for days in (200, 180, 150)),
                ("d", 3, 3),
                ("d", 1, "suspend"),
                ("e", 0.001, 1),  # in ten minutes
            ],
        ],
    )
    assert found == [
        ["a"],
        ["f"],
        ["a", "e"],
        {"known": 1, "learning": 2, "weak": 2, "unseen": 1},
    ]


def test_what_is_due_at_some_time_of_today_comes_from_the_least_known(
    blank: "Page",
) -> None:
    found = run(
        blank,
        CARDS + "return [dueIds(ids, cards, now), counted(ids, cards, now)];",
        [
            NOW,
            [
                ("a", 1.9, 3),  # due in the afternoon
                ("b", 9, 3),
                ("c", 60, 3),
                ("d", 1.4, 3),  # due early tomorrow
                ("e", 1, 4),  # in the second week, which is not yet known
                ("f", 4, 3),
            ],
        ],
    )
    assert found == [
        ["c", "b", "f", "a"],
        {"known": 0, "learning": 5, "weak": 1, "unseen": 0},
    ]


def test_what_is_suspended_does_not_come_again_in_the_session(blank: "Page") -> None:
    queue = 'return suspended(begun(["x", "y", "x"], 0), "b", 5).queue;'
    assert run(blank, queue) == ["y"]


def test_what_is_suspended_is_not_asked_whatever_it_is(blank: "Page") -> None:
    found = run(
        blank,
        CARDS
        + """
            ids.forEach((id) => {
                cards.set(id, { ...(cards.get(id) || {}), suspended: true });
            });
            const lists = [dueIds, newIds, weakIds];
            const asked = lists.map((list) => list(ids, cards, now));
            return [asked, counted(ids, cards, now)];
        """,
        [NOW, [("a", 60, 3), ("b", 0.5, 3), ("e", 0.001, 1)]],
    )
    assert found == [
        [[], [], []],
        {"known": 0, "learning": 1, "weak": 2, "unseen": 3},
    ]


def test_what_is_learned_again_is_weak_until_it_is_known(blank: "Page") -> None:
    grades = [*(("a", days, 4) for days in (200, 180, 150)), ("a", 0.02, 1)]
    states = "return ids.slice(0, 1).map((id) => stateOf(cards.get(id), now));"
    assert run(blank, CARDS + states, [NOW, grades]) == ["weak"]
    # One step is not over after a grade that is harder than good.
    still = [*grades, ("a", 0.01, 2)]
    assert run(blank, CARDS + states, [NOW, still]) == ["weak"]
    assert run(blank, CARDS + states, [NOW, [*still, ("a", 0, 4)]]) != ["weak"]


def test_only_answers_count_for_the_days_of_late(blank: "Page") -> None:
    days = """
        const marks = [...MARKS, 1, 4].map((what) => [value, "a", what, [], "b"]);
        const rows = [[value - 15 * DAY_MS, "a", 3, [], "b"], ...marks];
        return lately([...rows, [value - DAY_MS, "a", 3, [], "b"]], 14, value);
    """
    assert run(blank, days, NOW) == [*[0] * 12, 1, 2]


@pytest.mark.parametrize(
    ("day", "left", "pace", "end"),
    [
        ("2025-12-09", 11, 1, "2025-12-03"),
        ("2025-11-30", 2, 3, "2025-11-29"),
        ("2025-11-28", 0, 6, "2025-11-28"),
        ("2025-11-01", -27, 6, "2025-11-28"),
    ],
)
def test_the_days_until_an_interview(
    day: str, left: int, pace: int, end: str, blank: "Page"
) -> None:
    found = run(
        blank,
        CARDS
        + """const found = outlook(ids, cards, value[2], now);
            const end = new Date(found.end).toISOString().slice(0, 10);
            return { ...found, end };""",
        [NOW, [], day],
    )
    assert found == {"left": left, "unseen": 6, "pace": pace, "end": end, "recall": 0}


def test_the_day_of_the_interview_says_what_will_be_recalled(blank: "Page") -> None:
    found = run(
        blank,
        CARDS
        + """const { recall } = outlook(ids, cards, "2025-12-09", now);
            const day = new Date(2025, 11, 9).getTime();
            const own = [...cards.values()].map(({ memory }) =>
                retrievability(memory, day));
            return [recall, (own[0] + own[1]) / 2, own];""",
        [NOW, [("a", 60, 3), ("b", 0.5, 3)]],
    )
    recall, mean, own = found
    assert recall == pytest.approx(mean)
    assert 0 < own[0] < own[1] < 1


LINE = """
    const store = { all: { cards, interview: value[2] } };
    const put = (element, key, own) => {
        element.textContent = [key, own && own.n, own && own.percent].join(" ").trim();
        return element;
    };
    const setText = put;
    const textElement = (name, _, ...own) =>
        put(document.createElement(name), ...own);
    const dayName = String;
    const { now: clock } = Date;
    Date.now = () => now;
    const line = document.createElement("p");
    line.textContent = "before";
    window.triptychInterview(line, value[3]);
    Date.now = clock;
    return line.textContent;
"""


@pytest.mark.parametrize(
    ("day", "ids", "said"),
    [
        ("2025-11-27", ["a"], "interview_over"),
        ("2025-11-28", ["b", "c"], "interview_today 2"),
        ("2025-11-28", ["a", "b"], "interview_today 1 interview_recall  60"),
        ("2025-12-09", ["a", "b"], "interview_pace 1 interview_recall  59"),
        ("2025-12-09", ["a"], "interview_all_seen interview_recall  59"),
        ("soon", ["a"], ""),
        ("", ["a"], ""),
    ],
)
def test_a_line_says_how_to_be_ready(
    day: str, ids: list[str], said: str, blank: "Page"
) -> None:
    line = shortened(template("site/scripts/interview/line.js"))
    value = [NOW, [("a", 60, 3)], day, ids]
    cards = CARDS.replace("const ids", "const _ids")
    assert run(blank, cards + line + LINE, value) == said
