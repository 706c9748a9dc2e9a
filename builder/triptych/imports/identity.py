"""Which notes of earlier imports the notes of a source are.

A note with a GUID is that note, whatever its source is called. Other notes are known
by their source and their prompt, and a source by its path; if it was moved or renamed,
by what it says.
"""

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from triptych.deck.imported import Imported
from triptych.dialect.ids import FreeNames
from triptych.imports.found import Collection, FoundNote, LeftOut


@dataclass(frozen=True, slots=True)
class Earlier:
    """What earlier imports made of the notes of a source."""

    name: str
    """What the record calls the source."""
    record: Mapping[str, Imported]
    """The record, in which what this source goes on with is its own."""
    continued: Mapping[str, int] = field(default_factory=dict)
    """How many of its notes earlier imports made, by what these were called."""
    alike: Mapping[str, int] = field(default_factory=dict)
    """How many notes have the prompts of other sources, which say something else."""


def name_of(collection: Collection, root: Path) -> str:
    """Return what the record of the deck at `root` calls a source.

    It is the path as seen from the deck folder, which is the same in every clone of a
    repository that holds both.
    """
    if collection.path is None:
        return collection.name
    try:
        path = os.path.relpath(collection.path, root.resolve())
    except ValueError:
        # On another drive of Windows.
        return collection.name
    return Path(path).as_posix()


def keyed(notes: Iterable[FoundNote], left_out: list[LeftOut]) -> Iterator[FoundNote]:
    """Yield `notes` with their keys and with digests of what they say."""
    keys, guids = FreeNames(()), set[str]()
    for note in notes:
        if note.guid in guids:
            why = "another note of the source has the same GUID"
            left_out.append(LeftOut("notes", why, note.place))
            continue
        guids.update({note.guid} - {""})
        yield replace(note, own_key=keys.take(note.key), said=note.digest())


def earlier(
    notes: Iterable[FoundNote], name: str, record: Mapping[str, Imported]
) -> Earlier:
    """Return what earlier imports made of `notes`, which a source called `name` has."""
    by_key = {note.key: note for note in notes}
    now = _with_present_keys(record, by_key)
    rows: dict[str, list[Imported]] = {}
    for row in now:
        if row.is_note:
            rows.setdefault(row.source, []).append(row)
    shared = {
        source: [row for row in found if row.key in by_key]
        for source, found in rows.items()
    }
    ours = [name] if shared.get(name) else []
    others = sorted(shared.keys() - {name}, key=lambda s: (-len(shared[s]), s))
    ours += [s for s in others if _is_same(shared[s], len(rows[s]), by_key)]
    whole = {s for s in ours if 2 * len(shared[s]) > len(rows[s])} | {name}
    return Earlier(
        name,
        {**record, **_taken_over(now, name, ours, whole, by_key)},
        {source: len(shared[source]) for source in ours},
        {s: n for s in others if s not in ours and (n := _alike(shared[s], by_key))},
    )


def _with_present_keys(
    record: Mapping[str, Imported], notes: Mapping[str, FoundNote]
) -> list[Imported]:
    """Return the rows of `record`, each with the key that its note has now.

    The topic is a part of the key of a note without a GUID. A note that says the same
    as before under another heading is the same note.
    """
    keys = {row.key for row in record.values()}
    said = {
        note.said: key
        for key, note in notes.items()
        if key not in keys and not (note.guid or note.id)
    }
    return [
        replace(row, key=said.pop(row.said))
        if row.said in said and row.key not in notes
        else row
        for row in record.values()
    ]


def _is_same(
    shared: list[Imported], count: int, notes: Mapping[str, FoundNote]
) -> bool:
    """Return whether `shared` notes show that two sources are one.

    They must be most of the smaller one, and most of them must say the same: sources
    that ask the same may answer it differently.
    """
    same = sum(
        bool(notes[row.key].guid) or notes[row.key].said == row.said for row in shared
    )
    return 2 * len(shared) > min(count, len(notes)) and 2 * same >= len(shared)


def _alike(shared: list[Imported], notes: Mapping[str, FoundNote]) -> int:
    """Return how many of `shared` are notes that will be here twice."""
    return sum(not notes[row.key].guid for row in shared)


def _taken_over(
    record: list[Imported],
    name: str,
    ours: list[str],
    whole: set[str],
    notes: Mapping[str, FoundNote],
) -> Mapping[str, Imported]:
    """Return the rows of what a source goes on with, by path, as its own.

    Of a source of which it has the smaller part, it takes only the notes that it has.
    """
    held = {row.key for row in record if row.source == name}
    found = {row.file: row for row in record if row.source == name}
    in_order = {source: number for number, source in enumerate(ours)}
    for row in sorted(record, key=lambda r: in_order.get(r.source, len(ours))):
        note = notes.get(row.key) if row.is_note else None
        is_ours = row.source in whole or (note and row.source in in_order)
        if row.key not in held and (is_ours or (note and note.guid)):
            held.add(row.key)
            found[row.file] = replace(row, source=name)
    return found
