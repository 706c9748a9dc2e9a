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


@pytest.mark.parametrize("page_size", [512, 4096, 65536])
def test_tables_are_read_as_sqlite_reads_them(page_size: int, blank: "Page") -> None:
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
        connection.execute(f"PRAGMA page_size = {page_size}")
        connection.execute("CREATE TABLE notes (a, b, c)")
        connection.executemany("INSERT INTO notes VALUES (?, ?, ?)", rows)
        connection.commit()
        data = connection.serialize()
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
            archive.writestr(
                name, data, (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)[number % 2]
            )
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


PRESSED = """
    const pressed = [];
    const note = (name) => () => { pressed.push(name); };
    const [suspend, undo, endSession] = ["suspend", "undo", "end"].map(note);
    const session = { open: true, queue: ["a"] };
    const page = { dataset: {} };
    const deck = { words: {} };
    const app = document.body;
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
    ],
)
def test_a_key_acts_alone(
    event: dict[str, object], names: list[str], blank: "Page"
) -> None:
    code = """
        heard({ target: document.body, preventDefault: () => 0, ...value });
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
