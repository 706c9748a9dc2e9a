"""What the templates of print are given: trees to draw, and other data."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

from triptych.values.prose import Prose
from triptych.values.tree import Node, children, kind

Data: TypeAlias = "str | float | Sequence[Data] | Mapping[str, Data] | None"
"""The input of a template: trees to draw, and other data."""


def inline(prose: Prose) -> Iterator[Node]:
    """Yield the contents of the paragraphs of `prose`."""
    for block in prose.blocks:
        yield from children(block)


def with_places(node: Node, path: str) -> Node:
    """Return `node` with the place in the file `path` for the line of each formula."""
    if isinstance(node, tuple) and kind(node) == "mathblock":
        return (*node[:3], f"{path}:{node[3]}")
    inner = children(node)
    if not isinstance(node, tuple) or not inner:
        return node
    start = node[: len(node) - len(inner)]
    return (*start, *(with_places(child, path) for child in inner))
