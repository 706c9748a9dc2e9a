"""``triptych import`` again: what a source is known by, and what a person changed."""

import csv
import io
import json
import re
import unicodedata
from dataclasses import replace
from pathlib import Path, PurePosixPath

import pytest
from tests.cases import write_deck
from tests.genanki_deck import NOTES, package
from tests.ledgers import LEDGER
from tests.test_import import (
    FROM_ANKI,
    NAMES,
    WORDS,
    body,
    documents,
    imported,
    planned,
    run,
    written,
)

from triptych.deck.imported import Imported, digest, dump
from triptych.deck.project import open_project
from triptych.dialect.sizes import MAX_FILE_BYTES
from triptych.imports.card_tables import table_of
from triptych.imports.existing_deck import (
    Present,
    documents_of,
    existing_deck,
    moved,
    present_notes,
)
from triptych.imports.files import (
    ExistingDeck,
    MadeDeck,
    MadeFile,
    file_text,
    made_deck,
)
from triptych.imports.found import Collection, FoundNote, LeftOut
from triptych.imports.identity import earlier, keyed
from triptych.imports.stamps import may_stamp
from triptych.imports.table_rows import cells_of, present_table, row_digest
from triptych.imports.update import changes
from triptych.ledger.lock import Ledger, Released
from triptych.notes.names import TASKS, guid
from triptych.typeset.plain import plain
from triptych.values.meta import NO_ORIGIN, Origin

ONE = PurePosixPath("t/one.md")
TABLE_OF_OURS, OTHER_TABLE = ONE.with_name("cards.csv"), ONE.with_name("cards.tsv")


@pytest.fixture(scope="module")
def theirs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("theirs")
    package(folder)
    return folder / "geo.apkg"


def asked(*pairs: tuple[str, str]) -> str:
    return "".join(f"## What is {name}?\n{answer}\n" for name, answer in pairs)


def test_a_source_of_the_same_name_elsewhere_is_another(tmp_path: Path) -> None:
    one = written(
        tmp_path, asked(("git", "A tool."), ("a shell", "A program.")), "README.md"
    )
    (tmp_path / "b").mkdir()
    text = asked(("git", "A word."), ("tea", "A drink."))
    other = written(tmp_path / "b", text, "README.md")
    content = imported(tmp_path, one)
    before = {path: path.read_bytes() for path in content.glob("*/*.md")}
    again = run("import", other, "--content", content)
    assert "2 new files, 0 updated" in again.output
    assert (
        "another source than ../from/README.md, though 1 question of both begin alike"
        in again.output
    )
    assert {path: path.read_bytes() for path in before} == before
    assert {body(document) for document in documents(content).values()} >= {
        "A tool.",
        "A word.",
    }
    third = run("import", one, "--content", content)
    assert "0 new files, 0 updated, 2 unchanged" in third.output


def test_a_source_that_was_moved_goes_on(tmp_path: Path) -> None:
    pairs = [(name, f"It is {name}.") for name in NAMES]
    content = imported(tmp_path, written(tmp_path, asked(*pairs), "README.md"))
    moved = tmp_path / "elsewhere" / "QUESTIONS.md"
    moved.parent.mkdir()
    moved.write_text(asked(*pairs[:-1], ("f6", "New.")).replace("It is a1", "Now a1"))
    again = run("import", moved, "--content", content)
    assert "goes on with the import of ../from/README.md: 4 notes of it" in again.output
    assert "1 new file, 1 updated, 3 unchanged" in again.output
    assert "1 file no longer in the source" in again.output
    third = run("import", moved, "--content", content)
    assert (
        "goes on with the import of ../elsewhere/QUESTIONS.md: 5 notes" in third.output
    )
    assert "1 file no longer in the source" in third.output


