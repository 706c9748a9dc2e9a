"""Convert LaTeX to MathML Core for the site, without `style` attributes.

The output of math-core is changed by string replacement. Its styles become classes of
`templates/site/math.css`, since the Content Security Policy of pages forbids inline
styles, and markup that browsers display badly is replaced.
"""

import re
from functools import lru_cache
from html import escape, unescape
from types import MappingProxyType

from triptych.patterns import lazy_pattern
from triptych.typeset.math.latex import convert
from triptych.typeset.math.portable import COLOURS
from triptych.values.xhtml import XHTML_NAMESPACE

_MIN_COLUMN_EM = 10
"""The width of the narrowest column, in a nested list or title on a small phone."""

_SPACES = {"0": "", "0.1667em": "3", "0.2222em": "4", "0.2778em": "5"}
_CLASSES = MappingProxyType(
    {
        "text-align: left": "math-left",
        "text-align: right": "math-right",
        "justify-items: start": "",
        "justify-items: end": "",
        "padding-left: 0": "math-flush-left",
        "padding-right: 0": "math-flush-right",
        "padding-left:1em": "math-gap",
        "padding-top: 0": "math-dense",
        "padding-bottom: 0": "",
        "padding-top: 0.1667em": "math-roof",
        "math-shift:compact": "",
        "margin-left:-0.16666667em": "math-back-3",
        "margin-left:-0.22222222em": "math-back-4",
        "margin-left:-0.2777778em": "math-back-5",
    }
    | {
        f"padding-{side}:{width}": name and f"math-{where}-{name}"
        for side, where in (("left", "before"), ("right", "after"))
        for width, name in _SPACES.items()
    }
    | {
        f"border-{side}: 0.05em {line} currentcolor": f"math-{name}-{side}"
        for side in ("left", "right", "top")
        for line, name in (("solid", "rule"), ("dashed", "dash"))
    }
    | {f"color:#{value}": f"math-{name}" for value, name in COLOURS.items()}
)
_STYLE = lazy_pattern(r' style="([^"]*)"')
_LENGTH = lazy_pattern(r'width="([\d.]+)rem" style="width:[^"]*"')

