"""Decks in languages that run from right to left, with code among their words."""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from tests.cases import write_deck

WORDS = {
    "ar": ("مرحبا", "تعليق"),
    "fa": ("زمان", "توقف"),
    "he": ("שלום", "הערה"),
}
"""Two words of each language; none has a letter of one in the other place."""
SPANS = (
    "a++",
    "++b",
    "c[0]",
    "!d",
    "1 + 2",
    "-3",
    "--help",
    "f(g, h)",
    "vector<int>",
    "C#",
    ".NET",
    "i = {4, 5}",
    "$HOME/j/",
)
"""Code within a line: none reads the same from its end."""
BLOCKS = (
    ("python", 'k = "{0}"  # {1}'),
    ("python", 'f("{0}", "{1}", l)'),
    ("python", "{0} = {1} + 1"),
    ("json", '{{"{0}": "{1}"}}'),
    ("javascript", 'const m = "{0}"; // {1}'),
    ("bash", 'echo "{0}" # {1}'),
    ("", "n(1) == [2] + 3"),
)
"""Blocks of code, by language, with places for two words."""
_FIRST = re.compile(f"[{''.join(first for first, _ in WORDS.values())}]+")
_SECOND = re.compile(f"[{''.join(second for _, second in WORDS.values())}]+")
_SAME_LINE = 1.5
"""Nearer middles are those of one line, in the unit of the page."""
_MARKS = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069\\s]+")


class Glyph(NamedTuple):
    """A character, or a word of such, where a reader sees it."""

    text: str
    left: float
    middle: float
    """How far from the top of the page the middle of it is."""


def seen(code: str) -> str:
    """Return a line as it is to be seen, from left to right and without spaces.

    The two words are letters of ours: how their own are joined is not the question.
    """
    return _SECOND.sub("\u03b2", _FIRST.sub("\u03b1", _MARKS.sub("", code)))


def lines(glyphs: Iterable[Glyph]) -> list[str]:
    """Return the signs of each line from left to right, without spaces."""
    rows: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda glyph: glyph.middle):
        if rows and glyph.middle - rows[-1][-1].middle < _SAME_LINE:
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
    ordered = (sorted(row, key=lambda glyph: glyph.left) for row in rows)
    return [seen("".join(glyph.text for glyph in row)) for row in ordered]


def blocks(language: str) -> list[str]:
    """Return the blocks of the deck in `language`."""
    return [code.format(*WORDS[language]) for _, code in BLOCKS]


def write(folder: Path, language: str, deck_language: str) -> Path:
    """Write a deck whose prose is in `language`; return its folder."""
    first, second = WORDS[language]
    parts = [f'=== deck.toml\nid = "d"\ntitle = "D"\nlanguage = "{deck_language}"\n']
    for number, span in enumerate(SPANS):
        said = f"{first} `{span}` {second}"
        parts.append(
            f"=== t/s{number}.md\n---\nquestion: '{said}?'\nsummary: '{said}.'\n"
            f"hints: ['{said}']\n---\n- {said}\n\n| {said} |\n|---|\n| {said} |\n\n"
            f"### {said}\n\n> {said}\n"
        )
        parts.append(f"=== t/l{number}.md\n---\nquestion: {first}?\n---\n- {said}\n")
    for number, (lexer, _) in enumerate(BLOCKS):
        code = blocks(language)[number]
        parts.append(
            f"=== t/b{number}.md\n---\nquestion: {first}?\nsummary: {second}.\n---\n"
            f"{first}:\n\n```{lexer}\n{code}\n```\n"
        )
    return write_deck(folder, "".join(parts))
