"""How deep a formula is nested: parsers call themselves, and must not run out of stack.

A formula that a file from elsewhere brings may not end the program.
"""

import re

from triptych.typeset.math.fault import MathFault

MAX_DEPTH = 60
"""How many levels of groups a formula may have; a page shows about six."""
_STEP = re.compile(
    r"\\(begin|left)(?![A-Za-z])|\\(end|right)(?![A-Za-z])|\\.|[{}]", re.DOTALL
)
_CHAIN = re.compile(rf"(?:\\[A-Za-z]+\s*){{{MAX_DEPTH},}}")
"""Commands one after another: each may be the argument of the one before it."""


def too_deep(tex: str) -> MathFault | None:
    """Return the place where a formula is nested too deep for a parser."""
    chain = _CHAIN.search(tex) if tex.count("\\") >= MAX_DEPTH else None
    place = chain.start() if chain else _overflow(tex)
    if place is None:
        return None
    message = f"the formula is nested more than {MAX_DEPTH} levels deep"
    return MathFault(place, 1, message, "cut it into several formulas")


def _overflow(tex: str) -> int | None:
    if tex.count("{") + tex.count(r"\left") + tex.count(r"\begin") <= MAX_DEPTH:
        return None
    depth = 0
    for step in _STEP.finditer(tex):
        depth += step[0] == "{" or step[1] is not None
        depth -= step[0] == "}" or step[2] is not None
        if depth > MAX_DEPTH:
            return step.start()
    return None
