"""Pictures of every kind on paper, and those that cannot be drawn."""

import re
from base64 import b64decode
from pathlib import Path

import pytest
from pypdf import PdfReader
from tests.cases import write_deck
from tests.test_pictures import PICTURES

from triptych.build.build import build
from triptych.build.options import BuildOptions
from triptych.deck.project import open_project
from triptych.errors import TriptychError

ENDLESS = (
    b'<svg xmlns="http://www.w3.org/2000/svg" width="1e308"'
    b' viewBox="0 0 1e308 1e-308"><path/></svg>'
)
DECK = """=== deck.toml
id = "d"
title = "D"
[print]
products = ["{product}"]
=== t/a.md
---
question: What?
---
It.

## In depth

![A picture](../media/{name})
=== t/cards.csv
id,prompt,answer,picture
el-pan,el pan,bread,{name}
"""


def write_pictured_deck(folder: Path, product: str, name: str, data: bytes) -> Path:
    content = write_deck(folder, DECK.format(product=product, name=name))
    (content / "media").mkdir()
    (content / "media" / name).write_bytes(data)
    return content


def picture(name: str) -> bytes:
    return b64decode(PICTURES[name])


@pytest.mark.parametrize("product", ["handbook", "cards"])
@pytest.mark.parametrize(
    "name", [name for name in PICTURES if not name.endswith(".avif")]
)
def test_a_picture_of_pixels_is_printed(
    product: str, name: str, tmp_path: Path
) -> None:
    content = write_pictured_deck(tmp_path / "content", product, name, picture(name))
    _, emitted = build(
        open_project(content), tmp_path / "dist", ("sheet",), BuildOptions(jobs=1)
    )
    assert emitted
    (printed,) = (tmp_path / "dist/sheet").glob("*.pdf")
    assert sum(len(page.images) for page in PdfReader(printed).pages) > 0


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.gif", picture("flat.gif")[:14]),
        ("a.png", picture("grey.png")[:-20]),
        ("a.jpg", picture("flat.jpg")[:-40]),
        ("a.webp", picture("lossy.webp")[:16]),
        ("a.svg", ENDLESS),
    ],
)
def test_a_picture_that_print_cannot_draw_is_named(
    name: str, data: bytes, tmp_path: Path
) -> None:
    content = write_pictured_deck(tmp_path / "content", "handbook", name, data)
    project, options = open_project(content), BuildOptions(jobs=1)
    with pytest.raises(TriptychError, match=rf"^media/{re.escape(name)}: print cannot"):
        build(project, tmp_path / "dist", ("sheet",), options)