def test_a_package_under_another_name_is_the_same(tmp_path: Path, theirs: Path) -> None:
    content = imported(tmp_path, theirs)
    before = (content / "deck.lock").read_bytes()
    renamed = tmp_path / "deck (1).apkg"
    renamed.write_bytes(theirs.read_bytes())
    again = run("import", renamed, "--content", content)
    assert "0 new files, 0 updated" in again.output
    assert f"geo.apkg: {len(NOTES)} notes of it" in again.output
    assert (content / "deck.lock").read_bytes() == before
    # A text export of the same notes holds no note types: it must not take them away.
    lines = "".join(f"{guid}\tx\ty\n" for _, _, guid, *_ in NOTES if '"' not in guid)
    text = written(tmp_path, f"#separator:tab\n#guid column:1\n{lines}", "notes.txt")
    texts = {path: path.read_bytes() for path in content.glob("*/*.*")}
    result = run("import", text, "--content", content)
    assert "the deck has them with a note type of Anki" in result.output
    assert "no longer in the source" not in result.output
    assert {path: path.read_bytes() for path in content.glob("*/*.*")} == texts


def test_a_note_that_the_deck_has_is_not_added(tmp_path: Path) -> None:
    content = imported(tmp_path, written(tmp_path, asked(("a", "b"), ("c", "d"))))
    guid = next(iter(planned(content)))
    text = FROM_ANKI.replace("abc$1", guid)
    result = run("import", written(tmp_path, text, "anki.txt"), "--content", content)
    assert "  notes: the deck has them as notes of its own" in result.output
    assert len(planned(content)) == 2 + 1


def test_a_file_that_was_moved_is_updated_where_it_is(tmp_path: Path) -> None:
    source = written(tmp_path, FROM_ANKI, "anki.txt")
    content = imported(tmp_path, source)
    (content / "other").mkdir()
    place = (content / "sub" / "x-y.md").rename(content / "other" / "x-y.md")
    source.write_text(FROM_ANKI.replace("two", "three"))
    again = run("import", source, "--content", content)
    assert "0 new files, 1 updated" in again.output
    assert "**three**" in place.read_text()
    assert not (content / "sub" / "x-y.md").exists()


def test_a_row_that_a_person_changed_keeps_no_other_from_updates(
    tmp_path: Path,
) -> None:
    source = written(tmp_path, WORDS, "colours.csv")
    content = imported(tmp_path, source)
    table = content / "colours" / "cards.csv"
    text = table.read_text().replace("blue\n", "my blue\n")
    text = text.replace("green\n", "my green\n") + "mine,Mine?,Yes\n"
    table.write_text(text)
    changed = WORDS.replace('"red\n', '"rot\n').replace('"blue\n', '"blau\n')
    source.write_text(changed.replace("white", "ivory") + "grey,a mix,\n")
    again = run("import", source, "--content", content)
    assert "0 new files, 1 updated, 0 unchanged" in again.output
    assert "colours/cards.csv#blue-too" in again.output
    assert "1 file changed here, and kept: colours/cards.csv#green-too" in again.output
    (colours,) = documents(content).values()
    answers = {
        card.slug: plain(card.tokens).partition(" of ")[0]
        for card in colours.layers.cards
    }
    assert answers == {
        "red-too": "rot",
        "blue-too": "my blue",
        "green-too": "my green",
        "black-too": "black",
        "white-too": "white",
        "ivory-too": "ivory",
        "pink-too": "pink",
        "grey": "a mix",
        "mine": "Yes",
    }
    before = table.read_bytes()
    third = run("import", source, "--content", content)
    assert "0 new files, 0 updated, 1 unchanged" in third.output
    assert table.read_bytes() == before


def test_rows_and_tables_that_a_person_deleted_stay_away(tmp_path: Path) -> None:
    source = written(tmp_path, WORDS, "colours.csv")
    content = imported(tmp_path, source)
    table = content / "colours" / "cards.csv"
    before = table.read_text()
    table.write_text(before.replace("pink-too,", "other,"))
    again = run("import", source, "--content", content)
    assert "1 file deleted here" in again.output
    assert "colours/cards.csv#pink-too" in again.output
    table.unlink()
    source.write_text(WORDS + "grey,a mix,\n")
    third = run("import", source, "--content", content)
    assert "1 new file" in third.output
    assert not table.exists()


