"""Tables: CSV, TSV, and the text files that Anki exports."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from triptych.errors import TriptychError
from triptych.imports.cells import Cells, labelled
from triptych.imports.clozes import CLOZE, prompt_of
from triptych.imports.found import (
    LEARNER_TAGS,
    Collection,
    FoundNote,
    LeftOut,
    Passage,
    root_of,
)
from triptych.imports.media import LinkedFiles, MediaNames
from triptych.imports.reading import AS_FOUND, Reading
from triptych.imports.table_columns import (
    Columns,
    by_names,
    by_option,
    complete,
    is_header,
    role_of,
)
from triptych.imports.table_text import Rows, read_rows
from triptych.imports.text_files import source_in
from triptych.values.meta import Difficulty

_HEADER = re.compile(r"#([a-z][a-z ]*):(.*)")
_FILES = ("picture", "sound")
"""Roles of cells that name a file."""


@dataclass(slots=True)
class _Table:
    """A table and what its header says."""

    rows: list[tuple[int, list[str]]]
    """The number of the line and the cells of each row."""
    names: list[str]
    """The names of the columns; none where no row or header names them."""
    columns: Columns
    width: int
    remarks: list[str]
    is_html: bool = False
    tags: tuple[str, ...] = ()
    """Those of all notes."""
    has_commas: bool = False
    """Whether commas part the tags of a cell, and no spaces."""
    deck: str = ""
    from_anki: bool = False
    passages: list[Passage] = field(default_factory=list)
    """Rows that are in no note."""
    left_out: list[LeftOut] = field(default_factory=list)


def read(source: Path, reading: Reading = AS_FOUND) -> Collection:
    """Return the notes in the rows of the table `source`."""
    if source.is_dir():
        raise TriptychError(f"{source} is a folder: name the file of the table")
    path = PurePosixPath(source.name)
    text = source_in(path, source.read_bytes(), reading.encoding).text
    table = _table(text, source, reading)
    names = MediaNames()
    notes = tuple(_notes(table, source, LinkedFiles(source.parent, names)))
    if not notes:
        raise TriptychError(
            f"no row of {source} holds a prompt: is it a table? --columns says which"
            " column is what"
        )
    return Collection(
        name=source.name,
        kind="a text file of Anki" if table.from_anki else "a table",
        title=root_of(note.deck for note in notes if note.deck)
        or " ".join(re.sub(r"[-_]+", " ", source.stem).split()).capitalize(),
        notes=notes,
        media=names.media,
        left_out=tuple(table.left_out),
        passages=tuple(table.passages),
        remarks=(table.columns.description(table.names), *table.remarks),
    )


def _table(text: str, source: Path, reading: Reading) -> _Table:
    headers: dict[str, str] = {}
    lines = text.split("\n")
    start = 0
    while start < len(lines) and (found := _HEADER.fullmatch(lines[start].rstrip())):
        headers[found[1].strip().lower()] = found[2].strip()
        start += 1
    body = "\n".join(lines[start:])
    rows = read_rows(body, headers.get("separator", ""), source, start)
    passages = _comments(rows, source) if headers else []
    names, columns = _columns(headers, rows, reading)
    tags = columns.of_roles.get("tags", rows.width)
    return _Table(
        rows=rows.cells,
        names=names,
        columns=columns,
        width=len(names) or rows.width,
        remarks=rows.remarks,
        is_html=headers.get("html", "").lower() == "true",
        tags=tuple(headers.get("tags", "").split()),
        has_commas=any(re.search("[,;]", _cell(row, tags)) for _, row in rows.cells),
        deck=headers.get("deck", ""),
        from_anki=bool(headers),
        passages=passages,
    )


def _comments(rows: Rows, source: Path) -> list[Passage]:
    """Return the rows that Anki takes for comments, and take them out of `rows`."""
    found = [row for row in rows.cells if row[1][0].startswith("#")]
    rows.cells = [row for row in rows.cells if not row[1][0].startswith("#")]
    return [Passage(" | ".join(cells), f"{source.name}:{n}") for n, cells in found]


def _columns(
    headers: dict[str, str], rows: Rows, reading: Reading
) -> tuple[list[str], Columns]:
    """Return the names of the columns and what they hold; take the names off."""
    names = headers["columns"].split(rows.separator) if "columns" in headers else []
    first = rows.cells[0][1] if rows.cells else []
    says = reading.has_header
    if not names and (says or (says is None and is_header(first))):
        names = first
        del rows.cells[0]
    said = {
        role_of(name.removesuffix(" column")): int(value) - 1
        for name, value in headers.items()
        if name.endswith(" column") and value.isdigit()
    }
    if reading.columns:
        columns = by_option(reading.columns, names)
    else:
        columns = by_names(names)
        for role, number in said.items():
            columns.others.pop(number, None)
            columns.of_roles |= {role: number} if role else {}
    width = max(len(names), len(reading.columns), rows.width)
    cells = [row for _, row in rows.cells]
    has_names = bool(names or said or reading.columns)
    complete(columns, cells, width, has_names=has_names)
    return names, columns


def _notes(table: _Table, source: Path, files: LinkedFiles) -> Iterator[FoundNote]:
    _report_odd_rows(table, source)
    for number, cells in table.rows:
        place = f"{source.name}:{number}"
        row = {role: _cell(cells, n) for role, n in table.columns.of_roles.items()}
        written = [row.get("prompt", ""), row.get("answer", "")]
        others = list(_others(table, cells, row))
        converts = Cells(files, source.parent, place, table.left_out, table.is_html)
        prompt = converts.line(written[0])
        if not prompt:
            text = " | ".join(cell.strip() for cell in cells)
            table.passages.append(Passage(text, place))
            continue
        parts = [converts.blocks(written[1])]
        parts += (labelled(name, converts.blocks(text)) for name, text in others)
        is_cloze = CLOZE.search(prompt) is not None
        deck = row.get("deck") or table.deck
        difficulty = row.get("difficulty", "").lower()
        yield FoundNote(
            prompt=prompt_of(prompt) if is_cloze else prompt,
            answer="\n\n".join(filter(None, parts)),
            place=place,
            summary=prompt if is_cloze else "",
            topic=deck.rpartition("::")[2],
            deck=deck if table.from_anki else "",
            tags=_tags(table, row.get("tags", "")),
            hints=tuple(filter(None, (converts.line(row.get("hint", "")),))),
            guid=row.get("guid", ""),
            id=row.get("id", ""),
            difficulty=difficulty if difficulty in list(Difficulty) else "",
            is_plain=True,
        )


def _others(
    table: _Table, cells: list[str], row: dict[str, str]
) -> Iterator[tuple[str, str]]:
    """Yield what stands below the answer of a row, each with its name."""
    for role in _FILES:
        if name := row.get(role):
            is_name = not re.search(r"[\[\]<>()]", name)
            yield "", f"![]({name})" if is_name else name
    said = row.get("difficulty", "")
    if said and said.lower() not in list(Difficulty):
        name = _cell(table.names, table.columns.of_roles["difficulty"])
        yield name or "Difficulty", said
    for number, name in sorted(table.columns.others.items()):
        if text := _cell(cells, number):
            yield name, text
    for cell in cells[max((table.width, *(n + 1 for n in table.columns.known))) :]:
        if cell.strip():
            yield "", cell.strip()


def _report_odd_rows(table: _Table, source: Path) -> None:
    """Add what of the rows is left out, and which rows have too many or few cells."""
    for number, cells in table.rows:
        place = f"{source.name}:{number}"
        filled = len(cells)
        while filled > table.width and not cells[filled - 1].strip():
            filled -= 1
        if filled > table.width:
            why = (
                f"they have more than {table.width} cells: the rest is below the answer"
            )
            table.left_out.append(LeftOut("rows", why, place))
        elif filled < table.width:
            why = f"they have fewer than {table.width} cells: are they whole?"
            table.left_out.append(LeftOut("rows", why, place))
        for column, name in table.columns.left_out.items():
            if _cell(cells, column):
                what = f"cells of the column `{name}`"
                table.left_out.append(LeftOut(what, "--columns says so", place))


def _tags(table: _Table, cell: str) -> tuple[str, ...]:
    """Return the tags of a row; those with spaces have hyphens instead."""
    if table.has_commas:
        own = ["-".join(part.split()) for part in re.split(r"[,;]", cell)]
    else:
        own = cell.split()
    tags = dict.fromkeys((*table.tags, *own))
    return tuple(tag for tag in tags if tag and tag.lower() not in LEARNER_TAGS)


def _cell(cells: list[str], number: int) -> str:
    return cells[number].strip() if number < len(cells) else ""
