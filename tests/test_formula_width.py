"""What Typst does not measure is never wider than what is said of it."""

import json
from pathlib import Path
from typing import Any

import pytest
import typst
from tests.formulas import forms

from triptych.render.sheet.formula_width import UNKNOWN_EM, most_em
from triptych.render.sheet.nodes import with_places
from triptych.render.sheet.table_width import table_em
from triptych.typeset.math.tree import tree
from triptych.values.tree import Node

TEMPLATES = Path(__file__).parents[1] / "templates" / "sheet"
MEASURE = b"""
#import "math.typ": formula
#set text(font: ("Libertinus Serif", "DejaVu Sans Mono"), size: 10pt)
#show math.equation: set text(font: ("New Computer Modern Math", "DejaVu Sans Mono"))
#context for (number, tree) in json("data.json").enumerate() {
  let size = measure(formula(tree, "f", block: true))
  [#metadata((size.width / 10pt, size.height / 10pt)) <report>]
}
"""
LONG = (
    *(r"\hat{y} = \sum_{i=1}^{n} w_i x_i + b", r"\sigma(z) = \frac{1}{1 + e^{-z}}"),
    r"\mathcal{L}(\theta) = -\frac{1}{n}\sum_{i} \log p_\theta(x_i)",
    r"\nabla_w J = \frac{1}{n} X^\top (Xw - y) + \lambda w",
    *(r"W" * 20, r"\mathbf{W}" * 20, r"a \iff b \Longrightarrow c \Longleftarrow d"),
    *(r"x" + r"\iff" * 9, r"\text{mmmm MMMM WWWW}", r"\textbf{mmmm MMMM WWWW}"),
    *(r"\sum_{MMMMM}^{WWWWW} M", r"\operatorname*{argmax}_{WWWWWWWWWWWWW} M"),
    *(r"\left(\frac{\frac{\frac{1}{2}}{3}}{4}\right)", r"\sqrt{\frac{1}{\sqrt{M}}}"),
    *(r"\mathbb{WMWM}\mathfrak{WMWM}\mathcal{WMWM}", r"0123456789\,\quad\qquad x"),
    *(r"M_{W_{W_{W}}}^{W^{W^W}}", r"\frac{1}{" * 15 + "2" + "}" * 15),
)


def sizes(trees: list[Node], empty: Path) -> list[tuple[float, float]]:
    """Return the width and the height of each formula in em."""
    files = {
        "main.typ": MEASURE,
        "math.typ": (TEMPLATES / "math.typ").read_bytes(),
        "data.json": json.dumps(trees).encode(),
    }
    found = typst.query(  # type: ignore[type-var] # its types lack files in memory
        files, "<report>", field="value", root=empty, ignore_system_fonts=True
    )
    return [(width, height) for width, height in json.loads(found)]


def wrong(written: list[str], empty: Path) -> list[str]:
    trees = [tree(latex, display=True) for latex in written]
    return [
        f"{latex}: {size}, not {most_em(formula)}"
        for latex, formula, size in zip(
            written, trees, sizes(trees, empty), strict=True
        )
        if size[0] > most_em(formula) or size[1] > most_em(formula) + 1
    ]


def test_a_formula_is_at_most_as_wide_as_is_said_and_hardly_higher(
    tmp_path: Path,
) -> None:
    assert not wrong([*LONG, *forms()[::40]], tmp_path)


@pytest.mark.slow
def test_every_form_of_a_command_is_at_most_as_wide(tmp_path: Path) -> None:
    assert not wrong([*forms()], tmp_path)


def test_most_formulas_are_known_to_be_narrow() -> None:
    known = [most_em(tree(latex, display=True)) for latex in LONG[:4]]
    assert known == [12, 10, 19, 18]
    assert most_em(tree(r"\begin{matrix} a \end{matrix}", display=True)) == UNKNOWN_EM


def test_in_a_cell_every_formula_is_measured() -> None:
    formula = ("mathblock", ("row", "x"), "x", 3)
    head = ("table", ())
    cell: Node = (*head, (("p", formula),), ())
    assert with_places(formula, "a.md") == (*formula[:3], "a.md:3", 1)
    assert with_places(cell, "a.md") == (
        *head,
        (("p", (*formula[:3], "a.md:3", UNKNOWN_EM)),),
        (),
        1,
    )
    in_list: Any = with_places(("ul", (cell,)), "a.md")
    in_table: Any = with_places(table(cell), "a.md")
    assert in_list[1][0][4] == 1
    assert in_table[2][0][1][4] == UNKNOWN_EM


def table(*nodes: Node) -> Node:
    """Return a table with one cell, its head."""
    return ("table", (), (("p", *nodes),), ())


WIDTHS = b"""
#import "content.typ": draw, width-of
#set text(font: json("fonts.json"), size: 10pt)
#show math.equation: set text(font: ("New Computer Modern Math", "DejaVu Sans Mono"))
#context for row in json("data.json") {
  [#metadata(width-of(draw, (row,)) / 10pt) <report>]
}
"""
CELLS: tuple[tuple[Node, ...], ...] = (
    *(("WWWW mmmm",), ("MMMMMMMMMMMM",), ("a",), ("%&@#%&@#",), ("jumps " * 9,), ()),
    (("code", "WWWWWWWW = x + 10_000"),),
    (("strong", "W" * 9), ("em", "one", ("link", "https://a.org/", "MMMMMMMMMMMM"))),
    (("math", tree(r"\frac{M}{W}", display=False), "x"), " = ", ("mark", "0.25")),
    (("kbd", "WWWW"),),
    ("Größenänderungsgeschwindigkeit", ("br",), "Ж" * 9, ("sup", "Щ" * 9)),
    ("語" * 9,),
)


@pytest.mark.parametrize("font", ["Libertinus Serif", "DejaVu Sans Mono"])
def test_the_words_of_a_table_fit_into_the_width_that_is_said(
    font: str, tmp_path: Path
) -> None:
    paragraphs: list[Node] = [("p", *nodes) for nodes in CELLS]
    rows: list[list[Node]] = [[cell] for cell in paragraphs]
    rows += [[cell, *paragraphs[:3]] for cell in paragraphs]
    names = ("basics.typ", "code.typ", "content.typ", "math.typ", "tables.typ")
    files = {
        "main.typ": WIDTHS,
        **{name: (TEMPLATES / name).read_bytes() for name in names},
        "fonts.json": json.dumps([font, "DejaVu Sans Mono"]).encode(),
        "look.json": b'{"dir": "ltr"}',
        "choices.json": b"{}",
        "data.json": json.dumps(rows).encode(),
    }
    found = typst.query(  # type: ignore[type-var] # its types lack files in memory
        files, "<report>", field="value", root=tmp_path, ignore_system_fonts=True
    )
    said = [table_em((), (tuple(row),)) for row in rows]
    for row, width, most in zip(rows, json.loads(found), said, strict=True):
        assert width <= most, row
    assert table_em(tuple(paragraphs[:4]), ()) < 36
    assert table_em((), ((("p", ("kbd", "a")),),)) == UNKNOWN_EM
