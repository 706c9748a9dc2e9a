"""The self-test: questions alone, with boxes to tick; numbers lead to the answers."""

from itertools import groupby

from triptych.render.settings import RenderSettings
from triptych.render.sheet.cards import card
from triptych.render.sheet.contents import link_targets
from triptych.render.sheet.document import Document, Inputs, Measure
from triptych.render.sheet.document_settings import document_settings, imprint, legend
from triptych.render.sheet.glyphs import bookmark_text
from triptych.render.sheet.language import language_of_tag
from triptych.render.sheet.nodes import Data
from triptych.render.sheet.plain_cards import asked_pictures, plain_cards
from triptych.values.catalog import Catalog

_POINTS = (9.6, 9.0, 8.5, 8.0)
_SHOWN = ("number", "title", "signs", "lang", "dir")


def fit_leaves(measure: Measure, _base: str) -> Inputs:
    """Choose the largest type that needs no more leaves of paper than the smallest."""
    needed: list[int] = []
    for points in reversed(_POINTS):
        leaves = -(-measure({"size": str(points)}).end.page // 2)
        if needed and leaves > needed[0]:
            break
        needed.append(leaves)
    return {"size": str(_POINTS[-len(needed)])}


def self_test(catalog: Catalog, settings: RenderSettings, paper: str) -> Document:
    """Return the questions of `catalog` without their answers."""
    deck = catalog.deck
    usual = language_of_tag(deck.language)
    targets = link_targets(catalog, settings.base_url)
    titles = {topic.id: topic.title for topic in deck.topics}
    topics: list[Data] = []
    for topic, questions in groupby(catalog.current, lambda q: q.meta.topic):
        cards = (
            one
            for question in questions
            for one in (
                plain_cards(question, catalog.number(question), targets, usual)
                if question.cards
                else [card(question, catalog.number(question), targets, usual)]
            )
        )
        asked: list[Data] = [{key: one[key] for key in _SHOWN} for one in cards]
        title = bookmark_text(titles.get(topic, ""), topic)
        if asked:
            topics.append({"title": (title,), "questions": asked})
    legend_ = legend(catalog, settings)
    pictures = asked_pictures(catalog, with_backs=False)
    return Document(
        "self-test.typ",
        document_settings(catalog, settings, paper),
        {
            "title": (bookmark_text(deck.title, deck.id),),
            "description": (settings.edition or deck.description,),
            "imprint": (imprint(catalog, settings.base_url),),
            "legend": (legend_,) if legend_ else (),
            "pictures": [media.name for media in pictures],
            "topics": topics,
        },
        fit_leaves,
        repr(_POINTS),
        pictures,
    )
