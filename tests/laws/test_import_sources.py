"""Law: a deck shows the words of its source, whatever kind that is of."""

import csv
import json
import re
import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from html import unescape
from itertools import count
from pathlib import Path

import genanki
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.laws.test_imports import HTML, PIECES, words

from triptych.imports import protobuf
from triptych.imports.anki_database import AnkiNote, read_database
from triptych.imports.deck import Import, imported
from triptych.imports.sources import read
from triptych.imports.target import target_of
from triptych.notes.types import Field
from triptych.parse.document import parse
from triptych.typeset.plain import plain
from triptych.values.source import Source

Notes = list[tuple[str, str]]
"""The prompts and answers of a source, which is HTML or Markdown."""
MODEL = genanki.Model(
    1607392321,
    "Two sides",
    fields=[{"name": "Front"}, {"name": "Back"}],
    templates=[{"name": "Card", "qfmt": "{{Front}}", "afmt": "{{Back}}"}],
)
NEXT = count()
"""Numbers of folders: the examples of one test share its folder."""


def as_package(folder: Path, notes: Notes) -> Path:
    deck = genanki.Deck(7, "Deck")
    for number, fields in enumerate(notes):
        deck.add_note(genanki.Note(MODEL, list(fields), guid=f"g{number}"))
    genanki.Package(deck).write_to_file(folder / "deck.apkg", timestamp=1_700_000_000)
    return folder / "deck.apkg"


def as_crowdanki(folder: Path, notes: Notes) -> Path:
    model = {
        "crowdanki_uuid": "u",
        "name": "Two sides",
        "css": "",
        "type": 0,
        "flds": [{"name": "Front", "ord": 0}, {"name": "Back", "ord": 1}],
        "tmpls": [{"name": "C", "ord": 0, "qfmt": "{{Front}}", "afmt": "{{Back}}"}],
    }
    found = [
        {"fields": list(fields), "guid": f"g{number}", "note_model_uuid": "u"}
        for number, fields in enumerate(notes)
    ]
    deck = {"__type__": "Deck", "name": "Deck", "notes": found, "note_models": [model]}
    (folder / "deck.json").write_text(json.dumps(deck), encoding="utf-8")
    return folder


def as_text_export(folder: Path, notes: Notes) -> Path:
    path = folder / "deck.txt"
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write("#separator:tab\n#html:true\n#guid column:1\n")
        rows = ((f"g{number}", *fields) for number, fields in enumerate(notes))
        csv.writer(file, delimiter="\t", lineterminator="\n").writerows(rows)
    return path


def as_ki(folder: Path, notes: Notes) -> Path:
    # A heading begins a field: `ki` cannot hold one in its fields.
    notes = [(front.replace("#", ""), back.replace("#", "")) for front, back in notes]
    texts = [
        f"# Note\n```\nguid: g{number}\nnotetype: Basic\n```\n\n### Tags\n```\n```\n\n"
        f"## Front\n{front}\n\n## Back\n{back}\n\n"
        for number, (front, back) in enumerate(notes)
    ]
    return written(folder, "".join(texts))


def as_table(folder: Path, notes: Notes) -> Path:
    path = folder / "deck.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("front", "back"), *notes])
    return path


def as_pages(folder: Path, notes: Notes) -> Path:
    for number, (front, back) in enumerate(notes):
        text = f"---\ntitle: {json.dumps(front)}\n---\n{back}\n"
        written(folder, text, f"{number}.md")
    return folder


def of_shape(shape: str) -> Callable[[Path, Notes], Path]:
    def write(folder: Path, notes: Notes) -> Path:
        return written(folder, "".join(shape.format(*note) for note in notes))

    return write


def written(folder: Path, text: str, name: str = "deck.md") -> Path:
    (folder / name).write_text(text, encoding="utf-8")
    return folder / name


OF_HTML: Mapping[str, Callable[[Path, Notes], Path]] = {
    "package": as_package,
    "crowdanki": as_crowdanki,
    "text export": as_text_export,
    "ki": as_ki,
}
OF_MARKDOWN: Mapping[str, Callable[[Path, Notes], Path]] = {
    "table": as_table,
    "pages": as_pages,
    "headings": of_shape("## {0}\n\n{1}\n\n"),
    "numbered": of_shape("### Q7: {0}\n**A:** {1}\n\n---\n\n"),
    "details": of_shape("<details>\n<summary>{0}</summary>\n\n{1}\n\n</details>\n\n"),
    "labels": of_shape("Q: {0}\nA: {1}\n\n"),
    "colons": of_shape("- {0}::{1}\n"),
}
MANY = settings(max_examples=15, deadline=None, derandomize=True)


def packed(*values: tuple[int, int | bytes]) -> bytes:
    """Return a message whose fields have these numbers and values."""
    found = bytearray()
    for number, value in values:
        size = value if isinstance(value, int) else len(value)
        found += bytes([number << 3 | 2 * isinstance(value, bytes), size])
        found += value if isinstance(value, bytes) else b""
    return bytes(found)


