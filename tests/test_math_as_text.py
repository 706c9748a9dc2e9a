"""Formulas as plain text: what people read in titles, descriptions and results."""

# ruff: noqa: S314 - the XML is our own

import unicodedata
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from tests.cases import write_deck
from tests.test_math import GOOD, name

from triptych.build.build import build
from triptych.build.options import BuildOptions
from triptych.deck.project import open_project
from triptych.typeset.math.mathml import presentation
from triptych.typeset.math.plain_text import plain_text

PLAIN_TEXTS = Path(__file__).parent / "golden" / "math" / "plain_text.txt"
CIRCUMFLEX = "\u02c6"
"""An accent that counts as a letter by itself."""


def test_formulas_are_written_as_plain_text(*, update: bool) -> None:
    text = "".join(f"{item['id']}: {plain_text(item['tex'])}\n" for item in GOOD)
    if update:
        PLAIN_TEXTS.write_text(text, encoding="utf-8")
    assert PLAIN_TEXTS.read_text(encoding="utf-8") == text


@pytest.mark.parametrize("item", GOOD, ids=name)
def test_plain_text_has_all_letters_and_digits_of_a_formula(
    item: dict[str, Any],
) -> None:
    drawn = "".join(ET.fromstring(presentation(item["tex"], display=False)).itertext())
    assert letters(plain_text(item["tex"])) == letters(drawn)


def letters(text: str) -> str:
    """Return the letters and digits of `text`, in the order of the alphabet."""
    plain = unicodedata.normalize("NFKD", text.replace("\u22a4", "T"))
    return "".join(sorted(c for c in plain if c.isalnum() and c != CIRCUMFLEX))


@pytest.mark.parametrize(
    ("tex", "text"),
    [
        (r"O(n\log k)", "O(n log k)"),
        (r"2\max(a,b)", "2 max(a, b)"),
        (r"\log\frac{p(x)}{q(x)}", "log((p(x))/(q(x)))"),
        (r"\frac12 x", "1/2 x"),
        (r"a\frac{b}{2c}", "a b/(2c)"),
        (r"\frac{(a)}{(b)(c)}", "(a)/((b)(c))"),
        (r"-x+y\le -1", "\u2212x + y ≤ \u22121"),
        (r"\|a\|\|b\|", "‖a‖‖b‖"),
        (r"\sqrt{a+b}\sqrt[3]{x}", "√(a + b)³√x"),
        (r"x^{2n}_{i+1}", "xᵢ₊₁²ⁿ"),
        (r"x^{q}_{b}", "x_b^q"),
        (r"\hat{x}\,\widehat{xy}", "x̂xy"),
        (r"\begin{aligned} a &= b \\ &= c \end{aligned}", "a = b; = c"),
        ("", ""),
    ],
)
def test_plain_text_reads_as_it_is_typed(tex: str, text: str) -> None:
    assert plain_text(tex) == text


DECK = r"""=== deck.toml
id = "d"
title = "Deck"
[[topics]]
id = "t"
title = "Topic"
=== t/heap.md
---
question: Why does it take $O(n\log k)$?
summary: Each of $n$ items costs $\frac{1}{2}\log k$.
---
Because $n\le m$.
=== t/plain.md
---
question: What is it?
---
It is $x^2\le 1$.
"""
"""Asks with a formula, and begins an answer with one where there is no summary."""


def test_people_read_formulas_and_no_latex(tmp_path: Path) -> None:
    write_deck(tmp_path / "content", DECK)
    options = BuildOptions(jobs=1, downloads=False)
    project = open_project(tmp_path / "content")
    report, _ = build(project, tmp_path / "dist", ("site",), options)
    assert report.diagnostics == ()
    site = tmp_path / "dist/site"
    page = (site / "q/heap.html").read_text(encoding="utf-8")
    assert "<title>Why does it take O(n log k)?" in page
    assert 'content="Each of n items costs 1/2 log k."' in page
    page = (site / "q/plain.html").read_text(encoding="utf-8")
    assert 'content="It is x² ≤ 1."' in page
    results = (site / "search/index.js").read_text(encoding="utf-8")
    assert "Why does it take O(n log k)?" in results
    assert "Each of n items costs 1/2 log k." in results
