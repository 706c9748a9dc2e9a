"""Real Anki takes the package as it is meant."""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from tests.questions import changed, made

from triptych.values.catalog import Catalog
from triptych.values.deck import SiteSettings
from triptych.values.prose import Prose

Anki = Callable[..., list[Any]]
Pack = Callable[[Catalog], bytes]
NOTES = {
    "overfitting": 1,
    "overfitting/cloze": 2,
    "overfitting/more-data": 1,
    "overfitting/l1-or-l2": 1,
    "overfitting/zero": 1,
    "code-k-means": 1,
    "code-k-means/fill-in": 2,
}


def cards_by_note(look: dict[str, Any]) -> dict[str, list[int]]:
    """Return the cards' numbers by GUID, as Anki holds them after an import."""
    made: dict[str, list[int]] = {}
    for card in look["cards"]:
        made.setdefault(card["guid"], []).append(card["ord"])
    return {guid: sorted(ords) for guid, ords in made.items()}


def test_anki_imports_every_note_with_its_cards(
    anki: Anki, pack: Pack, catalog: Catalog
) -> None:
    imported, look = anki(pack(catalog), {"do": "look"})
    assert imported["new"] == look["note_count"] == len(NOTES)
    ids = {guid: note["id"] for guid, note in look["notes"].items()}
    assert {ids[guid]: len(ords) for guid, ords in cards_by_note(look).items()} == NOTES


def test_nothing_is_missing_faulty_blank_or_empty(
    anki: Anki, pack: Pack, catalog: Catalog
) -> None:
    _, look, checked = anki(pack(catalog), {"do": "look"}, {"do": "check"})
    assert look["missing_media"] == look["faults"] == look["blank"] == []
    assert look["refused"] == []
    assert look["empty_cards"] == 0
    assert checked == "Database rebuilt and optimized."


def test_the_cards_are_those_that_anki_itself_would_make(
    anki: Anki, pack: Pack, catalog: Catalog
) -> None:
    _, look, remade = anki(pack(catalog), {"do": "look"}, {"do": "remake"})
    assert cards_by_note(look) == remade


def test_the_same_package_twice_changes_nothing(
    anki: Anki, pack: Pack, catalog: Catalog
) -> None:
    data = pack(catalog)
    _, before, again, after = anki(data, {"do": "look"}, data, {"do": "look"})
    assert again["duplicate"] == len(NOTES)
    assert before == after


def test_decks_are_numbered_below_one_parent(
    anki: Anki, pack: Pack, catalog: Catalog
) -> None:
    _, look = anki(pack(catalog), {"do": "look"})
    assert {name for name in look["decks"] if name != "Default"} == {
        "Sample Deck",
        "Sample Deck::01 Classical models",
        "Sample Deck::02 Basics",
        "Sample Deck::Long tasks",
    }
    description = look["decks"]["Sample Deck"]
    assert description.startswith("A deck &lt;b&gt;to&lt;/b&gt; *try*.\n\nTo study")
    homes = {
        (look["notes"][card["guid"]]["id"], card["deck"][-9:]) for card in look["cards"]
    }
    assert ("overfitting", "02 Basics") in homes
    assert ("code-k-means", "ong tasks") in homes
    assert ("code-k-means/fill-in", "al models") in homes


def test_new_cards_come_in_study_order(
    anki: Anki, pack: Pack, catalog: Catalog
) -> None:
    _, look = anki(pack(catalog), {"do": "look"})
    ids = {guid: note["id"] for guid, note in look["notes"].items()}
    order = sorted(look["cards"], key=lambda card: card["due"])
    # The gap in a summary comes last in its short topic.
    gap = "overfitting/cloze"
    own = [id_ for id_ in NOTES if id_.startswith("overfitting") and id_ != gap]
    # Long tasks are in a subdeck of their own.
    others = ["code-k-means/fill-in", "code-k-means"]
    found = list(dict.fromkeys(ids[card["guid"]] for card in order))
    assert found == [*own, gap, *others]
    assert {card["due"] for card in order} == set(range(1, len(NOTES) + 1))


def test_note_types_belong_to_the_deck(
    anki: Anki, pack: Pack, catalog: Catalog
) -> None:
    _, look = anki(pack(catalog), {"do": "look"})
    assert set(look["types"]) == {
        "Triptych Question (sample)",
        "Triptych Cloze (sample)",
    }
    assert look["types"]["Triptych Question (sample)"]["templates"] == [
        "Question",
        "Spare",
    ]
    for type_ in look["types"].values():
        assert type_["fields"][0] == "Id"
        assert {"My notes", "Spare 1", "Spare 2", "Spare 3"} <= set(type_["fields"])


