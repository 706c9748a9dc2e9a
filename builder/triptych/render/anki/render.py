"""The files of the Anki deck: the package, and the updates from older releases."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import escape
from pathlib import PurePosixPath

from triptych.notes.plan import Plan, PlannedNote
from triptych.notes.strings import Words, words
from triptych.render.anki.news import news
from triptych.render.anki.package import PackedDeck, PackedNote, package
from triptych.render.anki.update import (
    Update,
    first_time,
    picture_name,
    shown,
    text,
    updates,
)
from triptych.render.output import ALONE, Context
from triptych.render.settings import Settings
from triptych.values.artifact import Artifact, Step
from triptych.values.catalog import Catalog

_LONG_AGO = 1
"""The time of what must not replace anything that a learner has."""


@dataclass(frozen=True, slots=True)
class _Dated:
    """A note as a package is to bring it."""

    note: PlannedNote
    fields: Mapping[str, str]
    mod: int


def render(
    catalog: Catalog, settings: Settings, _: Context = ALONE
) -> Iterator[Artifact]:
    """Yield the package and, for learners of an older one, what updates it."""
    deck, history = catalog.deck, settings.history
    planned = settings.plan(catalog)
    say = words(settings.strings, deck.language)
    description = _description(catalog, settings, say)
    notes = [_Dated(note, note.fields, note.mod) for note in planned.notes]
    pictures = {name for note in planned.notes for name in note.media}
    data = _package(
        planned,
        notes,
        {key: type_.mod for key, type_ in planned.types.items()},
        {name: catalog.media[name].data for name in pictures},
        description,
    )
    yield Artifact(PurePosixPath(f"anki/{deck.id}.apkg"), data)
    for update in updates(planned, history):
        since = update.since.version
        files = _files(catalog, settings, planned, update, description)
        for number, (kind, suffix, made) in enumerate(files, start=1):
            name = f"{deck.id}-from-{since}-{number}-{kind}.{suffix}"
            yield Artifact(
                PurePosixPath("anki", "update", name),
                made,
                Step(since, number, f"update_{kind}"),
            )


def is_preview(catalog: Catalog, settings: Settings) -> bool:
    """Return whether the deck holds what no release has seen."""
    return settings.plan(catalog).is_preview


def _files(
    catalog: Catalog,
    settings: Settings,
    planned: Plan,
    update: Update,
    description: str,
) -> Iterator[tuple[str, str, bytes]]:
    """Yield the kind, the suffix and the bytes of each file, in the order to import."""
    ledger = settings.history.ledger
    every = [*update.new, *(n for notes in update.changed.values() for n in notes)]
    pictures = {
        picture_name(name): catalog.media[name].data
        for note in every
        for name in note.media
    }
    new = [
        _Dated(note, shown(note), first_time(note, ledger)) for note in update.new
    ] or _carriers(planned.notes, planned.types)[:1]
    types = dict.fromkeys(planned.types, _LONG_AGO)
    yield "new", "apkg", _package(planned, new, types, pictures, description)
    if update.restyled:
        types |= {key: planned.types[key].mod for key in update.restyled}
        carriers = _carriers((*update.new, *planned.notes), update.restyled)
        yield "look", "apkg", _package(planned, carriers, types, {}, description)
    for key, notes in update.changed.items():
        if notes:
            made = text(planned.types[key].type, notes, update.since)
            yield key, "txt", made.encode()


def _carriers(notes: Iterable[PlannedNote], types: Iterable[str]) -> list[_Dated]:
    """Return a note of each of these types.

    Anki takes note types and descriptions from a package only along with a note.
    """
    found: dict[str, PlannedNote] = {}
    for note in notes:
        found.setdefault(note.type, note)
    return [
        _Dated(found[key], shown(found[key]), _LONG_AGO)
        for key in types
        if key in found
    ]


def _package(
    planned: Plan,
    notes: Iterable[_Dated],
    types: Mapping[str, int],
    media: Mapping[str, bytes],
    description: str,
) -> bytes:
    """Return a package; `types` are the times at which the note types last changed."""
    packed: dict[str, list[PackedNote]] = {}
    for dated in notes:
        note = dated.note
        type_ = planned.types[note.type].type
        packed.setdefault(note.topic, []).append(
            PackedNote(
                guid=note.guid,
                type=type_.id,
                fields=tuple(
                    dated.fields.get(field.name, "") for field in type_.fields
                ),
                tags=note.tags,
                cards=note.cards,
                due=note.due,
                mod=dated.mod,
            )
        )
    subdecks = (
        PackedDeck(planned.decks[topic], packed[topic])
        for topic in planned.decks
        if topic in packed
    )
    return package(
        decks=(PackedDeck(planned.decks[""], description=description), *subdecks),
        types=[(planned.types[key].type, mod) for key, mod in types.items()],
        media=media,
    )


def _description(catalog: Catalog, settings: Settings, say: Words) -> str:
    """Return what Anki shows of the deck: what it is, and what the release brought."""
    newest = catalog.newest or news(settings.history.ledger, say)
    texts = (catalog.deck.description, newest)
    return "\n\n".join(_literal(text) for text in texts if text)


def _literal(markdown: str) -> str:
    """Return Markdown for a description, in which HTML is text."""
    # A backslash would keep what stands for the bracket from being read.
    return escape(markdown.replace("\\<", "<").replace("\\>", ">"), quote=False)
