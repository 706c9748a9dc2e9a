"""What a deck has already: ids, topics, and the places of the notes of a source."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from triptych.deck.imported import Imported, card_name, card_of, is_card
from triptych.deck.project import Project
from triptych.imports.card_tables import TABLE
from triptych.imports.files import ExistingDeck
from triptych.imports.found import FoundNote, LeftOut
from triptych.imports.stamps import may_stamp
from triptych.imports.table_rows import present_table, row_digest
from triptych.notes.names import TASKS, guid, note_id
from triptych.notes.which import specs_of
from triptych.parse.document import parse
from triptych.values.document import Document
from triptych.values.meta import NO_ORIGIN, Origin

_Row = tuple[PurePosixPath, str]
"""A table, and the id of a card in it."""


@dataclass(frozen=True, slots=True)
class Present:
    """A note of the deck whose GUID is known."""

    path: PurePosixPath
    """Its file, or the table that it is in."""
    slug: str
    """The id of its card in a table; empty in a file of its own."""
    origin: Origin
    is_released: bool
    """Whether a release of the deck's own has it."""

    def refusal(self, note: FoundNote) -> str:
        """Return why `note` of a source cannot bring it up to date; or nothing."""
        if not self.origin.guid:
            return "the deck has them as notes of its own: they stay as they are"
        if self.slug and self.path.name != TABLE:
            return "the deck has them in a table of yours: they stay as they are"
        if self.origin.note_type and not note.note_type:
            return (
                "the deck has them with a note type of Anki, which this source does not"
                " hold: they stay as they are; import a package (`.apkg`)"
            )
        if note.note_type != self.origin.note_type and self.is_released:
            return "they were released with another note type: they stay as they are"
        return ""


def documents_of(project: Project) -> tuple[Document, ...]:
    """Return all files of the deck."""
    return tuple(map(parse, project.folder.sources))


def present_notes(
    documents: Iterable[Document], project: Project, wanted: Iterable[FoundNote]
) -> Mapping[str, Present]:
    """Return the notes of the deck that have the GUIDs of `wanted`."""
    missing = {note.guid for note in wanted} - {""}
    ledger = project.ledger
    released = frozenset[str]() if may_stamp(ledger) else frozenset(ledger.notes)
    found: dict[str, Present] = {}
    # What was imported says its GUID; to find out which notes a question makes takes
    # longer, and is not done for thousands of them.
    others = []
    for document in documents if missing else ():
        if document.source.is_table:
            found |= _in_table(document, released)
        elif own := document.meta.origin.guid:
            is_released = document.meta.id in released
            found[own] = Present(
                document.meta.path, "", document.meta.origin, is_released
            )
        if not (document.meta.is_guide or document.meta.origin.guid):
            others.append(document)
    if missing - found.keys():
        found |= {own: note for own, note in _own(others, project) if own not in found}
    return {own: note for own, note in found.items() if own in missing}


def _in_table(document: Document, released: frozenset[str]) -> Mapping[str, Present]:
    table = document.meta
    rows = present_table(table.path, document.source.text).rows
    return {
        cells["guid"]: Present(
            table.path,
            slug,
            Origin(cells["guid"], cells.get("note_type", "")),
            note_id(table.id, slug) in released,
        )
        for slug, cells in rows.items()
        if "guid" in cells
    }


def _own(
    documents: Iterable[Document], project: Project
) -> Iterator[tuple[str, Present]]:
    """Yield the notes that the deck gave GUIDs of its own."""
    released = project.ledger.notes
    for document in documents:
        for spec in specs_of(document):
            name = note_id(document.meta.id, spec.slug)
            line = released.get(name)
            own = line.guid if line else guid(project.deck.id, name)
            note = Present(document.meta.path, "", NO_ORIGIN, line is not None)
            yield spec.origin.guid or own, replace(note, origin=spec.origin)


def updatable(
    notes: Iterable[FoundNote],
    present: Mapping[str, Present],
    left_out: list[LeftOut],
) -> Iterator[FoundNote]:
    """Yield the `notes` that can bring the deck up to date."""
    for note in notes:
        there = present.get(note.guid)
        if there and (why := there.refusal(note)):
            left_out.append(LeftOut("notes", why, note.place))
        else:
            yield note


def existing_deck(
    project: Project,
    documents: tuple[Document, ...],
    record: Mapping[str, Imported],
    places: Mapping[str, PurePosixPath | _Row],
) -> ExistingDeck:
    """Return what the deck has; `places` are those of the notes of a source."""
    metas = [document.meta for document in documents]
    ids = {meta.id for meta in metas} | {old for meta in metas for old in meta.aliases}
    in_tables = {key: row for key, row in places.items() if isinstance(row, tuple)}
    files = {
        key: row[0].parent / f"{row[1]}.md" if isinstance(row, tuple) else row
        for key, row in places.items()
    }
    tables = [document for document in documents if document.source.is_table]
    ours = {path for path, _ in in_tables.values()}
    return ExistingDeck(
        ids=frozenset(ids | {place.stem for place in files.values()}),
        topics={topic.id: topic.title for topic in project.deck.topics},
        decks={
            name: topic
            for topic, name in project.ledger.decks.items()
            if topic not in ("", TASKS)
        },
        places=files,
        rows=frozenset(in_tables),
        tables={
            table.meta.topic: (table.meta.id, table.front_matter.text("title"))
            for table in tables
            if table.meta.path.name == TABLE
        },
        own_tables=frozenset(path.parts[0] for path in ours),
        cards={
            table.meta.path.parent / f"{slug}.md": row_digest(cells)
            for table in tables
            for slug, cells in present_table(
                table.meta.path, table.source.text
            ).rows.items()
        },
        unrecorded={
            item.path: item.text
            for item in project.folder.sources
            if str(item.path) not in record
        },
    )


def places_of(
    notes: Iterable[FoundNote],
    source: str,
    record: Mapping[str, Imported],
    present: Mapping[str, Present],
) -> Mapping[str, PurePosixPath | _Row]:
    """Return where the deck has the notes of `source`, by key."""
    found: dict[str, PurePosixPath | _Row] = {
        row.key: card_of(row.file) if is_card(row.file) else PurePosixPath(row.file)
        for row in record.values()
        if row.source == source and row.is_note
    }
    for note in notes:
        if there := present.get(note.guid):
            found[note.key] = (there.path, there.slug) if there.slug else there.path
    return found


def moved(
    record: Mapping[str, Imported],
    source: str,
    places: Mapping[str, PurePosixPath | _Row],
) -> Mapping[str, Imported]:
    """Return `record` with the files that a person has moved since at their places."""
    found = dict(record)
    for row in record.values():
        place = places.get(row.key) if row.source == source and row.is_note else None
        if isinstance(place, tuple):
            place = PurePosixPath(card_name(*place))
        if place and str(place) not in record:
            del found[row.file]
            found[str(place)] = replace(row, file=str(place))
    return found
