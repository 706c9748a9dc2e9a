"""Convert scripts, limits and accents of MathML."""

from types import MappingProxyType
from xml.etree import ElementTree as ET

from triptych.typeset.math.leaves import SUMS
from triptych.typeset.math.node import MathTreeError, Walk, kind
from triptych.values.tree import Node

_WITH_NOTE = MappingProxyType(
    {
        "mover": ("overbrace", "overbracket", "overparen"),
        "munder": ("underbrace", "underbracket", "underparen"),
        "munderover": (),
    }
)
_STRETCHED = MappingProxyType(
    {
        ("mover", "\N{COMBINING LOW LINE}"): "overline",
        ("mover", "\N{TOP CURLY BRACKET}"): "overbrace",
        ("mover", "\N{TOP SQUARE BRACKET}"): "overbracket",
        ("mover", "\N{TOP PARENTHESIS}"): "overparen",
        ("munder", "\N{COMBINING LOW LINE}"): "underline",
        ("munder", "\N{BOTTOM CURLY BRACKET}"): "underbrace",
        ("munder", "\N{BOTTOM SQUARE BRACKET}"): "underbracket",
        ("munder", "\N{BOTTOM PARENTHESIS}"): "underparen",
    }
)
_WIDE_ACCENTS = MappingProxyType(
    {
        "\N{COMBINING CIRCUMFLEX ACCENT}": "\N{COMBINING CIRCUMFLEX ACCENT}",
        "\N{TILDE}": "\N{COMBINING TILDE}",
        "\N{RIGHTWARDS ARROW}": "\N{COMBINING RIGHT ARROW ABOVE}",
        "\N{LEFTWARDS ARROW}": "\N{COMBINING LEFT ARROW ABOVE}",
        "\N{LEFT RIGHT ARROW}": "\N{COMBINING LEFT RIGHT ARROW ABOVE}",
    }
)
_ACCENTS = MappingProxyType(
    {
        "\N{MODIFIER LETTER CIRCUMFLEX ACCENT}": "\N{COMBINING CIRCUMFLEX ACCENT}",
        "\N{SMALL TILDE}": "\N{COMBINING TILDE}",
        "\N{MACRON}": "\N{COMBINING MACRON}",
        "\N{DOT ABOVE}": "\N{COMBINING DOT ABOVE}",
        "\N{DIAERESIS}": "\N{COMBINING DIAERESIS}",
        "\N{ACUTE ACCENT}": "\N{COMBINING ACUTE ACCENT}",
        "\N{GRAVE ACCENT}": "\N{COMBINING GRAVE ACCENT}",
        "\N{BREVE}": "\N{COMBINING BREVE}",
        "\N{CARON}": "\N{COMBINING CARON}",
        "\N{RING ABOVE}": "\N{COMBINING RING ABOVE}",
        **{
            sign: sign
            for sign in (
                "\N{COMBINING RIGHT ARROW ABOVE}",
                "\N{COMBINING THREE DOTS ABOVE}",
                "\N{COMBINING FOUR DOTS ABOVE}",
            )
        },
    }
)


def scripts(element: ET.Element, walk: Walk) -> Node:
    """Return a base with its subscript and superscript."""
    base, *beside = map(walk, element)
    return (
        "scripts",
        base,
        *_below_and_above(beside, only_above=element.tag == "msup"),
    )


def limits(element: ET.Element, walk: Walk) -> Node:
    """Return a base with its limits, its accent, or the labels of an arrow."""
    base, *others = element
    only_above = element.tag == "mover"
    if "true" in (element.get("accent"), element.get("accentunder")):
        return _accent(element.tag, walk(base), others[0])
    if all(map(_is_label, others)):
        labels = [walk(label[0]) for label in others]
        return (
            "arrow",
            base.text or "",
            *_below_and_above(labels, only_above=only_above),
        )
    body, notes = walk(base), [walk(other) for other in others]
    if isinstance(body, tuple) and kind(body) in _WITH_NOTE[element.tag]:
        return (*body, *notes)
    # In running text, limits are beside a sum, but always below a name such as `lim`.
    moves = base.text in SUMS and base.get("movablelimits") != "false"
    place = "sum" if moves else "limits"
    return (place, body, *_below_and_above(notes, only_above=only_above))


def _below_and_above(nodes: list[Node], *, only_above: bool) -> tuple[Node, Node]:
    if len(nodes) > 1:
        return nodes[0], nodes[1]
    return ("", nodes[0]) if only_above else (nodes[0], "")


def _is_label(element: ET.Element) -> bool:
    # math-core sets a wide space above or below the label of an arrow that stretches.
    spaces = [child for child in element if child.get("width") == "3.5em"]
    return element.tag in ("mover", "munder") and bool(spaces)


def _accent(tag: str, body: Node, element: ET.Element) -> Node:
    sign = element.text or ""
    if (tag, sign) in _STRETCHED:
        return (_STRETCHED[tag, sign], body)
    if tag == "munder" and sign in _WIDE_ACCENTS:
        return ("underarrow", sign, body)
    wide = element.get("stretchy") != "false" and sign in _WIDE_ACCENTS
    accent = (_WIDE_ACCENTS if wide else _ACCENTS).get(sign)
    if accent is None or tag == "munder":
        raise MathTreeError(f"unknown accent `{sign}`")
    return ("accent", accent, "wide" if wide else "", body)
