"""Compare the deck as it is now with what a learner holds."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from triptych.ledger.lock import Ledger, NoteLine, Released
from triptych.notes.history import History
from triptych.notes.plan import plan
from triptych.notes.stamp import stamp
from triptych.releases.difference import Change, Difference
from triptych.releases.holdings import HeldNote, Holding, of_package, of_release, plain
from triptych.render.settings import Settings
from triptych.values.catalog import Catalog

_KINDS = ("new", "changed", "moved", "fewer")


@dataclass(frozen=True, slots=True)
class Now:
    """The deck as it is."""

    ledger: Ledger
    """As it would be after a release."""
    texts: Mapping[str, str]
    """What the cards of each note say, by its id."""
    media: Mapping[str, frozenset[str]]
    """The pictures of each note, by its id."""


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
    return Now(
        stamp(ledger, catalog.deck.id, planned, released),
        texts={note.id: plain(note.fields) for note in planned.notes},
        media={note.id: note.media for note in planned.notes},
    )


def compare(held: Holding, state: Now) -> Difference:
    """Return what lies between what a learner holds and the deck as it is."""
    ledger = state.ledger
    groups: dict[str, list[Change]] = {kind: [] for kind in _KINDS}
    current = set()
    for note in state.texts:
        line = ledger.notes[note]
        current.add(line.guid)
        before = held.notes.get(line.guid)
        for kind in _kinds(line, before, state):
            groups[kind].append(_change(line, before, state))
    gone = [note for guid, note in held.notes.items() if guid not in current]
    return Difference(
        since=held.since,
        version=ledger.latest.version,
        deck=ledger.deck,
        **{kind: tuple(changes) for kind, changes in groups.items()},
        retired=tuple(map(_retired, sorted(gone, key=lambda note: note.note))),
        restyled=tuple(_restyled(held, ledger)),
        reshaped=tuple(_reshaped(held, ledger)),
        left_out=tuple(
            change.note
            for change in (*groups["new"], *groups["changed"])
            if held.notes and not state.media[change.note] <= held.media
        ),
    )


def _kinds(line: NoteLine, before: HeldNote | None, state: Now) -> Iterator[str]:
    if before is None:
        yield "new"
        return
    has_moved = state.ledger.decks[line.topic] != before.deck
    if has_moved:
        yield "moved"
    if line.cards < before.cards:
        yield "fewer"
    # To move a note changes its tags, and so its hash: not worth a second mention.
    says_otherwise = bool(before.text) and before.text != state.texts[line.note]
    if line.mod > before.mod and (says_otherwise or not has_moved):
        yield "changed"


def _change(line: NoteLine, before: HeldNote | None, state: Now) -> Change:
    return Change(
        note=line.note,
        prompt=line.prompt,
        deck=state.ledger.decks[line.topic],
        cards=line.cards,
        was_note=before.note if before else "",
        was_deck=before.deck if before else "",
        was_cards=before.cards if before else 0,
        before=before.text if before else "",
        after=state.texts[line.note],
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
