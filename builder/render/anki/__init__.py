"""The Anki deck: one package that learners import, study and import again for years."""

from collections.abc import Callable, Iterator
from pathlib import PurePosixPath

from builder.config import Settings
from builder.model import Artifact, Catalog
from builder.notes import content_hash, guid, notes
from builder.render.anki.fields import fields
from builder.render.anki.names import deck_name, subdeck_names
from builder.render.anki.notetypes import note_types
from builder.render.anki.package import PackedNote, Subdeck, package

Stamp = Callable[[str, str], int]
"""Returns when something last changed, in seconds, given its id and its hash now."""


def render(catalog: Catalog, settings: Settings) -> Iterator[Artifact]:
    """Yield the deck's package."""
    data = _package(catalog, settings, unreleased)
    yield Artifact(PurePosixPath(f"anki/{catalog.deck.id}.apkg"), data)


def unreleased(_id: str, _hash: str) -> int:
    """Return when a thing changed that no release has seen: before all releases."""
    return 1


def _package(catalog: Catalog, settings: Settings, stamp: Stamp) -> bytes:
    deck = catalog.deck
    types = note_types(deck, settings.templates)
    shown: set[str] = set()
    subdecks = {
        topic: Subdeck(name, []) for topic, name in subdeck_names(deck).items()
    }
    for due, note in enumerate(notes(catalog), start=1):
        shown.update(name for prose in note.prose for name in prose.media)
        ords = [number - 1 for number in note.cloze.numbers] if note.cloze else [0]
        subdecks[note.question.topic].notes.append(
            PackedNote(
                guid=guid(deck.id, note.id),
                type=types.of(note.role),
                fields=fields(note),
                tags=tags(note),
                ords=ords,
                due=due,
                mod=stamp(note.id, content_hash(note)),
            )
        )
    return package()
