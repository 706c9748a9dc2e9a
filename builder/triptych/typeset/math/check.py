r"""Faults of a formula, told before an output would show it wrong or not at all.

math-core parses; `rules` look for what it lets pass. The usual case, a formula without
fault, costs one call of math-core and one pass of one regular expression.
"""

import re
from collections.abc import Iterator

from math_core import LatexError

from triptych.typeset.math.finding import MathFinding
from triptych.typeset.math.hints import ERROR_HINTS
from triptych.typeset.math.latex import convert, original_offset
from triptych.typeset.math.rules import broken_rules, token_at, too_deep

__all__ = ["MathFinding", "math_findings"]

_AT_OFFSET = re.compile(r"(\d+): (.*?)\.?$", re.DOTALL)
_QUOTED = re.compile(r'"([^"]*)"')


def math_findings(tex: str, *, display: bool) -> Iterator[MathFinding]:
    """Yield what is wrong with a formula; nothing if every output can set it."""
    deep = too_deep(tex)
    if deep:
        # The parser would overrun its stack.
        yield deep
        return
    found = broken_rules(tex)
    yield from found
    try:
        convert(tex, display=display)
    except LatexError as error:
        fault = _rejection(tex, str(error))
        if not any(_explains(known, fault, tex) for known in found):
            yield fault
    if not tex.strip():
        yield MathFinding(0, len(tex), "the formula is empty", "write LaTeX, or `\\$`")


def _rejection(tex: str, error: str) -> MathFinding:
    parts = _AT_OFFSET.match(error)
    offset, text = (int(parts[1]), parts[2]) if parts else (0, error)
    offset = min(original_offset(tex, offset), len(tex))
    message = _QUOTED.sub(r"`\1`", text[:1].lower() + text[1:])
    hint = next((hint for what, hint in ERROR_HINTS.items() if what in message), "")
    return MathFinding(offset, len(token_at(tex, offset)) or 1, message, hint)


def _explains(known: MathFinding, fault: MathFinding, tex: str) -> bool:
    # What stands after a bare `%` is lost on the parser, so it errs about the end.
    reach = len(tex) if tex[known.offset : known.offset + 1] == "%" else known.length
    return known.offset <= fault.offset <= known.offset + reach + 1
