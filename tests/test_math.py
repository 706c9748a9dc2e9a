"""LaTeX is checked, and set for Anki, for the site and for the sheet."""
# ruff: noqa: RUF001 - letters that look like others are what formulas are made of
# ruff: noqa: S314 - the XML is our own

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from io import BytesIO
from itertools import chain
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st
from tests.cases import FOLDER, Case, read_cases
from tests.formulas import draw, forms, plain_text, typeset

from triptych.typeset.math.check import MathFinding, math_findings
from triptych.typeset.math.font import math_font, math_font_licence
from triptych.typeset.math.latex import expand, original_offset, portable
from triptych.typeset.math.mathml import mathml, presentation, quoted_mathml
from triptych.typeset.math.portable import COLOURS, PORTABLE
from triptych.typeset.math.tree import MathTreeError, tree

TESTS = Path(__file__).parent
FORMULAS = json.loads((TESTS / "data" / "formulas.json").read_text(encoding="utf-8"))
GOLDEN = TESTS / "golden" / "math" / "trees.json"
MATH_CSS = TESTS.parent / "templates" / "site" / "math.css"

MATH_IN_TEXT = "textmath"
"""The one good formula that math-core cannot read: a fault says how to write it."""
HARMLESS = "inject_html"
"""The one bad formula that is right: it is text, and comes out as text."""

GOOD = [item for item in FORMULAS["good"] if item["id"] != MATH_IN_TEXT]
BAD = [item for item in FORMULAS["bad"] if item["id"] != HARMLESS]


def cases(name: str) -> list[Case]:
    return read_cases(FOLDER / "math" / f"{name}.md")


def found(tex: str, *, display: bool = True) -> list[MathFinding]:
    return list(math_findings(tex, display=display))


def name(value: Any) -> str:  # noqa: ANN401 - whatever pytest asks about
    return value.name if isinstance(value, Case) else value["id"]


# Checking


@pytest.mark.parametrize("case", cases("faults"), ids=name)
def test_a_fault_has_a_place_and_a_remedy(case: Case) -> None:
    lines = [f"{f.offset}:{f.length} {f.message} | {f.hint}" for f in found(case.input)]
    assert "\n".join(lines) == case.expected


@pytest.mark.parametrize("item", GOOD, ids=name)
def test_a_good_formula_has_no_fault(item: dict[str, Any]) -> None:
    assert found(item["tex"], display=item["display"]) == []


@pytest.mark.parametrize("item", BAD, ids=name)
def test_a_bad_formula_has_a_fault_within_it(item: dict[str, Any]) -> None:
    reported = found(item["tex"], display=False)
    assert reported
    assert all(0 <= fault.offset <= len(item["tex"]) for fault in reported)
    assert all(fault.message and fault.length for fault in reported)


def test_an_empty_formula_is_a_fault() -> None:
    assert [fault.message for fault in found("  ")] == ["the formula is empty"]


def test_math_in_a_text_is_an_error_with_the_right_syntax() -> None:
    (item,) = (item for item in FORMULAS["good"] if item["id"] == MATH_IN_TEXT)
    assert "end the text" in found(item["tex"])[0].hint


def test_a_place_behind_an_expansion_is_the_authors_place() -> None:
    tex = r"\bm{a} + \begin{align} x &= \pmb y \\ \end{align} z"
    expanded = expand(tex)
    assert expanded != tex
    kept = [i for i, char in enumerate(expanded) if char in "+x&z"]
    assert [tex[original_offset(tex, i)] for i in kept] == [expanded[i] for i in kept]


