"""``triptych progress``: what was practised on the site, as a package for Anki."""

import json
import math
import os
import random
import re
import sqlite3
import subprocess
import sys
import zipfile
from contextlib import closing
from datetime import UTC
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from tests.browser.test_scheduler import STEPS, history
from tests.browser.test_scheduler import reviewed as by_reference
from tests.cases import write_deck

from triptych.cli.main import cli
from triptych.dialect.progress_log import (
    COLUMNS,
    END_OF_MOMENTS,
    MAX_ID_CHARS,
    MAX_POINT_CHARS,
    MAX_POINTS,
)
from triptych.practice.fsrs import MemoryState, Phase, reviewed
from triptych.practice.log import Row, ordered, read_log
from triptych.practice.schedule import CardType, card_state, review_rows
from triptych.practice.studied import present_id, studied

DECK = """\
=== deck.toml
id = "test"
title = "Test"
=== one/mean.md
---
question: What is a mean?
summary: A {{c1::sum}} over a {{c2::count}}.
aliases: [average]
renamed: {was: why}
---
An answer.

## Follow-ups
### Why? {#why}
So.
=== one/old.md
---
question: What is old?
retired: true
---
It is old.
=== one/words.md
---
title: Words
kind: cards
reverse: true
---
## Cards
### Bread {#bread}
Pane.
"""
FIRST_LINE = (
    "for a collection that does not have the deck yet: Anki takes neither schedule nor"
    " reviews for cards that it has"
)
LAST_PART = "import it with “Import any learning progress” ticked"
FOUND = "4 reviews of 4 notes, 1 suspended, 1 starred"
START = 1_790_033_400_000
ROWS = [
    [START, "average", 3, [], "balone"],
    [START + 1, "mean/was", 4, ["a1"], "balone"],
    [START + 2, "average/cloze", 1, [], "balone"],
    [START + 3, "words/bread", 2, [], "balone"],
    [START + 4, "old", 3, [], "balone"],
    [START + 5, "words/bread", "suspend", [], "balone"],
    [START + 6, "mean", "star", [], "balone"],
    [START + 7, "", "interview", ["2026-12-09"], "balone"],
    [START + 8, "gone", "star", [], "balone"],
]