def in_old_tables(database: sqlite3.Connection) -> None:
    def field(name: str, ord_: int, *, rtl: bool) -> dict[str, object]:
        return {"name": name, "ord": ord_, "rtl": rtl, "id": 10 + ord_}

    def template(name: str, ord_: int) -> dict[str, object]:
        sides = {"qfmt": f"front {name}", "afmt": f"back {name}"}
        return {"name": name, "ord": ord_, "id": 20 + ord_, **sides}

    country = {
        "id": 7,
        "name": "Country",
        "type": 0,
        "sortf": 1,
        "mod": 3,
        "css": "a {}",
        # Their order is that of their numbers.
        "flds": [field("Capital", 1, rtl=True), field("Name", 0, rtl=True)],
        "tmpls": [template("Two", 1), template("One", 0)],
    }
    gap = {
        "id": 8,
        "name": "Gap",
        "type": 1,
        "sortf": 0,
        "mod": 4,
        "css": "",
        "flds": [field("Text", 0, rtl=True), field("More", 1, rtl=False)],
        "tmpls": [template("Gap", 0)],
    }
    decks = {
        "1": {"name": "Default", "desc": ""},
        "2": {"name": "World::Europe", "desc": "About it"},
        "9": {"name": "Filtered", "desc": ""},
    }
    database.execute("CREATE TABLE col (models TEXT, decks TEXT)")
    rows = json.dumps({"7": country, "8": gap}), json.dumps(decks)
    database.execute("INSERT INTO col VALUES (?, ?)", rows)


def in_new_tables(database: sqlite3.Connection) -> None:
    database.executescript(
        "CREATE TABLE notetypes (id, name COLLATE unicase, mtime_secs, config);"
        "CREATE TABLE fields (ntid, ord, name COLLATE unicase, config);"
        "CREATE TABLE templates (ntid, ord, name COLLATE unicase, config);"
        "CREATE TABLE decks (id, name COLLATE unicase, kind)"
    )
    types = [
        (7, "Country", 3, packed((1, 0), (2, 1), (3, b"a {}"))),
        (8, "Gap", 4, packed((1, 1), (2, 0))),
    ]
    fields = [
        (7, 1, "Capital", packed((2, 1), (9, 11))),
        (7, 0, "Name", packed((2, 1), (9, 10))),
        (8, 0, "Text", packed((2, 1), (9, 10))),
        (8, 1, "More", packed((2, 0), (9, 11))),
    ]
    templates = [
        (type_, ord_, name, packed((1, f"front {name}".encode()), *more))
        for type_, ord_, name in ((7, 1, "Two"), (7, 0, "One"), (8, 0, "Gap"))
        for more in [((2, f"back {name}".encode()), (8, 20 + ord_))]
    ]
    decks = [
        (1, "Default", packed((1, packed((4, b""))))),
        (2, "World\x1fEurope", packed((1, packed((4, b"About it"))))),
        (9, "Filtered", packed((2, b""))),
    ]
    for table, rows in (
        ("notetypes", types),
        ("fields", fields),
        ("templates", templates),
        ("decks", decks),
    ):
        marks = ", ".join("?" * len(rows[0]))
        database.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)  # noqa: S608 - our own


@pytest.mark.parametrize("tables", [in_old_tables, in_new_tables])
def test_a_collection_says_the_same_in_old_and_new_tables(
    tables: Callable[[sqlite3.Connection], None],
) -> None:
    with closing(sqlite3.connect(":memory:")) as database:
        database.create_collation("unicase", lambda a, b: (a > b) - (a < b))
        tables(database)
        database.executescript(
            "CREATE TABLE notes (id, guid, mid, mod, tags, flds);"
            "CREATE TABLE cards (nid, did, odid, due, type)"
        )
        database.executemany(
            "INSERT INTO notes VALUES (?, ?, ?, ?, ?, ?)",
            [
                (1, "g1", 7, 5, " south leech ", "Peru\x1fLima"),
                (2, "g2", 8, 6, "", "{{c1::It}} {{c2::is}}\x1f"),
                (3, "g3", 7, 5, "", "Chile\x1f"),
            ],
        )
        database.executemany(
            "INSERT INTO cards VALUES (?, ?, ?, ?, ?)",
            [
                (1, 1, 0, 9, 0),
                # They lie in a filtered deck, and one of them is not new any more.
                (2, 9, 2, 3, 0),
                (2, 9, 2, 4, 0),
                (3, 2, 0, 5000, 2),
            ],
        )
        database.commit()
        data = bytes(database.serialize())
    # As a collection in which a log of changes is written ahead.
    found = read_database(data[:18] + b"\2\2" + data[20:])
    country, gap = found.types[7].type, found.types[8].type
    assert (found.types[7].mod, found.types[8].mod) == (3, 4)
    assert (country.name, country.cloze) == ("Country", False)
    assert country.sort_field == "Capital"
    assert country.fields == (Field(10, "Name"), Field(11, "Capital"))
    assert [(t.id, t.name, t.front, t.back) for t in country.templates] == [
        (20, "One", "front One", "back One"),
        (21, "Two", "front Two", "back Two"),
    ]
    assert (country.css, country.right_to_left) == ("a {}", True)
    assert (gap.cloze, gap.sort_field, gap.css, gap.right_to_left) == (
        *(True, "Text", "", False),
    )
    assert found.descriptions["World::Europe"] == "About it"
    # New cards are in the order in which they are learned, after all others.
    assert found.notes == (
        AnkiNote("g3", 7, 5, (), ("Chile", ""), "World::Europe", 1),
        AnkiNote(
            *("g2", 8, 6, (), ("{{c1::It}} {{c2::is}}", ""), "World::Europe", 2),
        ),
        AnkiNote("g1", 7, 5, ("south", "leech"), ("Peru", "Lima"), "Default", 1),
    )


