"""A problem of a formula, and the type of the rules that find one."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class MathFinding:
    """A problem of a formula and its place in the author's LaTeX."""

    offset: int
    length: int
    message: str
    hint: str = ""


Rule: TypeAlias = Callable[[str, re.Match[str]], Iterator[MathFinding]]
"""A function that checks one token (a match) of a formula."""


def finding_at(token: re.Match[str], message: str, hint: str) -> MathFinding:
    """Return a finding that covers `token`."""
    return MathFinding(token.start(), len(token[0]), message, hint)
