"""The package, and the updates from older releases."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import escape
from pathlib import PurePosixPath

from triptych.notes.plan import UPDATE_PREFIX, Plan, PlannedNote
from triptych.notes.strings import card_strings
from triptych.render.anki.news import release_summary
from triptych.render.anki.package import Finish, PackedDeck, PackedNote, package
from triptych.render.anki.study import study_searches
from triptych.render.anki.update import (
    Update,
    first_time,
    text,
    updates,
)
from triptych.render.settings import RenderSettings
from triptych.values.artifact import Artifact, Step
from triptych.values.catalog import Catalog

_OLDEST = 1
"""A modification time with which nothing that a learner has is replaced."""


@dataclass(frozen=True, slots=True)
class _ExportedNote:
    """A note with the fields and the modification time that a package gives it."""

    note: PlannedNote
    fields: Mapping[str, str]
    mod: int


def artifacts(catalog: Catalog, settings: RenderSettings) -> Iterator[Artifact]:
    """Yield the package and, for learners of older releases, the update files."""
    deck, history = catalog.deck, settings.history
    plan = settings.plan(catalog)
    data = deck_package(catalog, settings)
    yield Artifact(PurePosixPath(f"anki/{deck.id}.apkg"), data)
    description = _description(catalog, settings)
    for update in updates(plan, history):
        since = update.since.version
        files = _files(catalog, settings, plan, update, description)
        for number, (kind, suffix, made) in enumerate(files, start=1):
            name = f"{deck.id}-from-{since}-{number}-{kind}.{suffix}"
            # Files of imported note types hold changed words, as those of ours.
            title = "question" if kind in settings.kept_types else kind
            yield Artifact(
                PurePosixPath("anki", "update", name),
                made,
                Step(since, number, f"update_{title}"),
            )


def deck_package(
    catalog: Catalog, settings: RenderSettings, finish: Finish | None = None
) -> bytes:
    """Return the package of the whole deck; `finish` may change its database."""
    plan = settings.plan(catalog)
    notes = [_ExportedNote(note, note.fields, note.mod) for note in plan.notes]
    pictures = {name for note in plan.notes for name in note.media}
    types = {key: type_.mod for key, type_ in plan.types.items()}
    media = {**_of_types(settings, types), **_media(catalog, pictures)}
    description = _description(catalog, settings)
    return _package(plan, notes, types, media, description, finish=finish)


def _files(
    catalog: Catalog,
    settings: RenderSettings,
    plan: Plan,
    update: Update,
    description: str,
) -> Iterator[tuple[str, str, bytes]]:
    """Yield kind, suffix and bytes of each file of an update, in import order."""
    ledger = settings.history.ledger
    all_notes = [*update.new, *(n for notes in update.changed.values() for n in notes)]
    names = {name for note in all_notes for name in note.media}
    pictures = {
        f"{UPDATE_PREFIX}{name}": data for name, data in _media(catalog, names).items()
    }
    new = [
        _ExportedNote(note, note.update_fields, first_time(note, ledger))
        for note in update.new
    ] or _one_note_per_type(plan.notes, plan.types)[:1]
    types = dict.fromkeys(plan.types, _OLDEST)
    media = {**_of_types(settings, (note.type for note in update.new)), **pictures}
    yield "new", "apkg", _package(plan, new, types, media, description)
    if update.restyled:
        types |= {key: plan.types[key].mod for key in update.restyled}
        notes_of_types = _one_note_per_type((*update.new, *plan.notes), update.restyled)
        media = _of_types(settings, update.restyled)
        yield "look", "apkg", _package(plan, notes_of_types, types, media, description)
    for key, notes in update.changed.items():
        if notes:
            made = text(plan.types[key].type, notes, update.since)
            yield key, "txt", made.encode()


def _media(catalog: Catalog, names: Iterable[str]) -> Mapping[str, bytes]:
    """Return the pictures and sounds of these names."""
    fields = {media.name: media for media in catalog.field_media.values()}
    return {name: (catalog.media.get(name) or fields[name]).data for name in names}


def _of_types(settings: RenderSettings, types: Iterable[str]) -> dict[str, bytes]:
    """Return the files that templates of these imported note types name."""
    kept = (settings.kept_types[key] for key in types if key in settings.kept_types)
    return {file.name: file.data for item in kept for file in item.files}


def _one_note_per_type(
    notes: Iterable[PlannedNote], types: Iterable[str]
) -> list[_ExportedNote]:
    """Return one note of each of these note types, none of which replaces anything.

    Anki imports note types and descriptions only with a note that uses them.
    """
    found: dict[str, PlannedNote] = {}
    for note in notes:
        found.setdefault(note.type, note)
    return [
        _ExportedNote(found[key], found[key].update_fields, _OLDEST)
        for key in types
        if key in found
    ]


def _package(  # noqa: PLR0913 - all that a package is made of
    plan: Plan,
    notes: Iterable[_ExportedNote],
    types: Mapping[str, int],
    media: Mapping[str, bytes],
    description: str,
    *,
    finish: Finish | None = None,
) -> bytes:
    """Return a package; `types` are the modification times of the note types."""
    packed: dict[str, list[PackedNote]] = {}
    for exported in notes:
        note = exported.note
        type_ = plan.types[note.type].type
        packed.setdefault(note.deck, []).append(
            PackedNote(
                guid=note.guid,
                type=type_.id,
                fields=tuple(
                    exported.fields.get(field.name, "") for field in type_.fields
                ),
                tags=note.tags,
                cards=note.cards,
                due=note.due,
                mod=exported.mod,
            )
        )
    # An imported deck may have notes in the deck itself, beside those of subdecks.
    own = packed.pop(plan.decks[""], [])
    subdecks = (
        PackedDeck(name, packed[name])
        for name in dict.fromkeys(plan.decks.values())
        if name in packed
    )
    return package(
        decks=(PackedDeck(plan.decks[""], own, description), *subdecks),
        types=[(plan.types[key].type, mod) for key, mod in types.items()],
        media=media,
        finish=finish,
    )


def _description(catalog: Catalog, settings: RenderSettings) -> str:
    """Return the deck's description for Anki, with the news of the release."""
    strings = card_strings(settings.strings, catalog.deck.language)
    newest = catalog.newest or release_summary(settings.history.ledger, strings)
    title = settings.plan(catalog).decks[""]
    studies = "\n".join(study_searches(catalog, title, strings))
    texts = (catalog.deck.description, newest)
    literal = [_literal(text) for text in texts if text]
    return "\n\n".join([*literal, studies] if studies else literal)


def _literal(markdown: str) -> str:
    """Return Markdown in which HTML is shown as text."""
    # After a backslash, the entity that replaces the bracket would not be decoded.
    return escape(markdown.replace("\\<", "<").replace("\\>", ">"), quote=False)