def log(**changes: object) -> str:
    known = {"format": "triptych-progress", "version": 1, "deck": "test", "rows": ROWS}
    return json.dumps(known | changes)


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a log beside a deck, in the present folder."""
    write_deck(tmp_path / "content", DECK)
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "test-progress.json"
    path.write_text(log(), encoding="utf-8")
    return path


def run(*arguments: str | Path) -> Result:
    command = ["progress", *map(str, arguments)]
    return CliRunner().invoke(cli, command, standalone_mode=False)


def table(package: Path, query: str) -> list[Any]:
    with zipfile.ZipFile(package) as archive:
        database = archive.read("collection.anki2")
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.deserialize(database)
        return connection.execute(query).fetchall()


def test_programs_get_an_object(file: Path) -> None:
    data = json.loads(run(file, "--time-zone", "UTC", "--format", "json").stdout)
    assert (data["ok"], data["diagnostics"]) == (True, [])
    assert data["result"]["package"] == "test-progress.apkg"
    assert data["result"]["unknown"] == {"old": 1}


def test_it_makes_a_package_beside_the_file_and_says_first_whom_it_is_for(
    file: Path,
) -> None:
    done = run(file, "--time-zone", "UTC")
    assert done.return_value == 0, done.output
    assert done.stdout.splitlines() == [
        FIRST_LINE,
        f"test-progress.apkg: {FOUND}; {LAST_PART}",
    ]
    assert done.stderr == (
        "left out, for the deck has no such cards: 1 review of old\n"
    )
    cards = table(
        file.with_suffix(".apkg"),
        "SELECT substr(flds, 1, instr(flds, char(31)) - 1), ord, type, queue FROM cards"
        " JOIN notes ON notes.id = nid ORDER BY 1, 2",
    )
    assert cards == [
        ("mean", 0, 2, 2),
        ("mean/cloze", 0, 1, 1),
        ("mean/cloze", 1, 1, 1),
        ("mean/why", 0, 2, 2),
        ("words/bread", 0, 1, -1),
        ("words/bread", 1, 0, 0),
    ]
    moments = table(file.with_suffix(".apkg"), "SELECT id, ease FROM revlog ORDER BY 1")
    assert moments == [(row[0], row[2]) for row in ROWS[:4]]
    tags = "SELECT count(*) FROM notes WHERE tags LIKE '% marked %'"
    assert table(file.with_suffix(".apkg"), tags) == [(1,)]


@pytest.mark.parametrize(
    ("gone", "named"),
    [
        ("ebdac", "5 reviews of a, b, c, d, e"),
        ("fbdace", "6 reviews of a, b, c, d, e, …"),
    ],
)
def test_what_the_deck_no_longer_has_is_named_in_order(
    file: Path, gone: str, named: str
) -> None:
    rows = [[START + n, id_, 3, [], "b"] for n, id_ in enumerate(gone)]
    file.write_text(log(rows=[*rows, [START, "mean", "star", [], "b"]]), "utf-8")
    done = run(file)
    assert done.stderr.endswith(f" no such cards: {named}\n")
    # A star alone is something to take along.
    assert "0 reviews of 0 notes, 1 starred; " in done.stdout


def test_the_same_log_gives_the_same_bytes(file: Path) -> None:
    packages = []
    for seed, zone in (("1", "Asia/Tokyo"), ("2", "America/New_York")):
        target = file.with_name(f"{seed}.apkg")
        subprocess.run(
            [
                *(sys.executable, "-m", "triptych", "progress", str(file)),
                *("--time-zone", "Europe/Rome", "--output", str(target)),
            ],
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone},
            check=True,
            capture_output=True,
        )
        packages.append(target.read_bytes())
    assert packages[0] == packages[1]


def test_progress_is_never_written_among_what_is_published(file: Path) -> None:
    dist = file.parent / "dist" / "site"
    dist.mkdir(parents=True)
    inside = dist / "log.json"
    inside.write_text(log(), encoding="utf-8")
    for arguments in (
        [inside],
        [file, "--output", dist / "x.apkg"],
        [file, "--output", dist.parent / "new" / ".." / "x.apkg"],
        [file, "--output", file.parent / "new" / ".." / "dist" / "x.apkg"],
        [file, "--dist", file.parent],
    ):
        assert "--output" in str(run(*arguments).exception), arguments
    assert "has the suffix .apkg" in str(run(file, "--output", file).exception)
    assert [path.name for path in dist.rglob("*")] == ["log.json"]
    assert list(file.parent.glob("*.apkg")) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (log(deck="other"), r"belongs to the deck “other”, and this is “test”"),
        (log(version=2), r"newer version of the site .* update triptych"),
        (log(version=0), r"`version` is no number"),
        (log(version="1"), r"`version` is no number"),
        (log(rows={}), r"`rows` is no list"),
        (log(format="x"), r"holds no progress .* “Back up”"),
        ("[]", r"holds no progress"),
        ("7", r"holds no progress"),
        ("", r"\.json:1:1: this is not JSON"),
        (log()[:-30] + "\n" + "x", r"\.json:\d+:\d+: this is not JSON"),
        ('{\n "format": 1,\n]', r"\.json:3:1: this is not JSON"),
        ("[" * 100_000, r"holds no progress|not JSON"),
        ("9" * 9_999, r"holds no progress"),
        (log(rows=[[1, "gone", 3, [], "b"]]), r"nothing about a card of this deck"),
    ],
)
def test_a_file_that_is_no_log_of_the_deck_is_refused_with_its_place(
    text: str, said: str, file: Path
) -> None:
    file.write_text(text, encoding="utf-8")
    assert re.search(said, str(run(file).exception))
    assert not file.with_suffix(".apkg").exists()


def test_a_file_in_another_encoding_is_refused_with_its_line(file: Path) -> None:
    file.write_bytes(b'{"format":\n"\xff"}')
    assert ".json:2: this is not UTF-8" in str(run(file).exception)
    file.write_bytes(b"\xef\xbb\xbf" + log().encode())
    assert run(file).return_value == 0
    assert "cannot read" in str(run(file.with_name("none.json")).exception)
    assert "no time zone" in str(run(file, "--time-zone", "Mars/X").exception)


def test_rows_that_cannot_be_read_are_counted_with_the_first(file: Path) -> None:
    file.write_text(log(rows=[ROWS[0], [1], *ROWS[1:], None]), encoding="utf-8")
    done = run(file)
    assert "2 rows cannot be read, the first is row 2" in done.stderr
    assert "4 reviews of 4 notes" in done.stdout


def test_the_memory_agrees_with_the_reference_on_random_reviews() -> None:
    chance = random.Random(7)  # noqa: S311 - the same reviews each time
    count = 0
    for n in range(700):
        reviews = history(chance, 1 + n % 30)
        memory: MemoryState | None = None
        for (moment, grade), theirs in zip(
            reviews, by_reference(STEPS[1], reviews), strict=True
        ):
            phase, _, stability, difficulty, due, _ = theirs
            memory = reviewed(memory, grade, moment)
            assert (memory.phase, memory.due) == (phase, due), reviews
            assert math.isclose(memory.stability, stability, rel_tol=1e-9)
            assert math.isclose(memory.difficulty, difficulty, rel_tol=1e-9)
            count += 1
    assert count >= 10_000


def test_a_review_that_came_back_by_way_of_anki_counts_once() -> None:
    rows = [Row(START, "mean", 3, ("a1",), "b"), Row(START, "mean", 3, (), "anki")]
    assert len(studied(rows, {})["mean"].reviews) == 1


def test_rows_of_one_moment_are_in_the_order_of_the_page() -> None:
    # JavaScript compares units of 16 bits: a pair of them is before U+FF21.
    ids = ["\U0001f600", "\uff21", "a"]
    rows = [Row(START, id_, 3, (), "b") for id_ in ids]
    assert [row.id for row in ordered(rows)] == ["a", "\U0001f600", "\uff21"]


@pytest.mark.parametrize(
    ("marks", "is_suspended", "is_starred"),
    [
        (["suspend"], True, False),
        (["suspend", "resume"], False, False),
        (["suspend", "star"], True, True),
        (["star", "resume"], False, True),
        (["star", "unstar", "suspend"], True, False),
    ],
)
@pytest.mark.parametrize("grades", [[], [3, 3, 1], [4, 4]])
def test_the_last_mark_of_its_kind_counts(
    marks: list[str],
    is_suspended: bool,  # noqa: FBT001 - of a table
    is_starred: bool,  # noqa: FBT001 - of a table
    grades: list[int],
) -> None:
    all_said: list[int | str] = [*grades, *marks]
    rows = [
        Row(START + n * 10**9, "mean", said, (), "b") for n, said in enumerate(all_said)
    ]
    card = studied(rows, {})["mean"]
    assert (card.is_suspended, card.is_starred) == (is_suspended, is_starred)
    state = card_state(card, UTC)
    assert bool(state) == bool(grades)
    if state:
        assert (state.queue == -1) == is_suspended
        assert (state.left == 0) == (state.type == CardType.REVIEW)


def test_ease_falls_with_lapses_and_not_below_its_floor() -> None:
    grades = [4, *(1 if n % 2 else 3 for n in range(1, 20))]
    rows = [
        Row(START + n * 10**9, "mean", grade, (), "b") for n, grade in enumerate(grades)
    ]
    card = studied(rows, {})["mean"]
    state = card_state(card, UTC)
    assert state
    assert (state.factor, state.lapses, state.reps) == (1300, 10, 20)
    assert card.memory
    assert card.memory.phase is Phase.RELEARNING
    assert (state.type, state.queue) == (3, 1)


def test_rows_of_reviews_follow_each_other() -> None:
    chance = random.Random(3)  # noqa: S311 - the same reviews each time
    for n in range(60):
        rows = [
            Row(moment, "mean", grade, (), "b")
            for moment, grade in history(chance, 1 + n % 12)
        ]
        card = studied(rows, {})["mean"]
        found, state = list(review_rows(card)), card_state(card, UTC)
        assert state
        intervals = [row.ivl for row in found]
        assert [row.last_ivl for row in found] == [0, *intervals[:-1]]
        before = [None, *(review.memory.phase for review in card.reviews)]
        lapses = [
            row.ease == 1 and phase is Phase.REVIEW
            for row, phase in zip(found, before, strict=False)
        ]
        assert state.lapses == sum(lapses)
        assert (state.ivl == 0) == (before[-1] is Phase.LEARNING)
        after = [review.memory.phase for review in card.reviews]
        assert [ivl > 0 for ivl in intervals] == [p is Phase.REVIEW for p in after]


def test_a_package_has_each_review_once_and_marks_without_one(file: Path) -> None:
    rows = [
        *([START, name, 3, [], "b"] for name in ("mean", "mean/why", "mean")),
        [START + 5, "words/bread", "suspend", [], "b"],
        [START + 6, "mean", "star", [], "b"],
    ]
    file.write_text(log(rows=rows), encoding="utf-8")
    assert run(file, "--time-zone", "UTC").return_value == 0
    package = file.with_suffix(".apkg")
    assert table(package, "SELECT id FROM revlog ORDER BY 1") == [
        (START,),
        (START + 1,),
    ]
    query = "SELECT ord, type, queue FROM cards JOIN notes ON notes.id = nid WHERE {}"
    bread = "flds LIKE 'words/bread%' ORDER BY ord"
    assert table(package, query.format(bread)) == [(0, 0, -1), (1, 0, 0)]
    (tags,) = table(package, "SELECT tags FROM notes WHERE tags LIKE '% marked %'")
    assert {"topic::one", "marked"} <= set(tags[0].split())


@pytest.mark.parametrize(
    ("at", "value"),
    [
        (0, -1),
        (0, END_OF_MOMENTS),
        (0, 1.5),
        (0, True),
        (0, "1"),
        (1, "x" * (MAX_ID_CHARS + 1)),
        (1, "\U0001f600" * (MAX_ID_CHARS // 2 + 1)),
        (2, 0),
        (2, 5),
        (2, True),
        (2, "stars"),
        (3, ["x"] * (MAX_POINTS + 1)),
        (3, ["x" * (MAX_POINT_CHARS + 1)]),
        (3, [1]),
        (4, "B"),
        (4, "bB"),
        (4, "b" * 13),
        (4, ""),
    ],
)
def test_a_row_that_cannot_be_is_left_out(at: int, value: object) -> None:
    points = ["x" * MAX_POINT_CHARS] * MAX_POINTS
    sound = [END_OF_MOMENTS - 1, "x" * MAX_ID_CHARS, 4, points, "b" * 12]
    rows = [sound, [*sound[:at], value, *sound[at + 1 :]], sound]
    found = read_log(log(rows=rows).encode(), "x", "test")
    assert (len(found.rows), found.unreadable) == (1, (2,))


def test_parts_follow_their_question_to_its_name() -> None:
    present = {"old": "new", "new/was": "new/is", "old/gone": "other/here"}
    for id_, now in (
        ("old", "new"),
        ("old/part", "new/part"),
        ("old/was", "new/is"),
        ("new/was", "new/is"),
        ("old/gone", "other/here"),
        ("other/part", "other/part"),
    ):
        assert present_id(id_, present) == now


def test_a_log_is_read_in_the_format_that_is_named() -> None:
    found = read_log(log().encode(), "x", "test")
    assert len(found.rows) == len(ROWS)
    assert list(COLUMNS) == list(Row.__slots__)
