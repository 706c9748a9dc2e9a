"""Compare the deck as it is now with what a learner holds."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from triptych.ledger.lock import Ledger, Released
from triptych.notes.history import History
from triptych.notes.plan import Plan, PlannedNote, plan
from triptych.notes.stamp import stamp
from triptych.releases.difference import Change, Difference
from triptych.releases.holdings import HeldNote, Holding, of_package, of_release, plain
from triptych.render.settings import Settings
from triptych.values.catalog import Catalog

_KINDS = ("new", "changed", "moved", "fewer", "relabelled")


@dataclass(frozen=True, slots=True)
class Now:
    """The deck as it is."""

    ledger: Ledger
    """As it would be after a release."""
    plan: Plan
    """The notes as learners would get them."""


def diff(
    catalog: Catalog, settings: Settings, since: str = "", old: Path | None = None
) -> Difference:
    """Return what a learner gets who holds the release `since`, or the package `old`.

    Without either it is the newest release.
    """
    held = of_package(old) if old else of_release(settings.history.ledger, since)
    released = Released("preview", settings.history.fresh)
    return compare(held, now(catalog, settings, released))


def now(
    catalog: Catalog, settings: Settings, released: Released, *, refresh: bool = False
) -> Now:
    """Return the deck as it would be when `released`."""
    ledger = settings.history.ledger
    history = History(ledger, released.time, refresh=refresh)
    planned = plan(catalog, history, settings.templates, settings.strings)
    return Now(stamp(ledger, catalog.deck.id, planned, released), planned)


def compare(held: Holding, state: Now) -> Difference:
    """Return what lies between what a learner holds and the deck as it is."""
    ledger = state.ledger
    groups: dict[str, list[Change]] = {kind: [] for kind in _KINDS}
    current = set()
    for note in state.plan.notes:
        current.add(note.guid)
        before = held.notes.get(note.guid)
        change = _change(note, before, plain(note.fields))
        for kind in _kinds(note, before, change):
            groups[kind].append(change)
    gone = [note for guid, note in held.notes.items() if guid not in current]
    return Difference(
        since=held.since,
        version=ledger.latest.version,
        deck=ledger.deck,
        **{kind: tuple(changes) for kind, changes in groups.items()},
        retired=tuple(map(_retired, sorted(gone, key=lambda note: note.note))),
        restyled=tuple(_restyled(held, ledger)),
        reshaped=tuple(_reshaped(held, ledger)),
    )


def _kinds(note: PlannedNote, before: HeldNote | None, change: Change) -> Iterator[str]:
    if before is None:
        yield "new"
        return
    if note.deck != before.deck or note.id != before.note:
        yield "moved"
    if len(note.cards) < before.cards:
        yield "fewer"
    # Where the words are known, they decide; a time says only that something moved.
    changed = bool(change.parts) if before.texts else note.mod > before.mod
    if changed:
        yield "changed"
    elif before.tags:
        if before.tags != tuple(sorted(note.tags)):
            yield "relabelled"
    elif before.labels and before.labels != note.labels:
        yield "relabelled"


def _change(
    note: PlannedNote, before: HeldNote | None, texts: Mapping[str, str]
) -> Change:
    change = Change(
        note=note.id,
        prompt=note.prompt,
        deck=note.deck,
        cards=len(note.cards),
        after="\n".join(texts.values()),
    )
    if before is None:
        return change
    old = before.texts
    names = dict.fromkeys([*texts, *old]) if old else ()
    return replace(
        change,
        was_note=before.note,
        was_deck=before.deck,
        was_cards=before.cards,
        before=before.text,
        parts=tuple(name for name in names if texts.get(name) != old.get(name)),
    )


def _retired(held: HeldNote) -> Change:
    return Change(held.note, held.prompt, held.deck, held.cards, before=held.text)


def _restyled(held: Holding, ledger: Ledger) -> Iterator[str]:
    for line in ledger.types.values():
        before = held.types.get(line.name)
        if before and line.mod > before.mod:
            yield line.name


def _reshaped(held: Holding, ledger: Ledger) -> Iterator[str]:
    for line in ledger.types.values():
        before = held.types.get(line.name)
        if before and before.shape != line.shape:
            yield line.name
