"""Tables and lists of definitions in the tree for the sheet."""

from typing import TypeAlias

from markdown_it.token import Token

from triptych.typeset.block_layout import alignment
from triptych.values.tree import Node

Nodes: TypeAlias = list[Node]


def kind_of(node: Node) -> str:
    """Return the kind of a node; text is a paragraph's."""
    return str(node[0]) if isinstance(node, tuple) else "p"


def cell(token: Token, children: Nodes, _scope: object) -> Nodes:
    """Return a cell with its alignment, for `table`."""
    return [(alignment(token), ("p", *children))]


def table(_token: Token, rows: Nodes, _scope: object) -> Nodes:
    """Return a table of `rows`, the first of which is its head."""
    aligns = tuple(cell[0] for cell in rows[0])  # type: ignore[union-attr,index]
    head, *body = (tuple(cell[1] for cell in row) for row in rows)  # type: ignore[union-attr,index]
    return [("table", aligns, head, tuple(body))]


def row(_token: Token, children: Nodes, _scope: object) -> Nodes:
    """Return a row of cells."""
    return [tuple(children)]


def definitions(_token: Token, parts: Nodes, _scope: object) -> Nodes:
    """Group the flat list of terms and definitions into pairs."""
    pairs: list[tuple[Node, Nodes]] = []
    for part in parts:
        if kind_of(part) == "p":
            pairs.append((part, []))
        else:
            pairs[-1][1].append(part[1])  # type: ignore[index]
    return [("dl", *((term, tuple(definitions)) for term, definitions in pairs))]


def definition(_token: Token, children: Nodes, _scope: object) -> Nodes:
    """Return one definition, for `definitions`."""
    return [("dd", tuple(children))]
