"""The text of a table of others, as rows of cells."""

import csv
import io
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from triptych.errors import TriptychError
from triptych.imports.table_columns import is_header

_SEPARATORS: Mapping[str, str] = MappingProxyType(
    {
        "comma": ",",
        "semicolon": ";",
        "tab": "\t",
        "space": " ",
        "pipe": "|",
        "colon": ":",
    }
)
_SIGNS = ("\t", ";", "|", ",")
_MAX_FIELD_CHARS = 10_000_000
_MAX_ROWS_LOOKED_AT = 60
_MIN_WIDTH = 2


@dataclass(slots=True)
class Rows:
    """The rows of a table, each with the number of its first line."""

    cells: list[tuple[int, list[str]]] = field(default_factory=list)
    separator: str = ","
    remarks: list[str] = field(default_factory=list)

    @property
    def width(self) -> int:
        """Return how many cells most rows have; of equal numbers the larger."""
        widths = Counter(len(cells) for _, cells in self.cells)
        return max(widths, key=lambda width: (widths[width], width), default=0)


def read_rows(body: str, said: str, source: Path, lines_before: int) -> Rows:
    """Return the rows of `body`; `said` is what its file says that parts the cells.

    Raises:
        TriptychError: A cell in quotes has no end.

    """
    csv.field_size_limit(_MAX_FIELD_CHARS)
    first, _, rest = body.partition("\n")
    if first.startswith("sep=") and len(first.strip()) == len("sep=;"):
        # Excel writes so what parts the cells.
        body, said, lines_before = rest, first.strip()[-1], lines_before + 1
    separator = (
        _SEPARATORS.get(said.lower(), said[:1]) if said else _guessed(body, source)
    )
    rows = _parsed(body, separator, lines_before, is_strict=True)
    if isinstance(rows, Rows):
        return rows
    if separator == "\t":
        plain = _parsed(body, separator, lines_before, quoting=csv.QUOTE_NONE)
        if isinstance(plain, Rows):
            plain.remarks.append("quotes in it part no cells: they are characters")
            return plain
    number, message = rows
    loose = _parsed(body, separator, lines_before)
    if "unexpected end" in message or not isinstance(loose, Rows):
        raise TriptychError(
            f"{source}:{number}: a cell begins with a quote and has no end ({message}):"
            " close it, or write two quotes for one in a cell"
        )
    loose.remarks.append(f"odd quotes, first in line {number}: look at that row")
    return loose


def _parsed(
    body: str,
    separator: str,
    lines_before: int,
    *,
    is_strict: bool = False,
    quoting: int = csv.QUOTE_MINIMAL,
) -> Rows | tuple[int, str]:
    """Return the rows, or where a row is no row of a table, and why."""
    reader = csv.reader(
        io.StringIO(body, newline=""),
        delimiter=separator,
        strict=is_strict,
        quoting=quoting,  # type: ignore[arg-type]  # typeshed has its own enumeration
    )
    found, number = Rows(separator=separator), lines_before + 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                found.cells.append((number, cells))
            number = lines_before + reader.line_num + 1
    except csv.Error as error:
        return number, str(error)
    return found


def _guessed(body: str, source: Path) -> str:
    """Return what parts the cells: what makes most rows equally wide."""
    if source.suffix.lower() == ".tsv":
        return "\t"
    scores = {sign: _score(body, sign) for sign in _SIGNS}
    best = max(scores, key=lambda sign: scores[sign])
    return best if scores[best][1] else "\t"


def _score(body: str, sign: str) -> tuple[bool, float]:
    """Return how likely `sign` parts cells: by the names and by equal widths."""
    reader = csv.reader(io.StringIO(body, newline=""), delimiter=sign)
    rows = []
    try:
        for cells in reader:
            rows.append(cells)
            if len(rows) == _MAX_ROWS_LOOKED_AT:
                break
    except csv.Error:
        return False, 0
    rows = [cells for cells in rows if any(cells)]
    widths = Counter(len(cells) for cells in rows if len(cells) >= _MIN_WIDTH)
    share = max(widths.values(), default=0) / max(len(rows), 1)
    has_names = bool(rows) and len(rows[0]) >= _MIN_WIDTH and is_header(rows[0])
    return has_names, share
