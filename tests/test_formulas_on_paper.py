"""What formulas on paper show that is no letter: strokes, lines, colours, room."""

from collections.abc import Callable
from pathlib import Path

import pytest
from pypdf.generic import ContentStream
from tests.formulas import draw
from tests.sheets import POPPLER, deck, inked, pdf, read, words

LONG_MM, THIN_MM = 5, 1
NOTHING_SEEN = r"\phantom{mmmmmm}"


@pytest.fixture(autouse=True)
def _poppler(requires: Callable[[str, str], None]) -> None:
    requires("pdftoppm", POPPLER)


def ink_of(latex: str, folder: Path) -> list[tuple[float, float]]:
    """Return where a formula has ink, in millimetres from the top left."""
    folder.mkdir(exist_ok=True)
    for old in folder.glob("*.pgm"):
        old.unlink()
    return inked(draw([(latex, True)]), 1, folder)


def extent(places: list[tuple[float, float]]) -> tuple[float, float]:
    """Return the width and the height of ink."""
    across, down = zip(*places, strict=True)
    return max(across) - min(across), max(down) - min(down)


@pytest.mark.parametrize(("name", "rises"), [("cancel", True), ("bcancel", False)])
def test_a_strike_rises_or_falls_as_it_is_called(
    name: str,
    rises: bool,  # noqa: FBT001 - a parameter of pytest
    tmp_path: Path,
) -> None:
    places = sorted(ink_of(rf"\{name}{{{NOTHING_SEEN}}}", tmp_path))
    (_, left), (_, right) = places[0], places[-1]
    assert (left > right) is rises


def test_what_is_hidden_takes_room_and_no_ink(tmp_path: Path) -> None:
    assert ink_of(rf"{NOTHING_SEEN}", tmp_path) == []
    alone, apart = (
        extent(ink_of(f"x{between}x", tmp_path)) for between in ("", NOTHING_SEEN)
    )
    assert apart[0] > alone[0] + 5


def test_lines_of_an_array_are_where_they_are_written(tmp_path: Path) -> None:
    cells = rf"{NOTHING_SEEN} & {NOTHING_SEEN}"
    upright = rf"\begin{{array}}{{c|c}} {cells} \\ {cells} \end{{array}}"
    level = rf"\begin{{array}}{{cc}} {cells} \\ \hline {cells} \end{{array}}"
    width, height = extent(ink_of(upright, tmp_path))
    assert height > LONG_MM
    assert width < THIN_MM
    width, height = extent(ink_of(level, tmp_path))
    assert width > LONG_MM
    assert height < THIN_MM


def test_a_wide_accent_is_wider_than_one_of_a_letter(tmp_path: Path) -> None:
    wide, small = (
        extent(ink_of(rf"\{accent}{{{NOTHING_SEEN}}}", tmp_path))
        for accent in ("widehat", "hat")
    )
    assert wide[0] > 2 * small[0]


def test_a_root_has_its_index(tmp_path: Path) -> None:
    found = {word.text for word in words(draw([(r"\sqrt[7]{2}", True)]), tmp_path)}
    assert any("7" in word for word in found)


def test_a_colour_is_that_of_its_name() -> None:
    reader = read(draw([(r"\color{red}{x}", True)]))
    content = ContentStream(reader.pages[0]["/Contents"], reader)
    used = [
        tuple(round(255 * float(part)) for part in operands)
        for operands, name in content.operations
        if name in {b"rg", b"sc", b"scn"} and len(operands) == 3
    ]
    assert (0xB3, 0x26, 0x1E) in used


def test_a_formula_breaks_before_its_relations_first(tmp_path: Path) -> None:
    side = " + ".join(f"x_{{{n}}}" for n in range(16))
    formula = f"$$\n{side} = {side}\n$$ {{.key}}\n"
    asked = deck(f"---\nquestion: What?\nsummary: So.\n---\n{formula}")
    found = words(pdf(asked), tmp_path)
    (equals,) = (word for word in found if word.text.startswith("="))
    beside = [word for word in found if abs(word.bottom - equals.bottom) < THIN_MM * 2]
    assert min(word.left for word in beside) == equals.left
