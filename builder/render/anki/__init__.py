"""The Anki deck: one package that learners import, study and import again for years."""

from collections.abc import Callable, Iterator
from html import escape
from pathlib import PurePosixPath

from builder.config import Settings
from builder.ledger.names import deck_names, guid
from builder.ledger.notes import Note, content_hash, notes, tags
from builder.model import Artifact, Catalog
from builder.render.anki.fields import fields
from builder.render.anki.notetypes import NoteType, note_types
from builder.render.anki.package import PackedDeck, PackedNote, package
from builder.render.anki.words import words

Stamp = Callable[[str, str], int]
"""Returns when a thing last changed, in seconds, from its id and what it hashes to."""


def render(catalog: Catalog, settings: Settings) -> Iterator[Artifact]:
    """Yield the package of the deck."""
    data = deck_package(catalog, settings, stamp=_unreleased)
    yield Artifact(PurePosixPath(f"anki/{catalog.deck.id}.apkg"), data)


def deck_package(catalog: Catalog, settings: Settings, stamp: Stamp) -> bytes:
    """Return the deck as an `.apkg`."""
    deck = catalog.deck
    say = words(deck.language, settings.templates)
    types = note_types(deck, say, settings.templates)
    packed: dict[str, list[PackedNote]] = {topic.id: [] for topic in deck.topics}
    shown: set[str] = set()
    for due, note in enumerate(notes(catalog), start=1):
        type_ = types[1 if note.cloze else 0]
        content = fields(note, say)
        filled = tuple(content.get(field.name, "") for field in type_.fields)
        packed[note.question.topic].append(
            PackedNote(
                guid=guid(deck.id, note.id),
                type=type_.id,
                fields=filled,
                tags=tags(note),
                cards=_cards(note, type_, filled),
                due=due,
                mod=stamp(note.id, content_hash(note)),
            )
        )
        shown.update(name for prose in note.prose for name in prose.media)
    names = deck_names(deck)
    parent = PackedDeck(names[""], description=escape(deck.description))
    subdecks = (
        PackedDeck(names[topic], notes_of_it)
        for topic, notes_of_it in packed.items()
        if notes_of_it
    )
    return package(
        decks=(parent, *subdecks),
        types=[(type_, stamp(type_.key, type_.content_hash)) for type_ in types],
        media={name: catalog.media[name].data for name in shown},
    )


def _cards(note: Note, type_: NoteType, filled: tuple[str, ...]) -> tuple[int, ...]:
    if note.cloze:
        return tuple(number - 1 for number in note.cloze.numbers)
    return tuple(ord_ for ord_, card in enumerate(type_.templates) if filled[card.gate])


def _unreleased(_id: str, _hash: str) -> int:
    return 1
