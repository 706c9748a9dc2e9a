"""Plain cards in the practice, in a deck of nothing else."""

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.browser.conftest import Visitor, build_site
from tests.browser.test_anki import anki, bring_in
from tests.browser.test_pages import OVERFLOW, axe
from tests.browser.test_practice import rows
from tests.cases import write_deck

DECK = """\
=== deck.toml
id = "words"
title = "Words"
[[topics]]
id = "food"
title = "Food"
[[topics]]
id = "home"
title = "Home"
=== food/cards.csv
id,prompt,answer,hint
bread,Bread,Pane,A baker makes it
=== home/rooms.md
---
title: Rooms
kind: cards
tags: [rooms]
---
## Cards
### Room {#room .reverse}
Stanza
### It is {{c1::la cucina}}, the {{c2::kitchen}}. {#gaps}
A feminine word.
"""
CARDS = "".join(f"### Word {n} {{#w{n}}}\nParola {n}\n" for n in range(40))


@pytest.fixture(scope="module")
def words(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the site of a deck of plain cards, downloads included."""
    folder = tmp_path_factory.mktemp("words")
    write_deck(folder / "content", DECK + CARDS)
    return build_site(folder / "content", folder / "dist")


def test_a_covered_card_does_not_show_what_its_gaps_hide(
    visit: Visitor, words: Path
) -> None:
    with visit(390) as it:
        it.open(f"{words.as_uri()}/q/rooms.html")
        gap = it.page.locator("#gaps mark").first
        colour = "gap => getComputedStyle(gap).color"
        shown = gap.evaluate(colour)
        it.page.get_by_role("button", name="Hide the answers").click()
        assert not it.page.get_by_text("A feminine word.").is_visible()
        assert gap.evaluate(colour) == "rgba(0, 0, 0, 0)"
        it.page.get_by_role("button", name="Show the answers").click()
        assert gap.evaluate(colour) == shown != "rgba(0, 0, 0, 0)"


def test_a_deck_of_words_is_practised_by_keyboard(visit: Visitor, words: Path) -> None:
    with visit(390) as it:
        page = it.page
        it.open(f"{words.as_uri()}/practice.html")
        starts = page.locator(".starts li").all_inner_texts()
        assert [" ".join(start.split()) for start in starts] == [
            "Learn 15 new about 2 minutes"
        ]
        assert page.locator("input[type=date]").count() == 0
        page.get_by_role("link", name="Learn 15 new").click()
        fronts, backs = [], []
        for _ in range(3):
            page.locator(".grades .primary").wait_for()
            fronts.append(page.locator(".prompt").inner_text())
            assert "minute" not in page.locator(".ask > .facts").inner_text()
            assert page.locator(".rubric").count() == 0
            page.keyboard.press(" ")
            page.locator("[data-grade]").first.wait_for()
            backs.append(page.locator(".ask section .prose").inner_text())
            assert page.evaluate(OVERFLOW) <= 0
            assert axe(page) == []
            page.keyboard.press(" ")
        assert (fronts[:2], backs[:2]) == (["Bread", "Room"], ["Pane", "Stanza"])
        assert backs[2] == "A feminine word."
        assert [row[1:4] for row in rows(page)] == [
            ["food/bread", 3, []],
            ["rooms/room", 3, []],
            ["rooms/gaps", 3, []],
        ]
        page.keyboard.press("Escape")
        page.get_by_text("3 done in 1 minute").wait_for()
        page.get_by_role("link", name="Done").click()
        page.locator(".topics").wait_for()
        assert [
            " ".join(topic.split())
            for topic in page.locator(".topics > li").all_inner_texts()
        ] == ["Food 1 learning", "Home 2 learning · 40 unseen"]
    assert it.complaints == []


def test_gaps_are_hidden_until_they_are_asked_for(visit: Visitor, words: Path) -> None:
    with visit() as it:
        it.open(f"{words.as_uri()}/practice.html#start=new&tag=rooms")
        page = it.page
        page.locator(".card-bar").wait_for()
        page.keyboard.press(" ")
        page.keyboard.press("3")
        page.locator(".gap").wait_for()
        colour = "getComputedStyle(document.querySelector('.prompt mark')).color"
        assert page.evaluate(colour) == "rgba(0, 0, 0, 0)"
        page.keyboard.press(" ")
        page.locator(".gap.open").wait_for()
        assert page.evaluate(colour) != "rgba(0, 0, 0, 0)"


def test_cards_of_a_long_file_come_from_several_scripts(
    visit: Visitor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("triptych.render.site.practice._CARDS_PER_SHARD", 20)
    write_deck(tmp_path / "content", DECK + CARDS)
    site = build_site(tmp_path / "content", tmp_path / "dist", downloads=False)
    with visit() as it:
        it.open(f"{site.as_uri()}/practice.html#start=all&ids=rooms")
        page = it.page
        for n in range(42):
            page.locator(".grades .primary").wait_for()
            if n >= 2:
                assert page.locator(".prompt").inner_text() == f"Word {n - 2}"
            page.keyboard.press(" ")
            page.keyboard.press("4")
        page.get_by_text("42 done").wait_for()
    assert it.complaints == []


def test_home_topic_and_page_lead_to_the_practice(visit: Visitor, words: Path) -> None:
    with visit() as it:
        for address, start in (
            ("index.html", "start=new"),
            ("topics/home.html", "topic=home"),
            ("q/rooms.html", "ids=rooms"),
        ):
            it.open(f"{words.as_uri()}/{address}")
            link = it.page.locator("main").get_by_role("link", name="Practise")
            assert (link.get_attribute("href") or "").endswith(f"practice.html#{start}")


def test_reviews_of_plain_cards_come_from_anki_without_the_second_direction(
    visit: Visitor,
    words: Path,
    tmp_path: Path,
    requires: Callable[[str, str], None],
) -> None:
    requires("anki", "pip install '.[test]'")
    (package,) = (words / "downloads").glob("*.apkg")
    kept = tmp_path / "kept.apkg"
    deck = "Words::02 Home"
    *_, reviews, _ = anki(
        {"do": "import", "path": str(package)},
        {"do": "change", "note": "rooms/room", "due": "0"},
        {"do": "change", "note": "rooms/gaps", "due": "0"},
        {"do": "study", "deck": deck, "answers": [4] * 30},
        {"do": "review_log"},
        {"do": "export", "path": str(kept)},
    )
    # To set a date is no review.
    graded = [review[:4] for review in reviews if review[3]]
    seen = {(id_, number) for _, id_, number, _ in graded}
    assert {("rooms/gaps", 0), ("rooms/gaps", 1), ("rooms/room", 1)} <= seen
    expected = [
        [moment, id_, grade, [], "anki"]
        for moment, id_, number, grade in graded
        if (id_, number) != ("rooms/room", 1)
    ]
    with visit() as it:
        it.open(f"{words.as_uri()}/practice.html")
        bring_in(it.page, kept)
        it.page.get_by_role("button", name="Merge").click()
        it.page.locator(".topics").wait_for()
        found = rows(it.page)
    assert found == expected
