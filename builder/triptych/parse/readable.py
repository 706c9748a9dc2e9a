r"""An author's text as it is read aloud, and where each character of it is written.

Emphasis, the dollars of formulas, braces, cells of tables and the ends of lines go, so
that the words "cache of 131 GB" are found in `a cache of $131\,\text{GB}$`, too. A
backslash may be doubled, as strings in code have it.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from triptych.patterns import lazy_pattern

_MARKUP = lazy_pattern(
    r"""
    (?=[\\{}*`$|&\s\u00b7\u2212])              # most characters begin none of these
    (?:
      (?P<space>[ ](?=[^\s|\\]))              # most of the rest
    | (?P<cloze>\{\{c\d{1,3}::)
    | (?P<comma>\{[,.]\})                       # a mark between digits, in LaTeX
    | (?P<times>\\{1,2}(?:cdot|times)(?![A-Za-z])|·)
    | (?P<about>\\{1,2}(?:approx|sim|simeq)(?![A-Za-z]))
    | (?P<minus>\u2212)
    | (?P<style>\\{1,2}(?:text|math|operatorname|mbox)[a-z]*\*?(?=\s*\{))
    | (?P<thin>\\{1,2},|[\u00a0\u2009\u202f]|&(?:nbsp|thinsp);)
    | (?P<escaped>\\[%&#_"'()<>\[\]+=.!?~-])
    | (?P<dropped>\\\$|[{}*`$])
    | (?P<blank>(?:\\[;:!\ ]|\\q?quad(?![A-Za-z])|\n[ \t>]*|[\s|])+)
    )
    """,
    re.VERBOSE,
)
_SYMBOLS = {"times": "\u00d7", "about": "≈", "minus": "-"}
_THIN_SPACE = "\u2009"


@dataclass(frozen=True, slots=True)
class Readable:
    """A text without markup."""

    text: str
    starts: tuple[int, ...]
    """Where each of its characters begins in the text that it was made of."""
    ends: tuple[int, ...]

    def find(self, words: str) -> Iterable[int]:
        """Yield where `words` stand, which are readable themselves."""
        at = self.text.find(words) if words else -1
        while at != -1:
            yield at
            at = self.text.find(words, at + 1)


def readable(source: str) -> Readable:
    """Return `source` as it is read."""
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    last, done = " ", 0
    for match in _MARKUP.finditer(source):
        start, end = match.span()
        if start > done:
            # What stands between two matches holds no blanks.
            pieces.append(source[done:start])
            starts.extend(range(done, start))
            ends.extend(range(done + 1, start + 1))
            last = source[start - 1]
        done = end
        if match.lastgroup == "space":
            words = " "
        else:
            words = _words(match, last, source[end : end + 1])
        # One space for a run of what is read as none, however it is written.
        if words and not words == last == " ":
            pieces.append(words)
            starts.append(start)
            ends.append(end)
            last = words
    pieces.append(source[done:])
    starts.extend(range(done, len(source)))
    ends.extend(range(done + 1, len(source) + 1))
    text = "".join(pieces)
    length = len(text.rstrip(" "))
    return Readable(text[:length], tuple(starts[:length]), tuple(ends[:length]))


def _words(match: re.Match[str], before: str, following: str) -> str:
    """Return what is read where `match` is written, between two characters."""
    kind = match.lastgroup or ""
    if kind == "blank":
        return " "
    if kind in _SYMBOLS:
        return _SYMBOLS[kind]
    between_digits = before.isdecimal() and following.isdecimal()
    if kind == "thin":
        return _THIN_SPACE if between_digits else " "
    if kind == "comma":
        return match[0][1]
    if kind == "escaped":
        return match[0][1:]
    # `\frac{1}{3}` is not 13, and `US$5` is no name.
    return " " if following.isdecimal() and before.isalnum() else ""
