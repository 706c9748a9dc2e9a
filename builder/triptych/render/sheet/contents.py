"""All that stands on the sheet of a deck, as data for the template."""

from itertools import groupby

from triptych.render.sheet.cards import card
from triptych.render.sheet.glyphs import FontPlan, bookmark_text, mark_text
from triptych.render.sheet.language import language_of_tag
from triptych.render.sheet.links import LinkTargets
from triptych.render.sheet.nodes import Data
from triptych.values.catalog import Catalog

_FULL = 40
"""With so many questions a topic, each begins a page, and Typst works in parallel."""
_TEXTS = frozenset({"title", "description", "imprint", "body"})
"""What is drawn: nodes in a row. The rest is data."""


def contents(catalog: Catalog, base_url: str) -> dict[str, Data]:
    """Return the deck's title, imprint and topics, each with its cards."""
    deck = catalog.deck
    usual = language_of_tag(deck.language)
    places = LinkTargets(
        {str(question.meta.path): question.id for question in catalog.current},
        catalog.pages,
        base_url,
    )
    titles = {topic.id: topic.title for topic in deck.topics}
    topics: list[Data] = [
        {
            "title": (bookmark_text(titles.get(topic, ""), topic),),
            "cards": [card(question, places, usual) for question in questions],
        }
        for topic, questions in groupby(catalog.current, lambda q: q.meta.topic)
    ]
    return {
        "title": (bookmark_text(deck.title, deck.id),),
        "description": (deck.description,),
        "imprint": (_imprint(catalog, base_url),),
        "topics": topics,
        "breaks": len(catalog.current) >= _FULL * len(topics),
    }


def _imprint(catalog: Catalog, base_url: str) -> str:
    version = catalog.release.version
    address = base_url.partition("://")[2].rstrip("/")
    parts = (catalog.deck.license, f"v{version}" if version != "0" else "", address)
    return " · ".join(part for part in parts if part)


def with_fonts(data: Data, glyphs: FontPlan) -> Data:
    """Return `data` with its drawn text marked for the fonts at hand."""
    if isinstance(data, list):
        return [with_fonts(item, glyphs) for item in data]
    if isinstance(data, dict):
        return {
            key: mark_text(value, glyphs)
            if key in _TEXTS and isinstance(value, tuple)
            else with_fonts(value, glyphs)
            for key, value in data.items()
        }
    return data
