"""The files of the Anki deck: the package and the gentle update."""

from collections.abc import Iterator
from html import escape
from pathlib import PurePosixPath

from triptych.deck.settings import Settings
from triptych.ledger.history import History
from triptych.notes.which import Note, media_of, notes, tags
from triptych.render.anki.fields import fields
from triptych.render.anki.news import news
from triptych.render.anki.notetypes import NoteType, note_types
from triptych.render.anki.package import PackedDeck, PackedNote, package
from triptych.render.anki.strings import Words, words
from triptych.render.anki.update import update
from triptych.render.output import ALONE, Context
from triptych.values.artifact import Artifact
from triptych.values.catalog import Catalog


def render(
    catalog: Catalog, settings: Settings, _: Context = ALONE
) -> Iterator[Artifact]:
    """Yield the package and, for learners of an older one, the gentle update."""
    deck, history = catalog.deck, settings.history
    say = words(settings.strings, deck.language)
    types = note_types(deck, say, settings.templates)
    data = _package(catalog, history, types, say)
    yield Artifact(PurePosixPath(f"anki/{deck.id}.apkg"), data)
    if text := update(catalog, history, types, say):
        yield Artifact(PurePosixPath(f"anki/{deck.id}-update.txt"), text.encode())


def is_preview(catalog: Catalog, settings: Settings) -> bool:
    """Return whether the deck holds what no release has seen."""
    history, known = settings.history, settings.history.ledger.types
    say = words(settings.strings, catalog.deck.language)
    return any(history.unreleased(catalog)) or any(
        type_.key not in known or known[type_.key].hash != type_.content_hash
        for type_ in note_types(catalog.deck, say, settings.templates)
    )


def _package(
    catalog: Catalog, history: History, types: tuple[NoteType, NoteType], say: Words
) -> bytes:
    deck = catalog.deck
    packed: dict[str, list[PackedNote]] = {topic.id: [] for topic in deck.topics}
    shown: set[str] = set()
    for due, note in enumerate(notes(catalog), start=1):
        type_ = types[1 if note.cloze else 0]
        content = fields(note, say)
        filled = tuple(content.get(field.name, "") for field in type_.fields)
        packed[note.question.topic].append(
            PackedNote(
                guid=history.guid(note, deck.id),
                type=type_.id,
                fields=filled,
                tags=tags(note),
                cards=_cards(note, type_, filled),
                due=due,
                mod=history.mod(note),
            )
        )
        shown |= media_of(note)
    names = history.deck_names(deck)
    told = [
        _shown(text)
        for text in (deck.description, catalog.newest or news(history.ledger, say))
        if text
    ]
    parent = PackedDeck(names[""], description="\n\n".join(told))
    subdecks = (
        PackedDeck(names[topic], notes_of_it)
        for topic, notes_of_it in packed.items()
        if notes_of_it
    )
    return package(
        decks=(parent, *subdecks),
        types=[
            (type_, history.type_mod(type_.key, type_.content_hash)) for type_ in types
        ],
        media={name: catalog.media[name].data for name in shown},
    )


def _cards(note: Note, type_: NoteType, filled: tuple[str, ...]) -> tuple[int, ...]:
    if note.cloze:
        return tuple(number - 1 for number in note.cloze.numbers)
    return tuple(ord_ for ord_, card in enumerate(type_.templates) if filled[card.gate])


def _shown(markdown: str) -> str:
    """Return Markdown for a description, in which HTML is text."""
    # A backslash would keep what stands for the bracket from being read.
    return escape(markdown.replace("\\<", "<").replace("\\>", ">"), quote=False)