def test_a_message_is_read_as_its_format_says() -> None:
    assert protobuf.message(
        b"\x09" + b"8" * 8 + b"\x15" + b"4" * 4 + b"\x18\x80\x01"
    ) == {
        1: [b"8" * 8],
        2: [b"4" * 4],
        3: [128],
    }
    twice = protobuf.message(packed((1, 1), (1, 2), (2, b"a"), (2, b"b")))
    numbers = [protobuf.number(twice, field) for field in (1, 3)]
    assert (numbers, protobuf.text(twice, 2)) == ([2, 0], "b")
    for damaged in (b"\x0a\x05ab", b"\x08" + b"\xff" * 10 + b"\1", b"\x0b", b"\x08"):
        with pytest.raises(ValueError, match=r"a (field|number)"):
            protobuf.message(damaged)


@pytest.mark.parametrize("kind", OF_HTML)
@MANY
@example([("<code>1\n`</code>", "b")])
@example([("a", "1. x<br>2. y<pre>z\n\n# t</pre>"), *(("b", "c") for _ in range(8))])
@given(notes=st.lists(st.tuples(PIECES, HTML), min_size=1, max_size=8))
def test_notes_of_anki_show_the_same_words(
    tmp_path_factory: pytest.TempPathFactory, kind: str, notes: Notes
) -> None:
    # A prompt without words shows the answer, or the GUID; backslashes begin formulas.
    asked = [
        (f"What {n}? {front}".replace("\\", ""), back.replace("\\", ""))
        for n, (front, back) in enumerate(notes)
    ]
    folder = new_folder(tmp_path_factory)
    made = result(OF_HTML[kind](folder, asked), folder)
    expected = [(of_html(front), of_html(back)) for front, back in asked]
    if kind == "ki":
        expected = [
            (one.replace("#", ""), two.replace("#", "")) for one, two in expected
        ]
    assert shown(made) == sorted(expected)


LINE = st.text("ab ,'é中", min_size=1, max_size=20).map(" ".join)
LINES = st.builds("{} **{}** `{}`".format, LINE, st.just("bold"), st.just("a < b"))


@pytest.mark.parametrize("kind", OF_MARKDOWN)
@MANY
@given(notes=st.lists(st.tuples(LINE, LINE | LINES), min_size=1, max_size=8))
def test_markdown_in_every_shape_shows_the_same_words(
    tmp_path_factory: pytest.TempPathFactory, kind: str, notes: Notes
) -> None:
    asked = [
        (f"What {n} {' '.join(front.split())}?", f"It is {' '.join(back.split())}")
        for n, (front, back) in enumerate(notes)
    ]
    folder = new_folder(tmp_path_factory)
    made = result(OF_MARKDOWN[kind](folder, asked), folder)
    expected = [(words(front), of_line(back)) for front, back in asked]
    assert shown(made) == sorted(expected)


def new_folder(factory: pytest.TempPathFactory) -> Path:
    folder = factory.getbasetemp() / f"source-{next(NEXT)}"
    folder.mkdir()
    return folder


def result(source: Path, folder: Path) -> Import:
    return imported(read(source), target_of(folder / "content"))


def of_html(html: str) -> str:
    return words(unescape(re.sub(r"<[^>]*>", "", html)))


def of_line(markdown: str) -> str:
    return words(re.sub(r"\*\*|`", "", markdown))


def shown(made: Import) -> Notes:
    """Return what the files of an import show: prompts and answers, sorted."""
    found: Notes = []
    for file in made.made.files:
        document = parse(Source(file.path, file.text))
        prose = document.prose
        answer = plain(prose.get("summary", ())) + plain(document.tokens)
        found.append((words(plain(prose.get("question", ()))), words(answer)))
    for table in made.made.tables:
        for card in parse(Source(table.path, table.text)).layers.cards:
            found.append((words(plain((card.heading,))), words(plain(card.tokens))))
    return sorted(found)
