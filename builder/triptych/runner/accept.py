"""Corrections of the text, and of the words in its tests, become edits of the file."""

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from triptych.parse.numbers import numbers
from triptych.parse.positions import Positions
from triptych.parse.readable import readable
from triptych.parse.rewrite import WrittenValue, replacements
from triptych.parse.stated import Place, author_text
from triptych.values.diagnostics import Edit
from triptych.values.document import Document


@dataclass(frozen=True, slots=True)
class Correction:
    """A number of the text that is to be another."""

    words: str
    """As the test quotes them."""
    place: Place
    """Where they stand in the text."""
    index: int
    """Which number of the words it is."""
    new: WrittenValue


def edits_of(
    corrections: Iterable[Correction], document: Document, language: str
) -> tuple[Edit, ...]:
    """Return the edits that make `corrections` in the text and in the tests.

    There are none where one of them cannot be made: the text and the tests would part.
    """
    text, source = author_text(document), document.source.text
    positions = Positions(document.source)
    found: set[Edit] = set()
    for correction in corrections:
        number = correction.place.numbers[correction.index]
        pieces = replacements(number, text, source, correction.new)
        in_tests = list(_in_tests(correction, document, language))
        if not pieces or not in_tests or not all(in_tests):
            return ()
        spans = [
            (positions.span(start, end - start), new) for start, end, new in pieces
        ]
        found |= {Edit(s.line, s.column, s.length, new) for s, new in spans}
        found |= {edit for edits in in_tests for edit in edits}
    return tuple(sorted(found, key=lambda edit: (edit.line, edit.column)))


def _in_tests(
    correction: Correction, document: Document, language: str
) -> Iterator[list[Edit]]:
    """Yield the edits of each string in the tests that is these words.

    They are empty for a string that cannot be edited.
    """
    for block in document.code:
        for node in _strings(block.text) if block.role == "test" else ():
            if node.value == correction.words:
                line = block.text.split("\n")[node.lineno - 1]
                found = _in_string(correction, node, line, language)
                number = block.line + node.lineno
                # In a list or a quotation the lines of a fence are indented.
                shift = document.source.line(number).find(line)
                yield [
                    Edit(number, shift + start + 1, end - start, new)
                    for start, end, new in found
                    if shift >= 0
                ]


def _strings(code: str) -> Iterator[ast.Constant]:
    try:
        tree = ast.parse(code)
    except SyntaxError:
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node


def _in_string(
    correction: Correction, node: ast.Constant, line: str, language: str
) -> Iterator[tuple[int, int, str]]:
    """Yield what to replace in a line of code, from where to where and by what."""
    if node.lineno != node.end_lineno:
        return
    written = line.encode()
    start = len(written[: node.col_offset].decode())
    string = line[start : len(written[: node.end_col_offset].decode())]
    inside = numbers(readable(string).text, language)
    wanted = numbers(readable(correction.words).text, language)
    if [number.value for number in inside] != [number.value for number in wanted]:
        return
    number = inside[correction.index]
    for first, last, new in replacements(
        number, readable(string), string, correction.new
    ):
        yield start + first, start + last, new
