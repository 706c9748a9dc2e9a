"""The files of the Anki deck: the package and the gentle update."""

from collections.abc import Iterator
from html import escape
from pathlib import PurePosixPath

from triptych.notes.plan import Plan
from triptych.notes.strings import Words, words
from triptych.render.anki.news import release_summary
from triptych.render.anki.package import PackedDeck, PackedNote, package
from triptych.render.anki.update import gentle_update
from triptych.render.output import DEFAULT_CONTEXT, RenderContext
from triptych.render.settings import RenderSettings
from triptych.values.artifact import Artifact
from triptych.values.catalog import Catalog


def render(
    catalog: Catalog, settings: RenderSettings, _: RenderContext = DEFAULT_CONTEXT
) -> Iterator[Artifact]:
    """Yield the package and, for learners of an older release, the gentle update."""
    deck, history = catalog.deck, settings.history
    plan = settings.plan(catalog)
    strings = words(settings.strings, deck.language)
    description = _description(catalog, settings, strings)
    data = _package(catalog, plan, description)
    yield Artifact(PurePosixPath(f"anki/{deck.id}.apkg"), data)
    if text := gentle_update(plan, history):
        yield Artifact(PurePosixPath(f"anki/{deck.id}-update.txt"), text.encode())


def is_preview(catalog: Catalog, settings: RenderSettings) -> bool:
    """Return whether the deck has notes that no release has recorded."""
    return settings.plan(catalog).is_preview


def _package(catalog: Catalog, plan: Plan, description: str) -> bytes:
    notes_by_topic: dict[str, list[PackedNote]] = {
        topic.id: [] for topic in catalog.deck.topics
    }
    for note in plan.notes:
        type_ = plan.types[note.type].type
        notes_by_topic[note.topic].append(
            PackedNote(
                guid=note.guid,
                type=type_.id,
                fields=tuple(note.fields.get(field.name, "") for field in type_.fields),
                tags=note.tags,
                cards=note.cards,
                due=note.due,
                mod=note.mod,
            )
        )
    parent = PackedDeck(plan.decks[""], description=description)
    subdecks = (
        PackedDeck(plan.decks[topic], notes)
        for topic, notes in notes_by_topic.items()
        if notes
    )
    media = {name for note in plan.notes for name in note.media}
    return package(
        decks=(parent, *subdecks),
        types=[(item.type, item.mod) for item in plan.types.values()],
        media={name: catalog.media[name].data for name in media},
    )


def _description(catalog: Catalog, settings: RenderSettings, strings: Words) -> str:
    """Return the deck's description for Anki, with the news of the release."""
    newest = catalog.newest or release_summary(settings.history.ledger, strings)
    texts = (catalog.deck.description, newest)
    return "\n\n".join(_literal(text) for text in texts if text)


def _literal(markdown: str) -> str:
    """Return Markdown in which HTML is shown as text."""
    # After a backslash, the entity that replaces the bracket would not be decoded.
    return escape(markdown.replace("\\<", "<").replace("\\>", ">"), quote=False)
