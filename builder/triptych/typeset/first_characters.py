"""The characters that a match of a regular expression can begin with.

Python's own parser reads the expression. Where that is not what is known here, as in
some other version of Python, the answer is that a match can begin with anything.
"""

import re
from collections.abc import Iterable, Sequence
from importlib import import_module
from typing import Any

ASCII = frozenset(map(chr, range(128)))
"""The characters that are distinguished."""
_Piece = tuple[Any, Any]
"""What the parser makes of a piece of an expression: its kind, and its parts."""
_Begin = tuple[frozenset[str], bool]
"""The ASCII characters that a piece can begin with, and whether it can be empty."""
_ANYTHING: _Begin = (ASCII, True)
_EMPTY: _Begin = (frozenset(), True)
_ONE_CHARACTER = frozenset({"ANY", "IN", "LITERAL", "NOT_LITERAL"})
_GROUPS = frozenset({"ATOMIC_GROUP", "SUBPATTERN"})
_REPEATS = frozenset({"MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"})
_NO_WIDTH = frozenset({"ASSERT", "ASSERT_NOT", "AT"})
_OTHER_PYTHON = (ImportError, AttributeError, LookupError, TypeError, ValueError)
"""What is raised where these private modules are not as they are known here."""


def first_characters(pattern: re.Pattern[str]) -> frozenset[str] | None:
    r"""Return the ASCII characters that a match of `pattern` can begin with.

    None means any character, or that a match can be empty.

    >>> sorted(first_characters(re.compile(r"\b(?:if|for)|@?=")))
    ['=', '@', 'f', 'i']
    >>> first_characters(re.compile("x*")) is None
    True
    """
    try:
        pieces = import_module("re._parser").parse(pattern.pattern, pattern.flags)
        characters, may_be_empty = _of_sequence(pieces, pattern.flags)
    except _OTHER_PYTHON:
        return None
    return None if may_be_empty else characters


def _of_sequence(pieces: Iterable[_Piece], flags: int) -> _Begin:
    characters: frozenset[str] = frozenset()
    for piece in pieces:
        more, may_be_empty = _of_piece(piece, flags)
        characters |= more
        if not may_be_empty:
            return characters, False
    return characters, True


def _of_piece(piece: _Piece, flags: int) -> _Begin:
    kind, parts = str(piece[0]), piece[1]
    if kind in _NO_WIDTH:
        return _EMPTY
    if kind in _ONE_CHARACTER:
        return _of_one_character(piece, flags), False
    if kind in _REPEATS:
        least, _, repeated = parts
        characters, may_be_empty = _of_sequence(repeated, flags)
        return characters, may_be_empty or least == 0
    if kind == "BRANCH":
        return _of_branches(parts[1], flags)
    if kind == "SUBPATTERN":
        _, added, removed, parts = parts
        flags = (flags | added) & ~removed
    if kind in _GROUPS:
        return _of_sequence(parts, flags)
    return _ANYTHING


def _of_branches(branches: Iterable[Sequence[_Piece]], flags: int) -> _Begin:
    begins = [_of_sequence(branch, flags) for branch in branches]
    characters = frozenset[str]().union(*(characters for characters, _ in begins))
    return characters, any(may_be_empty for _, may_be_empty in begins)


def _of_one_character(piece: _Piece, flags: int) -> frozenset[str]:
    """Return the ASCII characters that match, which Python's own compiler says."""
    if str(piece[0]) == "LITERAL" and not flags & re.IGNORECASE:
        return frozenset(chr(piece[1]))
    alone = import_module("re._parser").parse("x", flags)
    alone.data = [piece]
    pattern = import_module("re._compiler").compile(alone, flags)
    return frozenset(filter(pattern.match, ASCII))
