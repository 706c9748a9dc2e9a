"""Scripts as short as they can be sent.

What is dropped is comments and white space that no browser needs: a line's end stays
wherever a statement might end with it, so that a script may leave out its semicolons.
"""

import re
from collections.abc import Sequence

from triptych.render.site.short_names import short_names

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
    return _joined(*tokens_of(code))


def with_short_names(code: str) -> str:
    """Return a script without what no browser needs, its variables with short names."""
    tokens, gaps = tokens_of(code)
    return _joined(short_names(tokens), gaps)


def tokens_of(code: str) -> tuple[list[str], list[str]]:
    """Return the tokens of a script, and the gap before each."""
    tokens: list[str] = []
    gaps: list[str] = []
    gap, position = "", 0
    while found := _TOKEN.match(code, position):
        token = found[0]
        if found["gap"] is not None:
            gap, position = token, found.end()
            continue
        last = tokens[-1][-1] if tokens else ""
        if found["pattern"] is not None and last not in _BEFORE_PATTERN:
            token = token[0]
        tokens.append(token)
        gaps.append(gap)
        gap, position = "", position + len(token)
    return tokens, gaps


def _joined(tokens: Sequence[str], gaps: Sequence[str]) -> str:
    written: list[str] = []
    last = ""
    for token, gap in zip(tokens, gaps, strict=True):
        written += [_space(last, gap, token[0]) if gap else "", token]
        last = token[-1]
    return "".join(written) + "\n"


def _space(last: str, gap: str, first: str) -> str:
    """Return what must stand between two tokens that had `gap` between them."""
    if "\n" in gap:
        return "" if last in _OPEN or first in _CONTINUATIONS else "\n"
    both_words = _WORD.match(last) and _WORD.match(first)
    if last in "+-/" and first in "+-/":
        return " "
    return " " if both_words else ""
