"""The rows of a table of cards: those that notes make, and those that are there."""

import csv
import io
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from triptych.deck.imported import digest
from triptych.dialect.characters import composed, without_controls
from triptych.dialect.tables import COLUMNS, DELIMITERS, FIELD, OTHER_COLUMNS
from triptych.imports.found import FoundNote
from triptych.parse.rows import Row, delimiter_of, rows
from triptych.parse.table_head import cut_table
from triptych.values.source import Source

Cells = Mapping[str, str]
"""The cells of a row that are not empty, by the names of their columns."""
WRITTEN = ("id", "guid", "note_type", "prompt", "answer", "hint", "reverse", "tags")
"""The columns that an import writes, besides those of fields."""


def cells_of(note: FoundNote, slug: str) -> Cells:
    """Return the row of a note whose card has the id `slug`."""
    prompt = note.summary or note.prompt
    cells = {
        "id": slug,
        "guid": note.guid,
        "note_type": note.note_type,
        "prompt": " ".join(without_controls(prompt).split()),
        "answer": without_controls(note.answer).strip("\n"),
        "hint": " ".join(note.hints),
        "reverse": "yes" if note.is_reversed else "",
        "tags": " ".join(note.tags),
        **{FIELD + name: html for name, html in note.fields.items()},
    }
    return {name: text for name, text in cells.items() if text}


def row_digest(cells: Cells) -> str:
    """Return the digest of what is read of a row."""
    read = {
        name: text.strip()
        for name, text in cells.items()
        if text.strip() and (name in COLUMNS or name.startswith(FIELD))
    }
    return digest(json.dumps(read, sort_keys=True).encode())


@dataclass(frozen=True, slots=True)
class PresentTable:
    """A table that is in the deck."""

    text: str
    delimiter: str
    columns: tuple[str, ...]
    header: tuple[int, int]
    """Where the row of the columns begins and ends in the text."""
    rows: Mapping[str, Cells] = field(default_factory=dict)
    """By the id of the card."""
    places: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    """Where each row begins and ends."""

    def with_rows(self, changed: Mapping[str, Cells], order: Iterable[str]) -> str:
        """Return the text with `changed` rows, and all others as they are.

        A new row comes after the one that is before it in `order`.
        """
        used = {name: None for cells in changed.values() for name in cells}
        columns = (*self.columns, *(name for name in used if name not in self.columns))
        new = {
            slug: self._line([cells.get(name, "") for name in columns])
            for slug, cells in changed.items()
        }
        width = len(columns) - len(self.columns)
        parts, end = [self.text[: self.header[0]], self._line(columns)], self.header[1]
        if not width:
            parts[1] = self.text[slice(*self.header)]
        after = self._after(changed.keys() - self.rows.keys(), order)
        parts += [f"\n{new[slug]}" for slug in after.get("", ())]
        for slug, (start, row_end) in self.places.items():
            parts.append(self.text[end:start])
            line = self.text[start:row_end] + self.delimiter * width
            parts.append(new.get(slug, line))
            parts += [f"\n{new[other]}" for other in after.get(slug, ())]
            end = row_end
        return "".join(parts) + (self.text[end:] or "\n")

    def _after(self, new: set[str], order: Iterable[str]) -> Mapping[str, list[str]]:
        """Return the new rows by the row after which they come."""
        found: dict[str, list[str]] = {}
        before = ""
        for slug in order:
            if slug in new:
                found.setdefault(before, []).append(slug)
            elif slug in self.rows:
                before = slug
        return found

    def _line(self, cells: Iterable[str]) -> str:
        text = io.StringIO()
        csv.writer(text, lineterminator="\n", delimiter=self.delimiter).writerow(cells)
        return text.getvalue().removesuffix("\n")


def present_table(path: PurePosixPath, text: str) -> PresentTable:
    """Return the table in the file `path` of a deck."""
    source = Source(path, text)
    _, start = cut_table(source)
    header = text[start:].partition("\n")[0]
    delimiter = delimiter_of(header, DELIMITERS, {*COLUMNS, *OTHER_COLUMNS})
    found = list(rows(source, start, delimiter, []))
    if not found:
        return PresentTable(text, delimiter, (), (len(text), len(text)))
    columns = tuple(_column(cell.text) for cell in found[0].cells)
    by_id: dict[str, Cells] = {}
    places: dict[str, tuple[int, int]] = {}
    for row in found[1:]:
        cells = {
            name: cell.text
            for name, cell in zip(columns, row.cells, strict=False)
            if cell.text
        }
        slug = composed(cells.get("id", ""))
        if slug and slug not in by_id:
            by_id[slug], places[slug] = cells, _place(row)
    return PresentTable(text, delimiter, columns, _place(found[0]), by_id, places)


def _place(row: Row) -> tuple[int, int]:
    return row.cells[0].start, row.cells[-1].end


def _column(written: str) -> str:
    name = written.casefold()
    return FIELD + written[len(FIELD) :].strip() if name.startswith(FIELD) else name
