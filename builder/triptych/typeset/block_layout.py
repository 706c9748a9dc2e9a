"""What tokens say of the layout of a block, for all that write HTML."""

import re
from collections.abc import Sequence

from markdown_it.token import Token

from triptych.dialect.pictures import is_sound

_ALIGN = re.compile(r"text-align:(left|center|right)")
"""A style as markdown-it writes it."""


def ends_line(tokens: Sequence[Token], position: int) -> bool:
    """Return whether a line break follows this tag of a block."""
    token = tokens[position]
    if token.nesting != 1 or position + 1 == len(tokens):
        return True
    following = tokens[position + 1]
    is_empty = following.nesting == -1 and following.tag == token.tag
    return not (following.type == "inline" or following.hidden or is_empty)


def is_figure(tokens: Sequence[Token], position: int) -> bool:
    """Return whether the paragraph that begins here is a picture alone."""
    if tokens[position].hidden:
        return False
    children = tokens[position + 1].children or []
    return [child.type for child in children] == ["image"] and not any(
        is_sound(str(child.attrs["src"])) for child in children
    )


def heading_name(token: Token) -> str:
    """Return the id of a heading: that of its author, or else a slug of its text."""
    return str(token.attrs.get("id") or token.meta.get("slug", ""))


def alignment(cell: Token) -> str:
    """Return how the text of a cell is aligned, which markdown-it gives as a style."""
    align = _ALIGN.search(str(cell.attrs.get("style", "")))
    return align[1] if align else ""
