"""Apply edits to text without changing anything else."""

import io
from collections.abc import Iterable

from triptych.dialect.characters import BYTE_ORDER_MARK
from triptych.values.diagnostics import Edit


def edited(text: str, edits: Iterable[Edit]) -> str:
    """Return `text` after all `edits`, whose places refer to the original text."""
    mark = BYTE_ORDER_MARK if text.startswith(BYTE_ORDER_MARK) else ""
    lines = lines_of(text.removeprefix(mark))
    ending = ending_of(lines[0]) if lines else ""
    # From the end to the start, so that no edit moves the place of another. Reversing
    # a stable sort keeps the order of insertions at the same place.
    for edit in sorted(edits, key=lambda edit: (edit.line, edit.column))[::-1]:
        line, start = lines[edit.line - 1], edit.column - 1
        new = edit.text.replace("\n", ending or "\n")
        lines[edit.line - 1] = line[:start] + new + line[start + edit.length :]
    return mark + "".join(lines)


def lines_of(text: str) -> list[str]:
    """Return the lines of `text` with their endings.

    `str.splitlines` would end lines at form feeds and other rare characters too.
    """
    return list(io.StringIO(text, newline=""))


def ending_of(line: str) -> str:
    """Return the line ending of `line`."""
    return line[len(line.rstrip("\r\n")) :]
