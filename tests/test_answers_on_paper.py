"""What an answer holds, as paper shows it: lists, tables, code, pictures, formulas."""

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from pypdf.generic import ContentStream
from tests.cases import write_deck
from tests.sheets import POPPLER, ask, deck, inked, pdf, read, text, words
from tests.test_handbook import made_of, pages

from triptych.build.build import build
from triptych.deck.project import open_project
from triptych.render.settings import RenderSettings
from triptych.render.sheet.render import render
from triptych.values.deck import PrintSettings
from triptych.values.question import Question

MM = 72 / 25.4
PITFALL = '\n\n## Pitfalls\n\n### "Wrong claim." {#p}\nRight claim.\n'


@pytest.fixture(autouse=True)
def _poppler(requires: Callable[[str, str], None]) -> None:
    requires("pdftotext", POPPLER)


def book_text(markdown: str) -> str:
    return text(made_of(markdown))


def lines_drawn(data: bytes) -> int:
    """Return how many lines are drawn on the pages of a PDF."""
    reader = read(data)
    contents = (ContentStream(page["/Contents"], reader) for page in reader.pages)
    return sum(name == b"S" for part in contents for _, name in part.operations)


def fonts(data: bytes) -> set[str]:
    found: set[str] = set()
    for page in read(data).pages:
        resources: Any = page["/Resources"]
        found.update(
            str(f.get_object()["/BaseFont"]) for f in resources["/Font"].values()
        )
    return found


def test_what_is_wrong_is_struck() -> None:
    question = "---\nquestion: What?\nsummary: So.\n---\nSo."
    sheets = [pdf(deck(question + more)) for more in ("", PITFALL)]
    assert lines_drawn(sheets[1]) == lines_drawn(sheets[0]) + 1
    books = [made_of(question + more) for more in ("", PITFALL)]
    assert lines_drawn(books[1]) == lines_drawn(books[0]) + 1
    assert '\N{BALLOT X} "Wrong claim' in text(books[1])


def test_the_sheet_says_what_the_signs_of_difficulty_mean() -> None:
    easy = "\N{BLACK CIRCLE}\N{WHITE CIRCLE}\N{WHITE CIRCLE} easy"
    question = "---\nquestion: What?\ndifficulty: easy\nsummary: So.\n---\nSo."
    assert easy in text(pdf(deck(question)))
    assert "easy" not in text(pdf(deck(question.replace("difficulty: easy\n", ""))))


def test_lists_have_their_numbers_and_boxes_their_ticks() -> None:
    said = book_text("So:\n\n3. third\n4. fourth\n\n- [x] done\n- [ ] open\n")
    assert "3. third" in said
    assert "4. fourth" in said
    assert "\N{BALLOT BOX WITH CHECK} done" in said
    assert "\N{BALLOT BOX} open" in said


def test_cells_are_aligned_as_their_column_is(tmp_path: Path) -> None:
    rows = "| l5 | c5 | r5 |\n| l5000 | c5000 | r5000 |\n"
    data = made_of(f"So:\n\n| left | centre | right |\n|:--|:-:|--:|\n{rows}")
    found = {word.text: word for word in words(data, tmp_path)}

    def moved(side: str, column: str) -> float:
        short, long = (getattr(found[column + n], side) for n in ("5", "5000"))
        return abs(float(short - long))

    assert moved("left", "l") < 1 < moved("right", "l")
    assert moved("right", "r") < 1 < moved("left", "r")
    assert 1 < moved("left", "c") == pytest.approx(moved("right", "c"), abs=1)


def test_code_has_words_in_bold() -> None:
    code = "```python {.key}\ndef f(x):\n    return x\n```\n"
    question = f"---\nquestion: What?\nsummary: So.\n---\n{code}"
    for data in (pdf(deck(question)), made_of(question)):
        assert any("Mono-Bold" in name for name in fonts(data)), fonts(data)


