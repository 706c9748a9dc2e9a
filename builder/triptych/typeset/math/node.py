"""The nodes of a formula's tree."""

from collections.abc import Callable, Iterable
from typing import TypeAlias
from xml.etree import ElementTree as ET

from triptych.values.tree import Node

Walk: TypeAlias = Callable[[ET.Element], Node]

NOTHING: Node = ("row",)


class MathTreeError(Exception):
    """A formula has an element that the sheet cannot draw."""


def kind(node: Node) -> str:
    """Return the kind of `node`; empty for a letter."""
    return str(node[0]) if isinstance(node, tuple) else ""


def row(nodes: Iterable[Node]) -> Node:
    """Return a row of `nodes`, without empty ones."""
    kept: list[Node] = []
    for node in nodes:
        kept += [] if node == NOTHING else [node]
        if dots := _DOTS.get("".join(map(_sign, kept[-3:]))):
            kept[-3:] = [("op", dots, "normal")]
    return kept[0] if len(kept) == 1 else ("row", *kept)


_DOTS = {"...": "…", "···": "⋯"}


def _sign(node: Node) -> str:
    return str(node[1]) if isinstance(node, tuple) and node[0] == "op" else "?"
