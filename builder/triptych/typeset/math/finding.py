"""A fault of a formula, and what it takes to look for one."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class MathFinding:
    """What is wrong with a formula, and where in the author's LaTeX."""

    offset: int
    length: int
    message: str
    hint: str = ""


Rule: TypeAlias = Callable[[str, re.Match[str]], Iterator[MathFinding]]
"""Looks at one token of a formula and at what stands around it."""


def finding_at(token: re.Match[str], message: str, hint: str) -> MathFinding:
    """Return a fault of the whole of `token`."""
    return MathFinding(token.start(), len(token[0]), message, hint)