def test_two_note_types_of_one_name_are_two(
    tmp_path: Path, theirs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = imported(tmp_path, theirs)
    kept = {p: p.read_bytes() for p in content.glob("note-types/*/*")}
    model = {
        "crowdanki_uuid": "other",
        "name": "My Basic",
        "css": "",
        "flds": [{"name": "Q", "ord": 0}, {"name": "A", "ord": 1}],
        "tmpls": [{"name": "C", "ord": 0, "qfmt": "{{Q}}", "afmt": "{{A}}"}],
    }
    note = {"fields": ["Who?", "I"], "guid": "o1", "note_model_uuid": "other"}
    deck = {"name": "Other", "notes": [note], "note_models": [model]}
    source = written(tmp_path, json.dumps(deck), "deck.json")
    run("import", source, "--content", content)
    assert {path: path.read_bytes() for path in kept} == kept
    assert "My Basic" in (content / "note-types/my-basic-2/type.toml").read_text()
    assert planned(content)["o1"].type == "my-basic-2"
    again = run("import", source, "--content", content)
    assert "0 new files, 0 updated" in again.output
    # A second release compares each with itself.
    for day in (1, 2):
        # Two releases of one second would need a confirmation.
        now = 1_900_000_000 + day * 86_400
        monkeypatch.setattr("triptych.clock.now", lambda now=now: now)
        released = run("release", "--content", content, "--dist", tmp_path / "dist")
        assert "released 1." in released.output, released.output


def test_rows_are_written_among_others() -> None:
    text = '# id: x\n_mine;id;prompt;answer\nnote;a;A?;"1; 2"\n;b;B?;two\n'
    table = present_table(PurePosixPath("t/cards.csv"), text)
    changed = {
        "b": {"id": "b", "prompt": "B?", "answer": "zwei", "tags": "t"},
        "c": {"id": "c", "prompt": "C?"},
    }
    assert table.with_rows(changed, ["c", "a", "b"]) == (
        "# id: x\n_mine;id;prompt;answer;tags\n;c;C?;;\n"
        'note;a;A?;"1; 2";\n;b;B?;zwei;t\n'
    )
    assert table.with_rows({}, []) == text


def test_a_table_keeps_the_line_ends_of_a_spreadsheet(tmp_path: Path) -> None:
    source = written(tmp_path, WORDS, "colours.csv")
    content = imported(tmp_path, source)
    table = content / "colours" / "cards.csv"
    before = b"\xef\xbb\xbf" + table.read_bytes().replace(b"\n", b"\r\n")
    table.write_bytes(before)
    source.write_text(WORDS.replace('"pink\n', '"rosa\n'))
    again = run("import", source, "--content", content)
    assert "0 new files, 1 updated" in again.output
    assert table.read_bytes() == before.replace(b'"pink\r', b'"rosa\r')


def test_an_update_keeps_the_columns_of_a_person(tmp_path: Path) -> None:
    source = written(tmp_path, WORDS, "colours.csv")
    content = imported(tmp_path, source)
    table = content / "colours" / "cards.csv"
    above, start, rows = table.read_text().partition("id,")
    header, *cells = csv.reader(io.StringIO(start + rows))
    out = io.StringIO(above)
    out.seek(0, io.SEEK_END)
    lines = [[*row, f"mine {n}"] for n, row in enumerate(cells)]
    csv.writer(out, lineterminator="\n").writerows([[*header, "_mine"], *lines])
    table.write_text(out.getvalue())
    source.write_text(WORDS.replace('"pink\n', '"rosa\n'))
    assert "1 updated" in run("import", source, "--content", content).output
    written_rows = table.read_text().removeprefix(above)
    found = list(csv.DictReader(io.StringIO(written_rows)))
    assert [row["_mine"] for row in found] == [f"mine {n}" for n in range(len(cells))]
    assert found[-1]["answer"].startswith("rosa")


def test_a_table_that_is_not_utf8_stays_as_it_is(tmp_path: Path) -> None:
    source = written(tmp_path, WORDS, "colours.csv")
    content = imported(tmp_path, source)
    table = content / "colours" / "cards.csv"
    before = table.read_bytes().replace(b"black", b"bl\xe9ck")
    table.write_bytes(before)
    source.write_text(WORDS.replace('"pink\n', '"rosa\n'))
    again = run("import", source, "--content", content)
    assert again.exception is None
    assert "1 file changed here and by the source, too" in again.output
    assert table.read_bytes() == before


def drawing(size: int) -> bytes:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{size}" height="9"/>'.encode()
    )


