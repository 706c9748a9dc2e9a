"""Formulas that are wider than their column: nothing is cut without a sign."""

from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.browser.conftest import Visitor, build_site
from tests.browser.test_pages import OVERFLOW, SCHEMES, axe
from tests.cases import write_deck

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

WIDTHS = (320, 390, 768, 1280)
WIDE = "+".join(f"a_{{{n}}}" for n in range(80))
LONG = f"Say ${WIDE}$ to them."
DECK = f"""\
=== deck.toml
id = "d"
title = "D"
language = "%s"
=== guides/g.md
---
title: G
---
$$x^2$$

$${WIDE}$$

> $${WIDE}$$

- $${WIDE}$$ and more

{LONG}
=== t/q.md
---
question: What?
summary: "{LONG}"
---
$$x^2$$

$${WIDE}$$

## Follow-ups
### Why? {{#why}}
$${WIDE}$$

{LONG}
"""
PAGES = ("q/q.html", "guides/g.html")
FITS = "box => box.scrollWidth <= box.clientWidth"
TO_START = "box => box.scrollLeft = 0"
TO_END = "box => box.scrollLeft = box.scrollWidth"
SHOWS_END = """box => {
    const end = box.querySelector("msub:last-of-type").getBoundingClientRect();
    const seen = box.getBoundingClientRect();
    return seen.left < end.left && end.right <= seen.right + 1;
}"""
BASELINES = """box => {
    const line = document.createElement("p");
    const formula = document.querySelector(".math-display math").cloneNode(true);
    const boxed = box.cloneNode(false);
    formula.removeAttribute("display");
    boxed.append(formula.cloneNode(true));
    line.append(formula, boxed);
    document.querySelector("main").append(line);
    const tops = [...line.querySelectorAll("math")].map(
        (math) => math.getBoundingClientRect().top);
    line.remove();
    return Math.abs(tops[0] - tops[1]);
}"""


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("formulas")
    found = {}
    for language in ("en", "ar"):
        deck = write_deck(folder / language / "deck", DECK % language)
        dist = folder / language / "dist"
        found[language] = build_site(deck, dist, downloads=False)
    return found


@pytest.mark.parametrize(
    ("width", "scheme", "language"),
    [
        *((390, "light", language) for language in ("en", "ar")),
        *(
            pytest.param(width, scheme, "en", marks=pytest.mark.slow)
            for width, scheme in product(WIDTHS, SCHEMES)
            if (width, scheme) != (390, "light")
        ),
        pytest.param(768, "light", "ar", marks=pytest.mark.slow),
    ],
)
def test_a_formula_that_is_cut_shows_that_there_is_more(
    width: int, scheme: str, language: str, visit: Visitor, sites: dict[str, Path]
) -> None:
    with visit(width, scheme) as it:
        for name in PAGES:
            it.open(f"{sites[language].as_uri()}/{name}")
            assert it.page.evaluate(OVERFLOW) <= 0
            if scheme == "light":  # what axe says of scrolling is the same in the dark
                assert axe(it.page) == []
            boxes = it.page.locator(".math-display, .math-long").all()
            short, wide = (
                [box for box in boxes if box.evaluate(FITS) is fits]
                for fits in (True, False)
            )
            assert (len(short), len(wide)) == (1, 4)
            paper = corner(it.page, short[0], "left")
            assert corner(it.page, short[0], "right") == paper
            for box in wide:
                box.evaluate(TO_START)
                assert not box.evaluate(SHOWS_END)
                assert corner(it.page, box, "left") == paper
                assert corner(it.page, box, "right") != paper
                box.evaluate(TO_END)
                assert box.evaluate(SHOWS_END)
                assert corner(it.page, box, "left") != paper
                assert corner(it.page, box, "right") == paper


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_keyboard_scrolls_a_formula(
    language: str, visit: Visitor, sites: dict[str, Path]
) -> None:
    with visit(390) as it:
        it.open(f"{sites[language].as_uri()}/q/q.html")
        box = it.page.locator(".math-display").nth(1)
        for _ in range(40):
            it.page.keyboard.press("Tab")
            if box.evaluate("box => box === document.activeElement"):
                break
        it.page.keyboard.press("ArrowRight")
        it.page.wait_for_timeout(500)
        assert box.evaluate("box => box.scrollLeft") > 0


def test_a_long_formula_stands_on_the_line_of_its_text(
    visit: Visitor, sites: dict[str, Path]
) -> None:
    with visit(1280) as it:
        it.open(f"{sites['en'].as_uri()}/q/q.html")
        box = it.page.locator(".math-long").first
        assert box.evaluate(BASELINES) < 1


def corner(page: "Page", box: "Locator", side: str) -> bytes:
    """Return a picture of the upper corner of a box, where no formula reaches."""
    box.scroll_into_view_if_needed()
    place = box.bounding_box()
    assert place
    left = place["x"] + (1 if side == "left" else place["width"] - 4)
    return page.screenshot(
        clip={"x": left, "y": place["y"] + 1, "width": 3, "height": 2}
    )
