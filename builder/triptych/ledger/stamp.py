"""A release stamps the ledger: what learners are about to hold."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from triptych.ledger.history import History
from triptych.ledger.lock import Ledger, NoteLine, Released, TypeLine
from triptych.notes.which import Note, content_hash, media_of, notes
from triptych.values.catalog import Catalog


def stamp(
    ledger: Ledger,
    catalog: Catalog,
    types: Iterable[TypeLine],
    released: Released,
    *,
    refresh: bool = False,
) -> Ledger:
    """Return the ledger after `released`, which holds `catalog` with the note `types`.

    What is as the ledger says keeps its time of change, unless `refresh` raises all.
    """
    base = replace(ledger, notes={}, types={}) if refresh else ledger
    history = History(base, released.time)
    identity = History(ledger)
    known = {line.guid: line for line in ledger.notes.values()}
    lines = {
        note.id: _line(note, known.get(guid), guid, history, released.version)
        for note in notes(catalog)
        for guid in (identity.guid(note, catalog.deck.id),)
    }
    return Ledger(
        deck=catalog.deck.id,
        releases=(*ledger.releases, released),
        decks={**identity.deck_names(catalog.deck)},
        types={
            type_.type: replace(type_, mod=history.type_mod(type_.type, type_.hash))
            for type_ in types
        },
        media={
            name: ledger.media.get(name, released.version) for name in _media(catalog)
        },
        notes={**_retired(ledger, lines), **lines},
    )


def _line(
    note: Note, before: NoteLine | None, guid: str, history: History, version: str
) -> NoteLine:
    content = content_hash(note)
    return NoteLine(
        note=note.id,
        guid=guid,
        type="cloze" if note.cloze else "question",
        topic=note.question.topic,
        cards=note.cards,
        hash=content,
        mod=history.mod(note),
        first=before.first if before else version,
        last=version,
        prompt=note.prompt.plain,
    )


def _retired(ledger: Ledger, lines: Mapping[str, NoteLine]) -> Mapping[str, NoteLine]:
    """Return the lines of notes that are in learners' collections only."""
    held = {line.guid for line in lines.values()}
    return {name: line for name, line in ledger.notes.items() if line.guid not in held}


def _media(catalog: Catalog) -> set[str]:
    return {name for note in notes(catalog) for name in media_of(note)}
