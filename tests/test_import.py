"""``triptych import``: collections of others become decks, and stay their authors'."""

import json
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from tests.cases import write_deck
from tests.genanki_deck import NOTES, OLD, RELEASED, package
from tests.genanki_deck import PICTURE as PNG

from triptych.build.build import check, check_and_typeset, settings_of
from triptych.build.options import BuildOptions
from triptych.cli.main import cli
from triptych.deck.project import open_project
from triptych.dialect.sizes import MAX_PASSAGE_CHARS
from triptych.imports import ki_notes
from triptych.imports.clozes import prompt_of, revealed
from triptych.imports.crowdanki import is_crowdanki
from triptych.imports.deck import imported as import_of
from triptych.imports.found import Collection, FoundNote
from triptych.imports.pieces import short_passages
from triptych.imports.protobuf import message, number
from triptych.imports.table_rows import row_digest
from triptych.imports.target import target_of
from triptych.ledger.lock_file import load
from triptych.notes.kept import kept_types
from triptych.notes.plan import PlannedNote
from triptych.parse.document import parse
from triptych.values.diagnostics import Severity
from triptych.values.document import Document, Section

PICTURE = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'
HEADINGS = """# React

## Q. What is **JSX**?
A syntax extension. `![tree](img/tree.svg)`

```md
## Q. Is this one?
```

## Pitfalls
No question.

### Q2: Why do `keys` matter?
**A:** They tell <pid> apart.
"""
DETAILS = """# DevOps
## Linux
<details>
<summary>What is a <b>kernel</b>?</summary><br><b>

The core:

```sh
echo '</details>'
```
</b></details>
<details>
<summary>What is a shell?</summary><br><b>
A program.
</b></details>
"""
LABELS = """Q: What costs $5 or $6?
A: Coffee.

**Q: What is long?**

With more.

**A:** An answer.
"""
COLONS = """# Words
- the house::la casa
- std::vector is no word

What is parted?
?
By a line.

The capital is ==Paris== of ==France==.
"""
QUIZ = """###### 1. What is the output?

```js
1 + 1
```

<details><summary><b>Answer</b></summary>
<p>

#### Answer: A

Two. See [above](#top).

</p>
</details>

---

###### 2. Explain `this`.
It is bound.
"""


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, [str(argument) for argument in arguments])


def imported(folder: Path, source: Path, *options: str) -> Path:
    """Import `source` into a deck in `folder`, without an error; return the deck."""
    content = folder / "content"
    result = run("import", source, "--content", content, *options)
    assert result.exit_code == 0, result.output
    return content


def documents(content: Path) -> dict[str, Document]:
    found = map(parse, open_project(content).folder.sources)
    return {document.meta.id: document for document in found}


def rows(content: Path) -> dict[str, Section]:
    """Return the cards of all tables, by their ids."""
    cards = (d.layers.cards for d in documents(content).values() if d.source.is_table)
    return {card.slug: card for table in cards for card in table}


def body(document: Document) -> str:
    return document.source.text.split("---\n", 2)[2].strip()


def written(folder: Path, text: str, name: str = "source.md") -> Path:
    path = folder / "from" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        (HEADINGS, ["What is **JSX**?", "Why do `keys` matter?"]),
        (DETAILS, ["What is a kernel?", "What is a shell?"]),
        (LABELS, ["What costs $5 or $6?", "What is long?"]),
        (
            COLONS,
            [
                "the house",
                "What is parted?",
                "The capital is {{c1::Paris}} of {{c2::France}}.",
            ],
        ),
        (QUIZ, ["What is the output?", "Explain `this`."]),
    ],
)
def test_questions_are_found_in_every_shape(
    tmp_path: Path, text: str, asked: list[str]
) -> None:
    content = imported(tmp_path, written(tmp_path, text))
    files = documents(content).values()
    found = [d.front_matter.text("question") for d in files if not d.meta.is_cards]
    found += [card.heading.content for card in rows(content).values()]
    assert sorted(found) == sorted(asked)
    errors = [
        diagnostic
        for diagnostic in check(open_project(content)).diagnostics
        if diagnostic.severity is Severity.ERROR
    ]
    assert not errors


def test_what_belongs_to_an_answer_stays_in_it(tmp_path: Path) -> None:
    content = imported(tmp_path, written(tmp_path, HEADINGS))
    jsx, keys = documents(content)["jsx"], documents(content)["keys-matter"]
    assert jsx.front_matter.text("summary") == "A syntax extension."
    assert "## Q. Is this one?" in body(jsx)
    assert body(keys) == "They tell \\<pid> apart."


