"""What is opened in a file of TOML and never closed, found where it is opened."""

import re
from types import MappingProxyType

from triptych.parse.toml_place import Place
from triptych.values.diagnostics import Finding, Span

_STRING = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'[^']*'|#.*")
_OPENINGS = re.compile(rf"\"{{3}}|'{{3}}|{_STRING.pattern}")
_ENDS = MappingProxyType(
    {
        '"""': re.compile(r'\\.|"{3}', re.DOTALL),
        "'''": re.compile("'{3}"),
    }
)
"""What closes a text of several lines, and what only looks like it."""


def open_string(place: Place) -> Finding:
    """Return the fault of a string that ends with its line."""
    rest = _STRING.sub(lambda found: " " * len(found[0]), place.text)
    signs = [rest.find(quote) for quote in "\"'" if quote in rest]
    column = min(signs) + 1 if signs else place.column
    hint = f"end the text with `{place.text[column - 1 : column]}`"
    return place.fault("this quote is never closed", hint, column)


def open_text(place: Place) -> Finding:
    """Return the fault of a text of several lines that never ends."""
    text, position, opened = place.source.text, 0, 0
    quote = ""
    # What is in other strings, and in comments, opens and closes nothing.
    while found := (_ENDS[quote] if quote else _OPENINGS).search(text, position):
        position = found.end()
        if quote:
            quote = "" if found[0] == quote else quote
        elif found[0] in _ENDS:
            quote, opened = found[0], found.start()
    line = text.count("\n", 0, opened) + 1
    column = opened - text.rfind("\n", 0, opened)
    span = Span(place.source.path, line, column, len(quote) or 1)
    return Finding(span, "this text is never closed", f"end it with `{quote}`")


def open_list(place: Place) -> Finding:
    """Return the fault of a list that is not closed, or in which a comma is missing."""
    opened = _opening(place, "[", "]")
    before = place.text[: place.column - 1].rstrip()
    if opened.span.line == place.line and place.rest[:1] in tuple("\"'"):
        return place.fault("a comma is missing in this list", "write `[one, two]`")
    if opened.span.line == place.line and place.rest and before.endswith('"'):
        hint = "see that each text in it has two quotes, and a comma after it"
        return place.fault("this list cannot be read from here", hint)
    return opened


def _opening(place: Place, sign: str, closing: str) -> Finding:
    """Return the fault of the last bracket above that is still open."""
    for number in range(place.line, 0, -1):
        line = place.source.line(number)
        if number == place.line and place.rest.strip():
            line = line[: place.column - 1]
        rest = _STRING.sub(lambda found: " " * len(found[0]), line)
        column = rest.rfind(sign)
        if column != -1 and closing not in rest[column:]:
            span = Span(place.source.path, number, column + 1)
            return Finding(
                span, f"this `{sign}` is never closed", f"end it with `{closing}`"
            )
    return place.fault(f"a `{sign}` is never closed", f"end it with `{closing}`")


def open_braces(place: Place) -> Finding:
    """Return the fault of a `{` that is not closed on its line."""
    return _opening(place, "{", "}")
