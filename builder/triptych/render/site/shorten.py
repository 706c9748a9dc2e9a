"""Scripts as short as they can be sent.

What is dropped is comments and white space that no browser needs: a line's end stays
wherever a statement might end with it, so that a script may leave out its semicolons.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from triptych.patterns import lazy_pattern
from triptych.render.site.short_names import Brackets, short_names

_TOKEN = lazy_pattern(
    r"(?P<gap>(?:\s|//[^\n]*|/\*.*?\*/)*+)(?P<token>"
    r"""[\w$]++|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`"""
    r"|(?P<pattern>/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\[\n])+/\w*)|.)",
    re.DOTALL,
)
_BEFORE_PATTERN = frozenset("=(,:?&|![{;") | {""}
"""A slash after one of these begins a pattern; after anything else it divides."""
_OPEN = frozenset("{;,([&|?:=<>!*%") | {""}
"""After these no statement ends."""
_CONTINUATIONS = frozenset("}).],;:?&|=<>*%")
"""Before these no statement starts."""
_SHORTER = {"const": "let", "false": "!1", "true": "!0"}
"""What means the same in a script that has no mistake; none is a property's name."""
_STATEMENT_ENDS = frozenset(";{}")
_WORD = lazy_pattern(r"[\w$]")


def shortened(code: str) -> str:
    """Return a script without what no browser needs."""
    return _joined(*tokens_of(code))


def with_short_names(code: str) -> str:
    """Return a script without what no browser needs, its variables with short names."""
    tokens, gaps = tokens_of(code)
    brackets = Brackets(tokens)
    return _joined(*_without_needless(short_names(tokens, brackets), gaps, brackets))


def tokens_of(code: str) -> tuple[list[str], list[str]]:
    """Return the tokens of a script, and the gap before each."""
    tokens: list[str] = []
    gaps: list[str] = []
    position = 0
    while found := _TOKEN.match(code, position):
        gap, token, pattern = found.groups()
        last = tokens[-1][-1] if tokens else ""
        if pattern is not None and last not in _BEFORE_PATTERN:
            token = token[0]
        tokens.append(token)
        gaps.append(gap)
        position = found.start("token") + len(token)
    return tokens, gaps


def _without_needless(
    tokens: Sequence[str], gaps: Sequence[str], brackets: Brackets
) -> tuple[list[str], list[str]]:
    """Return the tokens and the gaps before them, without needless tokens."""
    needless = {
        *_last_semicolons(tokens, brackets),
        *_single_parameters(tokens, brackets),
    }
    written = [
        _SHORTER.get(token, token) if at not in needless else ""
        for at, token in enumerate(tokens)
    ]
    kept_gaps = list(gaps)
    for at in _repeated_consts(tokens, gaps, brackets):
        written[at], written[at + 1] = ",", ""
        kept_gaps[at + 2] = ""
    for at in needless:
        # The gap before the parenthesis is the one before its parameter now.
        if tokens[at] == "(" and _WORD.match(tokens[at - 1]):
            kept_gaps[at + 1] = " "
    kept = [at for at, token in enumerate(written) if token]
    return [written[at] for at in kept], [kept_gaps[at] for at in kept]


def _last_semicolons(tokens: Sequence[str], brackets: Brackets) -> Iterator[int]:
    """Yield where a semicolon ends the last statement of a block.

    After a bracket it may be an empty statement, as in `while(f());`.
    """
    for at, (token, follower) in enumerate(pairwise(tokens)):
        if (token, follower) == (";", "}") and at:
            start = brackets.starts.get(at - 1, at)
            if (
                tokens[start - 1] not in {"for", "if", "while"}
                and tokens[at - 1] != ";"
            ):
                yield at


def _single_parameters(tokens: Sequence[str], brackets: Brackets) -> Iterator[int]:
    """Yield where a parenthesis is around the one parameter of an arrow function."""
    for start, end in brackets.ends.items():
        is_arrow = list(tokens[end + 1 : end + 3]) == ["=", ">"]
        if end == start + 2 and is_arrow and _WORD.match(tokens[start + 1]):
            yield from (start, end)


def _repeated_consts(
    tokens: Sequence[str], gaps: Sequence[str], brackets: Brackets
) -> Iterator[int]:
    """Yield where a semicolon stands between two declarations of constants."""
    for start, (word, before) in enumerate(zip(tokens, ["", *tokens], strict=False)):
        if word != "const" or before not in _STATEMENT_ENDS:
            continue
        end = start + 1
        while (
            end < len(tokens)
            and tokens[end] != ";"
            and _space(tokens[end - 1][-1], gaps[end], tokens[end][0]) != "\n"
        ):
            end = brackets.ends.get(end, end) + 1
        if list(tokens[end : end + 2]) == [";", "const"]:
            yield end


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
