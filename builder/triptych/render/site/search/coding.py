"""The index as text: terms without what they share, pages as steps in base 36."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_MAX_SHARED_CHARS = 17
"""In characters; each may be two units, and one digit of base 36 says how many."""

Line = tuple[str, Sequence[tuple[int, int]]]
"""A term and its pages with their weights."""


def encoded_terms(lines: Iterable[Line]) -> str:
    """Return terms in order, a line each.

    A line is how many letters the term shares with the one before, the other letters, a
    space, and for each page the step from the one before and its weight as a letter.
    """
    before, written = "", []
    for term, pages in lines:
        shared = _shared(before, term)
        # A script counts in units of UTF-16.
        units = len(term[:shared].encode("utf-16-le")) // 2
        rest = f"{_DIGITS[units]}{term[shared:]}"
        written.append(f"{rest} {''.join(_steps(pages))}")
        before = term
    return "\n".join(written)


def steps(numbers: Iterable[int]) -> str:
    """Return numbers that rise, as steps with a dot between them."""
    before, written = 0, []
    for number in numbers:
        written.append(base_36(number - before))
        before = number
    return ".".join(written)


def shards(lines: Sequence[Line], longest: int) -> Iterator[Sequence[Line]]:
    """Yield `lines` in runs, none of which takes more than about `longest` bytes."""
    sizes, total = [], 0
    for term, pages in lines:
        total += len(term.encode()) + 3 + sum(map(len, _steps(pages)))
        sizes.append(total // longest)
    numbered = zip(sizes, lines, strict=True)
    for _, run in groupby(numbered, key=lambda pair: pair[0]):
        yield [line for _, line in run]


def base_36(number: int) -> str:
    """Return `number` in base 36."""
    written = _DIGITS[number % 36]
    while number := number // 36:
        written = _DIGITS[number % 36] + written
    return written


def _shared(one: str, other: str) -> int:
    """Return with how many characters both begin; so many that a digit says it."""
    most = min(len(one), len(other), _MAX_SHARED_CHARS)
    return next((at for at in range(most) if one[at] != other[at]), most)


def _steps(pages: Iterable[tuple[int, int]]) -> Iterator[str]:
    before = 0
    for number, weight in pages:
        yield f"{base_36(number - before)}{chr(ord('A') + weight)}"
        before = number
