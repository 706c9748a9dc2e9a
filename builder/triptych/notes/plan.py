"""The notes of a deck as Anki gets them.

The package, its updates, `diff`, a release and the preview read this one value.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from triptych.deck.strings import built_in
from triptych.dialect.links import report_url
from triptych.notes import kept_fields
from triptych.notes.content import content_hash, labels_hash, media_of, tags
from triptych.notes.fields import fields
from triptych.notes.history import History
from triptych.notes.kept import KeptType
from triptych.notes.names import TASKS, deck_names
from triptych.notes.positions import study_positions
from triptych.notes.shape import RELEASE_FIELD
from triptych.notes.strings import CardStrings, card_strings
from triptych.notes.types import NoteType, note_types
from triptych.notes.which import Note, notes
from triptych.typeset.card_media import media_placeholder, put_media
from triptych.values.catalog import Catalog
from triptych.values.note import Role
from triptych.values.ui_strings import Strings

UPDATE_PREFIX = "_"
"""What the names of pictures and sounds begin with in update files.

Anki imports a picture that no imported note shows only if its name starts with it.
"""


@dataclass(frozen=True, slots=True)
class PlannedNote:
    """One note with everything that outputs and releases need."""

    id: str
    guid: str
    role: Role
    type: str
    """The key of its note type."""
    topic: str
    """The key of its subdeck: its topic, or else `names.TASKS`."""
    deck: str
    """The name of its subdeck in Anki."""
    prompt: str
    """The prompt as plain text."""
    fields: Mapping[str, str]
    """HTML by name of the field, without empty fields."""
    update_fields: Mapping[str, str]
    """The same, with the names of pictures and sounds that update files give them."""
    tags: tuple[str, ...]
    cards: tuple[int, ...]
    """The numbers of its cards in Anki, counted from 0."""
    media: frozenset[str]
    due: int
    """The position of its cards among new cards, counted from 1."""
    hash: str
    """A hash of its content."""
    labels: str
    """A hash of its tags and minutes."""
    mod: int
    """When it last changed, in seconds since 1970."""
    is_released: bool
    """Whether the last release contains it with the same content."""

    @property
    def is_plain_card(self) -> bool:
        """Whether it is a plain card, which uses some of the spare fields."""
        return f"part::{Role.CARD}" in self.tags


@dataclass(frozen=True, slots=True)
class PlannedType:
    """A note type and when it last changed."""

    type: NoteType
    mod: int
    is_released: bool
    """Whether the last release contains it with the same content."""


@dataclass(frozen=True, slots=True)
class Plan:
    """All notes and note types of a deck."""

    decks: Mapping[str, str]
    """The names in Anki of the deck (key ``""``) and of each subdeck by its key."""
    types: Mapping[str, PlannedType]
    """By key."""
    notes: tuple[PlannedNote, ...]
    """In study order; the notes of a question are adjacent."""

    @property
    def is_preview(self) -> bool:
        """Whether the deck has unreleased notes or note types."""
        notes = all(note.is_released for note in self.notes)
        return not (notes and all(type_.is_released for type_ in self.types.values()))


def plan(
    catalog: Catalog,
    history: History,
    overrides: Path | None = None,
    strings: Strings | None = None,
    kept_types: Mapping[str, KeptType] = MappingProxyType({}),
) -> Plan:
    """Return the notes of `catalog`; `overrides` is the folder of custom templates.

    `kept_types` are the note types of imported notes, by key.
    """
    own_strings = card_strings(strings or built_in(), catalog.deck.language)
    types = {
        type_.key: _type(type_, history)
        for type_ in (
            *note_types(catalog.deck, own_strings, overrides),
            *(item.type for item in kept_types.values()),
        )
    }
    has_long = any(question.is_long for question in catalog.current)
    tasks = own_strings["study_tasks"].text if has_long else ""
    decks = deck_names(catalog.deck, history.ledger.decks, tasks)
    media = {
        name: media_placeholder(item.name) for name, item in catalog.field_media.items()
    }
    build = _Build(history, types, decks, own_strings, kept_types, media)
    return Plan(decks, types, tuple(_notes(catalog, build)))


@dataclass(frozen=True, slots=True)
class _Build:
    """What the notes of a deck are made with."""

    history: History
    types: Mapping[str, PlannedType]
    decks: Mapping[str, str]
    strings: CardStrings
    kept_types: Mapping[str, KeptType]
    media: Mapping[str, str]
    """Placeholders of what fields of imported notes show, by their own names."""

    def content(self, note: Note) -> tuple[Mapping[str, str], tuple[int, ...]]:
        """Return the fields of `note`, and the numbers of its cards."""
        if note.is_kept:
            kept_type = self.kept_types[note.type_key]
            values = kept_fields.fields(note, kept_type, self.media)
            return values, kept_fields.cards(kept_type, values)
        values = fields(note, self.strings)
        return values, _cards(note, self.types[note.type_key].type, values)


def _type(type_: NoteType, history: History) -> PlannedType:
    line = history.ledger.types.get(type_.key)
    unchanged = line is not None and line.hash == type_.content_hash
    return PlannedType(type_, history.type_mod(line, unchanged=unchanged), unchanged)


def _notes(catalog: Catalog, build: _Build) -> Iterator[PlannedNote]:
    history = build.history
    reports = report_url(catalog.deck.site.repository)  # which alone name the release
    releases = history.ledger.releases if reports else ()
    versions = {item.time: item.version for item in releases}
    in_order = tuple(notes(catalog))
    dues = study_positions(in_order, tasks_apart=TASKS in build.decks)
    for note in in_order:
        meta, line = note.question.meta, history.ledger.notes.get(note.id)
        unchanged = line is not None and line.hash == content_hash(note, line.formula)
        mod = history.note_mod(line, note.role, unchanged=unchanged)
        field_values, cards = build.content(note)
        key = TASKS if note.is_task and TASKS in build.decks else meta.topic
        media = media_of(note)
        if note.is_kept:
            shown, known = note.origin.fields, catalog.field_media
            names = kept_fields.media_names(shown) & known.keys()
            media |= {known[name].name for name in names}
        elif mod in versions:
            field_values = {**field_values, RELEASE_FIELD: versions[mod]}
        final_fields = _named(field_values, "")
        yield PlannedNote(
            id=note.id,
            guid=history.guid(meta, note.spec.slug, catalog.deck.id, note.origin.guid),
            role=note.role,
            type=note.type_key,
            topic=key,
            deck=build.decks[key],
            prompt=note.prompt.plain,
            fields=final_fields,
            update_fields=(
                _named(field_values, UPDATE_PREFIX) if media else final_fields
            ),
            tags=tags(note),
            cards=cards,
            media=media,
            due=dues[note.id],
            hash=content_hash(note),
            labels=labels_hash(note),
            mod=mod,
            is_released=unchanged,
        )


def _named(field_values: Mapping[str, str], prefix: str) -> Mapping[str, str]:
    """Return fields with the names of their pictures and sounds."""
    return {name: put_media(html, prefix) for name, html in field_values.items()}


def _cards(
    note: Note, type_: NoteType, field_values: Mapping[str, str]
) -> tuple[int, ...]:
    if note.cloze:
        return tuple(number - 1 for number in note.spec.cards)
    return tuple(
        ord_
        for ord_, template in enumerate(type_.templates)
        if template.required_field and field_values.get(template.required_field)
    )
