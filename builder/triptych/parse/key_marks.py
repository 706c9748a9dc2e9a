"""Read `{.key}`, which marks a formula or a fence that print shows.

It stands after a display formula, as in `$$E = mc^2$$ {.key}`, or at the end of a
fence's info string. It leaves no trace but the meta `key` of its token, so that a mark
changes the hash of no note.
"""

import re

from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

KEY = "key"
"""The meta of a token that is marked."""
_MARK = re.compile(r"[ \t]*\{[ \t]*\.key[ \t]*\}")
_CLOSED = re.compile(r"(?P<formula>.*\$\$)[ \t]*\{[ \t]*\.key[ \t]*\}[ \t]*")


def end_of_mark(text: str, start: int, stop: int) -> int:
    """Return the end of the mark that stands at `start`; `start` if there is none."""
    found = _MARK.match(text, start, stop)
    return found.end() if found else start


def take_mark(fence: Token) -> None:
    """Move the mark from the info string of a fence to its meta."""
    info = _MARK.sub("", fence.info)
    if info != fence.info:
        fence.info = info
        fence.meta[KEY] = True


def closing_mark(state: StateBlock, start: int, end: int) -> tuple[int, int]:
    """Return the line that closes the formula of line `start` and has a mark.

    The second number is where the line ends without the mark. The line is -1 if the
    formula has no mark.
    """
    for line in range(start, end):
        begin = state.bMarks[line] + state.tShift[line]
        text = state.src[begin : state.eMarks[line]].rstrip()
        marked = _CLOSED.fullmatch(text)
        opens = line == start and text.rstrip() == "$$"
        if marked and not (line == start and marked["formula"] == "$$"):
            return line, begin + len(marked["formula"])
        if not text or (text.endswith("$$") and not opens):
            break
    return -1, 0
