"""The tree of prose, for outputs without HTML, and functions on it."""

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import TypeAlias

Node: TypeAlias = "str | int | tuple[Node, ...]"
"""A string is text; a tuple is a kind with its arguments, or a list of nodes."""

PROSE_KINDS = frozenset({"p", "ul", "ol", "dl", "quote", "table", "mathblock"})
"""The kinds of blocks that are read from the first line to the last."""
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
"""The index of the first child, by kind; 1 for any other kind."""
_NO_WORDS = frozenset({"code", "fence", "isolate", "kbd"})
_CHILDLESS = frozenset({"box", "br", "figure", "hr", "img", "math", "mathblock"})


def kind(node: Node) -> str:
    """Return the kind of `node`; empty for text and for a sequence of nodes."""
    if isinstance(node, tuple) and node and isinstance(node[0], str):
        return node[0]
    return ""


def children(node: Node) -> tuple[Node, ...]:
    """Return the nodes directly within `node`."""
    name = kind(node)
    if not isinstance(node, tuple) or name in _CHILDLESS:
        return ()
    return node[_CHILDREN_FROM.get(name, 1) :]


def map_text(node: Node, change: Callable[[str], list[Node]]) -> Node:
    """Return `node` with each text within it replaced by the result of `change`."""
    inner = children(node)
    if not isinstance(node, tuple) or not inner:
        return node
    changed = [*node[: len(node) - len(inner)]]
    for child in inner:
        if isinstance(child, str):
            changed += change(child)
        else:
            changed.append(map_text(child, change))
    return tuple(changed)


def without_mark(node: Node) -> Node:
    """Return `node` without the mark that makes it a key."""
    return children(node)[0] if kind(node) == "key" else node


def walk(node: Node) -> Iterator[Node]:
    """Yield `node` and all nodes within it, in order."""
    yield node
    for child in children(node):
        yield from walk(child)


def text(node: Node) -> str:
    """Return the text within `node`, formulas left out."""
    if isinstance(node, str):
        return node
    return "".join([text(child) for child in children(node)])


def words(node: Node) -> str:
    """Return the text within `node` that is in a language: no code and no formulas."""
    if isinstance(node, str):
        return node
    if kind(node) in _NO_WORDS:
        return ""
    return " ".join(map(words, children(node)))


def flat_text(node: Node) -> str:
    """Return `node` as text and LaTeX on one line."""
    if isinstance(node, str):
        return node
    if isinstance(node, tuple) and kind(node) in {"math", "mathblock"}:
        return str(node[2])
    return " ".join(filter(None, map(flat_text, children(node))))
