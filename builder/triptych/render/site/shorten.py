"""Scripts as short as they can be sent without renaming anything.

What is dropped is comments and white space that no browser needs: a line's end stays
wherever a statement might end with it, so that a script may leave out its semicolons.
"""

import re

_TOKEN = re.compile(
    r"""(?P<text>"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`)"""
    r"|(?P<gap>(?:\s|//[^\n]*|/\*.*?\*/)+)"
    r"|(?P<pattern>/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\[\n])+/\w*)"
    r"|(?P<code>[^\s\"'`/]+|.)",
    re.DOTALL,
)
_BEFORE_PATTERN = frozenset("=(,:?&|![{;") | {""}
"""A slash after one of these begins a pattern; after anything else it divides."""
_OPEN = frozenset("{;,([&|?:=<>!*%") | {""}
"""After these no statement ends."""
_CONTINUATIONS = frozenset("}).],;:?&|=<>*%")
"""Before these no statement starts."""
_WORD = re.compile(r"[\w$]")


def shortened(code: str) -> str:
    """Return a script without what no browser needs."""
    written: list[str] = []
    last, gap, position = "", "", 0
    while found := _TOKEN.match(code, position):
        token = found[0]
        if found["gap"] is not None:
            gap, position = token, found.end()
            continue
        if found["pattern"] is not None and last not in _BEFORE_PATTERN:
            token = token[0]
        written += [_space(last, gap, token[0]) if gap else "", token]
        last, gap, position = token[-1], "", position + len(token)
    return "".join(written) + "\n"


def _space(last: str, gap: str, first: str) -> str:
    """Return what must stand between two tokens that had `gap` between them."""
    if "\n" in gap:
        return "" if last in _OPEN or first in _CONTINUATIONS else "\n"
    both_words = _WORD.match(last) and _WORD.match(first)
    if last in "+-/" and first in "+-/":
        return " "
    return " " if both_words else ""