def test_the_back_shows_the_layers_in_their_order(
    anki: Anki, pack: Pack, catalog: Catalog
) -> None:
    _, card = anki(pack(catalog), {"do": "render", "note": "overfitting"})
    order = [
        "What is overfitting?",
        "It fits the noise",
        "Too close a fit.",
        "square-0a1b.svg",
        "names the gap",
        "A &lt;book&gt;",
        '<a href="https://sample.example.org/deck/q/overfitting.html">',
    ]
    back = re.sub(r'<section class="rubric first".*?</section>', "", card["back"])
    places = [back.index(text) for text in order]
    assert places == sorted(places)
    assert "It fits the noise" not in card["front"]
    assert "Think of two curves." in card["front"]


def test_a_follow_up_says_what_it_follows_and_links_to_its_place(
    anki: Anki, pack: Pack, catalog: Catalog
) -> None:
    _, card = anki(pack(catalog), {"do": "render", "note": "overfitting/more-data"})
    assert "What is overfitting?" in card["front"]
    assert "Does more data help?" in card["front"]
    assert "deck/q/overfitting.html#more-data" in card["back"]


def test_without_a_base_url_there_is_no_link(
    anki: Anki, pack: Pack, catalog: Catalog
) -> None:
    nowhere = replace(catalog, deck=replace(catalog.deck, site=SiteSettings()))
    _, card = anki(pack(nowhere), {"do": "render", "note": "overfitting"})
    assert "overfitting.html" not in card["back"]
    assert "%" not in card["back"]


def test_my_notes_show_on_the_back(anki: Anki, pack: Pack, catalog: Catalog) -> None:
    mine = {"My notes": "remember the curves"}
    _, _, card = anki(
        pack(catalog),
        {"do": "change", "note": "overfitting", "fields": mine},
        {"do": "render", "note": "overfitting"},
    )
    assert "remember the curves" in card["back"]


@pytest.mark.parametrize(
    "prompt", ["", " <br>", "&nbsp;", "<span>\u200b</span>", "<p></p>"]
)
def test_a_prompt_that_shows_nothing_is_no_blank_card(
    anki: Anki,
    pack: Pack,
    catalog: Catalog,
    prose: Callable[[str], Prose],
    prompt: str,
) -> None:
    question = catalog.questions[1]
    shown = replace(catalog, questions=(changed(question, prompt=prose(prompt)),))
    _, look, remade = anki(pack(shown), {"do": "look"}, {"do": "remake"})
    assert look["blank"] == []
    assert look["empty_cards"] == 0
    assert cards_by_note(look) == remade


@pytest.mark.parametrize(
    "text",
    [
        "{{c1::x}} {{Id}} {{#Id}}",
        "[sound:gone.mp3] [latex]x[/latex] [$]x[/$] [$$]x[/$$]",
        "[[type:Id]] [anki:tts lang=en]x[/anki:tts]",
        "a\x1fb\x00c",
    ],
)
def test_what_anki_would_act_upon_is_shown_as_text(
    anki: Anki,
    pack: Pack,
    catalog: Catalog,
    prose: Callable[[str], Prose],
    text: str,
) -> None:
    question = made(
        "odd",
        catalog.questions[1].meta.path,
        prose(f"Q {text}"),
        answer=prose(f"<p>{text}</p>"),
    )
    odd = replace(catalog, questions=(question,), study_order=())
    _, look, card, remade = anki(
        pack(odd), {"do": "look"}, {"do": "render", "note": "odd"}, {"do": "remake"}
    )
    assert look["missing_media"] == look["faults"] == look["blank"] == []
    assert look["refused"] == []
    assert cards_by_note(look) == remade
    for side in card.values():
        assert "[anki:play" not in side
        assert "[[type" not in side


def test_retired_notes_are_not_in_the_package(
    anki: Anki, pack: Pack, catalog: Catalog
) -> None:
    k_means, overfitting = catalog.questions
    questions = (
        changed(k_means, retired=True),
        changed(overfitting, retired_slugs=("zero", "cloze")),
    )
    _, look = anki(pack(replace(catalog, questions=questions)), {"do": "look"})
    assert {note["id"] for note in look["notes"].values()} == {
        "overfitting",
        "overfitting/more-data",
        "overfitting/l1-or-l2",
    }
