"""Convert matrices, cases and aligned lines of MathML."""

from collections.abc import Iterator
from xml.etree import ElementTree as ET

from triptych.typeset.math.node import MathTreeError, Walk
from triptych.values.tree import Node

_STYLES = {"true": "display", "false": "inline"}
_LEFT, _RIGHT = "text-align: left", "text-align: right"
_FLUSH_LEFT, _FLUSH_RIGHT = "padding-left: 0", "padding-right: 0"
_DENSE = "padding-top: 0"
_RULES = {
    f"border-{side}: 0.05em {line} currentcolor": (side, line)
    for side in ("left", "right", "top")
    for line in ("solid", "dashed")
}
_KNOWN = frozenset(
    (
        *(*_RULES, _LEFT, _RIGHT, _FLUSH_LEFT, _FLUSH_RIGHT, _DENSE),
        *("padding-left:1em", "padding-bottom: 0"),
        *("justify-items: start", "justify-items: end"),
    )
)


def table(element: ET.Element, walk: Walk) -> Node:
    """Return `("table", style, kind, dashed, hlines, vlines, rows)`.

    A cell is `(node,)` if centred, else `(before, after)` the alignment point.
    """
    lines = list(element)
    rules = [(0, 0, *rule) for rule in _rules(element)]
    for row, line in enumerate(lines):
        for column, cell in enumerate(line):
            rules += [(row, column, *rule) for rule in _rules(cell)]
    if len(lines) > 1 and len(lines[-1]) == 1 and not len(lines[-1][0]):
        lines.pop()  # the empty row below a last rule
    hlines = {row for row, _, side, _ in rules if side == "top"}
    vlines = {
        column + (side == "right") for _, column, side, _ in rules if side != "top"
    }
    line_styles = {line for *_, line in rules}
    style = _STYLES[element.get("displaystyle", "false")]
    return (
        "table",
        "script" if element.get("scriptlevel") == "1" else style,
        _kind(element),
        "dashed" if line_styles == {"dashed"} else "solid",
        tuple(sorted(hlines)),
        tuple(sorted(vlines)),
        tuple(tuple(_cells(line, walk)) for line in lines),
    )


def _cells(line: ET.Element, walk: Walk) -> Iterator[Node]:
    cells = [(_style(cell), walk(cell)) for cell in line]
    while cells:
        style, body = cells.pop(0)
        if _LEFT in style:
            yield ("", body)
        elif _RIGHT not in style:
            yield (body,)
        elif _FLUSH_RIGHT in style and cells and _FLUSH_LEFT in cells[0][0]:
            yield (body, cells.pop(0)[1])
        else:
            yield (body, "")


def _kind(element: ET.Element) -> str:
    styles = [style for line in element for style in map(_style, line)]
    if any(_DENSE in style for style in styles):
        return "dense"
    if any(_FLUSH_RIGHT in style and _LEFT in style for style in styles):
        return "cases"
    return "lines" if element.get("displaystyle") == "true" else "matrix"


def _rules(element: ET.Element) -> list[tuple[str, str]]:
    return [_RULES[rule] for rule in _style(element) if rule in _RULES]


def _style(element: ET.Element) -> list[str]:
    rules = [rule for rule in element.get("style", "").split(";") if rule]
    unknown = set(rules) - _KNOWN
    if unknown:
        raise MathTreeError(f"unknown style `{min(unknown)}`")
    return rules
