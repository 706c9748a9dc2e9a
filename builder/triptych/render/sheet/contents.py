"""The contents of the sheet, as data for the template."""

from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Any

from triptych.render.made_of import made_of
from triptych.render.settings import RenderSettings
from triptych.render.sheet.cards import card
from triptych.render.sheet.document_settings import imprint, legend
from triptych.render.sheet.fit import MAX_FITTED_QUESTIONS
from triptych.render.sheet.glyphs import bookmark_text, characters
from triptych.render.sheet.language import language_of_tag
from triptych.render.sheet.links import LinkTargets
from triptych.render.sheet.made_of import made_of_sheet
from triptych.render.sheet.nodes import Data
from triptych.values.catalog import Catalog
from triptych.values.kept import Keep, keep_nothing

_MIN_QUESTIONS = 40
"""With this mean number of questions a topic, each topic begins a new page.

Typst then typesets the topics in parallel.
"""


def contents(catalog: Catalog, settings: RenderSettings) -> Mapping[str, Data]:
    """Return the deck's title, imprint and topics, each with its cards."""
    return settings.once("contents", lambda: _contents(catalog, settings))


def _contents(catalog: Catalog, settings: RenderSettings) -> Mapping[str, Data]:
    deck = catalog.deck
    language = language_of_tag(deck.language)
    targets = link_targets(catalog, settings.base_url)
    titles = {topic.id: topic.title for topic in deck.topics}
    topics: list[Data] = [
        {
            "title": (bookmark_text(titles.get(topic, ""), topic),),
            "cards": [
                card(question, catalog.number(question), targets, language)
                for question in questions
            ],
        }
        for topic, questions in groupby(catalog.current, lambda q: q.meta.topic)
    ]
    _place(topics)
    many = len(catalog.current) > MAX_FITTED_QUESTIONS
    legend_ = legend(catalog, settings)
    return {
        "title": (bookmark_text(deck.title, deck.id),),
        "description": (settings.edition or deck.description,),
        "imprint": (imprint(catalog, settings.base_url),),
        "legend": (legend_,) if legend_ else (),
        "topics": topics,
        "breaks": many and len(catalog.current) >= _MIN_QUESTIONS * len(topics),
    }


def used_characters(
    catalog: Catalog, settings: RenderSettings, keep: Keep = keep_nothing
) -> str:
    """Return the characters of the contents that are not ASCII, sorted."""
    known = made_of_sheet(catalog, settings)

    def make() -> str:
        return "".join(sorted(characters(contents(catalog, settings))))

    return keep(known and made_of("characters", known), make)


def _place(topics: Iterable[Any]) -> None:
    """Give each card its place among those of all topics, counted from 0."""
    cards = (card_ for topic in topics for card_ in topic["cards"])
    for place, card_ in enumerate(cards):
        card_["place"] = place


def link_targets(catalog: Catalog, base_url: str) -> LinkTargets:
    """Return where links to files of the deck lead on paper."""
    ids = {str(question.meta.path): question.id for question in catalog.current}
    return LinkTargets(ids, catalog.pages, base_url)
