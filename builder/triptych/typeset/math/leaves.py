"""Convert the leaves of MathML: letters, numbers, words, signs and spaces."""

from types import MappingProxyType
from xml.etree import ElementTree as ET

from triptych.typeset.math.node import NOTHING, MathTreeError, row
from triptych.values.tree import Node

_VARIATIONS = "\N{VARIATION SELECTOR-1}\N{VARIATION SELECTOR-2}"
_FONTS = {
    "b": "bold",
    "i": "italic",
    "code": "mono",
    "math-core-sans-serif-font": "sans",
    "math-core-serif-font": "serif",
}
_DELIMITERS = frozenset("()[]{}|‖⟨⟩⌊⌋⌈⌉⌜⌝⌞⌟⎰⎱⟮⟯↑↓↕⇑⇓⇕\N{INVISIBLE SEPARATOR}")
_STRETCHED_DELIMITERS = _DELIMITERS | frozenset("/\\")
SUMS = frozenset("∑∏∐⋀⋁⋂⋃⨀⨁⨂⨄⨅⨆⨉")  # noqa: RUF001 - not V and U
_LARGE_OPERATORS = SUMS | frozenset("∫∬∭⨌∮∯∰")
_CLASSES = MappingProxyType(
    {
        ("0", "0"): "normal",
        ("0.2222em", "0.2222em"): "binary",
        ("0.2778em", "0.2778em"): "relation",
    }
)
_FORMS = {"prefix": "opening", "postfix": "closing", "infix": "relation"}
_GREEK_CAPITALS = frozenset("ΓΔΘΛΞΠΣΥΦΨΩ")
_UNITS = {"rem": 1000, "em": 1000, "ex": 430}


def identifier(element: ET.Element) -> Node:
    """Return a letter, or a name with several letters."""
    text, variant = element.text or "", element.get("mathvariant")
    if variant not in (None, "normal"):
        raise MathTreeError(f"unknown variant `{variant}`")
    if not text:
        return NOTHING
    if len(text.rstrip(_VARIATIONS)) > 1:
        return ("text", text)
    if text == ":":
        return ("op", text, "punctuation")
    if variant:
        return ("up", text)
    if text in _GREEK_CAPITALS:
        return ("italic", text)  # which Typst would set upright
    return text if text[:1].isalpha() else ("op", text, "normal")


def number(element: ET.Element) -> Node:
    """Return a number as text."""
    return ("text", element.text or "")


def text(element: ET.Element) -> Node:
    """Return text in its font."""
    if not len(element):
        return ("text", element.text or "")
    (child,) = element
    font = _FONTS.get(child.get("class", child.tag))
    if font is None or element.text or child.tail or len(child):
        raise MathTreeError("unknown markup in a text")
    return ("text", child.text or "", font)


def operator(element: ET.Element) -> Node:
    """Return a sign, with the class that gives the space around it, if there is one."""
    sign = element.text or ""
    left, right = element.get("lspace"), element.get("rspace")
    if sign == "\N{FUNCTION APPLICATION}":
        return space(left or "0")
    if sign in ("\N{INVISIBLE TIMES}", "\N{INVISIBLE SEPARATOR}"):
        return NOTHING
    if len(sign.rstrip(_VARIATIONS)) > 1:  # the name of a function, in a table
        return row((space(left or "0"), ("text", sign), space(right or "0")))
    form = _FORMS.get(element.get("form", ""), "")
    if size := element.get("minsize"):
        return ("big", sign, _thousandths(size), form or "normal")
    if is_delimiter(element):
        around = "0.2778em" if form == "relation" else "0"
        return row((space(left or around), ("mid", sign), space(right or around)))
    known = _CLASSES.get((left or "", right or ""), form)
    return (
        ("op", sign, known) if known and sign not in _LARGE_OPERATORS else ("op", sign)
    )


def is_delimiter(element: ET.Element) -> bool:
    r"""Return whether an element is from `\left`, `\middle` or `\right`."""
    if element.tag != "mo" or "minsize" in element.attrib:
        return False
    stretchy = element.get("stretchy")
    delimiters = _STRETCHED_DELIMITERS if stretchy == "true" else _DELIMITERS
    return stretchy != "false" and (element.text or "") in delimiters


def blank(element: ET.Element) -> Node:
    """Return the space of an `mspace` element."""
    style = element.get("style", "").rstrip(";")
    if style.startswith("margin-left:"):
        return space(style.removeprefix("margin-left:"))
    return space(element.get("width", "0"))


def space(width: str) -> Node:
    """Return a space of `width`, in thousandths of an em."""
    wide = _thousandths(width)
    return ("space", wide) if wide else NOTHING


def _thousandths(width: str) -> int:
    for unit, thousandths in _UNITS.items():
        if width.endswith(unit):
            return round(thousandths * float(width.removesuffix(unit)))
    if width != "0":
        raise MathTreeError(f"unknown width `{width}`")
    return 0