_REPLACEMENTS = MappingProxyType(
    {
        'width="0.16666667em"': 'width="0.1667em"',
        "&ApplyFunction;": "\N{FUNCTION APPLICATION}",
        "&InvisibleTimes;": "\N{INVISIBLE TIMES}",
        # A lone colon is punctuation, as in f: X -> Y.
        "<mi>:</mi>": '<mo lspace="0" rspace="0.2222em">:</mo>',
        # The font has primes in the position of a superscript only as alternates.
        **{
            f"<mo>{sign}</mo>": f'<mo class="math-prime">{sign}</mo>'
            for sign in "\N{PRIME}\N{DOUBLE PRIME}\N{TRIPLE PRIME}\N{QUADRUPLE PRIME}"
        },
        # Combining characters stretch from a wrong position, or not at all.
        '<mo stretchy="true">\N{COMBINING LOW LINE}</mo></mover>': (
            '<mo stretchy="true" class="math-over">\N{OVERLINE}</mo></mover>'
        ),
        '<mo stretchy="true">\N{COMBINING LOW LINE}</mo></munder>': (
            '<mo stretchy="true" class="math-under">\N{OVERLINE}</mo></munder>'
        ),
        '<mo stretchy="true">~</mo>': '<mo stretchy="false">\N{SMALL TILDE}</mo>',
        '<mo stretchy="false">\N{COMBINING RIGHT ARROW ABOVE}</mo>': (
            '<mo stretchy="false" class="math-vec">\N{RIGHTWARDS ARROW}</mo>'
        ),
        # Only Firefox supports this element.
        '<menclose notation="box">': '<mrow class="math-box">',
        '<menclose notation="updiagonalstrike">': '<mrow class="math-cancel">',
        '<menclose notation="downdiagonalstrike">': '<mrow class="math-bcancel">',
        '<menclose notation="updiagonalstrike downdiagonalstrike">': (
            '<mrow class="math-xcancel">'
        ),
        "</menclose>": "</mrow>",
        '<mrow class="menclose-updiagonalstrike"></mrow>': "",
        '<mrow class="menclose-downdiagonalstrike"></mrow>': "",
        "<code>": '<span class="math-mono">',
        "</code>": "</span>",
        "math-core-sans-serif-font": "math-sans",
        "math-core-serif-font": "math-serif",
    }
)
_MATHML = "http://www.w3.org/1998/Math/MathML"
_REPLACEMENTS_IN_XHTML = MappingProxyType(
    {**_REPLACEMENTS, "<code>": f'<span xmlns="{XHTML_NAMESPACE}" class="math-mono">'}
)
_REPLACED = lazy_pattern("|".join(map(re.escape, _REPLACEMENTS)))
# Browsers size a delimiter only in a row, not as the base of a script.
_SIZED = lazy_pattern(r"(<m(?:sup|sub|subsup)>)(<mo [^>]*minsize[^>]*>[^<]*</mo>)")
# math-core draws a last `\hline` above an empty row of one cell.
_LAST_RULE = lazy_pattern(
    r'<mtd class="(math-(?:rule|dash)-top)[^"]*"></mtd></mtr></mtable>'
)
_CLASSES_OF_TAG = lazy_pattern(r'(?<=<)\w+ (?:[^>]* )?class="?([a-z0-9 -]+)')
_TAG = lazy_pattern("<[^>]*>")
_WHITE_SPACE = lazy_pattern(r"\s+")
_STYLED = lazy_pattern(r' (?:displaystyle|scriptlevel)="[^"]*"')
_DISPLAY_STYLE, _TEXT_STYLE = ' displaystyle="true"', ' displaystyle="false"'
_SCRIPT_LEVEL = lazy_pattern(r' scriptlevel="[^"]*"')
_PIECE = lazy_pattern(
    r"<(?P<end>/?)(?P<name>\w+)(?P<attributes>[^>]*?)(?P<empty>/?)>|[^<]+"
)
_QUOTED = lazy_pattern(
    r'(?<= )(class|display|stretchy|[lr]space)="0?([a-z0-9-]+|\.\d+em)"(?=[ >])'
)
"""What formulas have most of; HTML needs no quotes around such values."""
_SPACE = lazy_pattern(r'<mspace width="([\d.]+)em"')


@lru_cache(maxsize=8192)
def mathml(tex: str, *, display: bool, tabindex: str = "") -> str:
    """Return the formula as HTML, in a scrollable box, as short as it can be."""
    quoted = quoted_mathml(tex, display=display, tabindex=tabindex)
    return _QUOTED.sub(r"\1=\2", quoted)  # texts have other quotes and spaces


def quoted_mathml(tex: str, *, display: bool, tabindex: str = "") -> str:
    """Return the formula as well-formed HTML, in a scrollable box if it may be wide.

    Such a box gets the attribute `tabindex`. It is a `span` for a display formula too,
    since `$$` may be within a paragraph.
    """
    formula = presentation(tex, display=display)
    latex = _latex(formula, tex) if display else ""
    return _boxed(formula, latex, tabindex, display=display)


@lru_cache(maxsize=8192)
def mathml_in_xhtml(tex: str, *, display: bool) -> str:
    """Return the formula as XHTML, named by its LaTeX, in the same box."""
    formula = _REPLACED.sub(
        lambda found: _REPLACEMENTS_IN_XHTML[found[0]], _core(tex, display=display)
    )
    attributes = f' xmlns="{_MATHML}" alttext="{escape(tex)}"'
    return _boxed(formula, attributes, "", display=display)


def _boxed(formula: str, attributes: str, tabindex: str, *, display: bool) -> str:
    start, body = formula.split(">", 1)
    formula = f"<math{attributes}{start.removeprefix('<math')}>{body}"
    may_be_wide = _width_em(body) > _MIN_COLUMN_EM
    box_tabindex = tabindex if may_be_wide else ""
    if display:
        return f'<span class="math-display"{box_tabindex}>{formula}</span>'
    return (
        f'<span class="math-long"{box_tabindex}>{formula}</span>'
        if may_be_wide
        else formula
    )


