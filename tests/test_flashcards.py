"""Cards on paper: each once, its back behind its front, and nothing off the page."""

import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import pytest
from tests.sheets import POPPLER, ask, deck, read, spoken, text, words

from triptych.render.output import RenderContext
from triptych.render.settings import RenderSettings
from triptych.render.sheet.render import render
from triptych.values.catalog import Catalog
from triptych.values.deck import PrintSettings
from triptych.values.diagnostics import Finding

T = TypeVar("T")
POINTS_PER_MM = 72 / 25.4
BOX = 4
"""How far the centre of a word's box may be from that of its letters, in points."""
TENTH_OF_MM = 0.1 * POINTS_PER_MM
PAPERS = {"a4": (595.28, 841.89), "us-letter": (612, 792)}
COUNT = 11


def names(count: int) -> list[str]:
    return [chr(ord("a") + n // 26) + chr(ord("a") + n % 26) for n in range(count)]


def asked(count: int = COUNT) -> Catalog:
    questions = [
        ask(
            f"---\nquestion: Front {name}?\nsummary: Back {name} says $x$.\n"
            f"rubric: [Point {name} one, Point {name} two]\ndifficulty: easy\n---\n"
            f"$$y = {name}$$\n\n## Pitfalls\n\n### Wrong {name}. {{#p}}\nRight.\n",
            f"q{n:02}",
            "first" if n < count / 2 else "second",
        )
        for n, name in enumerate(names(count))
    ]
    return deck(*questions)


def made(catalog: Catalog, *, shift: tuple[float, float] = (0, 0)) -> bytes:
    settings = RenderSettings(products=("cards",), shift=shift)
    (artifact,) = render(catalog, settings)
    assert str(artifact.path) == "sheet/d-flashcards.pdf"
    return artifact.data


def reported(catalog: Catalog) -> list[str]:
    """Return what is reported of cards to the author."""
    said: list[str] = []

    def report(rule: str, found: Finding) -> None:
        said.append(f"{rule} {found.span.path}:{found.span.line} {found.message}")

    list(
        render(
            catalog,
            RenderSettings(products=("cards",)),
            RenderContext(report=report),
        )
    )
    return said


def with_print(catalog: Catalog, flip: str, paper: str = "a4") -> Catalog:
    printing = PrintSettings(flip=flip, papers=(paper,))
    return deck(*catalog.questions, print=printing)


def centres(data: bytes, folder: Path) -> dict[str, list[tuple[float, float]]]:
    """Return the centre of the number of each card on its front and on its back."""
    found: dict[str, list[tuple[float, float]]] = {}
    for word in words(data, folder):
        if word.text.isdigit():
            place = ((word.left + word.right) / 2, (word.top + word.bottom) / 2)
            found.setdefault(word.text, []).append(place)
    return found


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("flip", ["long-edge", "short-edge"])
@pytest.mark.parametrize("shift", [(0.0, 0.0), (1.5, -2.0)])
def test_each_back_lies_behind_its_front(
    paper: str,
    flip: str,
    shift: tuple[float, float],
    tmp_path: Path,
    requires: Callable[[str, str], None],
) -> None:
    requires("pdftotext", POPPLER)
    width, height = PAPERS[paper]
    catalog = with_print(asked(), flip, paper)
    data = made(catalog, shift=shift)
    assert len(read(data).pages) == 2 + 2 * 2
    right, down = (part * POINTS_PER_MM for part in shift)
    found = centres(data, tmp_path)
    assert {k: len(v) for k, v in found.items()} == {str(n): 2 for n in range(1, 12)}
    for (x, y), (back_x, back_y) in found.values():
        if flip == "long-edge":
            assert abs(x + back_x - right - width) < TENTH_OF_MM
            assert abs(y - back_y + down) < TENTH_OF_MM
        else:
            # What turns over stands on its head, and so does the box around a number.
            assert abs(x - back_x + right) < TENTH_OF_MM
            assert abs(y + back_y - down - height) < BOX


@pytest.mark.parametrize("flip", ["long-edge", "short-edge", "fold"])
def test_each_side_is_there_once_and_in_order(flip: str) -> None:
    data = made(with_print(asked(), flip))
    said = unicodedata.normalize("NFKC", text(data))
    for name in names(COUNT):
        for part in (
            "Front {}?",
            "Back {}",
            "Point {} one",
            "Point {} two",
            "Wrong {}.",
        ):
            assert said.count(part.format(name)) == 1, part.format(name)
    formulas = [alt for _, alt in spoken(data) if alt.startswith("y")]
    assert formulas == [f"y = {name}" for name in names(COUNT)]
    kinds = [kind for kind, _ in spoken(data)]
    assert kinds.count("/H2") == COUNT
    assert kinds.count("/H1") == 2
    pages = len(read(data).pages)
    assert pages == {"fold": 1 + 3}.get(flip, 2 + 4)


def test_what_does_not_fit_leaves_pitfalls_then_formulas_out() -> None:
    def text_with(rubric: int) -> str:
        return text(made(deck(long_back(rubric))))

    assert "Wrong." in text_with(9)
    assert "Wrong." not in text_with(12)
    assert "point 11" in text_with(12)


def long_back(rubric: int) -> str:
    points = [f"point {n} with some more words in it" for n in range(rubric)]
    front = f"---\nquestion: What?\nsummary: So.\nrubric: {points}\n---\n"
    pitfall = "## Pitfalls\n\n### Wrong. {#p}\nRight.\n"
    return f"{front}$$y = \\frac12$$\n\n{pitfall}"


@pytest.mark.parametrize("flip", ["long-edge", "fold"])
def test_a_card_that_does_not_fit_is_reported_and_left_out(flip: str) -> None:
    front = f"---\nquestion: {'What is it? ' * 60}\n---\nIt."
    others = [f"---\nquestion: Asked {n}?\nsummary: Said {n}.\n---\n" for n in range(8)]
    catalog = deck(long_back(40), front, *others, print=PrintSettings(flip=flip))
    left_out = "does not fit on a card to cut out, which is left out"
    assert reported(catalog) == [
        f"too-long-for-a-card topic/q1.md:1 the back {left_out}",
        f"too-long-for-a-card topic/q2.md:1 the front {left_out}",
    ]
    data = made(catalog)
    shown = text(data)
    assert "point 1" not in shown
    assert "What is it?" not in shown
    for n in range(8):
        assert shown.count(f"Asked {n}?") == shown.count(f"Said {n}.") == 1
    # The topic begins with the first card that there is, and no card is blank.
    assert [kind for kind, _ in spoken(data)].count("/H1") == 1
    assert len(read(data).pages) == {"fold": 1 + 2, "long-edge": 2 + 2}[flip]


def test_cards_that_all_do_not_fit_leave_the_page_on_how_to_print() -> None:
    assert len(read(made(deck(long_back(40)))).pages) == 2


def test_sizes_are_kept_for_cards_that_did_not_change() -> None:
    kept: dict[str, Any] = {}
    asked_for: list[str] = []

    def keep(digest: str, make: Callable[[], T]) -> T:
        asked_for.append(digest)
        if not digest:
            return make()  # of what it is made is not known
        if digest not in kept:
            kept[digest] = make()
        found: T = kept[digest]
        return found

    settings = RenderSettings(products=("cards",))
    catalog = asked(60)
    list(render(catalog, settings, RenderContext(keep=keep)))
    first = len(kept)
    changed = deck(*catalog.questions[:-1], ask("---\nquestion: New?\n---\nYes.", "z"))
    list(render(changed, settings, RenderContext(keep=keep)))
    assert len(kept) == first + 2


def test_a_long_word_and_any_script_stay_on_the_card(
    tmp_path: Path, requires: Callable[[str, str], None]
) -> None:
    requires("pdftotext", POPPLER)
    word = "abcdefghij" * 12
    odd = "\N{GRINNING FACE} \u0e01 \u4e2d \u0645\u0627"
    front = (
        f"---\nquestion: '{word} {odd}'\nsummary: '{word}'\nrubric: ['{word} {odd}']\n"
    )
    data = made(
        deck(f"{front}---\nIt.\n\n## Pitfalls\n\n### {word} {odd}. {{#p}}\nX.\n")
    )
    assert text(data).replace(" ", "").count(word) == 4
    width = PAPERS["a4"][0]
    for found in words(data, tmp_path):
        assert 28 < found.left <= found.right < width - 28, found


def test_same_cards_same_bytes() -> None:
    assert made(asked()) == made(asked())
