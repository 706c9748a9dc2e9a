"""The files of the Anki deck: the package and the gentle update."""

from collections.abc import Iterator
from html import escape
from pathlib import PurePosixPath

from triptych.notes.plan import Plan
from triptych.notes.strings import Words, words
from triptych.render.anki.news import release_summary
from triptych.render.anki.package import PackedDeck, PackedNote, package
from triptych.render.anki.update import gentle_update
from triptych.render.output import DEFAULT_CONTEXT, Context
from triptych.render.settings import RenderSettings
from triptych.values.artifact import Artifact
from triptych.values.catalog import Catalog


def render(
    catalog: Catalog, settings: RenderSettings, _: Context = DEFAULT_CONTEXT
) -> Iterator[Artifact]:
    """Yield the package and, for learners of an older one, the gentle update."""
    deck, history = catalog.deck, settings.history
    planned = settings.plan(catalog)
    say = words(settings.strings, deck.language)
    described = _description(catalog, settings, say)
    data = _package(catalog, planned, described)
    yield Artifact(PurePosixPath(f"anki/{deck.id}.apkg"), data)
    if text := gentle_update(planned, history):
        yield Artifact(PurePosixPath(f"anki/{deck.id}-update.txt"), text.encode())


def is_preview(catalog: Catalog, settings: RenderSettings) -> bool:
    """Return whether the deck holds what no release has seen."""
    return settings.plan(catalog).is_preview


def _package(catalog: Catalog, planned: Plan, description: str) -> bytes:
    packed: dict[str, list[PackedNote]] = {
        topic.id: [] for topic in catalog.deck.topics
    }
    for note in planned.notes:
        type_ = planned.types[note.type].type
        packed[note.topic].append(
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
    parent = PackedDeck(planned.decks[""], description=description)
    subdecks = (
        PackedDeck(planned.decks[topic], notes)
        for topic, notes in packed.items()
        if notes
    )
    shown = {name for note in planned.notes for name in note.media}
    return package(
        decks=(parent, *subdecks),
        types=[(item.type, item.mod) for item in planned.types.values()],
        media={name: catalog.media[name].data for name in shown},
    )


def _description(catalog: Catalog, settings: RenderSettings, say: Words) -> str:
    """Return what Anki shows of the deck: what it is, and what the release brought."""
    newest = catalog.newest or release_summary(settings.history.ledger, say)
    texts = (catalog.deck.description, newest)
    return "\n\n".join(_literal(text) for text in texts if text)


def _literal(markdown: str) -> str:
    """Return Markdown for a description, in which HTML is text."""
    # A backslash would keep what stands for the bracket from being read.
    return escape(markdown.replace("\\<", "<").replace("\\>", ">"), quote=False)