def test_an_answer_that_is_folded_away_is_unfolded(tmp_path: Path) -> None:
    output = documents(imported(tmp_path, written(tmp_path, QUIZ)))["output"]
    assert "details" not in body(output)
    assert "#### Answer: A\n\nTwo. See above." in body(output)


def test_code_does_not_end_a_folded_answer(tmp_path: Path) -> None:
    kernel = documents(imported(tmp_path, written(tmp_path, DETAILS)))["kernel"]
    assert body(kernel) == "The core:\n\n```sh\necho '</details>'\n```"
    assert kernel.meta.topic == "linux"


def test_what_is_hidden_is_a_gap(tmp_path: Path) -> None:
    # A file of its own would ask “The capital is […] of […]” besides.
    content = imported(tmp_path, written(tmp_path, COLONS))
    assert rows(content)["capital"].cloze_numbers == (1, 2)
    result = run("import", written(tmp_path, COLONS), "--content", content)
    assert "0 new files, 0 updated, 3 unchanged" in result.output
    one_each = tmp_path / "each"
    one_each.mkdir()
    result = run(
        *("import", written(one_each, COLONS), "--content", one_each / "content"),
        "--one-file-each",
    )
    assert "  notes with gaps: a file of its own asks a question besides" in (
        result.output
    )
    capital = documents(one_each / "content")["capital"]
    assert capital.cloze_numbers == (1, 2)


def test_a_page_with_a_title_is_one_question(tmp_path: Path) -> None:
    source = written(
        tmp_path,
        "---\ntitle: Why is the sky blue?\ncategory: physics\ntags: a, b\n---\n"
        "TL;DR: Scattering.\n\nLong. ![[tree.svg|100]] and [[Light#Waves|waves]].\n\n"
        "## Why red last?\n\nBecause.\n\n## In depth\n\nMore ==marked== text.\n",
    )
    (source.parent / "deep").mkdir()
    (source.parent / "deep" / "tree.svg").write_bytes(PICTURE)
    content = imported(tmp_path, source.parent)
    (sky,) = documents(content).values()
    assert sky.front_matter.text("summary") == "Scattering."
    assert sky.front_matter.texts("tags") == ("a", "b")
    assert sky.meta.topic == "physics"
    assert "![tree](media/tree.svg) and waves." in body(sky)
    assert "**In depth**\n\nMore <mark>marked</mark> text." in body(sky)
    assert (content / "media" / "tree.svg").read_bytes() == PICTURE


def test_what_no_output_can_show_is_code(tmp_path: Path) -> None:
    source = written(tmp_path, "## What is $\\foo x$?\nIt is $y$ and $\\foo z$ and.\n")
    (only,) = documents(imported(tmp_path, source)).values()
    assert only.front_matter.text("question") == "What is `\\foo x`?"
    assert body(only) == "It is $y$ and `\\foo z` and."


def test_unanswered_questions_are_drafts(tmp_path: Path) -> None:
    source = written(tmp_path, "## What?\n\n## Why so?\nBecause.\n")
    result = run("import", source, "--content", tmp_path / "content")
    assert "1 question and 1 draft" in result.output
    assert "they become drafts, since nothing answers them (source.md:1)" in (
        result.output
    )
    drafts = [d.meta.draft for d in documents(tmp_path / "content").values()]
    assert sorted(drafts) == [False, True]


@pytest.mark.parametrize("text", [HEADINGS, DETAILS, LABELS, COLONS, QUIZ])
def test_the_counts_are_those_of_the_deck(tmp_path: Path, text: str) -> None:
    result = run("import", written(tmp_path, text), "--content", tmp_path / "deck")
    said = [
        int(number) for number in re.findall(r"(\d+) (?:question|draft)", result.output)
    ]
    report = check(open_project(tmp_path / "deck"), BuildOptions())
    found = [d for d in documents(tmp_path / "deck").values() if not d.meta.is_cards]
    assert said[:2] == [len(found) - report.drafts, report.drafts]


def test_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    source, content = written(tmp_path, HEADINGS), tmp_path / "content"
    result = run("import", source, "--content", content, "--dry-run")
    assert "2 questions" in result.output
    assert not content.exists()


def test_the_licence_is_left_open(tmp_path: Path) -> None:
    source = written(tmp_path, HEADINGS)
    result = run("import", source, "--content", tmp_path / "content")
    assert "the words belong to their authors" in result.output
    assert not open_project(tmp_path / "content").deck.license


