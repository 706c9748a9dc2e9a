"""Convert LaTeX to a tree of JSON values that the sheet draws.

The tree is made from math-core's MathML. Each kind of node is a function of
`templates/sheet/math.typ`. An unknown element, attribute or value raises an error, so
that no part of a formula is lost silently.
"""

from collections.abc import Callable
from types import MappingProxyType
from xml.etree import ElementTree as ET

from triptych.typeset.math.latex import convert
from triptych.typeset.math.leaves import (
    blank,
    identifier,
    is_delimiter,
    number,
    operator,
    space,
    text,
)
from triptych.typeset.math.node import NOTHING, MathTreeError, row
from triptych.typeset.math.portable import COLOURS
from triptych.typeset.math.scripts import limits, scripts
from triptych.typeset.math.table import table
from triptych.values.tree import Node

__all__ = ["MathTreeError", "tree"]

_ENTITIES = {
    "&ApplyFunction;": "\N{FUNCTION APPLICATION}",
    "&InvisibleTimes;": "\N{INVISIBLE TIMES}",
}
_STYLES = MappingProxyType(
    {
        ("true", "0"): "display",
        ("false", "0"): "inline",
        ("false", "1"): "script",
        ("false", "2"): "sscript",
    }
)
_STRIKES = {
    "updiagonalstrike": "up",
    "downdiagonalstrike": "down",
    "updiagonalstrike downdiagonalstrike": "cross",
}


def tree(tex: str, *, display: bool) -> Node:
    """Return the formula as a tree for the function `formula` of `math.typ`."""
    markup = convert(tex, display=display)
    for entity, sign in _ENTITIES.items():
        markup = markup.replace(entity, sign)
    return _walk(ET.fromstring(markup))  # noqa: S314 - math-core wrote it


def _walk(element: ET.Element) -> Node:
    known = _ELEMENTS.get(element.tag)
    if known is None:
        raise MathTreeError(f"unknown element `{element.tag}`")
    attributes, draw = known
    if not attributes.issuperset(element.attrib):
        unknown = ", ".join(set(element.attrib) - attributes)
        raise MathTreeError(f"unknown attribute `{unknown}` of `{element.tag}`")
    return draw(element)


def _row(element: ET.Element) -> Node:
    return row([_walk(child) for child in element])


def _group(element: ET.Element) -> Node:
    children = list(element)
    if element.get("class", "").startswith("menclose-"):
        return NOTHING  # a hook for a style sheet
    if len(children) > 1 and is_delimiter(children[0]) and is_delimiter(children[-1]):
        ends = (children[0].text or "", children[-1].text or "")
        left, right = (end.strip("\N{INVISIBLE SEPARATOR}") for end in ends)
        body = ("lr", left, right, row([_walk(child) for child in children[1:-1]]))
        before = space(children[0].get("lspace", "0"))
        return row((before, body, space(children[-1].get("rspace", "0"))))
    return _styled(element, _row(element))


def _styled(element: ET.Element, body: Node) -> Node:
    if display := element.get("displaystyle"):
        body = ("style", _STYLES[display, element.get("scriptlevel", "0")], body)
    style = element.get("style", "").rstrip(";")
    if style.startswith("color:#"):
        return ("color", COLOURS[style.removeprefix("color:#")], body)
    # Typst itself handles compact exponents and the space in continued fractions.
    if style not in ("", "math-shift:compact", "padding-top: 0.1667em"):
        raise MathTreeError(f"unknown style `{style}`")
    return body


def _padded(element: ET.Element) -> Node:
    flat = [name for name in ("width", "height") if element.get(name) == "0"]
    if flat:
        return ("strut", flat[0], _row(element))
    widths = {"padding-left": "0", "padding-right": "0"}
    for rule in filter(None, element.get("style", "").split(";")):
        side, _, width = rule.partition(":")
        if side not in widths:
            raise MathTreeError(f"unknown style `{rule}`")
        widths[side] = width
    left, right = map(space, widths.values())
    return row((left, _row(element), right))


def _fraction(element: ET.Element) -> Node:
    above, below = map(_walk, element)
    kind = "stack" if element.get("linethickness") == "0" else "frac"
    return _styled(element, (kind, above, below))


def _phantom(element: ET.Element) -> Node:
    return ("hide", _row(element))


def _square_root(element: ET.Element) -> Node:
    return ("sqrt", _row(element))


def _root(element: ET.Element) -> Node:
    radicand, index = map(_walk, element)
    return ("root", index, radicand)


def _scripts(element: ET.Element) -> Node:
    return scripts(element, _walk)


def _limits(element: ET.Element) -> Node:
    return limits(element, _walk)


def _table(element: ET.Element) -> Node:
    return table(element, _row)


def _enclosed(element: ET.Element) -> Node:
    notation = element.get("notation", "")
    if notation == "box":
        return ("box", _row(element))
    return ("cancel", _STRIKES[notation], _row(element))


_ELEMENTS: MappingProxyType[str, tuple[frozenset[str], Callable[[ET.Element], Node]]]
_ELEMENTS = MappingProxyType(
    {
        tag: (frozenset(attributes.split()), draw)
        for tag, attributes, draw in (
            ("math", "display", _row),
            ("menclose", "notation", _enclosed),
            ("mfrac", "displaystyle linethickness scriptlevel style", _fraction),
            ("mi", "mathvariant", identifier),
            ("mn", "", number),
            (
                "mo",
                "form lspace maxsize minsize movablelimits rspace stretchy symmetric",
                operator,
            ),
            ("mover", "accent", _limits),
            ("mpadded", "height style width", _padded),
            ("mphantom", "", _phantom),
            ("mroot", "", _root),
            ("mrow", "class displaystyle scriptlevel style", _group),
            ("mspace", "style width", blank),
            ("msqrt", "", _square_root),
            ("msub", "", _scripts),
            ("msubsup", "", _scripts),
            ("msup", "", _scripts),
            ("mtable", "displaystyle scriptlevel style", _table),
            ("mtext", "", text),
            ("munder", "accentunder", _limits),
            ("munderover", "", _limits),
        )
    }
)
