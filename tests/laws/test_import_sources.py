"""Law: a deck shows the words of its source, whatever kind that is of."""

import csv
import json
import re
from collections.abc import Callable, Mapping
from html import unescape
from itertools import count
from pathlib import Path

import genanki
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.laws.test_imports import HTML, PIECES, words

from triptych.imports.deck import Import, imported
from triptych.imports.sources import read
from triptych.imports.target import target_of
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
