"""The targets of the links on a card: another card, a page of the site, or none."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from triptych.values.tree import Node, children, flat_text, kind

_MAX_DEPTH = 12
"""Typst fails at about twenty levels of nesting."""
_INNER_LEVELS: Mapping[str, int] = MappingProxyType(
    {"dl": 2, "fence": 2, "note": 2, "table": 2}
)
"""The levels within a node that are part of its structure, by its kind."""
_MAX_URL_CHARS = 2000


@dataclass(frozen=True, slots=True)
class LinkTargets:
    """The targets of links to files of the deck."""

    ids: Mapping[str, str]
    """The ids of the questions on the sheet, by path."""
    pages: Mapping[str, str]
    """The pages of the site, by path."""
    base_url: str

    def page(self, path: str) -> str:
        """Return the URL of the page of the file `path`; empty if it is not known."""
        page = self.pages.get(path)
        return f"{self.base_url}{page}" if self.base_url and page else ""


def with_links(node: Node, targets: LinkTargets | None, depth: int = 0) -> Node:
    """Return `node` with resolved links; without `targets` links become text.

    Nodes that are nested too deeply for Typst become plain text.
    """
    if not isinstance(node, tuple):
        return node
    if kind(node) and depth > _MAX_DEPTH - _INNER_LEVELS.get(kind(node), 0):
        return flat_text(node)
    below = depth + bool(kind(node))
    inner = [with_links(child, targets, below) for child in children(node)]
    start = node[: len(node) - len(inner)]
    if kind(node) == "link" and (targets is None or len(str(node[1])) > _MAX_URL_CHARS):
        start = ("span",)
    elif kind(node) == "ref":
        start = _jump(str(node[1]).partition("#")[0], targets)
    return (*start, *inner)


def _jump(path: str, targets: LinkTargets | None) -> tuple[Node, ...]:
    """Return the head of a link to a file: to a card, or else to a page of the site."""
    if targets is None:
        return ("span",)
    if path in targets.ids:
        return ("jump", targets.ids[path])
    page = targets.page(path)
    return ("link", page) if page else ("span",)