def test_a_tall_formula_is_not_higher_than_a_part_of_the_page(tmp_path: Path) -> None:
    rows = r" \\ ".join(f"77{n:02}" for n in range(40))
    latex = rf"$$\begin{{matrix}} {rows} \end{{matrix}}$$"
    question = f"---\nquestion: What?\nsummary: So.\n---\n{latex} {{.key}}\n"
    for data in (pdf(deck(question)), made_of(question)):
        found = [word for word in words(data, tmp_path) if word.text.startswith("77")]
        assert len(found) == 40
        height = max(w.bottom for w in found) - min(w.top for w in found)
        assert height < 125 * MM


def test_a_table_that_is_a_little_too_wide_is_smaller(tmp_path: Path) -> None:
    def heights(length: int) -> Iterator[float]:
        cell = "`" + "w" * length + "`"
        body = f"| a | b | c |\n|---|---|---|\n| {cell} | {cell} | {cell} |\n"
        question = f"---\nquestion: What?\nsummary: So.\n---\nSo:\n\n{body}"
        for word in words(made_of(question), tmp_path):
            if word.text == "w" * length:
                yield round(word.bottom - word.top, 1)

    usual = max(heights(5))
    assert any(
        0.74 * usual < height < 0.99 * usual
        for length in range(28, 40, 3)
        for height in heights(length)
    )


DECK = """=== deck.toml
id = "d"
title = "D"
[print]
products = ["sheet", "handbook"]
=== t/a.md
---
question: What?
---
It is ![words for it](../media/a.svg) here.

![a large one](../media/a.svg)
"""
LARGE = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="4000" height="3000">'
    '<rect x="10" y="10" width="3980" height="2980" fill="none" stroke="#000"'
    ' stroke-width="20"/></svg>'
)


def test_a_picture_is_in_the_book_as_large_as_the_page_and_in_words_on_the_sheet(
    tmp_path: Path,
) -> None:
    content = write_deck(tmp_path / "content", DECK)
    (content / "media").mkdir()
    (content / "media/a.svg").write_text(LARGE, encoding="utf-8")
    build(open_project(content), tmp_path / "dist", ("sheet",))
    sheet = (tmp_path / "dist/sheet/d-cheatsheet.pdf").read_bytes()
    assert "[words for it]" in text(sheet)
    book = (tmp_path / "dist/sheet/d-handbook.pdf").read_bytes()
    number = next(n for n, page in enumerate(pages(book), 1) if "Itis" in page)
    across = Counter(round(x) for x, y in inked(book, number, tmp_path) if 30 < y < 270)
    # The sides of the frame, as long as the page lets them be.
    sides = [x for x, count in across.items() if count > 200]
    assert 19 < min(sides) < 60
    assert 150 < max(sides) < 210 - 19


def book_of(*questions: Question) -> bytes:
    catalog = deck(*questions, print=PrintSettings(products=("handbook",)))
    (artifact,) = render(catalog, RenderSettings())
    return artifact.data


RELATED = """---
question: What?
related: [{}]
references:
  - title: A book
    url: https://example.com/book
---
{}
"""


def test_related_questions_are_on_one_page_and_not_without_the_sources() -> None:
    others = [f"o{n}" for n in range(9)]
    for lines in range(14, 40, 3):
        asked = RELATED.format(", ".join(others), "Line.\n\n" * lines)
        questions = (
            *(ask(f"---\nquestion: Other {name}?\n---\nIt.", name) for name in others),
            ask(asked, "last"),
        )
        said = pages(book_of(*questions))
        ends = [page for page in said if "Othero0?\u00b7" in page]
        assert len(ends) == 1, lines
        assert "Othero8?\u00b7" in ends[0], lines
        assert "Abook" in ends[0], lines


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_page_of_the_book_has_its_wide_margin_where_it_is_bound(
    language: str, tmp_path: Path
) -> None:
    lines = "Line.\n\n" * 90
    data = made_of(f"---\nquestion: What?\n---\n{lines}", language=language)
    for number in (4, 5):
        left = min(x for x, y in inked(data, number, tmp_path) if 25 < y < 270)
        is_left_bound = (number % 2 == 1) is (language == "en")
        assert left == pytest.approx(28 if is_left_bound else 20, abs=1)