def test_checking_loads_neither_parser_nor_fonts() -> None:
    code = (
        "import sys\nbefore = set(sys.modules)\nimport triptych.typeset.math.check\n"
        "loaded = {name.partition('.')[0] for name in set(sys.modules) - before}\n"
        "print({'xml', 'typst', 'fontTools'} & loaded)"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert run.stdout.strip() == "set()"


# Anki


@pytest.mark.parametrize("case", cases("portable"), ids=name)
def test_anki_gets_latex_that_it_supports(case: Case) -> None:
    assert portable(case.input) == case.expected


def test_what_is_portable_stays_so() -> None:
    for item in GOOD:
        assert expand(portable(item["tex"])) == portable(item["tex"])


# The site


@pytest.mark.parametrize("case", cases("mathml"), ids=name)
def test_the_site_gets_mathml_without_styles(case: Case) -> None:
    assert presentation(case.input, display=False) == case.expected


@pytest.mark.parametrize("item", GOOD, ids=name)
def test_mathml_is_well_formed_and_keeps_its_latex_where_it_stands_alone(
    item: dict[str, Any],
) -> None:
    # In a line it does not, since pages would be longer.
    assert " style=" not in mathml(item["tex"], display=False)
    assert "data-tex" not in mathml(item["tex"], display=False)
    html = quoted_mathml(item["tex"], display=True)
    assert " style=" not in html
    formula = next(ET.fromstring(html).iter("math"))
    latex = formula.get("data-tex")
    if latex is None:
        # Then what one copies is the LaTeX.
        latex = "".join(formula.itertext()).replace("\N{MINUS SIGN}", "-")
    assert "".join(latex.split()) == "".join(item["tex"].split())


@pytest.mark.parametrize(
    ("tex", "is_wide"),
    [
        ("x", False),
        ("a+b+c+d+e", False),
        ("a+b+c+d+e+f", True),
        (r"a \hspace{20em} b", True),
        (r"\text{a word of its own}", True),
        (r"\begin{pmatrix} a & b & c \\ d & e & f \end{pmatrix}", True),
    ],
)
def test_what_may_be_wide_stands_in_a_box_that_scrolls(
    tex: str, *, is_wide: bool
) -> None:
    stop = ' tabindex="0"'
    reach = stop if is_wide else ""
    line, box = (quoted_mathml(tex, display=d, tabindex=stop) for d in (False, True))
    assert line.startswith("<span" if is_wide else "<math")
    assert line.count(f'<span class="math-long"{stop}>') == is_wide
    assert box.startswith(f'<span class="math-display"{reach}><math')
    assert ' display="block">' in box
    assert "tabindex" not in mathml(tex, display=True)


def test_every_class_of_a_formula_has_a_rule() -> None:
    rules = set(re.findall(r"\.(math-[\w-]+)", MATH_CSS.read_text(encoding="utf-8")))
    used = {
        word
        for tex in forms()
        for names in re.findall(r'class="([^"]*)"', presentation(tex, display=True))
        for word in names.split()
    }
    assert used - rules == set()
    assert {f"math-{colour}" for colour in COLOURS.values()} <= rules


# The sheet


def test_the_trees_of_good_formulas_stay_as_they_are(*, update: bool) -> None:
    trees = {i["id"]: tree(i["tex"], display=i["display"]) for i in GOOD}
    lines = ",\n".join(
        f"{json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}"
        for key, value in trees.items()
    )
    if update:
        GOLDEN.write_text(f"{{\n{lines}\n}}\n", encoding="utf-8")
    assert GOLDEN.read_text(encoding="utf-8") == f"{{\n{lines}\n}}\n"


@pytest.mark.parametrize(
    ("element", "reason"),
    [
        ("<mglyph/>", "unknown element `mglyph`"),
        ('<mi mathvariant="script">x</mi>', "unknown variant `script`"),
        ('<mi dir="rtl">x</mi>', "unknown attribute `dir` of `mi`"),
        ('<mspace width="1lh"/>', "unknown width `1lh`"),
        ('<mrow style="display: none"/>', "unknown style `display: none`"),
        ('<mpadded style="margin:0"/>', "unknown style `margin:0`"),
        ("<mtext><u>x</u></mtext>", "unknown markup in a text"),
        ('<mover accent="true"><mi>x</mi><mo>?</mo></mover>', "unknown accent `?`"),
    ],
)
def test_an_unsupported_element_stops_the_walker(
    element: str, reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    markup = f"<math>{element}</math>"
    monkeypatch.setattr("triptych.typeset.math.tree.convert", lambda *_, **__: markup)
    with pytest.raises(MathTreeError, match=f"^{re.escape(reason)}$"):
        tree("x", display=True)


def test_every_good_formula_is_drawn_and_read_aloud_as_latex() -> None:
    pdf = typeset([(item["tex"], item["display"]) for item in GOOD])
    assert pdf.spoken == [item["tex"] for item in GOOD]


@pytest.mark.parametrize(
    ("tex", "shown"),
    [
        ("ab", "𝑎𝑏"),  # two letters, not a word
        (r"95\%\ \text{CI}", "95% CI"),
        (r"\bigl[ x \bigr] \Bigl\{ y \Bigr\}", "[𝑥]{𝑦}"),
        (r"\left\{ x \middle| y \right.", "{𝑥|𝑦"),
        (r"a\_b \& c", "𝑎_𝑏&𝑐"),
        (r"\begin{gathered} x \\[4pt] y \end{gathered}", "𝑥𝑦"),
        (r"\sqrt{x}", "√𝑥"),
        (r"\operatorname{tf\text{-}idf}", "tf-idf"),
        (r"\odot \lVert x \rVert", "⊙‖𝑥‖"),
        (r"\left[\begin{array}{c|c} 1 & 2 \end{array}\right]", "[12]"),
    ],
)
def test_nothing_of_a_formula_is_lost(tex: str, shown: str) -> None:
    assert plain_text(typeset([(tex, True)])) == shown.replace(" ", "")


@pytest.mark.parametrize(
    "text",
    [
        '"); read("main.typ',
        "eval(x) @ref <label> ]] )) //",
        "`raw` *bold* = title - item 1. /* no",
        "<script>alert(1)</script>",
        "https://example.org ~ ... ---",
    ],
)
def test_text_in_a_formula_stays_text(text: str) -> None:
    tex = rf"\text{{{text}}}"
    assert found(tex) == []
    shown = plain_text(typeset([(tex, True)]))
    assert shown == plain(text.replace('"', "”").replace("`", "‘"))
    assert "<script" not in mathml(tex, display=True)


def plain(text: str) -> str:
    return re.sub(r"[\s~]", "", text)


def test_a_formula_between_words_stays_between_them() -> None:
    pdf = typeset([(r"x^2", False), (r"\frac{y}{z}", True)], between="word")
    assert plain_text(pdf) == "word𝑥2word𝑦𝑧word"


@pytest.mark.slow
def test_all_portable_commands_are_drawn_with_every_glyph() -> None:
    formulas = forms()
    assert len(formulas) > 20 * len(PORTABLE)
    for start in range(0, len(formulas), 4000):
        for display in (True, False):
            some = [(tex, display) for tex in formulas[start : start + 4000]]
            assert draw(some, width=100)


# Laws


def latex() -> st.SearchStrategy[str]:
    commands = [f"\\{command} " for command in sorted(PORTABLE)]
    suspects = ["{", "}", "_", "^", "&", r"\\", "'", "%", "$", "#", "[", "]", " ", "\\"]
    suspects += [
        r"\text{",
        r"\begin{aligned}",
        r"\end{aligned}",
        "é",
        "漢",
        "<",
        "\x01",
    ]
    known = [item["tex"] for item in chain(*FORMULAS.values())]
    piece = st.sampled_from([*commands, *suspects, "x", "12"]) | st.sampled_from(known)
    return st.lists(piece, max_size=8).map("".join)


@given(latex(), st.booleans())
def test_what_has_no_fault_can_be_set_by_all(tex: str, display: bool) -> None:  # noqa: FBT001 - hypothesis decides
    if not found(tex, display=display):
        assert portable(tex)
        ET.fromstring(quoted_mathml(tex, display=display))
        json.dumps(tree(tex, display=display))


# The font


def constructions(font: Any) -> Iterator[tuple[str, Any]]:  # noqa: ANN401 - untyped
    variants = font["MATH"].table.MathVariants
    yield from zip(
        variants.VertGlyphCoverage.glyphs, variants.VertGlyphConstruction, strict=True
    )
    yield from zip(
        variants.HorizGlyphCoverage.glyphs, variants.HorizGlyphConstruction, strict=True
    )


def test_the_font_is_small_whole_and_the_same_each_time() -> None:
    data = math_font("x(→")
    assert data == math_font("→(x")
    assert data[:4] == b"wOF2"
    assert len(data) < 40_000
    with TTFont(BytesIO(data)) as font:
        names = font.getBestCmap()
        assert set(names) >= set(map(ord, "x(→√"))
        tall = dict(constructions(font))
        assert tall[names[ord("√")]].GlyphAssembly
        assert tall[names[ord("(")]].GlyphAssembly
        root = tall[names[ord("√")]]
        signs = [record.VariantGlyph for record in root.MathGlyphVariantRecord]
        signs += [part.glyph for part in root.GlyphAssembly.PartRecords]
        assert len({font["hmtx"][sign][0] for sign in signs}) == 1
        least = font["MATH"].table.MathVariants.MinConnectorOverlap
        _, head = tall[names[ord("→")]].GlyphAssembly.PartRecords
        assert head.StartConnectorLength >= least


def test_the_licence_goes_with_the_font() -> None:
    notice = math_font_licence()
    assert "STIX Fonts Project Authors" in notice
    assert "SIL Open Font License" in notice
    assert "PREAMBLE" in notice
    assert notice.endswith("DEALINGS IN THE FONT SOFTWARE.\n")


HOSTILE = r"""\text{ class="a" } \text{<mo stretchy="false" >} [0, 1)"""


@pytest.mark.parametrize("tex", [*(item["tex"] for item in GOOD), HOSTILE])
def test_a_formula_without_quotes_says_the_same(tex: str) -> None:
    for display in (False, True):
        quoted = quoted_mathml(tex, display=display, tabindex=' tabindex="0"')
        short = mathml(tex, display=display, tabindex=' tabindex="0"')
        assert read(short.replace("=.", "=0.")) == read(quoted)
        assert tex == HOSTILE or 'stretchy="' not in short


def read(html: str) -> list[object]:
    """Return the elements with their attributes, and the texts, as browsers read."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.read


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.read: list[object] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.read.append((tag, attrs))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.read.append((tag, attrs, "/"))

    def handle_endtag(self, tag: str) -> None:
        self.read.append(tag)

    def handle_data(self, data: str) -> None:
        self.read.append(data)


@pytest.mark.parametrize(
    ("tex", "start"),
    [
        (r"\dfrac{\tfrac12}{b}", '<math><mstyle displaystyle="true"><mfrac><mstyle '),
        (r"\displaystyle x", '<math><mstyle displaystyle="true" scriptlevel="0"><mi>'),
        (r"\begin{aligned}a\end{aligned}", '<math><mstyle scriptlevel="0"><mtable '),
    ],
)
def test_styles_stand_where_every_checker_allows_them(tex: str, start: str) -> None:
    html = presentation(tex, display=False)
    assert html.startswith(start)
    assert not re.search(r"<(?!mstyle|math)\w+[^>]* scriptlevel", html)
    assert not re.search(r"<(?!mstyle|math|mtable)\w+[^>]* displaystyle", html)
    ET.fromstring(html)