@lru_cache(maxsize=8192)
def classes_of(formula: str) -> frozenset[str]:
    """Return the classes of CSS that a formula has, as `mathml` returns it.

    They are not noted as they are written: they come with whole elements from tables
    of replacements for what math-core writes.
    """
    names = (
        name for names in _CLASSES_OF_TAG.findall(formula) for name in names.split()
    )
    return frozenset(name for name in names if name.startswith("math-"))


def width_em(tex: str) -> float:
    """Return an upper estimate of the width of a display formula."""
    return _width_em(presentation(tex, display=True).split(">", 1)[1])


def _latex(formula: str, tex: str) -> str:
    """Return the attribute with the LaTeX of a formula, unless its text is the same.

    Only formulas that stand alone have it: with that of each in a line, pages were up
    to 2 % longer. Not an `annotation`: its elements are as long as most formulas.
    """
    text = unescape(_TAG.sub("", formula)).replace("\N{MINUS SIGN}", "-")
    if _WHITE_SPACE.sub("", text) == _WHITE_SPACE.sub("", tex):
        return ""
    return f' data-tex="{escape(tex)}"'


def _width_em(body: str) -> float:
    """Return an upper estimate of a formula's width.

    Each character with its space counts as one em, and so does the gap next to a cell
    of a matrix. Vertically stacked parts are added up as if they were side by side.
    """
    spaces = sum(map(float, _SPACE.findall(body)))
    return len(_TAG.sub("", body)) + body.count("<mtd") + spaces


def presentation(tex: str, *, display: bool) -> str:
    """Return the formula as a `math` element without its LaTeX."""
    return _REPLACED.sub(
        lambda found: _REPLACEMENTS[found[0]], _core(tex, display=display)
    )


@lru_cache(maxsize=8192)
def _core(tex: str, *, display: bool) -> str:
    """Return the formula as MathML Core, with what browsers display badly."""
    formula = convert(tex, display=display)
    if ' style="' in formula:
        formula = _STYLE.sub(_classes, _LENGTH.sub(r'width="\1em"', formula))
        formula = _LAST_RULE.sub(_whole_width, formula)
    if not display and _DISPLAY_STYLE not in formula:
        formula = formula.replace(_TEXT_STYLE, "")  # as inline formulas are
    if _STYLED.search(formula):
        formula = _with_style_elements(formula)
    if " minsize=" in formula:
        formula = _SIZED.sub(r"\1<mrow>\2</mrow>", formula)
    return formula


def _with_style_elements(formula: str) -> str:
    """Return `formula` with `mstyle` for attributes that not every element may have.

    Browsers take `displaystyle` and `scriptlevel` on any element, older checkers only
    on `mstyle`. A table keeps the first: its own style would win over a wrapper's.
    """
    written: list[str] = []
    ends: list[str] = []
    for piece in _PIECE.finditer(formula):
        name, attributes = piece["name"], piece["attributes"]
        if name is None or piece["empty"]:
            written.append(piece[0])
        elif piece["end"]:
            written.append(ends.pop())
        else:
            pattern = _SCRIPT_LEVEL if name == "mtable" else _STYLED
            moved = "".join(found[0] for found in pattern.finditer(attributes))
            start, end = f"<{name}{pattern.sub('', attributes)}>", f"</{name}>"
            if moved and name == "mrow":
                start, end = (
                    f"<mstyle{pattern.sub('', attributes)}{moved}>",
                    "</mstyle>",
                )
            elif moved and name not in {"math", "mstyle"}:
                start, end = f"<mstyle{moved}>{start}", f"{end}</mstyle>"
            elif moved:
                start = piece[0]
            written.append(start)
            ends.append(end)
    return "".join(written)


def _classes(style: re.Match[str]) -> str:
    names = [_CLASSES[rule] for rule in style[1].rstrip(";").split(";")]
    classes = " ".join(filter(None, names))
    return f' class="{classes}"' if classes else ""


def _whole_width(rule: re.Match[str]) -> str:
    return f'<mtd class="{rule[1]} math-end" columnspan="99"></mtd></mtr></mtable>'
