"""Cards to cut: the question on the front, what to say and to tick on the back."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any, TypeAlias

from triptych.render.made_of import made_of
from triptych.render.settings import RenderSettings
from triptych.render.sheet.cards import card
from triptych.render.sheet.contents import link_targets
from triptych.render.sheet.document import Document, Inputs, Measure
from triptych.render.sheet.document_settings import (
    document_settings,
    imprint,
    legend,
    words,
)
from triptych.render.sheet.glyphs import bookmark_text, encode
from triptych.render.sheet.language import Language, language_of_tag
from triptych.render.sheet.layout_report import Back
from triptych.render.sheet.links import LinkTargets, with_links
from triptych.render.sheet.nodes import Data, inline
from triptych.render.sheet.plain_cards import (
    asked_on_paper,
    asked_pictures,
    card_front,
    plain_cards,
)
from triptych.values.catalog import Catalog
from triptych.values.kept import Keep
from triptych.values.question import Question
from triptych.values.tree import text

_CARDS_PER_TRIAL = 25
"""So many cards are measured at once, and again when one of them changes."""
_MAX_PITFALLS = 3
_WORDS = ("how_to_print", "long-edge", "short-edge", "fold", "crosses")

_Sizes: TypeAlias = tuple[float | None, Back | None]
"""The sizes of a front and of a back, as the template takes them."""


@dataclass(frozen=True, slots=True)
class CardSizes:
    """Finds the sizes of the text on cards, some cards at a time."""

    cards: tuple[Mapping[str, Data], ...]
    layout: str
    """What the size of a card depends on, besides its text."""
    keep: Keep

    def __call__(self, measure: Measure, base: str) -> Inputs:
        """Return the sizes as an input of the template."""
        sizes: list[_Sizes] = []
        for start in range(0, len(self.cards), _CARDS_PER_TRIAL):
            end = min(start + _CARDS_PER_TRIAL, len(self.cards))
            some = [encode(card_) for card_ in self.cards[start:end]]
            digest = made_of("cards", base, self.layout, some)

            def found(span: str = f"{start}-{end}") -> list[_Sizes]:
                measured = measure({"measure": span}).card_sizes
                return [(card_.front, card_.back) for card_ in measured]

            sizes += self.keep(digest, found)
        return {"sizes": json.dumps(sizes)}


def flashcards(
    catalog: Catalog, settings: RenderSettings, paper: str, keep: Keep
) -> Document:
    """Return the cards of `catalog` for this paper."""
    deck = catalog.deck
    cards = tuple(_cards(catalog, settings))
    pictures = asked_pictures(catalog, with_backs=True)
    data: dict[str, Data] = {
        "title": (bookmark_text(deck.title, deck.id),),
        "description": (settings.edition or deck.description,),
        "imprint": (imprint(catalog, settings.base_url),),
        "legend": (legend(catalog, settings),),
        "words": words(settings, deck.language, *_WORDS),
        "pictures": [media.name for media in pictures],
        "cards": list(cards),
    }
    layout: dict[str, Data] = {
        "flip": deck.printing.flip,
        "shift": settings.shift,
        "names": [name for q in catalog.current for name in _names(q)],
        "places": [place for q in catalog.current for place in _places(q)],
    }
    return Document(
        "cards.typ",
        {**document_settings(catalog, settings, paper), **layout},
        data,
        CardSizes(cards, f"{paper} {deck.language}", keep),
        "card sizes",
        pictures,
    )


def _cards(catalog: Catalog, settings: RenderSettings) -> Iterator[dict[str, Data]]:
    usual = language_of_tag(catalog.deck.language)
    targets = link_targets(catalog, settings.base_url)
    titles = {topic.id: topic.title for topic in catalog.deck.topics}
    for topic, questions in groupby(catalog.current, lambda q: q.meta.topic):
        title = bookmark_text(titles.get(topic, ""), topic)
        for at, question in enumerate(questions):
            number = catalog.number(question)
            for part, made in enumerate(_cards_of(question, number, targets, usual)):
                is_first = at == part == 0
                yield {**made, "topic": (title,) if is_first else ()}


def _places(question: Question) -> Iterator[str]:
    """Yield the path and the line of each card that a file makes."""
    path = question.meta.path
    if not question.cards:
        yield f"{path}:1"
    for _, part in asked_on_paper(question):
        yield f"{path}:{part.line}"


def _names(question: Question) -> Iterator[str]:
    """Yield the names in the list of contents of the cards that a file makes."""
    if not question.cards:
        yield bookmark_text(question.prompt.readable, question.id)
    for _, part in asked_on_paper(question):
        yield bookmark_text("".join(map(text, card_front(part))), part.slug)


def _cards_of(
    question: Question, number: int, targets: LinkTargets, usual: Language
) -> Iterator[dict[str, Data]]:
    """Yield the card of a question, or those of a file of plain cards."""
    if not question.cards:
        yield _card(question, number, targets, usual)
    for one in plain_cards(question, number, targets, usual):
        body: Any = one["body"]
        back = tuple(with_links(node, None) for node in body)
        yield {**one, "body": back, "formulas": (), "rubric": [], "pitfalls": []}


def _card(
    question: Question, number: int, targets: LinkTargets, usual: Language
) -> dict[str, Data]:
    whole = card(question, number, targets, usual)

    def drawn(nodes: Any) -> Data:  # noqa: ANN401 - nodes of a tree
        # On paper that is cut up, a link leads nowhere.
        return tuple(with_links(node, None) for node in nodes)

    formulas: Any = whole["formulas"]
    return {
        **{key: whole[key] for key in ("number", "signs", "lang", "dir", "tall_lines")},
        "title": whole["title"],
        "body": drawn(whole["body"]),
        "formulas": drawn(formulas[:1]),
        "rubric": [drawn(inline(point)) for point in question.rubric],
        "pitfalls": [
            drawn(inline(part.prompt)) for part in question.pitfalls[:_MAX_PITFALLS]
        ],
    }
