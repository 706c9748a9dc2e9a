"""Where the links of a card lead: to another card, to the site, or nowhere."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from triptych.render.sheet.nodes import children, flat_text, kind
from triptych.values.tree import Node

_DEEP = 12
"""Typst draws no deeper than some twenty levels."""
_LEVELS: Mapping[str, int] = MappingProxyType(
    {"dl": 2, "fence": 2, "note": 2, "table": 2}
)
"""How far down a kind needs its parts to be what they are."""
_LONG_URL = 2000


@dataclass(frozen=True, slots=True)
class LinkTargets:
    """Where a link to a file of the deck leads."""

    ids: Mapping[str, str]
    """By path: the questions that stand on the sheet."""
    pages: Mapping[str, str]
    """By path: all pages of the site."""
    base_url: str

    def page(self, path: str) -> str:
        """Return the address of the page of `path`, if it is known."""
        page = self.pages.get(path)
        return f"{self.base_url}{page}" if self.base_url and page else ""


def with_links(node: Node, places: LinkTargets | None, depth: int = 0) -> Node:
    """Return `node` with links that lead somewhere, and the too deep as plain text."""
    if not isinstance(node, tuple):
        return node
    if kind(node) and depth > _DEEP - _LEVELS.get(kind(node), 0):
        return flat_text(node)
    below = depth + bool(kind(node))
    inner = [with_links(child, places, below) for child in children(node)]
    start = node[: len(node) - len(inner)]
    if kind(node) == "link" and (places is None or len(str(node[1])) > _LONG_URL):
        start = ("span",)
    elif kind(node) == "ref":
        start = _jump(str(node[1]).partition("#")[0], places)
    return (*start, *inner)


def _jump(path: str, places: LinkTargets | None) -> tuple[Node, ...]:
    """Return the beginning of a link to a file: to the sheet, or else to the site."""
    if places is None:
        return ("span",)
    if path in places.ids:
        return ("jump", places.ids[path])
    page = places.page(path)
    return ("link", page) if page else ("span",)
