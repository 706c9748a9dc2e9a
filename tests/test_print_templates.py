"""What the templates of print draw beside words: places, directions, cut marks."""

import re
import unicodedata
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from pypdf.generic import ArrayObject, DictionaryObject
from tests.sheets import POPPLER, ask, deck, inked, read, text, words
from tests.test_flashcards import (
    PAPERS,
    POINTS_PER_MM,
    asked,
    centres,
    made,
    with_print,
)

from triptych.render.settings import RenderSettings
from triptych.render.sheet.render import render
from triptych.values.catalog import Catalog
from triptych.values.deck import PrintSettings

HEBREW = "\u05de\u05d4\u05d5 \u05de\u05de\u05d5\u05e6\u05e2"
THAI = "\u0e04\u0e48\u0e32\u0e40\u0e09\u0e25\u0e35\u0e48\u0e22 " * 14
A4_WIDTH, _ = PAPERS["a4"]
MARKS_MM = (2.5, 7.5)
"""Where a mark to cut by begins and ends, from the edge of the paper."""
COLUMNS = {
    "cards": (10 * POINTS_PER_MM, 95 * POINTS_PER_MM),
    "sheet": (11 * POINTS_PER_MM, (297 - 22 + 6) / 3 * POINTS_PER_MM),
}
"""Where the first column begins, and how far it is to the next, in points."""
MIN_COLUMN = 100
"""No column of a product is narrower, in points."""


@pytest.fixture(autouse=True)
def _poppler(requires: Callable[[str, str], None]) -> None:
    requires("pdftotext", POPPLER)


def printed(catalog: Catalog, product: str) -> bytes:
    (artifact,) = render(catalog, RenderSettings(products=(product,)))
    return artifact.data


def languages(data: bytes) -> set[str]:
    """Return the languages that parts of a PDF have for a screen reader."""
    found: set[str] = set()
    seen: set[int] = set()

    def walk(element: Any) -> None:  # noqa: ANN401 - pypdf's
        element = element.get_object()
        if id(element) in seen:
            return
        seen.add(id(element))
        if isinstance(element, ArrayObject):
            for child in element:
                walk(child)
        elif isinstance(element, DictionaryObject):
            found.update([str(element["/Lang"])] if "/Lang" in element else [])
            walk(element.get("/K", ArrayObject()))

    walk(read(data).root_object["/StructTreeRoot"])
    return found


def groups(places: list[float]) -> list[float]:
    """Return one of the places that are less than two millimetres apart."""
    found: list[float] = []
    for place in sorted(places):
        if not found or place - found[-1] > 2:
            found.append(place)
    return found


@pytest.mark.parametrize(("flip", "columns"), [("long-edge", 3), ("fold", 2)])
def test_every_page_of_cards_has_marks_to_cut_by_at_its_edges(
    flip: str, columns: int, tmp_path: Path
) -> None:
    data = made(with_print(asked(9), flip, "a4"))
    pages = len(read(data).pages)
    first = 2 if flip == "fold" else 3  # after how to print them
    assert pages > first
    for number in range(first, pages + 1):
        places = inked(data, number, tmp_path)
        above = groups([x for x, y in places if MARKS_MM[0] < y < MARKS_MM[1]])
        beside = groups([y for x, y in places if MARKS_MM[0] < x < MARKS_MM[1]])
        assert len(above) == columns
        assert len(beside) == 5
        assert above[0] == pytest.approx(10, abs=0.5)
        assert above[-1] == pytest.approx(200, abs=0.5)
        dashes = [y for x, y in places if abs(x - 105) < 0.2 and 20 < y < 280]
        assert (len(dashes) > 100) is (flip == "fold")


def test_a_card_to_fold_has_its_front_to_the_left_of_its_back(tmp_path: Path) -> None:
    data = made(with_print(asked(5), "fold", "a4"))
    for (x, y), (back_x, back_y) in centres(data, tmp_path).values():
        assert x < A4_WIDTH / 2 < back_x
        assert x + back_x == pytest.approx(A4_WIDTH, abs=1)
        assert y == pytest.approx(back_y, abs=1)


def test_crosses_are_spoken_of_where_there_are_some() -> None:
    for flip in ("long-edge", "short-edge", "fold"):
        said = text(made(with_print(asked(1), flip)))
        assert ("crosses" in said) is (flip != "fold"), flip


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("shift", [(0.0, 0.0), (3.0, -4.0)])
def test_the_second_cross_is_where_the_backs_are(
    shift: tuple[float, float], language: str, tmp_path: Path
) -> None:
    catalog = deck(*asked(1).questions, language=language)
    places = inked(made(catalog, shift=shift), 2, tmp_path)
    for axis, length in enumerate((210, 297)):
        found = [place[axis] for place in places]
        middle = (min(found) + max(found)) / 2
        assert middle == pytest.approx(length / 2 + shift[axis], abs=0.3)


def test_a_card_has_the_signs_of_its_difficulty() -> None:
    said = text(made(asked(2)))
    front = said.partition("Front ab?")[2].partition("2")[0]
    assert front.strip() == "\N{BLACK CIRCLE}\N{WHITE CIRCLE}\N{WHITE CIRCLE}"


