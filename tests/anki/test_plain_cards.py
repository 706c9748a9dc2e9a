"""Plain cards in real Anki: their sides, what is typed, and updates of all kinds."""

import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.anki.test_upgrade import Shipped, ship
from tests.cases import write_deck
from tests.sounds import wave

from triptych.build.build import check_and_typeset
from triptych.deck.project import open_project
from triptych.ledger.lock import Ledger
from triptych.values.catalog import Catalog

Anki = Callable[..., list[Any]]
NOW = int(time.time())
HEADER = "=== food/cards.csv\nid,prompt,answer,reverse,type,hint,tags,sound\n"
BEFORE = f"""{HEADER}\
bread,食べる,to eat,,,,
salt,la sal,salt,,,begins with s,a1 a1/food
gap,The {{{{c1::dog}}}} {{{{c2::barks}}}},loudly,,,,
sum,=SUM(A1),"+1
- a
- b",yes,,,
=== words/words.md
---
title: Words
kind: cards
---
Not on any card.

## Cards
### ذهب {{#gold .reverse .type}}
**gold** & <silver>
""".replace("{{#", "{#").replace(".type}}", ".type}")
AFTER = (
    BEFORE.replace("to eat,,", "to eat *it*,yes,yes")
    .replace("loudly", "softly")
    .replace("salt,la sal,salt,,", "salt,la sal,sea salt,,yes")
)
TYPES = {"Triptych Question (test)", "Triptych Cloze (test)"}


def catalog_of(folder: Path, text: str) -> Catalog:
    deck = write_deck(folder, text)
    (deck / "media").mkdir(exist_ok=True)
    (deck / "media/e.wav").write_bytes(wave())
    report = check_and_typeset(open_project(deck))
    assert report.catalog is not None, report.diagnostics
    return report.catalog


@pytest.fixture(scope="module")
def releases(tmp_path_factory: pytest.TempPathFactory) -> tuple[Shipped, Shipped]:
    first = ship(catalog_of(tmp_path_factory.mktemp("before"), BEFORE), Ledger())
    after = catalog_of(tmp_path_factory.mktemp("after"), AFTER)
    return first, ship(after, first.ledger, NOW + 1000)


def ords(looked: dict[str, Any]) -> dict[str, list[int]]:
    """Return the templates of the cards of each note, by its id."""
    ids = {guid: note["id"] for guid, note in looked["notes"].items()}
    found: dict[str, list[int]] = {id_: [] for id_ in ids.values()}
    for card in looked["cards"]:
        found[ids[card["guid"]]].append(card["ord"])
    return {id_: sorted(cards) for id_, cards in found.items()}


def text_of(html: str) -> str:
    html = re.sub(r"<style>.*?</style>", "", html, flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]*>", " ", html).split())


def test_each_card_has_its_sides_and_nothing_else(
    each_anki: Anki, releases: tuple[Shipped, Shipped]
) -> None:
    shown = [("food/bread", 0), ("food/sum", 1), ("food/gap", 0), ("words/gold", 0)]
    _, looked, made, *sides, right, wrong = each_anki(
        releases[0].package,
        {"do": "look"},
        {"do": "remake"},
        *({"do": "render", "note": note, "ord": ord_} for note, ord_ in shown),
        {"do": "compare", "note": "words/gold", "typed": "gold & <silver>"},
        {"do": "compare", "note": "words/gold", "typed": "gold & silver"},
    )
    assert ords(looked) == {
        "food/bread": [0],
        "food/salt": [0],
        "food/gap": [0, 1],
        "food/sum": [0, 1],
        "words/gold": [0, 1],
    }
    assert {g: sorted(o) for g, o in made.items()} == {
        guid: ords(looked)[note["id"]] for guid, note in looked["notes"].items()
    }
    assert looked["faults"] == looked["blank"] == looked["refused"] == []
    assert set(looked["types"]) == TYPES
    texts = [tuple(text_of(side[name]) for name in ("front", "back")) for side in sides]
    assert texts == [
        ("食べる", "食べる to eat"),
        ("+1 a b", "+1 a b =SUM(A1)"),
        ("The [...] barks", "The dog barks loudly"),
        (
            "ذهب [[type:Spare 2]]",
            "ذهب [[type:Spare 2]] gold &amp; &lt;silver&gt;",
        ),
    ]
    assert "typeBad" not in right
    assert "typeMissed" not in right
    assert "typeMissed" in wrong
    tags = {note["id"]: note["tags"] for note in looked["notes"].values()}
    assert tags["food/salt"] == ["a1", "a1::food", "part::card", "topic::food"]


@pytest.mark.parametrize("by_files", [False, True], ids=["package", "files"])
def test_updates_bring_changes_and_keep_progress(
    each_anki: Anki, releases: tuple[Shipped, Shipped], *, by_files: bool
) -> None:
    first, second = releases
    way = second.update() if by_files else (second.package,)
    steps = [
        {"do": "change", "note": "food/bread", "due": "5", "flag": 2},
        {"do": "change", "note": "food/sum", "fields": {"My notes": "mine"}},
        {"do": "look"},
    ]
    *_, before, after, made = [
        log
        for log in each_anki(
            first.package, *steps, *way, {"do": "look"}, {"do": "remake"}
        )
        if log is None or "updated" not in log or log["conflicting"]
    ]
    assert set(after["types"]) == TYPES
    assert after["schema"] == before["schema"]
    assert after["faults"] == after["blank"] == []
    assert ords(after) == {**ords(before), "food/bread": [0, 1]}
    assert {g: sorted(o) for g, o in made.items()} == {
        guid: ords(after)[note["id"]] for guid, note in after["notes"].items()
    }
    kept = {card["id"]: card for card in after["cards"]}
    assert [kept[card["id"]] for card in before["cards"]] == before["cards"]
    notes = {note["id"]: note["fields"] for note in after["notes"].values()}
    assert notes["food/bread"]["Spare 2"] == "to eat it"
    assert notes["food/salt"]["Answer"] == "sea salt"
    assert notes["food/salt"]["Spare 2"] == "sea salt"
    assert notes["food/gap"]["Spare 1"] == "softly"
    assert notes["food/sum"]["My notes"] == "mine"


@pytest.mark.parametrize("by_files", [False, True], ids=["package", "files"])
def test_sounds_arrive_and_play_on_their_side(
    each_anki: Anki, tmp_path: Path, *, by_files: bool
) -> None:
    silent = ship(catalog_of(tmp_path / "silent", BEFORE), Ledger())
    loud = BEFORE.replace("to eat,,,,", "to eat,yes,,,,e.wav").replace(
        "salt,,,begins", "![](media/e.wav),,,begins"
    )
    second = ship(catalog_of(tmp_path / "loud", loud), silent.ledger, NOW + 1000)
    way = second.update() if by_files else (second.package,)
    first, *_, looked, bread, salt = each_anki(
        silent.package,
        *way,
        {"do": "look"},
        {"do": "sounds", "note": "food/bread"},
        {"do": "sounds", "note": "food/salt"},
    )
    assert first["new"] == 5
    assert looked["missing_media"] == []
    # The back of a card in Anki plays what the front shows once more.
    (name,) = bread["front"]
    assert re.fullmatch(r"_?e-[0-9a-f]{12}\.wav", name)
    assert bread["back"] == salt["back"] == [name]
    assert salt["front"] == []
