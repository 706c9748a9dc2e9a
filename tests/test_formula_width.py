"""A formula that Typst does not measure is never wider than what is said of it."""

import json
from pathlib import Path

import pytest
import typst
from tests.formulas import forms

from triptych.render.sheet.formula_width import UNKNOWN_EM, most_em
from triptych.render.sheet.nodes import with_places
from triptych.typeset.math.tree import tree
from triptych.values.tree import Node

TEMPLATES = Path(__file__).parents[1] / "templates" / "sheet"
MEASURE = b"""
#import "math.typ": formula
#set text(font: ("Libertinus Serif", "DejaVu Sans Mono"), size: 10pt)
#show math.equation: set text(font: ("New Computer Modern Math", "DejaVu Sans Mono"))
#context for (number, tree) in json("data.json").enumerate() {
  let size = measure(formula(tree, "f", block: true))
  [#metadata((size.width / 10pt, size.height / 10pt)) <told>]
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
    found = typst.query(  # type: ignore[type-var]
        files, "<told>", field="value", root=empty, ignore_system_fonts=True
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
    cell: Node = ("table", (), (("p", formula),), ())
    assert with_places(formula, "a.md") == (*formula[:3], "a.md:3", 1)
    assert with_places(cell, "a.md") == (
        *cell[:2],
        (("p", (*formula[:3], "a.md:3", UNKNOWN_EM)),),
        (),
    )
