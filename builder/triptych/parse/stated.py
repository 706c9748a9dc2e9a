"""Where words that a `test` block quotes stand in what an author wrote."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from triptych.dialect.numbers import GROUP_MARKS
from triptych.parse.numbers import Number, numbers
from triptych.parse.readable import Readable, readable
from triptych.values.document import Document

_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_LETTER = re.compile(r"[A-Za-z0-9]")
_CONTEXT_CHARS = 60
"""How much of a text decides where a number in it begins and ends."""
_ANY_NUMBER = rf"-?(?:\d(?:[\d.,{GROUP_MARKS}]*\d)?|[.\u066b]\d+)"
_ANY_EXPONENT = r"(?: ?\u00d7 ?10)?(?:\^[-+]?\d+|[⁻⁺⁰¹²³⁴⁵⁶⁷⁸⁹]+)|[eE][-+]?\d+"


@dataclass(frozen=True, slots=True)
class Place:
    """Where words stand in a readable text, with the numbers that stand in them."""

    start: int
    end: int
    numbers: tuple[Number, ...]


def author_text(document: Document) -> Readable:
    """Return what `document` says, as it is read: all but comments and code that runs.

    That is its front matter, prose, formulas, tables and listings without a role.
    """
    lines = document.source.text.split("\n")
    for block in document.code:
        # The fence, its lines, and the fence that closes it.
        for number in range(block.line - 1, block.line + block.text.count("\n") + 1):
            if number < len(lines):
                lines[number] = _hidden(lines[number])
    text = "\n".join(lines)
    return readable(_COMMENT.sub(lambda comment: _hidden(comment[0]), text))


def places(text: Readable, words: str, language: str) -> Iterator[Place]:
    """Yield where `words` stand in `text`; both are readable.

    What cuts a word or a number in two is no such place.
    """
    wanted = numbers(words, language)
    for start in text.find(words):
        place = _place(text, start, start + len(words), language)
        same = [
            (number.start + start, number.end + start, number.value)
            for number in wanted
        ]
        if place and same == [(n.start, n.end, n.value) for n in place.numbers]:
            yield place


def lost(document: Document, stated: Iterable[str], language: str) -> list[str]:
    """Return which of the words `stated` do not stand in the text of `document`."""
    stated = tuple(stated)
    text = author_text(document) if stated else Readable("", (), ())
    return [
        words
        for words in stated
        if not any(places(text, readable(words).text, language))
    ]


def places_with_other_numbers(text: Readable, words: str, language: str) -> list[Place]:
    """Return where the same words stand in `text` with other numbers."""
    wanted = numbers(words, language)
    parts, done = [], 0
    for number in wanted:
        parts += [re.escape(words[done : number.start]), _ANY_NUMBER]
        if number.exponent:
            parts.append(f"(?:{_ANY_EXPONENT})?")
        done = number.end
    pattern = "".join([*parts, re.escape(words[done:])])
    found = (
        _place(text, match.start(), match.end(), language)
        for match in re.finditer(pattern, text.text)
    )
    return [place for place in found if place and len(place.numbers) == len(wanted)]


def _place(text: Readable, start: int, end: int, language: str) -> Place | None:
    """Return the place from `start` to `end`, unless it cuts something in two."""
    characters = text.text
    for edge in (start, end):
        if _LETTER.fullmatch(characters[edge - 1 : edge]) and _LETTER.fullmatch(
            characters[edge : edge + 1]
        ):
            return None
    first = max(0, start - _CONTEXT_CHARS)
    inside = []
    for found in numbers(characters[first : end + _CONTEXT_CHARS], language):
        number = _moved(found, first)
        if number.end <= start or number.start >= end:
            continue
        if number.start < start or number.end > end:
            return None
        inside.append(number)
    return Place(start, end, tuple(inside))


def _moved(number: Number, by: int) -> Number:
    span = number.exponent
    return replace(
        number,
        start=number.start + by,
        end=number.end + by,
        mantissa_end=number.mantissa_end + by,
        exponent=(span[0] + by, span[1] + by) if span else None,
    )


def _hidden(text: str) -> str:
    """Return as much as `text` that is no word, and that no word can span."""
    return "".join("\n" if character == "\n" else "\0" for character in text)
