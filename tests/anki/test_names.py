"""Names that outlive every release stay what they are."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.questions import changed

from triptych.deck.strings import built_in
from triptych.notes.content import content_hash, labels_hash, tags
from triptych.notes.names import deck_names, guid, number, tag
from triptych.notes.strings import card_strings
from triptych.notes.types import NoteType, note_types
from triptych.notes.which import notes
from triptych.values.catalog import Catalog
from triptych.values.deck import Deck, Topic
from triptych.values.prose import Prose
from triptych.values.question import Question

# What Anki may end or clean a tag at.
_UNSAFE = re.compile(r'[\s"\x00-\x1f\x7f]')


@pytest.fixture
def types(catalog: Catalog) -> tuple[NoteType, NoteType]:
    return note_types(catalog.deck, card_strings(built_in(), "en"))


def test_ids_never_change(types: tuple[NoteType, NoteType]) -> None:
    assert guid("sample", "overfitting/more-data") == "b755d2f54484b416322f"
    assert [type_.id for type_ in types] == [1609973586862, 1642473519248]
    assert [field.id for field in types[0].fields][:3] == [
        1623033803312,
        1639692427754,
        1624892662640,
    ]
    assert [template.id for type_ in types for template in type_.templates] == [
        1666556655856,
        1624076411626,
        1637886491776,
    ]


def test_every_slot_has_an_id_of_its_own(types: tuple[NoteType, NoteType]) -> None:
    fields = [field.id for type_ in types for field in type_.fields]
    templates = [template.id for type_ in types for template in type_.templates]
    assert len({*fields, *templates}) == len(fields) + len(templates) == 26


def test_fields_stand_where_they_were_released(
    types: tuple[NoteType, NoteType],
) -> None:
    spares = ["Spare 1", "Spare 2", "Spare 3", "My notes"]
    assert [[field.name for field in type_.fields] for type_ in types] == [
        [
            *("Id", "Question", "Label", "Parent", "Hints", "Summary", "Answer"),
            *("Rubric", "References", "Page", *spares),
        ],
        ["Id", "Text", "Question", "Label", "Page", *spares],
    ]


def test_two_decks_share_no_id() -> None:
    assert guid("a", "b-c") != guid("a-b", "c")
    assert guid("a", "b") != guid("c", "b")
    assert number("a", "question") != number("b", "question")


@given(st.text(), st.text())
def test_a_guid_is_plain_letters_and_digits(deck: str, note: str) -> None:
    assert re.fullmatch(r"[0-9a-f]{20}", guid(deck.encode().hex(), note.encode().hex()))


def test_tags_form_a_tree(catalog: Catalog) -> None:
    made = {note.id: tags(note) for note in notes(catalog)}
    assert made["overfitting/more-data"] == (
        "company::Two-Sigma",
        "difficulty::easy",
        "generalization",
        "kind::concept",
        "part::follow-up",
        "topic::fundamentals",
    )
    assert "part::code" in made["code-k-means/fill-in"]
    assert "part::cloze" in made["overfitting/cloze"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("two words", "two-words"),
        ("ml, basics,", "ml-basics"),
        ("a::::b::", "a::b"),
        (" : ", ""),
        ("机器\u3000学习", "机器-学习"),
        ('say "hi"', "say-hi"),
        ("a\tb\nc\x01", "a-b-c"),
        ("cafe\u0301", "caf\u00e9"),
    ],
)
def test_a_tag_is_what_anki_would_make_of_it(name: str, expected: str) -> None:
    assert tag(name) == expected


@given(st.text())
def test_a_tag_of_any_text_is_one_that_anki_keeps(name: str) -> None:
    made = tag(name)
    assert not _UNSAFE.search(made)
    assert tag(made) == made
    assert made == unicodedata.normalize("NFC", made)
    assert all(made.split("::")) or not made


def test_a_hundred_decks_are_in_the_order_of_their_numbers() -> None:
    """Anki sorts them as text."""
    topics = tuple(Topic(f"t{number}", "T") for number in range(100))
    names = list(deck_names(Deck("d", "D", topics=topics), {}).values())
    assert names[1:3] == ["D::001 T", "D::002 T"]
    assert sorted(names) == names


def test_decks_are_numbered_as_the_topics_stand() -> None:
    topics = (
        Topic("a", "C++ std::vector"),
        Topic("b", ' "Quoted"\x07 '),
        Topic("c", ""),
    )
    assert deck_names(Deck("d", "A :: B", topics=topics), {}) == {
        "": "A : B",
        "a": "A : B::01 C++ std: vector",
        "b": "A : B::02 Quoted",
        "c": "A : B::03 c",
    }


def test_a_hash_follows_the_words_and_not_their_html(catalog: Catalog) -> None:
    (note, *_) = notes(catalog)
    redrawn = replace(note.question.answer, card="<p>drawn otherwise</p>")
    again = replace(note, question=replace(note.question, answer=redrawn))
    assert content_hash(again) == content_hash(note)
    edited = replace(note.question, answer=Prose(digest="other"))
    assert content_hash(replace(note, question=edited)) != content_hash(note)


@pytest.mark.parametrize(
    "edit",
    [
        lambda question: changed(question, rubric=question.rubric[:1]),
        lambda question: changed(question, references=()),
        lambda question: changed(question, prompt=Prose(digest="other")),
    ],
)
def test_whatever_the_card_shows_is_in_the_hash(
    catalog: Catalog, edit: Callable[[Question], Question]
) -> None:
    (note, *_) = notes(catalog)
    assert content_hash(replace(note, question=edit(note.question))) != content_hash(
        note
    )


@pytest.mark.parametrize("values", [{"tags": ("new",)}, {"minutes": 9}])
def test_tags_and_minutes_wait_for_a_change_of_words(
    catalog: Catalog, values: dict[str, Any]
) -> None:
    (note, *_) = notes(catalog)
    other = replace(note, question=changed(note.question, **values))
    assert content_hash(other) == content_hash(note)
    assert labels_hash(other) != labels_hash(note)
    assert content_hash(other, formula=1) != content_hash(note, formula=1)


def test_a_new_topic_gets_the_next_free_number_wherever_it_stands() -> None:
    topics = (Topic("a", "A"), Topic("new", "New"), Topic("b", "B"))
    released = {"": "D", "a": "D::01 A", "b": "D::02 B", "gone": "D::05 Gone"}
    names = deck_names(Deck("d", "D", topics=topics), released)
    assert names == {**released, "new": "D::06 New"}


def test_what_only_the_page_shows_is_not_in_the_hash(catalog: Catalog) -> None:
    before = [content_hash(note) for note in notes(catalog)]
    deeper = [
        changed(
            question, depth=Prose(digest="deep"), related=("x",), reviewed="2030-01-01"
        )
        for question in catalog.questions
    ]
    after = [
        content_hash(note) for note in notes(replace(catalog, questions=tuple(deeper)))
    ]
    assert after == before