def shown(content: Path) -> dict[str, bytes]:
    """Return the picture that each question shows, by its prompt."""
    found = {}
    for document in documents(content).values():
        names = re.findall(r"media/[\w.-]+", document.source.text)
        prompt = document.front_matter.text("question")
        found[prompt] = (content / names[0]).read_bytes()
    return found


def test_each_note_shows_the_picture_of_its_source(tmp_path: Path) -> None:
    folders = {size: tmp_path / str(size) for size in (7, 8)}
    sources = {}
    for size, folder in folders.items():
        text = f"## What is {size}?\n![x](img.svg) `(media/img.svg)`\n"
        sources[size] = written(folder, text)
        sources[size].with_name("img.svg").write_bytes(drawing(size))
        content = imported(tmp_path, sources[size])
    assert shown(content) == {f"What is {size}?": drawing(size) for size in folders}
    assert "`(media/img.svg)`" in documents(content)["8"].source.text
    sources[8].with_name("img.svg").write_bytes(drawing(88))
    again = run("import", sources[8], "--content", content)
    assert "0 new files, 1 updated, 1 unchanged" in again.output
    assert shown(content) == {"What is 7?": drawing(7), "What is 8?": drawing(88)}
    first = run("import", sources[7], "--content", content)
    assert "0 new files, 0 updated, 2 unchanged" in first.output


def test_a_picture_that_gets_another_name_takes_that_of_no_other(
    tmp_path: Path,
) -> None:
    """The deck has another `img.svg`, and the source an `img-2.svg` besides."""
    first = written(tmp_path / "1", "## What is 7?\n![x](img.svg)\n")
    first.with_name("img.svg").write_bytes(drawing(7))
    imported(tmp_path, first)
    text = "## What is 8?\n![x](img.svg)\n\n## What is 9?\n![x](img-2.svg)\n"
    second = written(tmp_path / "2", text)
    second.with_name("img.svg").write_bytes(drawing(8))
    second.with_name("img-2.svg").write_bytes(drawing(9))
    content = imported(tmp_path, second)
    assert shown(content) == {f"What is {n}?": drawing(n) for n in (7, 8, 9)}


def test_fields_and_templates_show_the_pictures_of_their_source(
    tmp_path: Path,
) -> None:
    for size in (7, 8):
        model = {
            "crowdanki_uuid": f"u{size}",
            "name": "Shown",
            "css": "",
            "flds": [{"name": name, "ord": n} for n, name in enumerate("QAE")],
            "tmpls": [
                {
                    "name": "C",
                    "ord": 0,
                    "qfmt": "{{Q}}<img src=_logo.svg>",
                    "afmt": "{{A}}",
                }
            ],
        }
        fields = [f"Who {size}?", "I", '<img src="img.svg"> [sound:img.svg]']
        note = {"fields": fields, "guid": f"g{size}", "note_model_uuid": f"u{size}"}
        deck = {"name": "D", "notes": [note], "note_models": [model]}
        source = written(tmp_path / str(size), json.dumps(deck), "deck.json")
        (source.parent / "media").mkdir()
        for name in ("img.svg", "_logo.svg"):
            (source.parent / "media" / name).write_bytes(drawing(size))
        content = imported(tmp_path, source)
    found = {d.meta.origin.guid: d.meta.origin for d in documents(content).values()}
    assert found["g7"].fields["E"] == '<img src="img.svg"> [sound:img.svg]'
    assert found["g8"].fields["E"] == '<img src="img-2.svg"> [sound:img-2.svg]'
    assert (content / "media" / "img-2.svg").read_bytes() == drawing(8)
    front = (content / "note-types/shown-2/1-front.html").read_text()
    assert front == "{{Q}}<img src=_logo-2.svg>"
    logo = (content / "note-types/shown-2/_logo-2.svg").read_bytes()
    assert b'width="8"' in logo
    again = run("import", source, "--content", content)
    assert "0 new files, 0 updated" in again.output


