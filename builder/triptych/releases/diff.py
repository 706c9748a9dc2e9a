"""Compare the deck with the notes that a learner has."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from triptych.errors import TriptychError
from triptych.ledger.lock import Ledger, Released
from triptych.notes.history import NO_REFRESH, REFRESH_ALL, History, Refresh
from triptych.notes.plan import Plan, PlannedNote
from triptych.notes.stamp import stamp
from triptych.notes.which import PARTS
from triptych.releases.difference import Change, Difference
from triptych.releases.installed import (
    InstalledDeck,
    InstalledNote,
    installed_by_release,
    installed_from_package,
    plain_texts,
)
from triptych.releases.others_decks import with_other_decks
from triptych.render.settings import RenderSettings
from triptych.values.catalog import Catalog

_KINDS = ("new", "back", "changed", "moved", "fewer", "anew", "relabelled")


@dataclass(frozen=True, slots=True)
class DeckState:
    """The current deck."""

    ledger: Ledger
    """The ledger after a release of the current deck."""
    plan: Plan
    """The notes that learners would get."""


def diff(
    catalog: Catalog,
    settings: RenderSettings,
    since: str = "",
    old: Path | None = None,
    *,
    refresh: Refresh = NO_REFRESH,
) -> Difference:
    """Return the changes since the release `since`, or since the package `old`.

    Without either, they are the changes since the newest release. With `refresh`, they
    are those of a release that refreshes these notes.
    """
    installed = (
        installed_from_package(old)
        if old
        else installed_by_release(settings.history.ledger, since)
    )
    released = Released("preview", settings.history.new_mod)
    found = compare(installed, deck_state(catalog, settings, released, refresh=refresh))
    return with_other_decks(found, catalog, settings)


def deck_state(
    catalog: Catalog,
    settings: RenderSettings,
    released: Released,
    *,
    refresh: Refresh = NO_REFRESH,
) -> DeckState:
    """Return the state of the deck after the release `released`.

    Raises:
        TriptychError: There are no notes to `refresh`.

    """
    ledger = settings.history.ledger
    history = History(ledger, released.time, refresh=refresh)
    planned = replace(settings, history=history, cached_plan=None).plan(catalog)
    _refuse_needless(refresh, planned)
    return DeckState(stamp(ledger, catalog.deck.id, planned, released), planned)


def _refuse_needless(refresh: Refresh, planned: Plan) -> None:
    if refresh == REFRESH_ALL:
        return
    missing = refresh.roles - {note.role for note in planned.notes}
    if missing:
        names = ", ".join(name for name, role in PARTS.items() if role in missing)
        raise TriptychError(f"--refresh: the deck has no notes of these parts: {names}")


def compare(installed: InstalledDeck, state: DeckState) -> Difference:
    """Return the difference between the installed deck and the current one."""
    ledger = state.ledger
    groups: dict[str, list[Change]] = {kind: [] for kind in _KINDS}
    current = set()
    known = _released_before(installed, ledger)
    for note in state.plan.notes:
        current.add(note.guid)
        before = installed.notes.get(note.guid)
        change = _change(note, before, plain_texts(note.fields))
        text_time = ledger.notes[note.id].text_time
        kinds = (
            _kinds(note, before, change, text_time)
            if before
            else [_arrival(note, known)]
        )
        for kind in kinds:
            groups[kind].append(change)
    vanished = [note for guid, note in installed.notes.items() if guid not in current]
    return Difference(
        since=installed.since,
        version=ledger.latest.version,
        deck=ledger.deck,
        **{kind: tuple(changes) for kind, changes in groups.items()},
        retired=tuple(map(_retired, sorted(vanished, key=lambda note: note.note))),
        unsearchable=frozenset(note.note for note in vanished if not note.has_id),
        restyled=tuple(_restyled(installed, ledger)),
        reshaped=tuple(_reshaped(installed, ledger)),
        merged=(),
        skipped=0,
        titles={
            line.note: line.prompt
            for line in ledger.notes.values()
            if "/" not in line.note
        },
    )


def _released_before(installed: InstalledDeck, ledger: Ledger) -> frozenset[str]:
    """Return the GUIDs of the notes that `installed` or an older release has had."""
    return frozenset(
        line.guid
        for line in ledger.notes.values()
        if line.first != ledger.latest.version
        and ledger.time_of(line.first) <= installed.time
    )


def _arrival(note: PlannedNote, known: frozenset[str]) -> str:
    """Return the kind of a note that the installed deck does not have."""
    return "back" if note.guid in known else "new"


def _kinds(
    note: PlannedNote, before: InstalledNote, change: Change, text_time: int
) -> Iterator[str]:
    """Yield what is other in a note; `text_time` is when its text last changed."""
    if note.deck != before.deck or note.id != before.note:
        yield "moved"
    if len(note.cards) < before.cards:
        yield "fewer"
    # Compare the texts if they are known; a newer time alone may mean less.
    changed = bool(change.parts) if before.texts else text_time > before.mod
    if changed:
        yield "changed"
    elif note.mod > before.mod:
        yield "anew"
    elif before.tags:
        if before.tags != tuple(sorted(note.tags)):
            yield "relabelled"
    elif before.labels and before.labels != note.labels:
        yield "relabelled"


def _change(
    note: PlannedNote, before: InstalledNote | None, texts: Mapping[str, str]
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


def _retired(installed: InstalledNote) -> Change:
    return Change(
        installed.note,
        installed.prompt,
        installed.deck,
        installed.cards,
        before=installed.text,
    )


def _restyled(installed: InstalledDeck, ledger: Ledger) -> Iterator[str]:
    for line in ledger.types.values():
        before = installed.types.get(line.id)
        if before and line.mod > before.mod:
            yield line.name


def _reshaped(installed: InstalledDeck, ledger: Ledger) -> Iterator[str]:
    for line in ledger.types.values():
        before = installed.types.get(line.id)
        if before and before.shape != line.shape:
            yield line.name
