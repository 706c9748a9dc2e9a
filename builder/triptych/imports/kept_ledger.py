"""The ledger of a deck whose notes learners have already, from another program."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import PurePosixPath

from triptych.deck.imported import card_name
from triptych.imports.deck import Import
from triptych.imports.found import Collection
from triptych.imports.stamps import VERSION
from triptych.ledger.lock import Ledger, NoteLine, Released, TypeLine
from triptych.notes.history import History
from triptych.notes.plan import Plan
from triptych.notes.stamp import stamp
from triptych.render.settings import RenderSettings
from triptych.values.catalog import Catalog


def ledger_of(
    catalog: Catalog,
    settings: RenderSettings,
    collection: Collection,
    made: Import,
) -> Ledger:
    """Return the ledger in which each imported note has the time that it came with.

    A note whose file a person has changed keeps the line that it had.
    """
    before = settings.history.ledger
    notes = dict(made.made.notes)
    mods = [note.mod for note in notes.values()] + [t.mod for t in collection.types]
    released = Released(VERSION, max(*mods, before.latest.time, 1))
    decks = {"": collection.title, **before.decks, **made.made.decks}
    history = History(replace(Ledger(), decks=decks), released.time)
    fresh = replace(settings, history=history, cached_plan=None)
    plan = _only(fresh.plan(catalog), frozenset(notes))
    stamped = stamp(history.ledger, catalog.deck.id, plan, released)
    theirs = _changed_by_a_person(made)
    lines = {
        name: replace(line, mod=notes[name].mod, cards=notes[name].cards)
        for name, line in stamped.notes.items()
        if name not in theirs
    }
    known = {
        name: line for name, line in before.notes.items() if name not in stamped.notes
    }
    kept = {name: before.notes[name] for name in theirs if name in before.notes}
    return replace(
        stamped,
        notes={**dict(_current(known, VERSION)), **lines, **kept},
        types=_types(stamped.types, {t.kept.type.key: t.mod for t in collection.types}),
    )


def ledger_with_decks(
    ledger: Ledger, deck: str, collection: Collection, made: Import
) -> Ledger:
    """Return a ledger without releases in which topics have the names of their decks.

    Learners have these decks, though the source has no time of any note.
    """
    decks = {"": collection.title, **ledger.decks, **made.made.decks}
    return replace(ledger, deck=deck, decks=decks)


def _changed_by_a_person(made: Import) -> frozenset[str]:
    """Return the ids of notes whose files a person has changed."""
    changed = {*made.changes.theirs}
    names = {file.path.stem for file in made.made.files if file.path in changed}
    for table in made.made.tables:
        names |= {
            f"{table.id}/{file.path.stem}"
            for file in table.files
            if table.path in changed
            or PurePosixPath(card_name(table.path, file.path.stem)) in changed
        }
    return frozenset(names)


def _only(plan: Plan, names: frozenset[str]) -> Plan:
    """Return the plan with only the notes of these ids, which learners have."""
    return replace(plan, notes=tuple(note for note in plan.notes if note.id in names))


def _types(
    types: Mapping[str, TypeLine], mods: Mapping[str, int]
) -> Mapping[str, TypeLine]:
    return {
        key: replace(line, mod=mods[key]) if key in mods else line
        for key, line in types.items()
    }


def _current(
    lines: Mapping[str, NoteLine], version: str
) -> Iterator[tuple[str, NoteLine]]:
    for name, line in lines.items():
        yield name, replace(line, first=version, last=version)