NAMES = ("a1", "b2", "c3", "d4", "e5")


def test_a_second_run_updates_only_what_nobody_touched(tmp_path: Path) -> None:
    text = "".join(f"## What is {name}?\nIt is {name}.\n" for name in NAMES)
    source = written(tmp_path, text)
    content = imported(tmp_path, source)
    paths = {path.stem: path for path in content.glob("*/*.md")}
    mine = paths["b2"].read_text().replace("It is b2.", "Mine.")
    paths["b2"].write_text(mine)
    paths["c3"].write_text(mine.replace("b2", "c3"))
    paths["d4"].unlink()
    text = re.sub(r"It is ([abd]\d)", r"It is really \1", text)
    source.write_text(text.replace("e5", "f6"))
    again = run("import", source, "--content", content)
    assert "1 new file, 1 updated, 0 unchanged" in again.output
    assert "1 file changed here, and kept: " in again.output
    assert "1 file changed here and by the source, too" in again.output
    assert "1 file deleted here" in again.output
    assert "1 file no longer in the source" in again.output
    assert "It is really a1." in paths["a1"].read_text()
    assert paths["b2"].read_text() == mine
    assert not paths["d4"].exists()
    assert paths["e5"].exists()
    third = run("import", source, "--content", content)
    assert "0 new files, 0 updated, 2 unchanged" in third.output


def test_an_import_joins_a_deck_that_exists(tmp_path: Path) -> None:
    run("init", tmp_path / "mine")
    content = tmp_path / "mine" / "content"
    source = written(tmp_path, "## What is overfitting?\nA fit.\n", "more.md")
    result = run("import", source, "--content", content, "--topic", "extra")
    assert result.exit_code == 0, result.output
    assert 'id = "extra"' in (content / "deck.toml").read_text()
    assert (content / "extra" / "overfitting.md").exists() or (
        content / "extra" / "overfitting-2.md"
    ).exists()


TABLE = (
    'Front,Back,Tags,Extra\n"What is ""x""?","a<br>b &amp; c",t1 t2,more\nB?,plain,,\n'
)
FROM_ANKI = (
    "#separator:tab\n#html:true\n#guid column:1\n#notetype column:2\n#deck column:3\n"
    "#tags column:6\n"
    "abc$1\tBasic\tD::Sub\tWhat is \\(x<y\\)?\t<ul><li>one</li><li><b>two</b></li></ul>"
    "\tt1 Marked leech\n"
    "abc$2\tCloze\tD\t{{c1::Paris::city}} is \\(a_{b}\\)\t\t\n"
)


def test_a_deck_whose_folders_are_its_topics_lists_none(tmp_path: Path) -> None:
    content = write_deck(
        tmp_path / "content", "=== a/b.md\n---\nquestion: B?\n---\nA.\n"
    )
    before = (content / "deck.toml").read_bytes()
    imported(tmp_path, written(tmp_path, QUIZ, "quiz.md"))
    assert (content / "deck.toml").read_bytes() == before
    assert len(open_project(content).deck.topics) == 2


def test_a_picture_that_no_output_can_show_is_not_written(tmp_path: Path) -> None:
    shown = "![a](media/a.svg) ![b](media/b.svg)"
    media = {"a.svg": lambda: b"no picture", "b.svg": lambda: PICTURE}
    note = FoundNote("What?", shown, "1")
    found = Collection("s", "a source", "S", (note,), media)
    made = import_of(found, target_of(tmp_path / "content"))
    assert [str(path) for path in made.made.media] == ["media/b.svg"]
    assert [(one.what, one.place) for one in made.left_out] == [
        ("pictures", "media/a.svg")
    ]
    (file,) = made.made.files
    assert file.note.answer == "a ![b](media/b.svg)"


def test_a_table_is_read_by_the_names_of_its_columns(tmp_path: Path) -> None:
    source = written(tmp_path, TABLE, "words.csv")
    result = run("import", source, "--content", tmp_path / "content")
    assert "Tags = tags, Extra = below the answer" in result.output
    found = documents(tmp_path / "content")
    assert body(found["x"]) == "a\\\nb & c\n\n**Extra:** more"
    assert found["x"].meta.tags == ("t1", "t2")
    assert body(found["b"]) == "plain"


