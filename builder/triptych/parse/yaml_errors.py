"""Why front matter is not YAML, in words from which its author learns what to change.

A parser notices a mistake where it stands or below it, and names tokens of its own. So
the lines from there upwards are searched for what authors do wrong; where nothing is
found, a table puts the parser's message into words.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

import yaml

from triptych.parse.yaml_clues import CLUES, QUOTE_VALUE, is_in_block
from triptych.values.diagnostics import Finding, Span
from triptych.values.source import Source

_MAX_LINES_ABOVE = 50
"""No more lines are searched for what the parser stumbled on."""


def explained(error: yaml.MarkedYAMLError, source: Source) -> Finding:
    """Return what `error` says of the front matter of `source`."""
    mark = error.problem_mark or error.context_mark
    # The opening fence is line 1; marks count from 0.
    line = mark.line + 2 if mark else 2
    clue = _likeliest(source, line)
    if clue:
        return clue
    problem = error.problem or error.context or "it cannot be read"
    for words, remedy in _PROBLEMS.items():
        if words in problem:
            begun = remedy.at_start and error.context_mark
            place = begun or mark
            column = place.column if place else 0
            line = place.line + 2 if place else 2
            return remedy.fault(source, line, column)
    span = Span(source.path, line, (mark.column if mark else 0) + 1)
    hint = "compare it with a file that `triptych new` makes"
    return Finding(span, f"the front matter is not YAML: {problem}", hint)


def without_keys(source: Source, last: int) -> Finding | None:
    """Return what keeps the lines up to `last` from being keys, if it can be found."""
    end = min(last, _MAX_LINES_ABOVE)
    found = (_clue_on(source, line) for line in range(2, end + 1))
    return next((fault for fault in found if fault), None)


def _likeliest(source: Source, line: int) -> Finding | None:
    """Return the first mistake from `line` upwards."""
    end = max(1, line - _MAX_LINES_ABOVE)
    found = (_clue_on(source, number) for number in range(line, end, -1))
    return next((fault for fault in found if fault), None)


def _clue_on(source: Source, number: int) -> Finding | None:
    lines = [source.line(number + way).rstrip() for way in (-1, 0, 1)]
    if is_in_block(source, number):
        return None
    for look in CLUES:
        clue = look(lines)
        if clue:
            span = Span(source.path, number, clue.column + 1, clue.length)
            return Finding(span, clue.message, clue.hint)
    return None


class _Remedy(NamedTuple):
    """Our words for a message of the parser."""

    message: str
    """May name the `{sign}` at the place."""
    hint: str
    at_start: bool = False
    """Whether the place is where the thing begins that the parser could not end."""

    def fault(self, source: Source, line: int, column: int) -> Finding:
        """Return this as a fault at a place, whose column is counted from 0."""
        sign = source.line(line)[column : column + 1] or " "
        said = self.message.format(sign=sign)
        return Finding(Span(source.path, line, column + 1), said, self.hint)


_PROBLEMS: Mapping[str, _Remedy] = MappingProxyType(
    {
        "unexpected end of stream": _Remedy(
            "this quote is never closed", "end the value with the same quote", True
        ),
        "unknown escape": _Remedy(
            "this backslash means nothing in double quotes",
            "use single quotes, which leave backslashes alone",
        ),
        "hex": _Remedy(
            "this backslash needs a number in double quotes",
            "use single quotes, which leave backslashes alone",
        ),
        "could not find expected ':'": _Remedy(
            "this line is no key with a value",
            "write `key: value`; indent the lines that continue a value",
            True,
        ),
        "',' or ']'": _Remedy(
            "this list is not closed, or lacks a comma",
            "write `[one, two]`, in quotes what holds a comma, a colon or a quote",
            True,
        ),
        "',' or '}'": _Remedy(
            "these braces are not closed, or lack a comma",
            "write `{one: 1, two: 2}`",
            True,
        ),
        "document start": _Remedy(
            "this line begins further left than the first key",
            "begin all keys at the left margin",
        ),
        "'-' indicator": _Remedy(
            "this line is among the items of a list and is not one",
            "begin it with `- `, or indent it to continue the item above",
        ),
        "but found '-'": _Remedy(
            "this item is not indented as those above it",
            "give all items of the list the same indentation",
        ),
        "mapping values are not allowed": _Remedy(
            "a colon and a space within a value that is not in quotes", QUOTE_VALUE
        ),
        "cannot start any token": _Remedy(
            "a value cannot begin with `{sign}`", QUOTE_VALUE
        ),
        "undefined alias": _Remedy(
            "a value that begins with `*` is not plain text in YAML", QUOTE_VALUE
        ),
        "tag handle": _Remedy(
            "a value that begins with `!` is not plain text in YAML", QUOTE_VALUE
        ),
        "alphabetic or numeric": _Remedy(
            "a value that begins with `{sign}` is not plain text in YAML", QUOTE_VALUE
        ),
        "expected key": _Remedy(
            "this line is not in line with the keys or items above it",
            "begin keys at the left margin, and items of a list in one column",
        ),
        "expected <block end>": _Remedy(
            "this line is not in line with the keys or items above it",
            "begin keys at the left margin, and items of a list in one column",
        ),
    }
)
"""What the two parsers of PyYAML say, and what we say instead."""
