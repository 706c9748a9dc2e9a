r"""Find problems of a formula that some output would show wrong or not at all.

math-core parses the formula, and `rules` find the problems that it accepts. A formula
without problems costs one call of math-core and one pass of one regular expression.
"""

import re
from collections.abc import Iterator

from math_core import LatexError

from triptych.typeset.math.finding import MathFinding
from triptych.typeset.math.hints import ERROR_HINTS
from triptych.typeset.math.latex import convert, original_offset
from triptych.typeset.math.rules import (
    broken_rules,
    doubled_backslash,
    token_at,
    too_deep,
)

__all__ = ["MathFinding", "math_findings"]

_AT_OFFSET = re.compile(r"(\d+): (.*?)\.?$", re.DOTALL)
_QUOTED = re.compile(r'"([^"]*)"')


def math_findings(tex: str, *, display: bool) -> Iterator[MathFinding]:
    """Yield the problems of a formula; none if every output can show it."""
    depth_finding = too_deep(tex)
    if depth_finding:
        # math-core would overflow its stack.
        yield depth_finding
        return
    doubled = doubled_backslash(tex)
    if doubled:
        # What else would be said of the formula follows from it.
        yield doubled
        return
    findings = broken_rules(tex)
    yield from findings
    try:
        convert(tex, display=display)
    except LatexError as error:
        parse_finding = _parser_finding(tex, str(error))
        if not any(_explains(known, parse_finding, tex) for known in findings):
            yield parse_finding
    if not tex.strip():
        yield MathFinding(0, len(tex), "the formula is empty", "write LaTeX, or `\\$`")


def _parser_finding(tex: str, error: str) -> MathFinding:
    parts = _AT_OFFSET.match(error)
    offset, text = (int(parts[1]), parts[2]) if parts else (0, error)
    offset = min(original_offset(tex, offset), len(tex))
    message = _QUOTED.sub(r"`\1`", text[:1].lower() + text[1:])
    hint = next((hint for what, hint in ERROR_HINTS.items() if what in message), "")
    return MathFinding(offset, len(token_at(tex, offset)) or 1, message, hint)


def _explains(known: MathFinding, parse_finding: MathFinding, tex: str) -> bool:
    # The parser ignores all text after a bare `%`, so its error may be at the end.
    length = len(tex) if tex[known.offset : known.offset + 1] == "%" else known.length
    return known.offset <= parse_finding.offset <= known.offset + length + 1