def test_the_header_of_an_export_from_anki_is_read(tmp_path: Path) -> None:
    content = imported(tmp_path, written(tmp_path, FROM_ANKI, "anki.txt"))
    first = documents(content)["x-y"]
    (second,) = rows(content).values()
    assert first.front_matter.text("question") == "What is $x<y$?"
    assert body(first) == "- one\n- **two**"
    assert (first.meta.topic, first.meta.tags) == ("sub", ("t1",))
    assert second.heading.content == "{{c1::Paris::city}} is $a_{b}$"
    # Learners have these decks, and a note with gaps asks nothing besides.
    assert {guid: note.deck for guid, note in planned(content).items()} == {
        "abc$1": "D::Sub",
        "abc$2": "D",
    }
    assert open_project(content).deck.title == "D"
    again = run("import", tmp_path / "from" / "anki.txt", "--content", content)
    assert "0 new files, 0 updated" in again.output


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("empty.md", "Nothing here.\n", "no question was found"),
        ("empty.csv", "\n", "no row of"),
        ("odd.xyz", "x", "is of no known kind"),
    ],
)
def test_what_cannot_be_read_is_refused(
    tmp_path: Path, name: str, text: str, message: str
) -> None:
    source = written(tmp_path, text, name)
    result = run("import", source, "--content", tmp_path / "content")
    assert message in str(result.exception or result.output)
    assert not (tmp_path / "content").exists()


@pytest.fixture(scope="session")
def theirs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("genanki")
    package(folder)
    return folder / "geo.apkg"


def test_a_package_keeps_what_learners_have(tmp_path: Path, theirs: Path) -> None:
    content = imported(tmp_path, theirs)
    project = open_project(content)
    lines = project.ledger.notes.values()
    assert {line.guid: line.mod for line in lines} == {
        guid: RELEASED - 60 if guid == OLD else RELEASED for _, _, guid, *_ in NOTES
    }
    assert set(project.ledger.decks.values()) == {name for name, *_ in NOTES}
    metas = {
        document.meta.origin.guid: document.meta
        for document in map(parse, project.folder.sources)
        if not document.meta.is_cards
    }
    assert {meta.origin.note_type for meta in metas.values()} == {"my-basic", "cloze-2"}
    assert {meta.tags for meta in metas.values()} == {("geo",)}
    assert metas["g-1"].origin.fields == {"Extra": 'see <img src="cat pic.png">'}
    assert "<pre>" in metas["code"].origin.fields["Front"]
    assert "<ul>" in metas["c-2"].origin.fields["Text"]


def test_nothing_in_a_template_runs(tmp_path: Path, theirs: Path) -> None:
    result = run("import", theirs, "--content", tmp_path / "content")
    assert "  scripts in templates: nothing in a deck may run" in result.output
    assert "  files of templates: newcomers do without" in result.output
    assert "(_not-a-font.woff)" in result.output
    assert "_teal.woff2" not in result.output
    front = tmp_path / "content" / "note-types" / "my-basic" / "1-front.html"
    assert front.read_text() == "{{Front}}"


def test_fonts_of_templates_are_kept_under_their_names(
    tmp_path: Path, theirs: Path
) -> None:
    content = imported(tmp_path, theirs)
    font = content / "note-types" / "my-basic" / "_teal.woff2"
    assert font.read_bytes() == b"wOF2"
    project = open_project(content)
    (packed,) = kept_types(content, project.folder.files)["my-basic"].files
    assert (packed.name, packed.data) == ("_teal.woff2", b"wOF2")
    font.write_bytes(b"<script>")
    result = run("check", "--content", content)
    assert "_teal.woff2 does not begin as a `.woff2` file does" in result.output


def test_a_package_imported_again_changes_nothing(tmp_path: Path, theirs: Path) -> None:
    content = imported(tmp_path, theirs)
    before = (content / "deck.lock").read_bytes()
    again = run("import", theirs, "--content", content)
    assert "0 new files, 0 updated" in again.output
    assert (content / "deck.lock").read_bytes() == before