def mixed() -> Catalog:
    """Return an English deck with a question in Hebrew and one in Thai."""
    return deck(
        *(
            f"---\nquestion: '{title}?'\nsummary: '{said}'\n---\n{said}\n"
            for title, said in (("What", "So."), (HEBREW, HEBREW), (THAI, THAI))
        )
    )


@pytest.mark.parametrize("product", ["sheet", "cards", "handbook", "self-test"])
def test_a_question_of_another_language_is_in_it(product: str) -> None:
    assert {"he", "th"} <= languages(printed(mixed(), product))


@pytest.mark.parametrize("product", ["sheet", "cards", "handbook"])
def test_a_question_read_from_the_right_begins_there(
    product: str, tmp_path: Path
) -> None:
    found = words(printed(mixed(), product), tmp_path)
    first, last = HEBREW.split()
    *_, begin = (w for w in found if first in {w.text, w.text[::-1]})
    *_, end = (w for w in found if last in {w.text, w.text[::-1]})
    *_, english = (w for w in found if w.text == "So.")
    assert begin.left > end.left
    margin, column = COLUMNS.get(product, (0, A4_WIDTH))
    # One of them may be in the column beside the other.
    left, right = ((x - margin) % column for x in (english.left, begin.right))
    assert right - left > MIN_COLUMN


def test_the_arrow_from_wrong_to_right_leads_on() -> None:
    pitfall = f"## Pitfalls\n\n### {HEBREW}. {{#p}}\n{HEBREW} {HEBREW}. x.\n"
    front = "---\nquestion: '{0}'\nsummary: '{0}'\n---\n"
    for title, arrow in ((HEBREW, "LEFTWARDS ARROW"), ("What", "RIGHTWARDS ARROW")):
        said = text(printed(deck(f"{front.format(title)}\n{pitfall}"), "sheet"))
        assert unicodedata.lookup(arrow) in said, title


@pytest.mark.parametrize("product", ["sheet", "cards", "handbook"])
def test_lines_of_tall_letters_are_further_apart(product: str, tmp_path: Path) -> None:
    latin = "mean value " * 40
    data = printed(
        deck(
            *(
                f"---\nquestion: Q?\nsummary: '{said}'\n---\n{said}\n"
                for said in (latin, THAI * 3)
            )
        ),
        product,
    )

    def pitch(letter: str) -> float:
        found = [w for w in words(data, tmp_path) if re.search(letter, w.text)]
        tops = sorted({round(w.bottom, 1) for w in found})
        return min(b - a for a, b in pairwise(tops) if b - a > 3)

    assert pitch("[\u0e00-\u0e7f]") > pitch("mean|value") + 1


def answers(count: int, **options: str) -> Catalog:
    """Return a deck whose answers have one, two or three sentences."""
    said = "An answer of some length that says what there is to say about it. "
    return deck(
        *(
            f"---\nquestion: Number {n}?\nsummary: {said * (1 + n % 3)}\n---\n"
            for n in range(count)
        ),
        **options,
    )


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("count", [60, 140])
def test_the_columns_of_the_last_page_end_alike(
    count: int, language: str, tmp_path: Path
) -> None:
    data = printed(answers(count, language=language), "sheet")
    last = len(read(data).pages)
    (width, height), foot = (297, 210), 15
    ends = [0.0] * 3
    for x, y in inked(data, last, tmp_path):
        if y < height - foot:
            column = int(3 * x / width)
            ends[column] = max(ends[column], y)
    # By less than what one question takes.
    assert max(ends) - min(ends) < 0.1 * height
    assert min(ends) > 0.7 * height


def test_the_line_above_a_page_names_the_topics_that_are_on_it() -> None:
    long = [f"{n} " * 80 for n in range(90)]
    data = printed(
        deck(
            *(ask(said, f"a{n}", "first") for n, said in enumerate(long)),
            ask("x", "b", "second"),
            *(ask(said, f"c{n}", "third") for n, said in enumerate(long)),
        ),
        "sheet",
    )
    lines = [page.extract_text().partition("\n")[0] for page in read(data).pages]
    assert lines[0] == lines[1] == "Deck First"
    assert "Deck First \N{EN DASH} Third" in lines
    assert lines[-1] == "Deck Third"


def test_topics_of_a_large_sheet_begin_on_pages_of_their_own() -> None:
    half = 160
    data = printed(
        deck(
            *(ask("It.", f"a{n}", "first") for n in range(half)),
            *(ask("It.", f"b{n}", "second") for n in range(half)),
        ),
        "sheet",
    )
    begins = [page.extract_text().partition("\n")[2] for page in read(data).pages]
    assert sum(said.startswith(f"Second\n{half + 1} What?") for said in begins) == 1


def test_pitfalls_are_left_out_last_where_pages_are_few() -> None:
    many = " ".join(f"word{n}" for n in range(40))
    pitfall = f'### "Wrong {many}." {{#p}}\nRight {many}. More.\n'
    question = f"---\nquestion: Q?\nsummary: So.\n---\n\n## Pitfalls\n\n{pitfall}"

    def said(pages: int) -> str:
        return text(
            printed(deck(*[question] * 90, print=PrintSettings(pages=pages)), "sheet")
        )

    assert "Right word0" in said(6)
    assert "Right word0" not in said(5)
