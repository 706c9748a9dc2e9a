r"""An author's text as it is read aloud, and where each character of it is written.

Emphasis, the dollars of formulas, braces, cells of tables and the ends of lines go, so
that the words "cache of 131 GB" are found in `a cache of $131\,\text{GB}$`, too. A
backslash may be doubled, as strings in code have it.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

_MARKUP = re.compile(
    r"""
      (?P<cloze>\{\{c\d{1,3}::)
    | (?P<comma>\{[,.]\})                       # a mark between digits, in LaTeX
    | (?P<times>\\{1,2}(?:cdot|times)(?![A-Za-z])|·)
    | (?P<about>\\{1,2}(?:approx|sim|simeq)(?![A-Za-z]))
    | (?P<minus>\u2212)
    | (?P<style>\\{1,2}(?:text|math|operatorname|mbox)[a-z]*\*?(?=\s*\{))
    | (?P<thin>\\{1,2},|[\u00a0\u2009\u202f]|&(?:nbsp|thinsp);)
    | (?P<escaped>\\[%&#_"'()<>\[\]+=.!?~-])
    | (?P<dropped>\\\$|[{}*`$])
    | (?P<blank>(?:\\[;:!\ ]|\\q?quad(?![A-Za-z])|\n[ \t>]*|[\s|])+)
    """,
    re.VERBOSE,
)
_SAID = {"times": "\u00d7", "about": "≈", "minus": "-", "blank": " "}
_THIN = "\u2009"


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
    said: list[str] = []
    starts: list[int] = []
    ends: list[int] = []

    def say(characters: str, start: int, end: int) -> None:
        for character in characters:
            # One space for a run of what is read as none, however it is written.
            if character == " " and (not said or said[-1] == " "):
                continue
            said.append(character)
            starts.append(start)
            ends.append(end)

    done = 0
    for match in _MARKUP.finditer(source):
        for place in range(done, match.start()):
            say(source[place], place, place + 1)
        last, following = said[-1:], source[match.end() : match.end() + 1]
        say(_words(match, "".join(last), following), match.start(), match.end())
        done = match.end()
    for place in range(done, len(source)):
        say(source[place], place, place + 1)
    while said and said[-1] == " ":
        said.pop()
    return Readable("".join(said), tuple(starts), tuple(ends))


def _words(match: re.Match[str], before: str, following: str) -> str:
    """Return what is read where `match` is written, between two characters."""
    kind = match.lastgroup or ""
    if kind in _SAID:
        return _SAID[kind]
    between_digits = before.isdecimal() and following.isdecimal()
    if kind == "thin":
        return _THIN if between_digits else " "
    if kind == "comma":
        return match[0][1]
    if kind == "escaped":
        return match[0][1:]
    # `\frac{1}{3}` is not 13, and `US$5` is no name.
    return " " if following.isdecimal() and before.isalnum() else ""
