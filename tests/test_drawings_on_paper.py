"""Drawings with letters that PDF/UA cannot hold as text."""

import re
from pathlib import Path

import pytest
from pypdf import PdfReader
from tests.cases import write_deck

from triptych.build.build import build
from triptych.build.options import BuildOptions
from triptych.deck.project import open_project
from triptych.render.sheet.glyphs import PLACEHOLDER
from triptych.render.sheet.pictures import must_be_raster, with_families, with_raster

DECK = """=== deck.toml
id = "d"
title = "D"
[[topics]]
id = "t"
title = "T"
[print]
products = ["handbook"]
=== t/a.md
---
question: What?
---
It.

## In depth

![A drawing](../media/a.svg)
"""
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 90">'
    '<title>{0}</title><text x="9" y="40" font-size="16">{0}</text></svg>'
)


@pytest.mark.parametrize(
    ("text", "pictures"),
    [
        ("\u0627\u0644\u0642\u064a\u0645\u0629 x = 1", 1),  # Arabic
        ("\u0e01\u0e33\u0e25\u0e31\u0e07 x", 1),  # Thai
        ("\u0915\u094d\u0937 x", 1),  # Devanagari
        ("\u05e7\u05b6\u05e8\u05b6\u05df", 1),  # Hebrew with points
        ("\u05e2\u05e8\u05da x", 0),
        ("\u5024 x = 1", 0),
    ],
)
def test_a_drawing_with_letters_of_any_script_is_printed(
    text: str, pictures: int, tmp_path: Path
) -> None:
    content = write_deck(tmp_path / "content", DECK)
    (content / "media").mkdir()
    (content / "media/a.svg").write_text(SVG.format(text), encoding="utf-8")
    options = BuildOptions(jobs=1)
    report, _ = build(open_project(content), tmp_path / "dist", ("sheet",), options)
    assert not [found for found in report.diagnostics if found.rule == "missing-glyph"]
    pages = PdfReader(tmp_path / "dist/sheet/d-handbook.pdf").pages
    assert sum(len(page.images) for page in pages) == pictures


@pytest.mark.parametrize("sign", ["\ue000", "&#xE000;", "&#57344;"])
def test_a_sign_without_a_glyph_is_reported_with_the_line_of_the_drawing(
    sign: str, tmp_path: Path
) -> None:
    content = write_deck(tmp_path / "content", DECK)
    (content / "media").mkdir()
    svg = SVG.format("fine").replace("<text", "\n<desc>\n\ue001</desc>\n<text")
    svg = svg.replace("</svg>", f'<text x="9"\n y="80">a {sign}</text></svg>')
    (content / "media/a.svg").write_text(svg, encoding="utf-8")
    options = BuildOptions(jobs=1)
    report, _ = build(open_project(content), tmp_path / "dist", ("sheet",), options)
    (found,) = (one for one in report.diagnostics if one.rule == "missing-glyph")
    assert (str(found.span.path), found.span.line) == ("media/a.svg", 5)
    assert "for 1 character " in found.message
    shown = PdfReader(tmp_path / "dist/sheet/d-handbook.pdf").pages
    assert PLACEHOLDER in "".join(page.extract_text() for page in shown)


def test_each_word_of_such_a_script_names_its_font() -> None:
    svg = SVG.format("x \u0627\u0644 \u0642 = 1").encode()
    made = with_families(svg, lambda text: f"Font of {len(text)}").decode()
    assert re.findall(r"<text[^>]*>(.*)</text>", made) == [
        'x <tspan font-family="Font of 4">\u0627\u0644 \u0642</tspan> = 1'
    ]
    assert "title" not in made
    assert with_families(svg, lambda _: "").decode().endswith(" = 1</text></svg>")


def test_a_raster_has_the_size_of_its_drawing() -> None:
    made = with_raster(SVG.format("x").encode(), b"pixels").decode()
    assert made.startswith(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 90">'
    )
    assert 'x="0" y="0" width="300" height="90"' in made
    assert not must_be_raster(made.encode())


def test_a_drawing_without_a_size_of_its_own_stays_as_it_is() -> None:
    svg = b"<svg><text>\xd8\xa7</text></svg>"
    assert not must_be_raster(svg)
    assert with_raster(svg, b"pixels") == svg
