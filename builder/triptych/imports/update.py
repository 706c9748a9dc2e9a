"""Which files an import writes: new ones, and those that nobody has changed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from triptych.deck.imported import Imported, card_name, digest
from triptych.deck.read import data_of
from triptych.imports.files import MadeDeck, MadeTable


@dataclass(slots=True)
class Changes:
    """What an import changes in a deck, by path of the deck."""

    new: dict[PurePosixPath, bytes] = field(default_factory=dict)
    updated: dict[PurePosixPath, bytes] = field(default_factory=dict)
    unchanged: list[PurePosixPath] = field(default_factory=list)
    theirs: list[PurePosixPath] = field(default_factory=list)
    """Files that a person changed, and the source did, too: they stay."""
    deleted: list[PurePosixPath] = field(default_factory=list)
    """Files that a person deleted: they stay away."""
    gone: list[PurePosixPath] = field(default_factory=list)
    """Files whose notes the source no longer has: they stay."""
    record: dict[str, Imported] = field(default_factory=dict)


def changes(
    root: Path, made: MadeDeck, source: str, record: Mapping[str, Imported]
) -> Changes:
    """Return what the import of `source` changes in the deck at `root`."""
    found = Changes(record=dict(record))
    seen: set[str] = set()
    for file in made.files:
        seen.add(str(file.path))
        _add(found, root, file.path, file.text.encode(), (source, file.key))
    for table in made.tables:
        seen.add(str(table.path))
        seen.update(_add_table(found, root, table, source))
    for path, data in made.others.items():
        seen.add(str(path))
        _add(found, root, path, data, (source, str(path)))
    for path, read in made.media.items():
        seen.add(str(path))
        _add(found, root, path, read(), (source, str(path)))
    for name, row in record.items():
        if row.source == source and name not in seen:
            found.gone.append(PurePosixPath(name))
    return found


def _add_table(
    found: Changes, root: Path, table: MadeTable, source: str
) -> Iterator[str]:
    """Add a table and its cards; yield how the record calls the cards.

    A card is recorded only where the table has it, and not where a person keeps theirs.
    """
    _add(found, root, table.path, table.text.encode(), (source, str(table.path)))
    is_kept_out = table.path in {*found.theirs, *found.deleted}
    for file in table.files:
        name = card_name(table.path, file.path.stem)
        if not is_kept_out:
            found.record[name] = Imported(name, source, file.key, "")
        yield name


def _add(
    found: Changes,
    root: Path,
    path: PurePosixPath,
    data: bytes,
    origin: tuple[str, str],
) -> None:
    known = found.record.get(str(path))
    present = data_of(root, path)
    source, key = origin
    row = Imported(str(path), source, key, digest(data))
    if present == data:
        found.unchanged.append(path)
        found.record[str(path)] = row
    elif present is None and known is None:
        found.new[path] = data
        found.record[str(path)] = row
    elif present is None:
        found.deleted.append(path)
    elif known is not None and known.digest == digest(present):
        found.updated[path] = data
        found.record[str(path)] = row
    elif known is None or known.digest != row.digest:
        found.theirs.append(path)
    else:
        found.unchanged.append(path)  # the source has no news for what they changed
