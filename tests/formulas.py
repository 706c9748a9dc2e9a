"""Formulas to try, and what a reader of PDF sees and hears of them."""

import io
import json
import tempfile
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import typst
from pypdf import PdfReader

from triptych.typeset.math.check import math_findings
from triptych.typeset.math.portable import PORTABLE
from triptych.typeset.math.tree import tree

_MATH = Path(__file__).parents[1] / "templates" / "sheet" / "math.typ"
_MAIN = """
#import "math.typ": formula
#let data = json("data.json")
#set document(title: "Formulas")
#set page(width: data.width * 1cm, height: 40cm, margin: 1cm)
#set text(font: ("Libertinus Serif", "DejaVu Sans Mono"), fallback: false)
#show math.equation: set text(font: ("New Computer Modern Math", "DejaVu Sans Mono"))
#for (tree, latex, display) in data.formulas {
  text(data.between)
  formula(tree, latex, block: display)
}
#text(data.between)
"""

FORMS = (
    *(r"x % y", r"x %{a} y", r"x %{a}{b} y", r"%{}_a^b", r"{a % b}", r"%( x"),
    *(r"x %[n]{a} y", r"%[n]{a}{b}", r"%_a^b x", r"x^%", r"x_{%{ab}}", r"x^{%}"),
    *(r"\left% x \right%", r"\left% \frac{a}{b} \right.", r"\left( x %| y\right)"),
    *(r"\sum%_a^b", r"\not%", r"%{\text{ab}}", r"\text{ab}%{\text{xy}}", r"%*{ab}_x"),
    *(r"%{red}{x}", r"%{1em}x", r"%3mu x", r"%{(}{)}{0pt}{1}{a}{b}", r"{a b}%{c d}"),
    *(r"\begin{array}{c} a % b\end{array}", r"\begin{array}{c}% a \\ b\end{array}"),
)
"""Ways to use a command; `%` stands for it."""


@cache
def forms() -> tuple[str, ...]:
    """Return every portable command in every form that has no fault."""
    written = (
        form.replace("%", f"\\{name}") for name in sorted(PORTABLE) for form in FORMS
    )
    return tuple(tex for tex in written if not any(math_findings(tex, display=True)))


class Pdf(NamedTuple):
    """What a reader of PDF makes of a page of formulas."""

    text: str

    spoken: list[str]


def draw(
    formulas: Sequence[tuple[str, bool]], *, between: str = "", width: int = 14
) -> bytes:
    """Draw formulas under PDF/UA-1 on pages of a width in cm; a warning is an error."""
    drawn = [(tree(tex, display=display), tex, display) for tex, display in formulas]
    data = {"formulas": drawn, "between": between, "width": width}
    with tempfile.TemporaryDirectory() as empty:
        pdf, warnings = typst.compile_with_warnings(  # type: ignore[call-overload] # its types lack files in memory
            {
                "main.typ": _MAIN.encode(),
                "math.typ": _MATH.read_bytes(),
                "data.json": json.dumps(data).encode(),
            },
            root=empty,
            ignore_system_fonts=True,
            format="pdf",
            pdf_standards="ua-1",
        )
    assert not warnings
    assert isinstance(pdf, bytes)
    return pdf


def typeset(formulas: Sequence[tuple[str, bool]], *, between: str = "") -> Pdf:
    """Draw formulas and read the page again."""
    reader = PdfReader(io.BytesIO(draw(formulas, between=between)))
    text = "".join(page.extract_text() for page in reader.pages)
    root = reader.root_object["/StructTreeRoot"]
    return Pdf(text, list(_alternatives(root)))


def _alternatives(node: Any) -> Iterator[str]:  # noqa: ANN401 - pypdf's
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        for child in node:
            yield from _alternatives(child)
    elif isinstance(node, dict):
        if node.get("/S") == "/Formula":
            yield str(node["/Alt"])
        yield from _alternatives(node.get("/K", []))


def plain_text(pdf: Pdf) -> str:
    """Return the text of a page without its spaces."""
    return "".join(pdf.text.split())
