"""Plain cards on paper: one card each to cut out, all of them in the handbook."""

import re
from pathlib import Path, PurePosixPath
from typing import Any

import pytest
from tests.cases import write_deck
from tests.sheets import ask, deck, spoken, text
from tests.sounds import SOUNDS

from triptych.build.build import build, check_and_typeset
from triptych.deck.project import open_project
from triptych.parse.document import parse
from triptych.render.output import RenderContext
from triptych.render.settings import RenderSettings
from triptych.render.sheet.plain_cards import cards_table
from triptych.render.sheet.render import render
from triptych.typeset.context import Context
from triptych.typeset.question import question
from triptych.values.catalog import Catalog
from triptych.values.diagnostics import Finding
from triptych.values.source import Media, Source

CARDS = """\
---
title: Words
kind: cards
---
Before them.

## Cards

### el pan {#bread .reverse}

bread

### The {{c1::dog}} **barks** {#gap}

softly

### long {#long}

One line.

- and a list
"""
QUESTION = "---\nquestion: What is asked?\nsummary: This is.\n---\nSo.\n"
PICTURES = """\
=== deck.toml
id = "d"
title = "D"
=== media/hand.svg
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>
=== bones/cards.csv
# title: Bones of the hand
id,prompt,answer,picture,hint
one,,scaphoid,hand.svg,
two,,lunate,hand.svg,next to the radius
three,Which is it?,hamate,hand.svg,
four,capitate,,hand.svg,
"""


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return deck(ask(CARDS, "words"), ask(QUESTION, "q2"))


def made(catalog: Catalog, product: str) -> str:
    (artifact,) = render(catalog, RenderSettings(products=(product,)))
    return " ".join(text(artifact.data).split())


def test_each_card_is_one_to_cut_out(catalog: Catalog) -> None:
    shown = made(catalog, "cards")
    assert len(re.findall(r"\b1\.\d\b", shown)) == 2 * 3  # on both sides
    assert shown.count("el pan") == shown.count("bread") == 1
    assert shown.index("el pan") < shown.index("bread")
    # A gap is blank on the front and filled on the back.
    assert shown.count("The […] barks") == shown.count("The dog barks") == 1
    assert "Before them" not in shown
    assert "This is." in shown


def test_the_handbook_has_them_all_and_no_time(catalog: Catalog) -> None:
    shown = made(catalog, "handbook")
    for words in ("Before them.", "el pan", "bread", "dog", "softly", "and a list"):
        assert words in shown
    assert "0 min" not in shown
    assert "2 min" in shown


def test_the_self_test_asks_each_and_answers_none(catalog: Catalog) -> None:
    shown = made(catalog, "self-test")
    for words in ("1.1 el pan", "1.2 The […] barks", "1.3 long", "What is asked?"):
        assert words in shown
    assert "bread" not in shown
    assert "dog" not in shown


def test_a_picture_that_is_the_prompt_does_not_say_its_answer(tmp_path: Path) -> None:
    report = check_and_typeset(open_project(write_deck(tmp_path, PICTURES)))
    assert report.catalog is not None, report.diagnostics
    assert not report.diagnostics
    (bones,) = report.catalog.questions
    one, two, three, four = bones.cards
    assert 'alt="Bones of the hand"' in one.prompt.card
    assert 'alt="next to the radius"' in two.prompt.card
    assert 'alt="hamate"' in three.text.card
    assert 'alt="capitate"' in four.text.card


def test_the_sheet_says_nothing_twice_of_a_picture() -> None:
    table = PICTURES.partition("cards.csv\n")[2]
    path = PurePosixPath("bones/cards.csv")
    picture = Media(PurePosixPath("media/hand.svg"), "hand-0.svg", b"<svg/>")
    context = Context(path, {picture.path}, lambda _: picture)
    bones = question(parse(Source(path, table)), context)
    tables: list[Any] = [*cards_table(bones, brief=True), *cards_table(bones)]
    pictures = [[repr(row).count(picture.name) for row in t[-1]] for t in tables]
    # A picture without words beside it stays.
    assert pictures == [[1, 1, 0, 1], [1, 1, 1, 1]]


SIDES = """\
=== deck.toml
id = "d"
title = "D"
[print]
products = ["cards", "self-test"]
=== media/hand.svg
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9" width="9" height="9"/>
=== bones/cards.csv
# title: Bones of the hand
id,prompt,answer,picture,sound
heard,,hamate,,a.ogg
seen,,scaphoid,hand.svg,
read,Which is it?,lunate,,a.ogg
"""


def printed(folder: Path, deck_text: str) -> tuple[bytes, bytes]:
    """Return the cards to cut out and the self-test of a deck with a sound."""
    write_deck(folder, deck_text)
    (folder / "media/a.ogg").write_bytes(SOUNDS["c.ogg"])
    report, _ = build(open_project(folder), folder / "dist", ["sheet"])
    assert not report.diagnostics
    cards, self_test = (
        (folder / f"dist/sheet/d-{name}.pdf").read_bytes()
        for name in ("flashcards", "self-test")
    )
    return cards, self_test


def test_paper_shows_the_picture_that_asks_and_leaves_out_the_sound(
    tmp_path: Path,
) -> None:
    for data, sides in zip(printed(tmp_path, SIDES), (2, 1), strict=True):
        shown = text(data)
        numbers = re.findall(r"\b1\.\d\b", shown)
        assert sorted(numbers) == sorted(["1.2", "1.3"] * sides)
        assert "heard" not in shown
        assert "hamate" not in shown
        assert "[Bones" not in shown
        assert ("/Figure", "Bones of the hand") in spoken(data)


def test_a_deck_that_asks_with_sounds_alone_prints_no_card(tmp_path: Path) -> None:
    lines = SIDES.splitlines(keepends=True)
    kept = "".join(one for one in lines if not one.startswith(("seen", "read")))
    for data in printed(tmp_path, kept):
        assert "hamate" not in text(data)


@pytest.mark.parametrize("product", ["sheet", "handbook"])
def test_a_prompt_with_a_sound_has_a_sign_in_the_table(product: str) -> None:
    path = PurePosixPath("bones/cards.csv")
    table = "id,prompt,answer,sound\nheard,,hamate,a.ogg\nread,Which?,lunate,\n"
    sound = Media(PurePosixPath("media/a.ogg"), "a-0.ogg", SOUNDS["c.ogg"])
    context = Context(path, {sound.path}, lambda _: sound)
    catalog = deck(question(parse(Source(path, table)), context))
    (printed,) = render(catalog, RenderSettings(products=(product,)))
    assert "♪ hamate Which? lunate" in text(printed.data)


def test_a_card_that_does_not_fit_is_named_by_its_line() -> None:
    long = CARDS.replace("softly", "softly and for long. " * 200)
    said: list[tuple[str, Finding]] = []
    settings = RenderSettings(products=("cards",))
    context = RenderContext(report=lambda *found: said.append(found))
    (cards,) = render(deck(ask(long, "words")), settings, context)
    assert [(f"{f.span.path}:{f.span.line}", f.message[:8]) for _, f in said] == [
        ("topic/words.md:13", "the back")
    ]
    shown = text(cards.data)
    assert "el pan" in shown
    assert "softly" not in shown
