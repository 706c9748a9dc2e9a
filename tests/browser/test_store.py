"""What the practice keeps and takes in, without a page: its log, and what is due."""

import json
from typing import TYPE_CHECKING, Any

import pytest

from triptych.deck.templates import template
from triptych.render.site.scripts import SCRIPTS
from triptych.render.site.shorten import shortened

if TYPE_CHECKING:
    from playwright.sync_api import Page

PARTS = (
    *("plural", "practice/data", "practice/words", "practice/fsrs"),
    *("practice/log", "practice/plan", "practice/session", "practice/store"),
    *("practice/home", "transfer/anki"),
)
DECK = {
    "deck": "d",
    "language": "en",
    "topics": [["t", "T"], ["u", "U"]],
    "tags": ["x", "y"],
    "questions": [
        ["late", 0, 0, 5, 0, [0], ["part"]],
        ["out", 0, 1, 7, 0, [0, 1], []],
        ["new", 1, 0, 9, 0, [], []],
        ["words", 1, 4, 0, 0, [1], [f"w{n}" for n in range(20)]],
        *([f"q{n}", 1, 0, 1, 0, [], []] for n in range(8)),
    ],
    "aliases": {"former": "late"},
    "anki": [11, 22],
    "unsearchable": ["out", "words/w2"],
    "cardsPerShard": 200,
    "cardSeconds": 10,
    "cards": {},
    "words": {
        f"short_{unit}": {"other": f"{{n}} {unit}"}
        for unit in ("minutes", "hours", "days", "months", "years")
    },
}
START = """
    const kept = {};
    const localStorage = {
        getItem: (key) => kept[key] ?? null,
        setItem: (key, text) => { kept[key] = text; },
    };
"""


def run(page: "Page", code: str, value: object = None) -> Any:  # noqa: ANN401
    """Return what the body `code` returns beside the parts and their deck."""
    parts = shortened("\n".join(template(f"site/scripts/{part}.js") for part in PARTS))
    deck = f"window.triptychPractice({json.dumps(DECK)});"
    return page.evaluate(f"(value) => {{\n{START}\n{parts}\n{deck}\n{code}\n}}", value)


def test_the_home_page_gets_what_is_asked_on_the_day_that_it_is_due(
    blank: "Page",
) -> None:
    found = run(
        blank,
        """
        openStore();
        const then = Date.now() - 60 * DAY_MS;
        record([
            ...["late", "out", "gone", "late/part"].map((id) =>
                [then, id, GOOD, [], "b"]),
            [then + DAY_MS, "out", "suspend", [], "b"],
            [Date.now() - 1, "words/w1", EASY, [], "b"],
            [Date.now(), "new", GOOD, [], "b"],
        ]);
        const today = new Date().setHours(0, 0, 0, 0);
        return JSON.parse(kept["triptych:d:due"]).map(([day, ...own]) =>
            [Math.round((day - today) / DAY_MS), ...own]);
        """,
    )
    assert found == [[0, 1, 5], [2, 1, 9], [8, 1, 10 / 60]]


def test_only_what_anki_finds_by_its_id_is_searched_for(blank: "Page") -> None:
    found = run(
        blank,
        """
        openStore();
        remember("small", "1");
        const ids = ["late", "out", "words/w1", "words/w2"];
        record(ids.map((id) => [Date.now(), id, AGAIN, [], "b"]));
        return [weakIds(pool({}), store.all.cards, Date.now()), weakSearch()];
        """,
    )
    assert found[0] == ["late", "out", "words/w1", "words/w2"]
    assert found[1] == '"Id:late" OR "Id:words/w1"'


def test_rows_of_another_tab_stay(blank: "Page") -> None:
    found = run(
        blank,
        """
        openStore();
        record([[1, "late", GOOD, [], "b"]]);
        const other = merged(store.rows, [[2, "out", GOOD, [], "c"]]);
        kept["triptych:d:progress"] = written("d", other);
        record([[3, "new", GOOD, [], "b"]]);
        return [store.rows, readLog(kept["triptych:d:progress"], "d").rows];
        """,
    )
    assert found[0] == found[1]
    assert [row[1] for row in found[0]] == ["late", "out", "new"]


def test_progress_of_a_newer_site_is_not_written_over(blank: "Page") -> None:
    newer = '{"format": "triptych-progress", "version": 99, "deck": "d", "rows": []}'
    found = run(
        blank,
        """
        kept["triptych:d:progress"] = value;
        openStore();
        const isKept = record([[1, "late", GOOD, [], "b"]]);
        return [kept["triptych:d:progress"], isKept, store.trouble];
        """,
        newer,
    )
    assert found == [newer, False, "storage_newer"]


def test_progress_with_a_row_that_is_none_is_said_and_put_aside(
    blank: "Page",
) -> None:
    damaged = '{"format": "triptych-progress", "version": 1, "deck": "d", "rows": '
    damaged += '[[1, "late", 3, [], "b"], [2, "late"], [3, "new", 3, [], "b"]]}'
    found = run(
        blank,
        """
        kept["triptych:d:progress"] = value;
        openStore();
        const read = readLog(kept["triptych:d:progress"], "d");
        const seen = [store.trouble, store.saved, read.rows.length, read.lost];
        record([[4, "late", GOOD, [], "b"]]);
        return [...seen, store.trouble, store.rows.length, kept["triptych:d:broken"]];
        """,
        damaged,
    )
    assert found == ["storage_broken", 2, 2, 0, "storage_broken", 3, damaged]


