"""Choose the lines of a program that a fill-in card shows first: those around its gap.

A learner looks at the function with the gap, not at the program. What a line belongs
to is read from the indentation, so this holds for any language.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

_HEADER = re.compile(
    r"\s*(?:async\s+def|def|class|fn|func|function|impl|interface|struct|template"
    r"|public|private|protected|static|void)\b"
)
_DECORATOR = re.compile(r"\s*@")
_MAX_LINES_BEFORE = 13
"""How many lines stand before the gap: on a phone the rest would push it off-screen."""
_MAX_SIGNATURE_LINES = 4
"""How many of them are the beginning of a long function."""
_MAX_LINES_AFTER = 8


def excerpt(
    lines: Sequence[str], gaps: Iterable[int], hidden: Iterable[int]
) -> list[int]:
    """Return the numbers of the lines around `gaps`, in order, counted from 0.

    Lines that are `hidden` by the author are left out.
    """
    shown: set[int] = set()
    left_out = set(hidden)
    kept = [number for number in range(len(lines)) if number not in left_out]
    for gap in gaps:
        start, stop = _function(lines, gap)
        first, near = bisect_left(kept, start), bisect_left(kept, gap)
        if near - first > _MAX_LINES_BEFORE:
            shown.update(kept[first : first + _MAX_SIGNATURE_LINES])
            first = near - (_MAX_LINES_BEFORE - _MAX_SIGNATURE_LINES)
        after = bisect_right(kept, gap)
        last = min(after + _MAX_LINES_AFTER, bisect_left(kept, stop))
        shown.update((*kept[first:near], gap, *kept[after:last]))
        shown.update(n for n in _classes(lines, start) if n not in left_out)
    return sorted(shown)


def _function(lines: Sequence[str], gap: int) -> tuple[int, int]:
    """Return where the innermost function around a line begins and ends."""
    start = _opening(lines, gap)
    indent = _indent(lines[start])
    stop = start + 1
    while stop < len(lines) and not _ends(lines[stop], indent):
        stop += 1
    closes = stop < len(lines) and lines[stop].strip().startswith(("}", "end"))
    stop = max(stop + 1 if closes else stop, gap + 1)
    while start and _DECORATOR.match(lines[start - 1]):
        start -= 1
    while stop > gap + 1 and not lines[stop - 1].strip():
        stop -= 1
    return start, stop


def _opening(lines: Sequence[str], gap: int) -> int:
    """Return the line that opens the function around a line, or the block at the left.

    A line of a signature that is broken at its brackets is no opening.
    """
    indent = _indent(lines[gap])
    first = gap
    for number in range(gap, -1, -1):
        line = lines[number]
        if not line.strip() or line.strip().startswith((")", "]", "}")):
            continue
        if number == gap or _indent(line) < indent:
            indent, first = min(indent, _indent(line)), number
            if _HEADER.match(line) or not indent:
                return first
    return first


def _classes(lines: Sequence[str], start: int) -> list[int]:
    """Return the lines of the classes around a function."""
    found, indent = [], _indent(lines[start])
    for number in range(start - 1, -1, -1):
        if not indent:
            break
        line = lines[number]
        if line.strip() and _indent(line) < indent:
            indent = _indent(line)
            if _HEADER.match(line):
                found.append(number)
    return found


def _ends(line: str, indent: int) -> bool:
    """Return whether a function ends before a line; a broken signature goes on."""
    text = line.strip()
    return bool(text) and _indent(line) <= indent and not text.startswith((")", "]"))


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())
