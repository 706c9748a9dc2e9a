"""What tools say of every PDF: read aloud, and seen on a page."""

import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from pypdf import PdfReader
from tests.sheets import POPPLER

from triptych.build.build import build
from triptych.build.options import BuildOptions
from triptych.deck.project import open_project

SAMPLE = Path(__file__).parent / "sample"
PRODUCTS = ("sheet", "cards", "handbook", "self-test")
IGNORED = {
    # A running head, and the head of a table that is repeated on its next page, are no
    # part of the text: read aloud, they would interrupt it.
    "TAG-002",
}
POINTS_PER_MM = 72 / 25.4
MIN_MARGIN_MM = 5


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Return the file of each product of the sample deck."""
    dist = tmp_path_factory.mktemp("printed")
    build(open_project(SAMPLE), dist, ("sheet",), BuildOptions(products=PRODUCTS))
    names = ("cheatsheet", "flashcards", "handbook", "self-test")
    files = (dist / "sheet" / f"sample-{name}.pdf" for name in names)
    return dict(zip(PRODUCTS, files, strict=True))


@pytest.mark.slow
@pytest.mark.parametrize("product", PRODUCTS)
def test_a_screen_reader_reads_it_without_an_error(
    product: str, printed: dict[str, Path], requires: Callable[[str, str], None]
) -> None:
    program = Path(sys.executable).with_name("outloud")
    if not program.exists():
        requires("outloud", "pip install outloud")
        program = Path("outloud")
    found = subprocess.run(
        [
            str(program),
            "--fail-on",
            "error",
            "--skip",
            ",".join(IGNORED),
            printed[product],
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert found.returncode == 0, found.stdout


def pages_of_grey(path: Path, folder: Path) -> Iterator[tuple[int, int, bytes]]:
    """Yield the width, the height and the greys of each page, a pixel a point."""
    stem = folder / "page"
    subprocess.run(["pdftoppm", "-r", "72", "-gray", path, stem], check=True)
    for file in sorted(folder.glob("page*.pgm")):
        _, size, _, pixels = file.read_bytes().split(b"\n", 3)
        width, height = map(int, size.split())
        yield width, height, pixels


@pytest.mark.parametrize("product", PRODUCTS)
def test_no_ink_is_where_a_printer_cannot_print(
    product: str,
    printed: dict[str, Path],
    tmp_path: Path,
    requires: Callable[[str, str], None],
) -> None:
    requires("pdftoppm", POPPLER)
    edge = int(MIN_MARGIN_MM * POINTS_PER_MM)
    count = 0
    for width, height, pixels in pages_of_grey(printed[product], tmp_path):
        count += 1
        rows = [pixels[y * width : (y + 1) * width] for y in range(height)]
        inked = [
            (x, y) for y, row in enumerate(rows) for x in range(edge) if row[x] < 200
        ]
        inked += [
            (x, y)
            for y, row in enumerate(rows)
            for x in range(width - edge, width)
            if row[x] < 200
        ]
        rows_at_ends = [
            *enumerate(rows[:edge]),
            *enumerate(rows[-edge:], height - edge),
        ]
        inked += [
            (x, y) for y, row in rows_at_ends for x in range(width) if row[x] < 200
        ]
        if product != "cards":
            assert inked == []
        else:
            # Marks to cut along: thin lines, which are few points of ink.
            assert len(inked) < 200
        assert min(map(min, rows)) < 100 or product == "cards"
    assert count


def test_one_product_leaves_the_others_of_the_same_content_alone(
    tmp_path: Path,
) -> None:
    def made(*products: str, content: Path = SAMPLE) -> set[str]:
        options = BuildOptions(products=products)
        build(open_project(content), tmp_path, ("sheet",), options)
        return {path.name.removeprefix("sample-") for path in tmp_path.glob("sheet/*")}

    assert made("self-test") == {"self-test.pdf"}
    assert made("cards") == {"self-test.pdf", "flashcards.pdf"}
    assert made() == {"cheatsheet.pdf"}
    made("self-test")
    manifest = tmp_path / "manifest.json"
    manifest.write_text(manifest.read_text().replace('"inputs": "', '"inputs": "0'))
    assert made("cards") == {"flashcards.pdf"}


GUTTERS_MM: dict[str, list[Sequence[tuple[float, float]]]] = {
    # From and to, on odd and on even pages.
    "sheet": [((99, 104.3), (99, 104.3)), ((192.7, 198), (192.7, 198))],
    "cards": [((101, 109), (101, 109))],
    "handbook": [((0, 27), (0, 19)), ((191, 210), (183, 210))],
    "self-test": [((101.7, 108.3), (101.7, 108.3))],
}
"""Where no column of an A4 page is, by product."""
HEAD_MM = 36
"""What is above has the title, which is as wide as the page."""
FOOT_MM = 14
PAGES_BEFORE_CARDS = 2


@pytest.mark.parametrize("product", PRODUCTS)
def test_no_ink_is_outside_of_the_columns(
    product: str,
    printed: dict[str, Path],
    tmp_path: Path,
    requires: Callable[[str, str], None],
) -> None:
    requires("pdftoppm", POPPLER)
    pages = list(pages_of_grey(printed[product], tmp_path))
    assert len(pages) > (PAGES_BEFORE_CARDS if product == "cards" else 0)
    for number, (width, height, pixels) in enumerate(pages):
        if product == "cards" and number < PAGES_BEFORE_CARDS:
            continue  # a cross in the middle, to measure how far the backs are off
        top, foot = (int(mm * POINTS_PER_MM) for mm in (HEAD_MM, FOOT_MM))
        for places in GUTTERS_MM[product]:
            left, right = (int(mm * POINTS_PER_MM) for mm in places[number % 2])
            for y in range(top, height - foot):
                row = pixels[y * width + left : y * width + right]
                assert min(row) > 200, (number, y, left)


FLOORS = {"sheet": 5.5, "cards": 6.6, "handbook": 7.2, "self-test": 6.4}
"""The smallest text of each product in points, formulas left out.

That is code, whose letters are as tall as those of other text of 1.33 times its size,
and in the self-test the signs of difficulty.
"""
LEAST = {"sheet": 7, "cards": 11, "handbook": 9.6, "self-test": 8}
"""The smallest size of what each product is read for: there, it is the question."""


@pytest.mark.parametrize("product", PRODUCTS)
def test_no_text_is_too_small_to_read(product: str, printed: dict[str, Path]) -> None:
    reader = PdfReader(printed[product])
    sizes: set[float] = set()
    titles: list[float] = []

    def visit(
        said: str,
        cm: list[float],
        tm: list[float],
        font: dict[str, str] | None,
        size: float,
    ) -> None:
        if said.strip() and font and "Math" not in font["/BaseFont"]:
            shown = round(size * abs(tm[3]) * abs(cm[3]), 2)
            sizes.add(shown)
            if "Compute a mean" in said:
                titles.append(shown)

    for page in reader.pages:
        page.extract_text(visitor_text=visit)
    assert min(sizes) >= FLOORS[product], sorted(sizes)
    assert titles
    assert min(titles) >= LEAST[product]
