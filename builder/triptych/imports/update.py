"""What an import writes: what is new, and what nobody has changed.

Of a table this is found out for each row.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath

from triptych.deck.edits import ending_of, lines_of
from triptych.deck.imported import Imported, card_name, digest
from triptych.deck.read import data_of, source_of
from triptych.dialect.characters import BYTE_ORDER_MARK
from triptych.dialect.tables import PRIVATE
from triptych.imports.files import MadeDeck, MadeFile, MadeTable
from triptych.imports.table_rows import (
    Cells,
    PresentTable,
    cells_of,
    present_table,
    row_digest,
)


@dataclass(slots=True)
class Changes:
    """What an import changes in a deck, by path of the deck."""

    new: dict[PurePosixPath, bytes] = field(default_factory=dict)
    updated: dict[PurePosixPath, bytes] = field(default_factory=dict)
    unchanged: list[PurePosixPath] = field(default_factory=list)
    theirs: list[PurePosixPath] = field(default_factory=list)
    """What a person changed, and the source did, too: it stays. A row of a table is
    called as in the record."""
    edited: list[PurePosixPath] = field(default_factory=list)
    """What a person alone changed: it stays."""
    deleted: list[PurePosixPath] = field(default_factory=list)
    """What a person deleted: it stays away."""
    gone: list[PurePosixPath] = field(default_factory=list)
    """What the source no longer has: it stays."""
    record: dict[str, Imported] = field(default_factory=dict)


def changes(
    root: Path, made: MadeDeck, source: str, record: Mapping[str, Imported]
) -> Changes:
    """Return what the import of `source` changes in the deck at `root`."""
    found = Changes(record=dict(record))
    seen: set[str] = set()
    for file in made.files:
        seen.add(str(file.path))
        _add(found, root, file.path, file.text.encode(), _note_row(file, source))
    for table in made.tables:
        seen.add(str(table.path))
        seen.update(_add_table(found, root, table, source))
    for path, data in made.others.items():
        seen.add(str(path))
        _add(found, root, path, data, Imported(str(path), source, str(path), ""))
    for path, read in made.media.items():
        seen.add(str(path))
        original = made.originals.get(path, str(path))
        _add(found, root, path, read(), Imported(str(path), source, original, ""))
    for name, row in record.items():
        if row.source == source and name not in seen:
            found.gone.append(PurePosixPath(name))
    return found


def _note_row(file: MadeFile, source: str) -> Imported:
    return Imported(str(file.path), source, file.key, "", file.note.said)


def _add(
    found: Changes, root: Path, path: PurePosixPath, data: bytes, row: Imported
) -> None:
    """Add a file; `row` is its row in the record, still without a digest."""
    present = data_of(root, path)
    there = None if present is None else digest(present)
    if _is_written(found, path, row, there, digest(data)):
        (found.updated if present is not None else found.new)[path] = data


def _is_written(
    found: Changes, path: PurePosixPath, row: Imported, there: str | None, made: str
) -> bool:
    """Return whether a file or a row is to be written; else say why not.

    `there` is the digest of what is there, and `made` that of what the source makes.
    """
    known = found.record.get(row.file)
    if there == made:
        found.unchanged.append(path)
        if known is not None and known.source != row.source:
            return False  # two sources have the same picture
    elif there is None and known is not None:
        found.deleted.append(path)
        return False
    elif there is not None and (known is None or known.digest != there):
        is_news = known is None or known.digest != made
        (found.theirs if is_news else found.edited).append(path)
        return False
    found.record[row.file] = replace(row, digest=made)
    return there != made


def _add_table(
    found: Changes, root: Path, table: MadeTable, source: str
) -> Iterator[str]:
    """Add a table and its cards; yield how the record calls the cards."""
    present = data_of(root, table.path)
    own = Imported(
        str(table.path), source, str(table.path), digest(table.text.encode())
    )
    yield from (card_name(table.path, file.path.stem) for file in table.files)
    if present is None and own.file in found.record:
        found.deleted.append(table.path)
        return
    if present is None:
        found.new[table.path] = table.text.encode()
        there = PresentTable("", ",", (), (0, 0))
    else:
        source_file = source_of(table.path, present)
        if source_file.undecodable or source_file.is_cut:
            found.theirs.append(table.path)
            return
        there = present_table(table.path, source_file.text)
    rows = Changes(record=found.record)
    changed: dict[str, Cells] = {}
    for file in table.files:
        slug = file.path.stem
        name, cells = card_name(table.path, slug), cells_of(file.note, slug)
        row = replace(_note_row(file, source), file=name)
        before = there.rows.get(slug)
        digest_before = None if before is None else row_digest(before)
        if _is_written(
            rows, PurePosixPath(name), row, digest_before, row_digest(cells)
        ):
            changed[slug] = {**_kept(before), **cells}
    found.theirs += rows.theirs
    found.edited += rows.edited
    found.deleted += rows.deleted
    found.record[own.file] = own
    if present is None:
        return
    if not changed:
        found.unchanged.append(table.path)
        return
    order = [file.path.stem for file in table.files]
    found.updated[table.path] = _as_before(there.with_rows(changed, order), present)


def _kept(before: Cells | None) -> Cells:
    """Return the cells of a row that are the author's own, which nothing reads."""
    return {n: text for n, text in (before or {}).items() if n.startswith(PRIVATE)}


def _as_before(text: str, present: bytes) -> bytes:
    """Return `text` with the line ends and the mark that the file has."""
    before = present.decode("utf-8")
    ending = ending_of(lines_of(before)[0])
    mark = BYTE_ORDER_MARK if before.startswith(BYTE_ORDER_MARK) else ""
    return (mark + text.replace("\n", ending or "\n")).encode()
