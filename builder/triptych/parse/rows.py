"""Read the rows of a table of cards, with the place of each cell.

Python's own reader of such files does not give in which column of a line a cell begins.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from triptych.parse.positions import Positions
from triptych.values.diagnostics import Finding, Span
from triptych.values.source import Source

_QUOTED = re.compile(r'[ ]*"((?:[^"]|"")*+)"')
_OPENED = re.compile(r'[ ]*"')


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: its text without quotation marks, and its place with them."""

    text: str
    span: Span
    start: int
    """The offset in the file."""
    end: int


@dataclass(frozen=True, slots=True)
class Row:
    """A row that is not blank."""

    cells: tuple[Cell, ...]

    @property
    def span(self) -> Span:
        """Return the place where the row begins."""
        return self.cells[0].span


def rows(
    source: Source, start: int, delimiter: str, findings: list[Finding]
) -> Iterator[Row]:
    """Yield the rows of `source` from the offset `start` on; add to `findings`."""
    positions, text = Positions(source), source.text
    plain = re.compile(rf"[^{re.escape(delimiter)}\n]*")
    cells: list[Cell] = []
    while start < len(text):
        quoted = _QUOTED.match(text, start)
        after = plain.match(text, quoted.end() if quoted else start)
        end = after.end() if after else start
        if quoted:
            content = quoted[1].replace('""', '"') + text[quoted.end() : end].rstrip()
        else:
            content = text[start:end]
        line_end = text.find("\n", start, end)
        length = (end if line_end == -1 else line_end) - start
        cell = Cell(content.strip(), positions.span(start, length), start, end)
        if not quoted and _OPENED.match(content):
            message = "the quotation mark that opens this cell is never closed"
            hint = 'close it, or put the cell between quotation marks: """"'
            findings.append(Finding(cell.span, message, hint))
        cells.append(cell)
        if text[end : end + 1] == delimiter:
            start = end + 1
            if start < len(text):
                continue
        else:
            start = end + 1
        if any(cell.text for cell in cells):
            yield Row(tuple(cells))
        cells = []


def delimiter_of(header: str, delimiters: tuple[str, ...], known: set[str]) -> str:
    """Return which of `delimiters` parts the line `header` into `known` names."""

    def count(delimiter: str) -> int:
        names = (name.strip(' "').casefold() for name in header.split(delimiter))
        return len(known.intersection(names))

    return max(delimiters, key=count)
