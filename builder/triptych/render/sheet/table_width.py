"""How wide the columns of a table are at least, when all their lines are broken.

Typst would have to lay out each word to measure it, and keeps that in memory. So it
measures only tables for which this is too wide.
"""

from collections.abc import Iterator
from math import ceil

from triptych.render.sheet.formula_width import UNKNOWN_EM, letters_em, most_em
from triptych.values.tree import Node, children, kind

_WIDE_FACTOR = 1.25
"""Letters of tables may be bold, and of a font that is wider than that of formulas."""
_CODE_EM = 0.65
_PADDING_EM = 0.7
_BLOCKS = frozenset({"dl", "fence", "figure", "hr", "mathblock", "ol", "quote"})
_BROKEN = _BLOCKS | {"br", "table", "ul"}
"""What is as narrow as its cell: it breaks its own lines, or shrinks."""
_UNKNOWN = frozenset({"box", "img", "kbd"})


def table_em(head: Node, rows: Node) -> int:
    """Return a width in em in which the words of all columns surely fit.

    >>> table_em((("p", "a"), ("p", "b")), ((("p", "two words"), ("p", "c")),))
    8
    """
    all_rows = [row for row in (head, *_nodes(rows)) if row]
    columns: dict[int, float] = {}
    for row in all_rows:
        for at, cell in enumerate(_nodes(row)):
            widest = max(_words(children(cell)), default=0)
            columns[at] = max(columns.get(at, 0), widest)
    width = sum(columns.values()) + _PADDING_EM * len(columns)
    return min(ceil(width), UNKNOWN_EM)


def _nodes(node: Node) -> tuple[Node, ...]:
    return node if isinstance(node, tuple) else ()


def _words(nodes: tuple[Node, ...]) -> Iterator[float]:
    for node in nodes:
        name = kind(node)
        if isinstance(node, str):
            yield from (_WIDE_FACTOR * letters_em(word) for word in node.split(" "))
        elif name == "code":
            texts = [child for child in children(node) if isinstance(child, str)]
            yield from (_CODE_EM * len(word) for t in texts for word in t.split(" "))
        elif name == "math" and isinstance(node, tuple):
            yield most_em(node[1])
        elif name in _UNKNOWN:
            yield UNKNOWN_EM
        elif name not in _BROKEN:
            yield from _words(children(node))