def test_notes_keep_the_note_types_that_a_source_has_no_ids_of(
    tmp_path: Path, theirs: Path
) -> None:
    """A package first, and then its notes in a folder of CrowdAnki."""
    content = imported(tmp_path, theirs)
    kept = sorted(content.glob("note-types/*/*"))
    model = {
        "crowdanki_uuid": "u",
        "name": "My Basic",
        "css": "",
        "flds": [
            {"name": n, "ord": i} for i, n in enumerate(("Front", "Back", "Extra"))
        ],
        "tmpls": [{"name": "C", "ord": 0, "qfmt": "{{Front}}", "afmt": "{{Back}}"}],
    }
    note = {"fields": ["Now?", "Yes", ""], "guid": "g-2", "note_model_uuid": "u"}
    deck = {"name": "Geo", "notes": [note], "note_models": [model]}
    source = written(tmp_path, json.dumps(deck), "deck.json")
    result = run("import", source, "--content", content)
    assert "0 new files, 1 updated" in result.output
    assert sorted(content.glob("note-types/*/*")) == kept
    assert planned(content)["g-2"].type == "my-basic"
    assert "Yes" in planned(content)["g-2"].fields["Back"]


def test_a_question_below_another_heading_is_the_same(tmp_path: Path) -> None:
    text = "# Course\n\n# Shells\n\n" + asked(("bash", "A shell."), ("zsh", "Another."))
    source = written(tmp_path, text, "README.md")
    content = imported(tmp_path, source)
    source.write_text(text.replace("# Shells", "# All shells"))
    again = run("import", source, "--content", content)
    assert "0 new files, 0 updated, 2 unchanged" in again.output
    source.write_text(text.replace("# Shells", "# All shells").replace("A sh", "No sh"))
    third = run("import", source, "--content", content)
    assert "0 new files, 1 updated, 1 unchanged" in third.output


def test_a_part_of_a_source_is_no_other_one(tmp_path: Path) -> None:
    pairs = [(name, f"It is {name}.") for name in NAMES]
    whole = written(tmp_path, asked(*pairs), "README.md")
    content = imported(tmp_path, whole)
    part = written(tmp_path, asked(*pairs[:2]), "part.md")
    again = run("import", part, "--content", content)
    assert "0 new files, 0 updated, 2 unchanged" in again.output
    assert "no longer in the source" not in again.output
    third = run("import", whole, "--content", content)
    assert "0 new files, 0 updated, 5 unchanged" in third.output


def test_a_source_that_asks_the_same_and_answers_otherwise_is_another(
    tmp_path: Path,
) -> None:
    one = written(tmp_path, asked(("git", "A tool."), ("tea", "A drink.")), "a.md")
    content = imported(tmp_path, one)
    other = written(tmp_path, asked(("git", "A word."), ("tea", "A meal.")), "b.md")
    again = run("import", other, "--content", content)
    assert "2 new files, 0 updated" in again.output
    assert "though 2 questions of both begin alike" in again.output


