"""What leaves the practice and comes in, and its keys, without a page."""

import base64
import io
import json
import random
import sqlite3
import zipfile
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest
from tests.browser.test_store import DECK, PARTS, START

from triptych.deck.templates import template
from triptych.render.site.shorten import shortened

if TYPE_CHECKING:
    from playwright.sync_api import Page


def played(
    page: "Page", parts: tuple[str, ...], before: str, code: str, value: object = None
) -> Any:  # noqa: ANN401
    """Return what `code` returns beside `parts`, which see the names of `before`."""
    text = shortened("\n".join(template(f"site/scripts/{part}.js") for part in parts))
    return page.evaluate(f"async (value) => {{\n{before}\n{text}\n{code}\n}}", value)


READ = """
    const bytes = (text) => Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
"""


def encoded(data: bytes) -> str:
    return base64.b64encode(data).decode()


def emptied(page_size: int, reserved: int) -> bytes:
    """Return an empty database that keeps some bytes of each page for extensions."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute(f"PRAGMA page_size = {page_size}")
        connection.executescript("CREATE TABLE x (y); DROP TABLE x; VACUUM;")
        data = bytearray(connection.serialize())
    data[20] = reserved
    # Where the content of the first page begins; 0 stands for 65536.
    data[105:107] = ((page_size - reserved) % 65536).to_bytes(2, "big")
    return bytes(data)


@pytest.mark.parametrize(
    ("page_size", "reserved"), [(512, 0), (4096, 0), (65536, 0), (1024, 32)]
)
def test_tables_are_read_as_sqlite_reads_them(
    page_size: int, reserved: int, blank: "Page"
) -> None:
    chance = random.Random(page_size)  # noqa: S311 - the same rows each time
    lengths = [0, 1, 60, 400, 600, 5000, 70_000]
    rows = [
        (
            chance.choice([0, 1, -1, 127, -129, 70_000, -(2**31), 2**40, None]),
            "é" * chance.choice(lengths) + "x" * chance.choice(lengths),
            chance.choice([1.5, -0.25, 3]),
        )
        for _ in range(60)
    ]
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.deserialize(emptied(page_size, reserved))
        connection.execute("CREATE TABLE notes (a, b, c)")
        # A number below zero takes nine bytes where a row has its own.
        insert = "INSERT INTO notes (rowid, a, b, c) VALUES (?, ?, ?, ?)"
        numbered = [(at - 30, *row) for at, row in enumerate(rows)]
        connection.executemany(insert, numbered)
        connection.commit()
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        data = connection.serialize()
    assert (data[16], data[20]) == (page_size // 256 % 256, reserved)
    code = 'return [...database(bytes(value))("notes")].map(([id, ...own]) => own);'
    found = played(blank, ("transfer/sqlite",), READ, code, encoded(data))
    assert [tuple(row) for row in found] == rows


@pytest.mark.parametrize("comment", [b"", b"made by hand", b"PK\5\6" + b"x" * 30])
def test_archives_are_read_whatever_stands_behind_them(
    comment: bytes, blank: "Page"
) -> None:
    files = {"a": b"stored", "b/é": b"deflated" * 100, "c": b""}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for number, (name, data) in enumerate(files.items()):
            entry = zipfile.ZipInfo(name)
            entry.compress_type = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)[number % 2]
            entry.comment = comment
            archive.writestr(entry, data)
        archive.comment = comment.replace(b"PK", b"pk")
    code = """
        const found = [];
        for (const [name, entry] of zipEntries(bytes(value))) {
            found.push([name, new TextDecoder().decode(await unzipped(entry))]);
        }
        return found;
    """
    found = played(blank, ("transfer/zip",), READ, code, encoded(buffer.getvalue()))
    assert {name: text.encode() for name, text in found} == files


def package(**files: bytes) -> str:
    """Return a package of Anki with these files."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in files.items():
            archive.writestr(f"collection.{name}", data)
    return encoded(buffer.getvalue())


