"""Plain cards: a file and a table of cards make the same notes, pages and counts."""

import json
import re
from collections.abc import Callable
from pathlib import Path, PurePosixPath

import pytest
from click.testing import CliRunner
from tests.cases import write_deck
from tests.search_reference import ReferenceSearch

from triptych.build.build import build, check_and_typeset
from triptych.cli.main import cli
from triptych.deck.project import open_project
from triptych.deck.read import source_of
from triptych.errors import TriptychError
from triptych.notes.history import History
from triptych.notes.plan import Plan, plan
from triptych.notes.which import specs_of
from triptych.parse.document import parse
from triptych.values.document import Document

TABLE = """\
=== food/cards.csv
# title: Food
# tags: [a1]
id,prompt,answer,reverse,type,hint,tags,_note
bread,el pan,bread,yes,,begins with b,,mine
salt,la sal,salt,no,yes,,sea/white,
gap,The {{c1::dog}} barks,softly,yes,yes,,,
"""
MARKDOWN = """\
=== food/food.md
---
title: Food
kind: cards
tags: [a1]
---

## Cards

### el pan {#bread .reverse}
bread

### la sal {#salt .type}
salt

### The {{c1::dog}} barks {#gap}
softly
"""


def run(*words: str | Path) -> tuple[int, str]:
    arguments = [str(word) for word in words]
    result = CliRunner().invoke(cli, arguments, standalone_mode=False)
    if result.exception:
        raise result.exception
    return result.return_value or 0, result.stdout


def planned(folder: Path, text: str) -> Plan:
    report = check_and_typeset(open_project(write_deck(folder, text)))
    assert report.catalog is not None, report.diagnostics
    return plan(report.catalog, History())


def table(text: str, name: str = "cards.csv") -> Document:
    return parse(source_of(PurePosixPath("t", name), text.encode()))


def cells(document: Document) -> list[tuple[str, str, str]]:
    return [
        (s.slug, s.heading.content, "".join(t.content for t in s.tokens))
        for s in document.sections
    ]


def test_a_table_and_a_file_make_the_same_notes(tmp_path: Path) -> None:
    one = planned(tmp_path / "table", re.sub(r"begins with b|sea/white", "", TABLE))
    other = planned(tmp_path / "markdown", MARKDOWN)
    for note, same in zip(one.notes, other.notes, strict=True):
        assert (note.id, note.guid, note.fields) == (same.id, same.guid, same.fields)
        assert (note.tags, note.cards, note.type) == (same.tags, same.cards, same.type)
        assert note.hash == same.hash


def test_a_plain_card_has_its_sides_and_nothing_else(tmp_path: Path) -> None:
    bread, salt, gap = planned(tmp_path, TABLE).notes
    hint = "<details><summary>Hint 1</summary>begins with b</details>"
    assert bread.fields == {
        "Id": "food/bread",
        "Page": "food.html#bread",
        "Question": "el pan",
        "Answer": "bread",
        "Hints": hint,
        "Spare 1": "1",
    }
    assert bread.cards == (0, 1)
    assert salt.fields == {
        "Id": "food/salt",
        "Page": "food.html#salt",
        "Question": "la sal",
        "Answer": "salt",
        "Spare 2": "salt",
    }
    assert salt.cards == (0,)
    assert salt.tags == ("a1", "part::card", "sea::white", "topic::food")
    assert gap.fields == {
        "Id": "food/gap",
        "Page": "food.html#gap",
        "Spare 1": "softly",
        "Text": "The {{c1::dog}} barks",
    }
    assert (gap.type, gap.cards) == ("cloze", (0,))


CHANGES: dict[str, Callable[[str], str]] = {
    "prompt": lambda text: text.replace("la sal", "la Sal"),
    "answer": lambda text: text.replace("salt,no", "Salt,no"),
    "hint": lambda text: text.replace("yes,,sea", "yes,h,sea"),
    "reverse": lambda text: text.replace("salt,no", "salt,yes"),
    "type": lambda text: text.replace("salt,no,yes", "salt,no,no"),
}


@pytest.mark.parametrize("what", CHANGES)
def test_a_change_of_a_card_changes_its_hash_and_no_other(
    tmp_path: Path, what: str
) -> None:
    text = CHANGES[what](TABLE)
    assert text != TABLE
    before = planned(tmp_path / "before", TABLE).notes
    after = planned(tmp_path / "after", text).notes
    moved = [a.id for a, b in zip(before, after, strict=True) if a.hash != b.hash]
    assert moved == ["food/salt"]