def test_of_notes_with_one_guid_the_first_is_kept_and_the_others_are_named() -> None:
    guids = ("", "g", "", "g", "h")
    notes = [
        FoundNote("What?", f"A{n}", f"line {n}", guid=g) for n, g in enumerate(guids)
    ]
    left_out: list[LeftOut] = []
    kept = list(keyed(notes, left_out))
    assert [note.answer for note in kept] == ["A0", "A1", "A2", "A4"]
    assert len({note.key for note in kept}) == len(kept)
    assert [lost.place for lost in left_out] == ["line 3"]


def test_a_source_goes_on_with_its_own_file_and_leaves_the_like_of_others() -> None:
    (note,) = keyed([FoundNote("What?", "This.", "line 1")], [])
    rows = [
        Imported(f"t/{source}.md", source, note.key, "digest", note.said)
        for source in "abcdef"
    ]
    record = {row.file: row for row in rows}
    assert dict(earlier([note], "a", record).record) == record
    moved = earlier([note], "g", record).record
    assert "".join(moved[row.file].source for row in rows) == "gbcdef"


def test_notes_that_say_the_same_are_known_one_by_one_after_a_crash() -> None:
    note = FoundNote("What?", "This.", "line 1", topic="T", id="a")
    collection = Collection("s", "a list", "S", (note, note))
    paths = [PurePosixPath("t/a.md"), PurePosixPath("t/a-2.md")]
    files = {path: file_text(note, path.stem) for path in paths}
    ids = frozenset(path.stem for path in paths)
    cards = {path: row_digest(cells_of(note, path.stem)) for path in paths}
    for existing in (ExistingDeck(ids, unrecorded=files), ExistingDeck(cards=cards)):
        assert [file.path for file in made_deck(collection, existing).files] == paths


def test_a_file_that_no_record_has_is_that_of_a_person(tmp_path: Path) -> None:
    path = PurePosixPath("note-types/x/style.css")
    (tmp_path / path).parent.mkdir(parents=True)
    (tmp_path / path).write_bytes(b"mine")
    found = changes(tmp_path, MadeDeck((), {}, {}, others={path: b"new"}), "s", {})
    assert (found.theirs, found.edited, found.updated) == ([path], [], {})