def collection(moment: int) -> bytes:
    """Return a collection of Anki with a review of this moment."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript(
            """
            CREATE TABLE notes (
                id INTEGER PRIMARY KEY, guid, mid, mod, usn, tags, flds);
            CREATE TABLE cards (id INTEGER PRIMARY KEY, nid, did, ord);
            CREATE TABLE revlog (id INTEGER PRIMARY KEY, cid, usn, ease);
            INSERT INTO notes VALUES (1, 'g', 11, 0, 0, '', 'late\x1fx');
            INSERT INTO cards VALUES (10, 1, 0, 0);
            """
        )
        connection.execute("INSERT INTO revlog VALUES (?, 10, 0, 3)", [moment])
        connection.commit()
        return connection.serialize()


OLD, LEGACY, NOT_ONE = collection(100), collection(200), b"SQLite format 3\0" * 99
REVIEW = [100, "late", 3, [], "anki"]


@pytest.mark.parametrize(
    ("files", "found"),
    [
        ({"anki2": OLD}, {"rows": [REVIEW]}),
        # What Anki puts there for its oldest versions says only that they are too old.
        ({"anki2": OLD, "anki21": LEGACY}, {"rows": [[200, *REVIEW[1:]]]}),
        ({"anki21": LEGACY, "anki21b": OLD}, {"problem": "anki_new_format"}),
        ({"anki2": NOT_ONE}, {"problem": "anki_broken"}),
        ({"anki2": OLD[:5000]}, {"problem": "anki_broken"}),
        ({"other": OLD}, {"problem": "no_progress"}),
        ({}, {"problem": "no_progress"}),
    ],
)
def test_a_package_of_anki_has_reviews_or_says_why_not(
    files: dict[str, bytes], found: dict[str, object], blank: "Page"
) -> None:
    code = 'return await readFile(new File([bytes(value)], "progress.json"));'
    parts = (*FILES, "transfer/zip", "transfer/sqlite")
    before = START + READ
    assert played(blank, parts, before, WORDS + code, package(**files)) == found


FILES = (*PARTS, "make", "transfer/files")
SHARED = """
    const saved = [];
    const navigator = { canShare: () => true, share: async () => {
        if (value) { throw Object.assign(new Error(), { name: value }); }
    } };
    const matchMedia = () => ({ matches: true });
"""
WORDS = """
    window.triptychPractice(DECK);
    deck.words = new Proxy({}, { get: (_, key) => ({ other: String(key) }) });
    openStore();
""".replace("DECK", json.dumps(DECK))


@pytest.mark.parametrize(
    ("refused", "is_saved", "is_done"),
    [("", False, True), ("AbortError", False, False), ("NotAllowedError", True, True)],
)
def test_who_closes_the_share_sheet_has_no_backup(
    refused: str, *, is_saved: bool, is_done: bool, blank: "Page"
) -> None:
    code = """
        const click = HTMLAnchorElement.prototype.click;
        HTMLAnchorElement.prototype.click = function () { saved.push(this.download); };
        const isDone = await backUp();
        HTMLAnchorElement.prototype.click = click;
        return [saved, isDone];
    """
    found = played(blank, FILES, START + SHARED, WORDS + code, refused)
    assert found == [["d-progress.json"] if is_saved else [], is_done]


def test_what_was_brought_in_is_no_backup_of_what_was_here(blank: "Page") -> None:
    code = """
        record([[1, "late", GOOD, [], "b"], [2, "late", GOOD, [], "b"]]);
        const host = document.createElement("div");
        const rows = [[3, "new", GOOD, [], "c"], [2, "late", GOOD, [], "b"]];
        preview(host, { rows });
        const before = unsaved().count;
        host.querySelector(".primary").click();
        return [before, unsaved().count, store.all.reviews];
    """
    assert played(blank, FILES, START + "const scrollTo = () => 0;", WORDS + code) == [
        2,
        2,
        3,
    ]


@pytest.mark.parametrize(
    ("found", "said"),
    [
        ({"rows": [], "lost": 0}, ["merge_preview", "merge_nothing", "cancel"]),
        (
            {"rows": [[1, "new", 3, [], "c"]], "lost": 2},
            ["merge_preview", "merge_lost", "merge", "cancel"],
        ),
        ({"problem": "newer_progress"}, ["newer_progress", "cancel"]),
        ({"problem": "other_deck", "deck": "e"}, ["other_deck", "cancel"]),
        ({"problem": "anki_broken"}, ["anki_broken", "cancel"]),
    ],
)
def test_a_file_is_described_before_it_is_merged(
    found: dict[str, object], said: list[str], blank: "Page"
) -> None:
    code = """
        const host = document.createElement("div");
        preview(host, value);
        return [...host.querySelectorAll("p:not(.acts), button")].map((one) =>
            one.textContent);
    """
    assert played(blank, FILES, START, WORDS + code, found) == said


PRESSED = """
    const pressed = [];
    const note = (name) => () => { pressed.push(name); };
    const [suspend, undo, endSession] = ["suspend", "undo", "end"].map(note);
    const session = { open: true, queue: ["a"] };
    const page = { dataset: {} };
    const deck = { words: {} };
    document.body.innerHTML = "<p class='grades'></p>";
    const app = document.body;
    [1, 2, 3, 4].forEach((value) => {
        const one = document.createElement("button");
        one.dataset.grade = value;
        one.onclick = note("grade " + value);
        app.append(one);
    });
    let heard;
    const addEventListener = (_, action) => { heard = action; };