def test_labels_change_no_hash(tmp_path: Path) -> None:
    before = planned(tmp_path / "before", TABLE).notes
    after = planned(tmp_path / "after", TABLE.replace("sea/white", "sea")).notes
    assert [note.hash for note in before] == [note.hash for note in after]
    assert before[1].labels != after[1].labels


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize(
    ("name", "delimiter"), [("cards.csv", ","), ("cards.csv", ";"), ("cards.tsv", "\t")]
)
def test_tables_are_read_as_spreadsheets_write_them(
    name: str, delimiter: str, mark: str, end: str
) -> None:
    rows = [
        ("id", "prompt", "answer"),
        ("a", '"one, two; and\tmore"', '"say ""hi"""'),
        ("b", '"=SUM(A1;B2)"', "-1"),
        ("c", " 日本語 ", f'"two{end}lines"'),
        ("", "", ""),
        ("d", "+1 @x", "1984."),
    ]
    text = mark + end.join(delimiter.join(row) for row in rows) + end
    document = table(text, name)
    assert document.table_findings == ()
    assert cells(document) == [
        ("a", "one, two; and\tmore", 'say "hi"'),
        ("b", "=SUM(A1;B2)", "-1"),
        ("c", "日本語", "two\nlines"),
        ("d", "+1 @x", "1984."),
    ]
    assert [section.span.line for section in document.sections] == [2, 3, 4, 7]


def test_a_line_is_never_a_list_and_lines_may_be() -> None:
    document = table('id,prompt,answer\na,x,- 5\nb,y,"- 5\n- 6"\n')
    types = [[token.type for token in s.tokens][:1] for s in document.sections]
    assert types == [["inline"], ["bullet_list_open"]]


def test_the_front_matter_of_a_table_survives_a_spreadsheet() -> None:
    plain = table("# title: A, b\n# aliases: [x, y]\n# id: z\nid,prompt\na,b\n")
    saved = table('"# title: A, b",\n"# aliases: [x, y]",\n# id: z,\nid,prompt\na,b\n')
    assert plain.meta == saved.meta
    assert (plain.meta.id, plain.meta.aliases) == ("z", ("x", "y"))
    places = [key.span.column for key, _ in saved.front_matter.entries]
    assert places == [4, 4, 3]


def test_a_thousand_words_are_one_file(tmp_path: Path) -> None:
    rows = "".join(f"w{n},palabra {n},word {n}\n" for n in range(1000))
    text = f"=== words/cards.csv\nid,prompt,answer\n{rows}"
    assert len(planned(tmp_path, text).notes) == 1000


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    deck = write_deck(tmp_path_factory.mktemp("deck"), TABLE)
    dist = tmp_path_factory.mktemp("dist")
    report, emitted = build(open_project(deck), dist)
    assert emitted, report.diagnostics
    return dist


def test_the_page_has_the_cards_and_no_time(built: Path) -> None:
    html = (built / "site/q/food.html").read_text(encoding="utf-8")
    assert re.findall(r'<details class="part" id="([^"]*)" open>', html) == [
        *("bread", "salt", "gap"),
    ]
    assert "data-hide" in html
    assert "3 cards" in html
    assert "minute" not in html
    assert "data-ask>" not in html
    data = re.search(r'ld\+json">(.*?)</script>', html)
    assert data
    pairs = [
        (card["text"], card["acceptedAnswer"]["text"])
        for card in json.loads(data[1])["hasPart"]
    ]
    assert pairs[0] == ("el pan", "bread")


def test_home_and_lists_count_cards(built: Path) -> None:
    for page in ("index.html", "topics/food.html"):
        html = (built / "site" / page).read_text(encoding="utf-8")
        assert "3 cards" in html
        assert "0 questions" not in html
    sheet = (built / "site/sheet.html").read_text(encoding="utf-8")
    assert "<tr><td>el pan</td><td>bread</td></tr>" in sheet


def test_the_search_finds_prompts_and_answers(built: Path) -> None:
    files = {
        f"search/{path.name}": path.read_bytes()
        for path in (built / "site/search").iterdir()
    }
    for word in ("bread", "pan", "softly"):
        assert [number for number, *_ in ReferenceSearch(files).rank(word)] == [0]


def test_list_and_manifest_count_the_notes(built: Path, tmp_path: Path) -> None:
    deck = write_deck(tmp_path, TABLE)
    _, text = run("list", "--format", "json", "--content", deck)
    (row,) = json.loads(text)["questions"]
    assert (row["id"], row["kind"], row["notes"]) == ("food", "cards", 3)
    manifest = json.loads((built / "manifest.json").read_text(encoding="utf-8"))
    assert (manifest["questions"], manifest["cards"]) == (0, 3)


@pytest.mark.parametrize("text", [TABLE, MARKDOWN], ids=["table", "markdown"])
def test_a_card_gets_another_id_and_keeps_its_guid(tmp_path: Path, text: str) -> None:
    deck = write_deck(tmp_path, text)
    run("rename", "food/salt", "food/sea-salt", "--content", deck)
    assert run("check", "--content", deck)[0] == 0
    report = check_and_typeset(open_project(deck))
    assert report.catalog is not None
    (question,) = report.catalog.questions
    assert question.meta.renamed == {"salt": "sea-salt"}
    assert [card.slug for card in question.cards] == ["bread", "sea-salt", "gap"]