def test_a_table_that_is_too_long_to_be_read_is_not_cut(tmp_path: Path) -> None:
    note = FoundNote("What?", "This.", "line 1", topic="T", id="a", is_plain=True)
    file = MadeFile("a", PurePosixPath("t/a.md"), "", note)
    made = MadeDeck((), {}, {}, tables=(table_of("t", "cards", "", [file]),))
    (tmp_path / "t").mkdir()
    long = "id,prompt,answer\n" + f"b,{'x' * 1000},y\n" * (MAX_FILE_BYTES // 1000)
    (tmp_path / "t/cards.csv").write_text(long)
    found = changes(tmp_path, made, "s", {})
    assert (found.updated, found.theirs) == ({}, [PurePosixPath("t/cards.csv")])


def test_an_import_takes_no_id_that_the_deck_has_or_had(tmp_path: Path) -> None:
    text = "=== t/b.md\n---\nquestion: Q?\naliases: [old]\n---\nA.\n"
    text += "=== u/cards.tsv\nid\tprompt\nc\tC\n"
    project = open_project(write_deck(tmp_path, text))
    places = {"key": PurePosixPath("t/deleted.md")}
    existing = existing_deck(project, documents_of(project), {}, places)
    assert {"b", "old", "deleted"} < existing.ids
    # Only a `cards.csv` is a table that an import could have written.
    assert existing.tables == {}


def test_a_row_is_the_same_whatever_the_order_and_the_spaces_of_its_cells() -> None:
    before = row_digest({"id": "a", "prompt": "x"})
    assert row_digest({"prompt": " x ", "hint": " ", "id": "a"}) == before
    assert row_digest({"prompt": "x y", "id": "a"}) != before


def test_a_row_holds_no_character_that_no_file_may_have() -> None:
    note = FoundNote(
        "What\x07 is\nit?", "\nThis.\x07\n\nThat.\n", "1", hints=("So", "so")
    )
    assert cells_of(note, "it") == {
        "id": "it",
        "prompt": "What\ufffd is it?",
        "answer": "This.\ufffd\n\nThat.",
        "hint": "So so",
    }


def test_of_two_rows_with_one_id_the_first_counts_and_both_stay() -> None:
    table = present_table(TABLE_OF_OURS, "id,prompt\na,first\na,second\n")
    assert table.rows == {"a": {"id": "a", "prompt": "first"}}
    written = unicodedata.normalize("NFD", "größe")
    assert "größe" in present_table(TABLE_OF_OURS, f"id,prompt\n{written},x\n").rows
    changed = {"a": {"id": "a", "prompt": "new"}}
    assert table.with_rows(changed, ["a"]) == "id,prompt\na,new\na,second\n"
    # The last line of a file may have no end.
    table = present_table(TABLE_OF_OURS, "id,prompt\na,first")
    assert table.with_rows(changed, ["a"]) == "id,prompt\na,new\n"


@pytest.mark.parametrize(
    ("guid", "keys"), [("g2", {"g1"}), ("", {": What?"})], ids=["guids", "prompts"]
)
def test_words_that_came_before_make_no_other_note_of_one(
    guid: str, keys: set[str]
) -> None:
    """A note with its own GUID, or one that is still there, keeps its place."""
    (before,) = keyed([FoundNote("What?", "This.", "1", guid=guid and "g1")], [])
    row = Imported("t/a.md", "s", before.key, "digest", before.said)
    again = [FoundNote("What?", "This.", "1", topic="T", guid=guid)]
    again += [FoundNote("What?", "That.", "2")] if not guid else []
    found = earlier(list(keyed(again, [])), "s", {row.file: row}).record
    assert {row.key for row in found.values()} == keys


def test_a_note_with_a_guid_goes_on_from_a_source_that_is_another() -> None:
    notes = [FoundNote(f"{n}?", "A.", f"{n}", guid=f"g{n}") for n in range(9)]
    rows = [Imported(f"t/{n}.md", "big", f"g{n}", "d", "said") for n in range(8, 16)]
    found = earlier(list(keyed(notes, [])), "s", {row.file: row for row in rows})
    ours = [row.file for row in found.record.values() if row.source == "s"]
    assert ours == ["t/8.md"]


def test_a_record_is_written_in_the_order_of_its_paths() -> None:
    rows = [Imported(f"t/{name}.md", "s", name, "digest", "said") for name in "ab"]
    assert dump(reversed(rows)) == dump(rows)


def test_a_picture_of_two_sources_stays_that_of_the_first(tmp_path: Path) -> None:
    path = PurePosixPath("media/a.svg")
    (tmp_path / "media").mkdir()
    (tmp_path / path).write_bytes(b"<svg/>")
    row = Imported(str(path), "one", str(path), digest(b"<svg/>"))
    made = MadeDeck((), {}, {path: lambda: b"<svg/>"})
    found = changes(tmp_path, made, "two", {str(path): row})
    assert (found.record, found.unchanged) == ({str(path): row}, [path])
    assert found.new | found.updated == {}


@pytest.mark.parametrize(
    ("there", "note_type", "why"),
    [
        (Present(ONE, "", Origin("g"), is_released=True), "", ""),
        (Present(ONE, "", NO_ORIGIN, is_released=True), "", "as notes of its own"),
        (Present(TABLE_OF_OURS, "a", Origin("g"), is_released=True), "", ""),
        (Present(OTHER_TABLE, "a", Origin("g"), is_released=False), "", "of yours"),
        (Present(ONE, "", Origin("g", "x"), is_released=False), "", "does not hold"),
        (Present(ONE, "", Origin("g", "x"), is_released=True), "x", ""),
        (Present(ONE, "", Origin("g", "x"), is_released=True), "y", "were released"),
        (Present(ONE, "", Origin("g", "x"), is_released=False), "y", ""),
        (Present(ONE, "", Origin("g"), is_released=True), "y", "were released"),
        (Present(ONE, "", Origin("g"), is_released=False), "y", ""),
    ],
)
def test_a_note_is_brought_up_to_date_where_learners_lose_nothing(
    there: Present, note_type: str, why: str
) -> None:
    refusal = there.refusal(FoundNote("What?", "This.", "line 1", note_type=note_type))
    assert (why in refusal) if why else not refusal


def test_a_note_is_recorded_where_a_person_moved_it() -> None:
    rows = [Imported(f"t/{name}.md", "s", name, "digest", "said") for name in "ab"]
    record = {row.file: row for row in rows}
    assert moved(record, "s", {"a": PurePosixPath("u/a.md")}) == {
        "t/b.md": rows[1],
        "u/a.md": replace(rows[0], file="u/a.md"),
    }
    assert moved(record, "other", {"a": PurePosixPath("u/a.md")}) == record
    # Where another note was recorded, it stays so.
    assert moved(record, "s", {"a": PurePosixPath("t/b.md")}) == record


def test_a_note_of_the_deck_is_known_by_the_guid_that_learners_have(
    tmp_path: Path,
) -> None:
    text = "".join(
        f"=== t/{name}.md\n---\n{more}question: Q?\n---\nA.\n"
        for name, more in (("c", ""), ("new", ""), ("o", "guid: theirs\n"))
    )
    text += "=== guides/g.md\n---\ntitle: G\n---\nRead.\n"
    text += "=== t/cards.csv\n# id: a\nid,guid,prompt,answer\nb,row,B?,B\nx,more,X?,X\n"
    line = replace(LEDGER.notes["c"], note="o", guid="theirs")
    ledger = replace(LEDGER, notes={**LEDGER.notes, "o": line})
    project = replace(open_project(write_deck(tmp_path, text)), ledger=ledger)
    new, *never = (guid(project.deck.id, name) for name in ("new", "a/x", "g"))
    notes = [
        FoundNote("?", "", "", guid=name)
        for name in ("gc", new, "theirs", "row", "more", *never)
    ]
    path = PurePosixPath("t/c.md")
    found = present_notes(documents_of(project), project, notes)
    assert found == {
        "gc": Present(path, "", NO_ORIGIN, is_released=True),
        new: Present(path.with_name("new.md"), "", NO_ORIGIN, is_released=False),
        "theirs": Present(
            path.with_name("o.md"), "", Origin("theirs"), is_released=True
        ),
        "row": Present(TABLE_OF_OURS, "b", Origin("row"), is_released=True),
        "more": Present(TABLE_OF_OURS, "x", Origin("more"), is_released=False),
    }
    # What an import alone has released, another one may still change.
    lines = {name: replace(one, type="theirs") for name, one in ledger.notes.items()}
    ledger = replace(ledger, releases=LEDGER.releases[:1], notes=lines)
    project = replace(project, ledger=ledger)
    found = present_notes(documents_of(project), project, notes)
    assert {name for name, one in found.items() if one.is_released} == {"gc"}


def test_an_import_may_say_what_learners_have_until_the_deck_is_released() -> None:
    theirs = {n: replace(line, type="theirs") for n, line in LEDGER.notes.items()}
    once = replace(LEDGER, releases=LEDGER.releases[:1], notes=theirs)
    later = replace(once, releases=(Released("2.0.0", 1000),))
    ours = replace(once, notes=LEDGER.notes)
    assert [may_stamp(one) for one in (Ledger(), once)] == [True, True]
    assert [may_stamp(one) for one in (LEDGER, later, ours)] == [False] * 3


def test_the_decks_of_topics_alone_are_where_notes_belong(tmp_path: Path) -> None:
    decks = {**LEDGER.decks, TASKS: "D::Tasks"}
    project = open_project(write_deck(tmp_path, "=== t/c.md\n---\nquestion: Q?\n---\n"))
    project = replace(project, ledger=replace(LEDGER, decks=decks))
    existing = existing_deck(project, documents_of(project), {}, {})
    assert existing.decks == {"D::01 T": "t"}
