"""The JSON tree of prose, as `markup.tree` writes it and `content.typ` draws it."""

import json
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import TypeAlias

from triptych.values.question import Block, Prose

Node: TypeAlias = "str | int | float | list[Node] | dict[str, Node] | None"
"""A string is text; a list is a kind, then what the kind wants, then its children."""

_CHILDREN_FROM: Mapping[str, int] = MappingProxyType(
    {
        "": 0,
        "fence": 3,
        "h": 2,
        "jump": 2,
        "link": 2,
        "ol": 2,
        "ref": 2,
        "run": 2,
        "table": 2,
    }
)
"""Where children begin, if not right after the kind."""
_CHILDLESS = frozenset({"box", "br", "figure", "hr", "img", "math", "mathblock"})


def load(block: Block) -> list[Node]:
    """Return the tree of `block`."""
    tree: list[Node] = json.loads(block.json)
    return tree


def inline(prose: Prose) -> list[Node]:
    """Return what stands in the paragraphs of `prose`."""
    return [child for block in prose.blocks for child in children(load(block))]


def kind(node: Node) -> str:
    """Return the kind of `node`: none for text and for lists of nodes."""
    if isinstance(node, list) and node and isinstance(node[0], str):
        return node[0]
    return ""


def children(node: Node) -> list[Node]:
    """Return the nodes within `node`."""
    name = kind(node)
    if not isinstance(node, list) or name in _CHILDLESS:
        return []
    return node[_CHILDREN_FROM.get(name, 1) :]


def mapped(node: Node, change: Callable[[str], list[Node]]) -> Node:
    """Return `node` with each text within it replaced by what `change` makes of it."""
    inner = children(node)
    if not isinstance(node, list) or not inner:
        return node
    changed: list[Node] = node[: len(node) - len(inner)]
    for child in inner:
        if isinstance(child, str):
            changed += change(child)
        else:
            changed.append(mapped(child, change))
    return changed


def walk(node: Node) -> Iterator[Node]:
    """Yield `node` and all within it, in order."""
    yield node
    for child in children(node):
        yield from walk(child)


def text(node: Node) -> str:
    """Return the text within `node`, formulas left out."""
    if isinstance(node, str):
        return node
    return "".join([text(child) for child in children(node)])


def flat(node: Node) -> str:
    """Return `node` as words and LaTeX, all on one line."""
    if isinstance(node, str):
        return node
    if isinstance(node, list) and kind(node) in {"math", "mathblock"}:
        return str(node[2])
    return " ".join(filter(None, map(flat, children(node))))
