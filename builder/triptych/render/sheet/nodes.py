"""What the templates of print are given: trees to draw, and other data."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

from triptych.render.sheet.formula_width import UNKNOWN_EM, most_em
from triptych.render.sheet.table_width import table_em
from triptych.values.prose import Prose
from triptych.values.tree import Node, children, kind

Data: TypeAlias = "str | float | Sequence[Data] | Mapping[str, Data] | None"
"""The input of a template: trees to draw, and other data."""


def inline(prose: Prose) -> Iterator[Node]:
    """Yield the contents of the paragraphs of `prose`."""
    for block in prose.blocks:
        yield from children(block)


def with_places(node: Node, path: str, *, may_be_narrow: bool = False) -> Node:
    """Return `node` with the place in the file `path` and the width of each formula.

    The width is known for formulas in the usual columns, not for those in cells. A
    table has at its end the width in which it surely fits.
    """
    if isinstance(node, tuple) and kind(node) == "mathblock":
        width = UNKNOWN_EM if may_be_narrow else most_em(node[1])
        return (*node[:3], f"{path}:{node[3]}", width)
    inner = children(node)
    if not isinstance(node, tuple) or not inner:
        return node
    narrow = may_be_narrow or kind(node) == "table"
    start = node[: len(node) - len(inner)]
    drawn = *start, *(with_places(child, path, may_be_narrow=narrow) for child in inner)
    if kind(node) != "table":
        return drawn
    return *drawn, UNKNOWN_EM if may_be_narrow else table_em(*inner)