"""


@pytest.mark.parametrize(
    ("event", "names"),
    [
        ({"key": "s"}, ["suspend"]),
        ({"key": "u"}, ["undo"]),
        ({"key": "Escape"}, ["end"]),
        ({"key": "s", "ctrlKey": True}, []),
        ({"key": "s", "metaKey": True}, []),
        ({"key": "s", "altKey": True}, []),
        ({"key": "s", "isComposing": True}, []),
        ({"key": "s", "repeat": True}, []),
        ({"key": "constructor"}, []),
        ({"key": "1"}, ["grade 1"]),
        ({"key": " "}, ["grade 3"]),
        ({"key": "Enter", "suggested": 2}, ["grade 2"]),
        ({"key": "s", "on": "textarea"}, []),
        ({"key": "s", "on": "select"}, []),
        ({"key": "s", "on": "dialog"}, []),
        ({"key": "1", "on": "input"}, []),
        ({"key": "1", "on": "input", "type": "checkbox"}, ["grade 1"]),
        ({"key": " ", "on": "input", "type": "checkbox"}, []),
        ({"key": "Enter", "on": "summary"}, []),
        ({"key": " ", "on": "a"}, []),
        ({"key": "s", "on": "button"}, ["suspend"]),
    ],
)
def test_a_key_acts_alone(
    event: dict[str, object], names: list[str], blank: "Page"
) -> None:
    code = """
        const { on = "p", type = "", suggested = 0, ...event } = value;
        const target = Object.assign(document.createElement(on), type && { type });
        app.append(target);
        if (suggested) {
            clickFirst('[data-grade="' + suggested + '"]').dataset.suggested = "";
            pressed.pop();
        }
        heard({ target, preventDefault: () => 0, ...event });
        return pressed;
    """
    assert played(blank, ("practice/keys",), PRESSED, code, event) == names


ASKED = (*PARTS, "make", "practice/card")


def test_follow_ups_take_turns_and_small_cards_have_none(blank: "Page") -> None:
    code = """
        const card = { follow: [["a", "A?", "1"], ["b", "B?", "2"], ["c", "C?", "3"]] };
        const turn = (id) => (followUp(id, card) || { textContent: "" }).textContent;
        const said = [0, 1, 2, 3].map((at) => {
            const text = turn("late").replace("and_then", "");
            record([[at, "late", GOOD, [], "b"]]);
            return text;
        });
        return [said, turn("late/part"), followUp("late", {})];
    """
    found = played(blank, ASKED, START, WORDS + code)
    assert found == [["A?1", "B?2", "C?3", "A?1"], "", None]


CARD = """
    const mock = { round: "r", seed: "s", minutes: 60, part: "end", since: 0, at: 0,
        ids: ["a"], asked: [{ spent: 0, notes: "" }] };
    const deck = { title: "D" };
    const phrase = (key) => key;
"""


def test_a_scorecard_is_a_table_whatever_a_question_says(blank: "Page") -> None:
    row = {"plain": "a | b\nc", "ticked": 1, "points": 2, "minutes": 3, "plan": 4}
    rows = [{**row, "hints": 0, "said": 1, "notes": "# mine"}]
    parts = ("practice/fsrs", "mock/plan", "mock/scorecard")
    code = "return [true, false].map((notes) => asMarkdown(value, value, notes));"
    with_notes, without = played(blank, parts, CARD, code, rows)
    assert "| a \\| b c | 1/2 | 3/4 | 0 | 1 |\n" in without
    assert "- a \\| b c" in without
    assert "# mine" not in without
    assert with_notes.startswith(without.rstrip("\n"))
    assert with_notes.endswith("\n\n## a \\| b c\n\n# mine\n")
