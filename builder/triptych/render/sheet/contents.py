"""The contents of the sheet, as data for the template."""

from itertools import groupby

from triptych.render.made_of import made_of, of_view
from triptych.render.settings import RenderSettings
from triptych.render.sheet.cards import card
from triptych.render.sheet.glyphs import FontPlan, bookmark_text, encode, mark_text
from triptych.render.sheet.language import language_of_tag
from triptych.render.sheet.links import LinkTargets
from triptych.render.sheet.nodes import Data
from triptych.values.catalog import Catalog
from triptych.values.kept import Keep, keep_nothing

_MIN_QUESTIONS_FOR_BREAKS = 40
"""With this mean number of questions a topic, each topic begins a new page.

Typst then typesets the topics in parallel.
"""
_DRAWN_KEYS = frozenset({"title", "description", "imprint", "body"})
"""The keys whose values are drawn: sequences of nodes. All others are data."""


def contents(catalog: Catalog, base_url: str) -> dict[str, Data]:
    """Return the deck's title, imprint and topics, each with its cards."""
    deck = catalog.deck
    language = language_of_tag(deck.language)
    targets = LinkTargets(
        {str(question.meta.path): question.id for question in catalog.current},
        catalog.pages,
        base_url,
    )
    titles = {topic.id: topic.title for topic in deck.topics}
    topics: list[Data] = [
        {
            "title": (bookmark_text(titles.get(topic, ""), topic),),
            "cards": [card(question, targets, language) for question in questions],
        }
        for topic, questions in groupby(catalog.current, lambda q: q.meta.topic)
    ]
    return {
        "title": (bookmark_text(deck.title, deck.id),),
        "description": (deck.description,),
        "imprint": (_imprint(catalog, base_url),),
        "topics": topics,
        "breaks": len(catalog.current) >= _MIN_QUESTIONS_FOR_BREAKS * len(topics),
    }


def used_characters(
    catalog: Catalog, settings: RenderSettings, keep: Keep = keep_nothing
) -> str:
    """Return the characters of the contents, sorted."""
    known = made_of_contents(catalog, settings)
    return keep(
        known and made_of("characters", known),
        lambda: "".join(
            sorted(set(encode(contents(catalog, settings.base_url)).decode()))
        ),
    )


def made_of_contents(catalog: Catalog, settings: RenderSettings) -> str:
    """Return a digest of what the contents are made of; empty if it is not known."""
    shown = of_view(catalog, "card", catalog.current)
    if shown is None:
        return ""
    return made_of(
        shown,
        catalog.deck,
        catalog.release,
        settings.base_url,
        sorted(catalog.pages.items()),
    )


def _imprint(catalog: Catalog, base_url: str) -> str:
    version = catalog.release.version
    address = base_url.partition("://")[2].rstrip("/")
    parts = (catalog.deck.license, f"v{version}" if version != "0" else "", address)
    return " · ".join(part for part in parts if part)


def with_fonts(data: Data, glyphs: FontPlan) -> Data:
    """Return `data` with the nodes that `mark_text` adds to the drawn text."""
    if isinstance(data, list):
        return [with_fonts(item, glyphs) for item in data]
    if isinstance(data, dict):
        return {
            key: mark_text(value, glyphs)
            if key in _DRAWN_KEYS and isinstance(value, tuple)
            else with_fonts(value, glyphs)
            for key, value in data.items()
        }
    return data
