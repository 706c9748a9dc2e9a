"""A rename does all that it should, or is refused and changes nothing."""

import tempfile
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from triptych.author.rename import rename
from triptych.deck.project import open_project
from triptych.errors import TriptychError
from triptych.parse.document import parse
from triptych.values.document import Document

IDS = (
    "",
    "id: old",
    'id: "old"',
    "'id': 'old' # permanent",
    "? id\n: old",
    "id: &a old",
)
LISTS = (
    *("", "aliases:", "aliases: []", "aliases: [a, b]", "aliases: [ 'a' ] # c"),
    *("aliases:\n- a\n- b # last", "aliases:\n  -   a", "aliases: [a,\n  b]"),
    *("aliases: {a: b}", "aliases: old", "aliases: ''", "aliases: [a, [b]]"),
    *("aliases: !!seq [a]", "aliases: [a, ]", 'aliases: ["a b", "c\\"d"]'),
    *("aliases: # none yet", "aliases: null", "aliases: |\n  a", "aliases: [old]"),
)
TABLES = (
    *("", "renamed:", "renamed: {}", "renamed: {a: b}", "renamed:\n  a: b"),
    *("renamed:\n    'a': \"b\" # why", "renamed: {a: b,\n  c: d}", "renamed: [a]"),
    *("renamed: {a: part}", "renamed: {part: a}", "renamed:\n  a: part", "renamed: x"),
    *("renamed: {q/x: part}", "renamed:\n  q/: part\n  a: b"),
    *("renamed: {a: b, }", "renamed: # none", "? renamed\n: a: b", "renamed: {a}"),
)
WHOLE = (
    "{question: Q?, id: old}",
    "{id: old, question: Q?, aliases: [a]}",
    "{question: Q?}",
    "{question: Q?,\n id: old}",
    '{"question": "Q?", "id": "old", "renamed": {}}',
    "%YAML 1.1",
    "question: Q?\nid: old\nid: old",
    "question: Q?\naliases: [a]\naliases: [b]",
    "question: Q?\nid: old\n...",
    "  question: Q?\n  id: old",
)
BODY = "An answer, see [it](#part).\n\n## Follow-ups\n\n### Part? {#part}\n\nText.\n"


class Deck(NamedTuple):
    """A deck of one question, and another that names it."""

    folder: Path
    files: dict[Path, bytes]


def deck_of(folder: Path, matter: str, ending: str) -> Deck:
    texts = {
        "deck.toml": 'id = "d"\ntitle = "D"\n',
        "t/old.md": f"---\n{matter}\n---\n{BODY}".replace("\n", ending),
        "t/other.md": f"---\nquestion: Q?\nrequires: [old]\n---\n{BODY}",
    }
    for name, text in texts.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(text.encode())
    return Deck(folder, {folder / name: text.encode() for name, text in texts.items()})


def questions(folder: Path) -> dict[str, Document]:
    return {d.meta.id: d for d in map(parse, open_project(folder).folder.sources)}


def renamed(deck: Deck, old: str, new: str) -> bool:
    """Rename on disk; return whether it was done, not refused."""
    try:
        made = rename(open_project(deck.folder), old, new)
    except TriptychError:
        assert {path: path.read_bytes() for path in deck.files} == deck.files
        return False
    for path, data in made.files.items():
        (deck.folder / path).write_bytes(data)
    for path, home in made.moved.items():
        (deck.folder / path).rename(deck.folder / home)
    return True


def holds_for_a_question(matter: str, ending: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        deck = deck_of(Path(folder), matter, ending)
        before = questions(deck.folder).get("old")
        if not renamed(deck, "old", "new"):
            return
        after = questions(deck.folder)
        assert before
        assert set(after) == {"new", "other"}
        assert set(after["new"].meta.aliases) == {*before.meta.aliases, "old"}
        assert after["other"].meta.requires == ("new",)
        for name in ("renamed", "retired_slugs", "tags"):
            assert getattr(after["new"].meta, name) == getattr(before.meta, name)
        assert after["new"].front_matter.text("question") == "Q?"


def holds_for_a_part(matter: str, ending: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        deck = deck_of(Path(folder), matter, ending)
        before = questions(deck.folder).get("old")
        if not renamed(deck, "old/part", "old/new"):
            return
        after = questions(deck.folder)["old"]
        assert before
        assert [section.slug for section in after.sections] == ["new"]
        expected = {
            key: "new" if value == "part" else value
            for key, value in before.meta.renamed.items()
        }
        assert after.meta.renamed == {**expected, "part": "new"}
        came = {name: "new" for name, now in before.meta.moved.items() if now == "part"}
        assert after.meta.moved == {**before.meta.moved, **came}
        assert after.meta.aliases == before.meta.aliases
        assert after.front_matter.text("question") == "Q?"


@pytest.mark.parametrize("matter", WHOLE)
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_odd_front_matter_is_edited_right_or_not_at_all(
    matter: str, ending: str
) -> None:
    holds_for_a_question(matter, ending)
    holds_for_a_part(matter, ending)


@st.composite
def matters(draw: st.DrawFn) -> str:
    """Draw front matter: the keys that a rename edits, in any order and any style."""
    lines = [draw(st.sampled_from(ways)) for ways in (IDS, LISTS, TABLES)]
    ordered = draw(st.permutations(["question: Q?", *lines]))
    return "\n".join(line for line in ordered if line)


@given(matters(), st.sampled_from(["\n", "\r\n", "\r"]))
@settings(max_examples=300, deadline=None)
def test_a_question_is_renamed_right_or_not_at_all(matter: str, ending: str) -> None:
    holds_for_a_question(matter, ending)


@given(matters(), st.sampled_from(["\n", "\r\n", "\r"]))
@settings(max_examples=300, deadline=None)
def test_a_part_is_renamed_right_or_not_at_all(matter: str, ending: str) -> None:
    holds_for_a_part(matter, ending)