def test_a_reminder_that_was_put_off_rests(blank: "Page") -> None:
    found = run(
        blank,
        """
        openStore();
        record([1, 2, 3].map((at) => [at, "late", GOOD, [], "b"]));
        const seen = [unsaved()];
        [{ reviews: 2 }, { quiet: Date.now() + DAY_MS }, { quiet: Date.now() - 1 }]
            .forEach((change) => {
                noteBackup(change);
                seen.push(unsaved());
            });
        return seen.map(({ count, isQuiet }) => [count, isQuiet]);
        """,
    )
    assert found == [[3, False], [1, False], [1, True], [1, False]]


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        (0, "1 minutes"),
        (59, "59 minutes"),
        (60, "1 hours"),
        (23 * 60, "23 hours"),
        (24 * 60, "1 days"),
        (59 * 24 * 60, "59 days"),
        (61 * 24 * 60, "2 months"),
        (729 * 24 * 60, "24 months"),
        (731 * 24 * 60, "2 years"),
    ],
)
def test_a_span_of_time_is_given_in_its_unit(
    minutes: int, said: str, blank: "Page"
) -> None:
    assert run(blank, "return spanText(value * MINUTE_MS);", minutes) == said


def test_reviews_from_anki_are_those_of_notes_of_the_deck(blank: "Page") -> None:
    notes = [(1, 11, "late"), (2, 11, "former"), (3, 11, "gone"), (4, 33, "out")]
    notes += [(5, 22, "out/cloze"), (6, 11, "words/w1")]
    tables = {
        "notes": [
            [n, None, "g", type_, 0, 0, "", f"{name}\x1fx"] for n, type_, name in notes
        ],
        "cards": [
            [10 * n + place, None, n, 0, place] for n, *_ in notes for place in (0, 1)
        ],
        "revlog": [
            *([100 + n, None, 10 * n, 0, 3] for n, *_ in notes),
            *([200 + n, None, 10 * n + 1, 0, 2] for n, *_ in notes),
            *([300 + grade, None, 10, 0, grade] for grade in (0, 1, 4, 5)),
        ],
    }
    found = run(blank, "return reviewRows((name) => value[name]);", tables)
    assert [row[:3] for row in found] == [
        [101, "late", 3],
        [102, "former", 3],
        [105, "out/cloze", 3],
        [106, "words/w1", 3],
        [205, "out/cloze", 2],
        [301, "late", 1],
        [304, "late", 4],
    ]


@pytest.mark.parametrize(
    ("filters", "start", "asked"),
    [
        ({"tag": "x"}, "all", ["late"]),
        ({"tag": "y", "topic": "t"}, "all", []),
        ({"topic": "t"}, "all", ["late"]),
        ({"ids": "new.out"}, "all", ["new"]),
        ({"topic": "t"}, "due", ["late"]),
        ({"topic": "t"}, "starred", ["out"]),
        ({"tag": "y"}, "new", [f"words/w{n}" for n in range(15)]),
        ({}, "new", ["new", *(f"words/w{n}" for n in range(12))]),
        ({"ids": "new.q0.q1.q2.q3.q4.q5"}, "new", ["new", "q0", "q1", "q2", "q3"]),
    ],
)
def test_a_start_asks_what_its_address_says(
    filters: dict[str, str], start: str, asked: list[str], blank: "Page"
) -> None:
    found = run(
        blank,
        """
        openStore();
        record([
            [Date.now() - 60 * DAY_MS, "late", GOOD, [], "b"],
            [1, "out", "star", [], "b"],
            [2, "out", "suspend", [], "b"],
        ]);
        return chosen(value[0], value[1]);
        """,
        [start, filters],
    )
    assert found == asked


HOME = """
    document.body.innerHTML = value[1];
    const today = new Date().setHours(0, 0, 0, 0);
    const localStorage = { getItem: () => JSON.stringify(value[0].map(
        ([days, ...own]) => [today + days * 86_400_000, ...own])) };
"""


@pytest.mark.parametrize(
    ("days", "shown"),
    [
        ([[0, 2, 7.4]], "primary: 2 due 7 min, second: Read"),
        (
            [[-1, 1, 0.2], [0, 1, 0.1], [1, 5, 9]],
            "primary: 2 due 1 min, second: Read",
        ),
        ([[1, 5, 9]], "primary: Read, : Practise"),
        ([], "primary: Read, : Practise"),
    ],
)
def test_home_counts_what_is_due_until_midnight(
    days: list[list[float]], shown: str, blank: "Page"
) -> None:
    words = {"today": "{n} due", "minutes": "{n} min"}
    forms = json.dumps({key: {"lang": "en", "other": w} for key, w in words.items()})
    html = "<main><p class='start'><a class='primary'>Read</a></p>"
    html += f"<p data-due='d' data-forms='{forms}'><a href='p'>Practise</a></p></main>"
    parts = (template(f"site/scripts/{part}.js") for part in SCRIPTS["due.js"])
    script = shortened("\n".join(parts))
    links = """return [...document.querySelectorAll("p")].map((one) =>
        one.firstChild.className + ": " + one.textContent).join(", ");"""
    code = f"(value) => {{\n{HOME}\n{script}\n{links}\n}}"
    assert blank.evaluate(code, [days, html]) == shown
