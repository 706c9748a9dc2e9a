"""Write tables for the site; how most of its cells are aligned, a table says once."""

from collections import Counter
from itertools import takewhile

from triptych.typeset.block_layout import alignment
from triptych.typeset.html_writer import HtmlWriter, Tokens

_STATED_ON_TABLE = frozenset({"center", "right"})
"""Else a table is aligned where lines start."""


def table_open(writer: HtmlWriter, tokens: Tokens, position: int) -> str:
    """Return the beginning of a table in a box that scrolls."""
    # Wide tables scroll sideways, so they must be focusable by keyboard.
    within = takewhile(lambda token: token.type != "table_close", tokens[position:])
    cells = Counter(alignment(token) for token in within if token.type == "td_open")
    common = max(cells, key=lambda name: (cells[name], name), default="")
    if common not in _STATED_ON_TABLE:
        common = ""
    writer.alignments.append(common)
    return f'<div class="table"{writer.tabindex}><table{_align_class(common)}>'


def table_close(writer: HtmlWriter, _tokens: Tokens, _position: int) -> str:
    """Return the end of a table and its box."""
    writer.alignments.pop()
    return "</table></div>"


def cell_open(writer: HtmlWriter, tokens: Tokens, position: int) -> str:
    """Return the beginning of a cell, which may be aligned otherwise than most."""
    token = tokens[position]
    aligned, common = alignment(token), writer.alignments[-1]
    name = "" if aligned == common else aligned or "left"
    if aligned == "center":
        writer.rare.add("align-center")
    return f"<{token.tag}{_align_class(name)}>"


def cell_close(_writer: HtmlWriter, tokens: Tokens, position: int) -> str:
    """Return the end of a cell, without the line break that it has elsewhere."""
    return f"</{tokens[position].tag}>"


def _align_class(align: str) -> str:
    return f' class="align-{align}"' if align else ""
