"""The notes of a deck as Anki is to get them, worked out once for all who ask.

The package, its updates, `diff`, a release and the preview read this one value.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from triptych.deck.strings import built_in
from triptych.notes.content import content_hash, labels_hash, media_of, tags
from triptych.notes.fields import fields
from triptych.notes.history import History
from triptych.notes.names import deck_names
from triptych.notes.strings import Words, words
from triptych.notes.types import NoteType, note_types
from triptych.notes.which import Note, notes
from triptych.values.catalog import Catalog
from triptych.values.words import Strings


@dataclass(frozen=True, slots=True)
class PlannedNote:
    """One note, with all that an output or a release wants to know of it."""

    id: str
    guid: str
    type: str
    """The key of its note type."""
    topic: str
    deck: str
    """What Anki calls its subdeck."""
    prompt: str
    """What it asks, as plain text."""
    fields: Mapping[str, str]
    """HTML by the name of the field, without the fields that are empty."""
    tags: tuple[str, ...]
    cards: tuple[int, ...]
    """The cards that Anki makes of it, counted from 0."""
    media: frozenset[str]
    due: int
    """The place of its cards among the new ones, counted from 1."""
    hash: str
    """A hash of what a learner reads of it."""
    labels: str
    """A hash of its tags and minutes as learners get them with its next change."""
    mod: int
    """When it last changed, in seconds since 1970."""
    is_released: bool
    """Whether the last release holds it as it is now."""


@dataclass(frozen=True, slots=True)
class PlannedType:
    """A note type and when it last changed."""

    type: NoteType
    mod: int
    is_released: bool
    """Whether the last release holds it as it is now."""


@dataclass(frozen=True, slots=True)
class Plan:
    """All notes and note types of a deck."""

    decks: Mapping[str, str]
    """What Anki calls the deck (key ``""``) and the subdeck of each topic."""
    types: Mapping[str, PlannedType]
    """By key."""
    notes: tuple[PlannedNote, ...]
    """In study order, those of a question together."""

    @property
    def is_preview(self) -> bool:
        """Return whether the deck holds what no release has seen."""
        notes = all(note.is_released for note in self.notes)
        return not (notes and all(type_.is_released for type_ in self.types.values()))


def plan(
    catalog: Catalog,
    history: History,
    overrides: Path | None = None,
    strings: Strings | None = None,
) -> Plan:
    """Return the notes of `catalog`; `overrides` holds the deck's own templates."""
    words_ = words(strings or built_in(), catalog.deck.language)
    types = {
        type_.key: _type(type_, history)
        for type_ in note_types(catalog.deck, words_, overrides)
    }
    decks = deck_names(catalog.deck, history.ledger.decks)
    return Plan(decks, types, tuple(_notes(catalog, history, types, decks, words_)))


def _type(type_: NoteType, history: History) -> PlannedType:
    line = history.ledger.types.get(type_.key)
    unchanged = line is not None and line.hash == type_.content_hash
    return PlannedType(type_, history.mod(line, unchanged=unchanged), unchanged)


def _notes(
    catalog: Catalog,
    history: History,
    types: Mapping[str, PlannedType],
    decks: Mapping[str, str],
    words_: Words,
) -> Iterator[PlannedNote]:
    for due, note in enumerate(notes(catalog), start=1):
        meta, line = note.question.meta, history.ledger.notes.get(note.id)
        unchanged = line is not None and line.hash == content_hash(note, line.formula)
        filled = fields(note, words_)
        yield PlannedNote(
            id=note.id,
            guid=history.guid(meta, note.spec.slug, catalog.deck.id),
            type=note.type_key,
            topic=meta.topic,
            deck=decks[meta.topic],
            prompt=note.prompt.plain,
            fields=filled,
            tags=tags(note),
            cards=_cards(note, types[note.type_key].type, filled),
            media=media_of(note),
            due=due,
            hash=content_hash(note),
            labels=labels_hash(note),
            mod=history.mod(line, unchanged=unchanged),
            is_released=unchanged,
        )


def _cards(note: Note, type_: NoteType, filled: Mapping[str, str]) -> tuple[int, ...]:
    if note.cloze:
        return tuple(number - 1 for number in note.spec.cards)
    gates = (type_.fields[template.gate].name for template in type_.templates)
    return tuple(ord_ for ord_, gate in enumerate(gates) if filled.get(gate))