@pytest.mark.parametrize(
    ("text", "old", "name"),
    [
        (TABLE, "food", "cards.csv"),
        # The name of a table says what it is, also where its id is the same.
        (TABLE.replace("food/cards.csv", "cards/cards.csv"), "cards", "cards.csv"),
        (MARKDOWN, "food", "market.md"),
    ],
    ids=["table", "table-of-its-name", "markdown"],
)
def test_a_file_of_cards_gets_another_id(
    tmp_path: Path, text: str, old: str, name: str
) -> None:
    deck = write_deck(tmp_path, text)
    run("rename", old, "market", "--content", deck)
    (source,) = open_project(deck).folder.sources
    meta = parse(source).meta
    assert (meta.id, meta.aliases) == ("market", (old,))
    assert source.path.name == name


def test_a_card_does_not_become_a_question(tmp_path: Path) -> None:
    deck = write_deck(tmp_path, TABLE)
    with pytest.raises(TriptychError, match="food/salt: salt"):
        run("rename", "food/salt", "salt", "--content", deck)


@pytest.mark.parametrize(
    "text",
    [
        TABLE.replace("salt,la sal", ",la sal"),
        MARKDOWN.replace("{#salt .type}", "{.type}"),
    ],
    ids=["table", "markdown"],
)
def test_fix_gives_a_card_an_id(tmp_path: Path, text: str) -> None:
    deck = write_deck(tmp_path, text)
    assert run("check", "--content", deck)[0] == 1
    assert run("check", "--fix", "--content", deck)[0] == 0
    (source,) = open_project(deck).folder.sources
    salt = parse(source).sections[1]
    assert (salt.slug, salt.options.is_typed) == ("la-sal", True)


def test_blocks_in_an_answer_fit_into_a_cell_of_the_sheet(tmp_path: Path) -> None:
    answer = (
        "Text\n\n1. a\n2. b\n\n- c\n\n```python\nx = 1\n```\n\n> d\n\n$$\nx^2\n$$\n\n"
        "| e | f |\n|---|---|\n| g | h |\n\nTerm\n: meaning\n\n---\n\n#### Heading\n"
    )
    text = MARKDOWN.replace("\nbread\n", f"\n{answer}")
    report, emitted = build(
        open_project(write_deck(tmp_path / "deck", text)), tmp_path / "dist", ["sheet"]
    )
    assert emitted, report.diagnostics


@pytest.mark.parametrize("key", ["reverse", "type"])
def test_what_is_said_of_all_cards_holds_for_each(key: str) -> None:
    cards = "## Cards\n\n### A {#a}\n1\n\n### B {#b}\n2\n"
    file = f"---\ntitle: C\nkind: cards\n{key}: true\n---\n\n{cards}"
    for path, text in (
        ("t/cards.csv", f"# {key}: true\nid,prompt,answer\na,A,1\nb,B,2\n"),
        ("t/c.md", file),
    ):
        found = parse(source_of(PurePosixPath(path), text.encode())).layers.cards
        options = [(card.options.is_reversed, card.options.is_typed) for card in found]
        assert options == [(key == "reverse", key == "type")] * 2, path


def test_a_table_is_read_to_its_last_cell_and_as_spreadsheets_write_it() -> None:
    head = '"# title: ""A, b""",,\n"# reverse: true",,\n'
    data = f"{head}id,prompt,answer,reverse\na,A,1,NO\nb,B,2,Yes\nc,C,3\nd,D,"
    document = parse(source_of(PurePosixPath("t/cards.csv"), data.encode()))
    assert document.front_matter.text("title") == "A, b"
    found = document.layers.cards
    assert [card.slug for card in found] == ["a", "b", "c", "d"]
    assert [card.options.is_reversed for card in found] == [False, True, True, True]


def test_a_cell_is_marked_to_the_end_of_its_first_line() -> None:
    data = b'id,prompt\na,A,"one\ntwo"\nb,B,"three"\n'
    document = parse(source_of(PurePosixPath("t/cards.csv"), data))
    assert [finding.span.length for finding in document.table_findings] == [4, 7]


@pytest.mark.parametrize("answer", ["1", ""])
def test_only_an_answer_that_is_there_asks_for_its_prompt(
    answer: str, tmp_path: Path
) -> None:
    deck = write_deck(
        tmp_path,
        f"=== t/cards.csv\nid,prompt,answer,reverse\na,A,{answer},yes\nb,B,2,\n"
        f"=== t/c.md\n---\ntitle: C\nkind: cards\n---\n## Cards\n"
        f"### A {{#a .reverse}}\n{answer}\n### B {{#b}}\n2\n",
    )
    found = [specs_of(parse(source)) for source in open_project(deck).folder.sources]
    cards = [[len(spec.cards) for spec in specs] for specs in found]
    assert cards == [[2 if answer else 1, 1]] * 2


def test_a_cell_has_no_control_characters() -> None:
    data = b"id,prompt,answer,hint\na,o\x07ne,t\x1bwo,th\x00ree\n"
    (card,) = parse(source_of(PurePosixPath("t/cards.csv"), data)).layers.cards
    tokens = (card.heading, *card.tokens, *card.options.hint)
    assert not re.search(r"[\x00-\x1f]", "".join(token.content for token in tokens))
    assert len(tokens) == 3