def test_an_older_export_takes_no_release_back(
    tmp_path: Path, theirs: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    content = imported(tmp_path, theirs)
    older = tmp_path_factory.mktemp("older")
    package(older, RELEASED - 1000)
    imported(tmp_path, older / theirs.name)
    assert load((content / "deck.lock").read_text()).latest.time == RELEASED


def test_a_row_of_a_table_that_a_person_changed_keeps_its_line(
    tmp_path: Path, theirs: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    content = imported(tmp_path, theirs)
    before = load((content / "deck.lock").read_text()).notes
    table = content / "words" / "cards.csv"
    table.write_text(table.read_text().replace("mot 1", "mot un"))
    newer = tmp_path_factory.mktemp("newer")
    package(newer, RELEASED + 1000, "si")
    imported(tmp_path, newer / theirs.name)
    after = load((content / "deck.lock").read_text()).notes
    same = {name for name in before if after[name] == before[name]}
    assert same == {"words/word-1"}


def test_a_guid_of_another_program_is_kept(tmp_path: Path) -> None:
    source = written(tmp_path, FROM_ANKI, "anki.txt")
    project = open_project(imported(tmp_path, source))
    report = check_and_typeset(project)
    assert report.catalog
    plan = settings_of(project).plan(report.catalog)
    assert {note.guid for note in plan.notes} >= {"abc$1", "abc$2"}


KI = """# Note
```
guid: ki$1
notetype: Basic
```

### Tags
```
physics
marked
```

## Front
What is <b>light</b>?

## Back
A wave
and a particle

# Note
```
guid: ki$2
notetype: Cloze
```

## Text
It is {{c1::fast}}
"""
CROWDANKI: dict[str, Any] = {
    "__type__": "Deck",
    "name": "World",
    "desc": "All of it",
    "notes": [],
    "note_models": [
        {
            "__type__": "NoteModel",
            "crowdanki_uuid": "uuid-1",
            "name": "Capital",
            "css": ".card { color: teal }",
            "sortf": 0,
            "type": 0,
            "flds": [{"name": "Country", "ord": 0}, {"name": "City", "ord": 1}],
            "tmpls": [
                {"name": "C", "ord": 0, "qfmt": "{{Country}}", "afmt": "{{City}}"}
            ],
        }
    ],
    "children": [
        {
            "__type__": "Deck",
            "name": "Europe",
            "children": [],
            "notes": [
                {
                    "__type__": "Note",
                    "fields": ["<i>Peru</i>?", '<img src="lima.svg"> Lima'],
                    "guid": "crowd;1",
                    "note_model_uuid": "uuid-1",
                    "tags": ["leech", "south"],
                }
            ],
        }
    ],
}


def test_markdown_notes_keep_their_guids(tmp_path: Path) -> None:
    content = imported(tmp_path, written(tmp_path, KI, "deck/notes.md"))
    (light,) = (d for d in documents(content).values() if not d.meta.is_cards)
    (fast,) = rows(content).values()
    assert (light.meta.origin.guid, light.meta.tags) == ("ki$1", ("physics",))
    assert light.front_matter.text("question") == "What is **light**?"
    assert body(light) == "A wave\\\nand a particle"
    assert fast.heading.content == "It is {{c1::fast}}"
    assert planned(content).keys() == {"ki$1", "ki$2"}


def test_the_head_of_a_markdown_note_says_its_guid_its_id_and_its_tags(
    tmp_path: Path,
) -> None:
    head = "# Note\nguid: g1\nnid: 99\ntags: physics, Marked\n"
    text = f"{head}\n## Front\nWhat?\n\n## Back\nThat.\n\n# Note\nguid: g2\n"
    folder = written(tmp_path, text, "deck/notes.md").parent
    written(tmp_path, "# A deck\n\nNo note.\n", "deck/README.md")
    found = ki_notes.read(folder)
    (note,) = found.notes
    assert (note.guid, note.id, note.tags) == ("g1", "99", ("physics",))
    assert [(one.what, one.place) for one in found.left_out] == [
        ("files", "README.md"),
        ("notes", "notes.md:12"),
    ]


def test_folders_of_markdown_notes_are_the_decks_of_learners(tmp_path: Path) -> None:
    written(tmp_path, KI, "ki/Physics/Optics/notes.md")
    content = imported(tmp_path, tmp_path / "from/ki")
    decks = open_project(content).ledger.decks
    assert (decks[""], decks["optics"]) == ("Physics", "Physics::Optics")


def test_words_that_ask_both_ways_are_cards_with_two_directions(
    tmp_path: Path,
) -> None:
    text = (
        "# Words\n\nda casa:::a house\n\nda gata\n??\na cat\n\nWhat is up?::The sky\n"
    )
    content = imported(tmp_path, written(tmp_path, text))
    (table,) = content.glob("*/cards.csv")
    assert table.read_text(encoding="utf-8").split("\n")[-4:] == [
        "id,prompt,answer,reverse",
        "da-casa,da casa,a house,yes",
        "da-gata,da gata,a cat,yes",
        "",
    ]
    one_way = [doc for doc in documents(content).values() if not doc.meta.is_cards]
    assert [doc.front_matter.text("question") for doc in one_way] == ["What is up?"]
    again = run("import", tmp_path / "from" / "source.md", "--content", content)
    assert "0 new files, 0 updated" in again.output


def test_a_question_in_bold_below_its_title_is_asked(tmp_path: Path) -> None:
    text = (
        "### Question 1: Two Sum\n\n**How do you find\ntwo numbers?**\n\nSort.\n\n"
        "### Question 2\n\n**What is a heap?**\n\nA tree.\n\n"
        "### Question 3: Why trees?\n\n**Why not?**\n\nThey grow.\n"
    )
    found = documents(imported(tmp_path, written(tmp_path, text))).values()
    assert {doc.front_matter.text("question"): body(doc) for doc in found} == {
        "Two Sum: How do you find two numbers?": "Sort.",
        "What is a heap?": "A tree.",
        "Why trees?": "**Why not?**\n\nThey grow.",
    }


def test_a_gap_within_a_gap_is_hidden_with_it() -> None:
    text = "{{c1::Paris::city}} is in {{c2::France {{c3::EU}}::land}}"
    assert prompt_of(text) == "[city] is in [land]"
    assert revealed(text) == "Paris is in France EU"


def test_a_package_with_a_damaged_picture_is_refused(
    tmp_path: Path, theirs: Path
) -> None:
    data = bytearray(theirs.read_bytes())
    data[data.index(PNG) + 20] ^= 1
    source = tmp_path / "geo.apkg"
    source.write_bytes(data)
    result = run("import", source, "--content", tmp_path / "content")
    assert "`cat pic.png` cannot be read" in str(result.exception or result.output)
    assert not (tmp_path / "content").exists()


def test_a_long_passage_is_parted_at_spaces() -> None:
    long = "one **two** three " * 2000
    parts = short_passages(f"short\n\n{long}\n\n```\n{long}\n```").split("\n\n")
    assert max(map(len, parts[:-1])) <= MAX_PASSAGE_CHARS
    assert (parts[0], parts[-1]) == ("short", f"```\n{long}\n```")
    assert " ".join(parts[1:-1]).split() == long.split()


def test_a_folder_of_crowdanki_is_read(tmp_path: Path) -> None:
    source = written(tmp_path, json.dumps(CROWDANKI), "deck.json").parent
    (source / "media").mkdir()
    (source / "media" / "lima.svg").write_bytes(PICTURE)
    content = imported(tmp_path, source)
    (peru,) = documents(content).values()
    assert (peru.meta.origin.guid, peru.meta.origin.note_type) == ("crowd;1", "capital")
    assert (peru.meta.topic, peru.meta.tags) == ("europe", ("south",))
    assert planned(content)["crowd;1"].deck == "World::Europe"
    assert body(peru) == "![](media/lima.svg) Lima"
    assert (content / "media" / "lima.svg").read_bytes() == PICTURE
    assert open_project(content).deck.description == "All of it"


def test_a_folder_of_crowdanki_may_call_its_file_as_itself(tmp_path: Path) -> None:
    text = json.dumps(CROWDANKI)
    for name, is_one in (("World/World.json", True), ("other/World.json", False)):
        assert is_crowdanki(written(tmp_path, text, name).parent) == is_one


WORDS = "Front,Back,Tags\n" + "".join(
    f'"the {word}, too","{word}\n\n- of {n}",t{n}\n'
    for n, word in enumerate(("red", "blue", "green", "black", "white", "pink"))
)


def test_small_notes_of_a_topic_are_one_table(tmp_path: Path) -> None:
    source = written(tmp_path, WORDS, "colours.csv")
    result = run("import", source, "--content", tmp_path / "content")
    assert "6 plain cards in 1 table, 0 questions and 0 drafts in 1 topic" in (
        result.output
    )
    (colours,) = documents(tmp_path / "content").values()
    assert str(colours.meta.path) == "colours/cards.csv"
    red = colours.layers.cards[0]
    assert (red.slug, red.heading.content) == ("red-too", "the red, too")
    assert red.options.tags == ("t0",)
    assert [t.content for t in red.tokens if t.type == "inline"] == ["red", "of 0"]


def test_examples_of_an_import_are_from_its_start_and_its_middle(
    tmp_path: Path,
) -> None:
    source = written(tmp_path, WORDS, "colours.csv")
    reported = run(
        "import", source, "--content", tmp_path / "content", "--dry-run"
    ).output
    examples = re.findall(r"for example \S+: (.*)", reported)
    assert examples == ["the red, too", "the black, too"]


def test_small_notes_are_files_of_their_own_if_that_is_said(tmp_path: Path) -> None:
    source = written(tmp_path, WORDS, "colours.csv")
    content = imported(tmp_path, source, "--one-file-each")
    assert len(documents(content)) == WORDS.count("too")
    # What an import has placed stays in its place, by which learners have it.
    again = run("import", source, "--content", content)
    assert "0 new files, 0 updated, 6 unchanged" in again.output


def test_a_table_is_updated_with_the_ids_that_its_cards_have(tmp_path: Path) -> None:
    source = written(tmp_path, WORDS, "colours.csv")
    content = imported(tmp_path, source)
    again = run("import", source, "--content", content)
    assert "0 new files, 0 updated, 1 unchanged" in again.output
    lines = WORDS.replace("red\n", "rot\n") + "the red; too,other,\n"
    source.write_text(lines, encoding="utf-8")
    run("import", source, "--content", content)
    (colours,) = documents(content).values()
    slugs = [card.slug for card in colours.layers.cards]
    assert (slugs[0], slugs[-1]) == ("red-too", "red-too-2")
    table = content / "colours" / "cards.csv"
    assert "rot" in table.read_text()
    mine = table.read_text().replace("rot", "mine")
    table.write_text(mine)
    source.write_text(lines.replace("rot", "rouge"), encoding="utf-8")
    again = run("import", source, "--content", content)
    assert "1 file changed here and by the source, too" in again.output
    assert table.read_text() == mine


def test_a_table_of_a_person_is_no_place_for_imported_cards(tmp_path: Path) -> None:
    content = imported(tmp_path, written(tmp_path, HEADINGS))
    table = content / "colours" / "cards.csv"
    table.parent.mkdir()
    table.write_text("id,prompt,answer\na,A?,B\n")
    source = written(tmp_path, WORDS, "colours.csv")
    result = run("import", source, "--content", content, "--topic", "colours")
    assert "6 questions" in result.output
    assert table.read_text() == "id,prompt,answer\na,A?,B\n"


def test_a_card_in_a_table_keeps_its_note(tmp_path: Path, theirs: Path) -> None:
    content = imported(tmp_path, theirs)
    words = documents(content)["words"].layers.cards
    origins = {card.options.origin.guid: card.options.origin for card in words}
    assert origins.keys() == {guid for deck, _, guid, *_ in NOTES if "Words" in deck}
    assert origins['w"3'].fields == {"Extra": 'x, "y"\nz'}
    assert {origin.note_type for origin in origins.values()} == {"my-basic", "cloze-2"}
    plan = planned(content)
    assert plan['w"1'].fields["Back"] == "<p>mot 1<br>\noui</p>"
    assert plan["w-gap"].fields["Text"] == "La {{c1::pomme}} est {{c2::rouge::?}}"
    assert plan["w-gap"].cards == (0, 1)
    assert plan["w-gap"].tags == ("geo",)


def planned(content: Path) -> dict[str, PlannedNote]:
    """Return the notes of a deck, by GUID."""
    project = open_project(content)
    report = check_and_typeset(project)
    assert report.catalog
    return {note.guid: note for note in settings_of(project).plan(report.catalog).notes}


def test_two_cards_cannot_have_one_guid(tmp_path: Path, theirs: Path) -> None:
    content = imported(tmp_path, theirs)
    table = content / "words" / "cards.csv"
    table.write_text(table.read_text().replace("w-gap", "g-1"))
    rules = [d.rule for d in check(open_project(content)).diagnostics]
    assert "duplicate-guid" in rules


def test_formulas_that_were_repaired_are_known_after_a_crash(tmp_path: Path) -> None:
    source = written(tmp_path, "## What is $\\foo x$?\nIt is $\\foo z$ and.\n")
    content = imported(tmp_path, source)
    before = {path.name for path in content.glob("*/*")}
    (content / "import.lock").unlink()
    again = run("import", source, "--content", content)
    assert "0 new files, 0 updated, 1 unchanged" in again.output
    assert {path.name for path in content.glob("*/*")} == before


def test_lines_of_ki_that_are_full_are_no_breaks(tmp_path: Path) -> None:
    long = "one two three four five six seven eight nine ten eleven and twelve"
    text = KI.replace("A wave\nand", f"{long}\nthirteen waves\nand")
    found = documents(imported(tmp_path, written(tmp_path, text, "deck/notes.md")))
    (light,) = (d for d in found.values() if not d.meta.is_cards)
    assert body(light) == f"{long}\\\nthirteen waves\\\nand a particle"
    text = KI.replace("A wave\nand", f"{long}\nthirteen waves and")
    (tmp_path / "again").mkdir()
    source = written(tmp_path / "again", text, "deck/notes.md")
    found = documents(imported(tmp_path / "again", source))
    (light,) = (d for d in found.values() if not d.meta.is_cards)
    assert body(light) == f"{long} thirteen waves and a particle"


def test_end_tags_may_be_left_out(tmp_path: Path) -> None:
    text = "Front,Back\nA?,<ul><li>one<li>two</ul><table><tr><td>1<td>2</table>\n"
    (only,) = documents(imported(tmp_path, written(tmp_path, text, "a.csv"))).values()
    assert body(only) == "- one\n- two\n\n|  |  |\n| --- | --- |\n| 1 | 2 |"


def test_schedules_of_a_vault_stay_there(tmp_path: Path) -> None:
    schedule = "<!--SR:!2023-09-10,4,270!2023-09-11,3,250-->"
    text = f"Port::8080\n{schedule}\nIt is ==hidden== so. {schedule}\n"
    content = imported(tmp_path, written(tmp_path, text))
    texts = [document.source.text for document in documents(content).values()]
    assert len(texts) == text.count(schedule)
    assert not any("SR" in text for text in texts)


def test_lines_of_tags_are_tags_of_what_they_stand_at(tmp_path: Path) -> None:
    text = (
        "#flashcards/ports\n\nWhat is 22?::SSH\n\nWhat is 80?\n?\nHTTP, `#1`\n"
        "#web #flashcards\n\n#flashcards\n"
    )
    content = imported(tmp_path, written(tmp_path, text))
    found = {d.meta.id: (d.meta.tags, body(d)) for d in documents(content).values()}
    assert found == {
        "22": (("ports",), "SSH"),
        "80": (("ports", "web"), "HTTP, `#1`"),
    }


def test_ids_of_fields_are_signed_as_anki_means_them() -> None:
    minus_two = b"\x08" + b"\xfe" + b"\xff" * 8 + b"\x01"
    assert number(message(minus_two), 1) == -2
    assert number(message(b"\x08\x07"), 1) == 7


def test_style_sheets_of_the_package_are_put_in_place(tmp_path: Path) -> None:
    css = (
        "/* @import 'x'; */@import url('https://a.b/css2?family=R:wght@400;700');\n"
        '@import url("_own.css") print;@import "_lost.css";.card { color: teal }'
    )
    models = [{**model, "css": css} for model in CROWDANKI["note_models"]]
    text = json.dumps({**CROWDANKI, "note_models": models})
    source = written(tmp_path, text, "deck.json")
    (source.parent / "media").mkdir()
    own = "@import '_own.css';.a { color: red; background: url(https://c.d/e) }"
    (source.parent / "media" / "_own.css").write_text(own)
    result = run("import", source, "--content", tmp_path / "content")
    assert "  imported style sheets: nothing in a deck may fetch" in result.output
    assert "  imported style sheets: the source does not have" in result.output
    kept = (tmp_path / "content/note-types/capital/style.css").read_text()
    assert "".join(kept.split()) == (
        "@mediaprint{.a{color:red;background:none}}.card{color:teal}"
    )


def test_a_column_that_no_card_has_is_no_change_of_it() -> None:
    cells = {"id": "a", "prompt": "A?", "answer": "B"}
    assert row_digest({**cells, "mine": "C"}) == row_digest(cells)
    assert row_digest({**cells, "hint": "C"}) != row_digest(cells)
    assert row_digest({**cells, "field:Back": "C"}) != row_digest(cells)


def test_a_package_without_a_picture_that_it_lists_is_read(
    tmp_path: Path, theirs: Path
) -> None:
    source = tmp_path / "geo.apkg"
    with zipfile.ZipFile(theirs) as whole, zipfile.ZipFile(source, "w") as less:
        for name in whole.namelist():
            if name != "0":
                less.writestr(name, whole.read(name))
    result = run("import", source, "--content", tmp_path / "content")
    assert result.exit_code == 0
    assert "pictures: their files are not there, or no pictures" in result.output
    assert "8 questions" in result.output
