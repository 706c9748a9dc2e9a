"""The page to practise on, and what its script asks, in shards."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from itertools import groupby
from typing import TypeVar

from triptych.dialect.ids import CLOZE_SLUG, FILL_IN_SLUG
from triptych.dialect.rounds import ROUNDS
from triptych.notes.history import present_ids
from triptych.notes.shape import type_id
from triptych.notes.which import CLOZE_TYPE, QUESTION_TYPE
from triptych.render.output import Task
from triptych.render.site.anki_search import unsearchable_notes
from triptych.render.site.data import data_script, forms_of
from triptych.render.site.effort import CARD_SECONDS
from triptych.render.site.made_of import MadeOf
from triptych.render.site.prose import prose_html
from triptych.render.site.rows import own_direction
from triptych.render.site.templates import Site, render_page
from triptych.values import addresses
from triptych.values.artifact import Artifact
from triptych.values.meta import Kind
from triptych.values.prose import Prose
from triptych.values.question import Part, PlainCard, Question

_T = TypeVar("_T")
FUNCTION = "triptychPractice"
_QUESTIONS_PER_SHARD = 24
_CARDS_PER_SHARD = 200
"""Plain cards are short; the script finds the shard of one by this number."""
_POINT_CHARS = 6
"""The length of the key of a rubric's point."""


@dataclass(frozen=True, slots=True)
class _Shard:
    number: int
    questions: tuple[Question, ...]
    """Some questions, or the one file of which it has plain cards."""
    cards: tuple[Part, ...] = ()


def practice_page(site: Site) -> Artifact:
    """Return the page to practise on, which its script fills."""
    heading = site.strings["practise"]
    return render_page(site, "practice.html", addresses.PRACTICE, heading=heading)


def practice_tasks(site: Site, known: MadeOf) -> Iterator[Task]:
    """Yield a task for what the script needs of all, and one for each shard."""
    catalog = site.catalog
    words = site.settings.strings.section("practice", catalog.deck.language)
    order = catalog.study_order
    yield Task(
        lambda: [practice_page(site), _root(site)],
        known.of("practice", words, order, questions=catalog.questions),
    )
    for shard in _shards(site):
        own = shard.questions
        links = known.links(own)
        yield Task(
            partial(_cards, site, shard),
            known.of("practice", shard.number, links, questions=own, view="page"),
        )


def _shards(site: Site) -> Iterator[_Shard]:
    for number, (questions, cards) in enumerate(_asked_together(site)):
        yield _Shard(number, questions, cards)


def _asked_together(
    site: Site,
) -> Iterator[tuple[tuple[Question, ...], tuple[Part, ...]]]:
    """Yield questions of one topic, or a file of plain cards with some of them."""
    for _, group in groupby(site.catalog.asked, lambda q: q.meta.topic):
        for own in _batches(tuple(group), _QUESTIONS_PER_SHARD):
            yield own, ()
    for question in site.catalog.current:
        for cards in _batches(question.cards, _CARDS_PER_SHARD):
            yield (question,), cards


def _batches(items: tuple[_T, ...], size: int) -> Iterator[tuple[_T, ...]]:
    for start in range(0, len(items), size):
        yield items[start : start + size]


def _root(site: Site) -> Artifact:
    """Return what the script needs before it asks anything."""
    catalog = site.catalog
    topics = [topic.id for topic in catalog.topics]
    shard_of: dict[str, int] = {}
    for shard in _shards(site):
        for question in shard.questions:
            # The cards of a file go on in the shards after its first one.
            shard_of.setdefault(question.id, shard.number)
    known = [question for question in catalog.current if question.id in shard_of]
    tags = sorted({tag for question in known for tag in question.meta.tags})
    place = {tag: at for at, tag in enumerate(tags)}
    order = {id_: at for at, id_ in enumerate(catalog.study_order)}
    questions = sorted(known, key=lambda q: order.get(q.id, len(order)))
    words = site.settings.strings.section("practice", catalog.deck.language)
    return data_script(
        f"{addresses.PRACTICE_FOLDER}/index.js",
        FUNCTION,
        {
            "deck": catalog.deck.id,
            "title": catalog.deck.title,
            "language": catalog.deck.language,
            "topics": [[id_, site.topics[id_].title] for id_ in topics],
            "tags": tags,
            "questions": [
                [
                    question.id,
                    topics.index(question.meta.topic),
                    list(Kind).index(question.meta.kind),
                    question.meta.minutes,
                    shard_of[question.id],
                    [place[tag] for tag in question.meta.tags],
                    list(_slugs(question)),
                ]
                for question in questions
            ],
            "cardsPerShard": _CARDS_PER_SHARD,
            "cardSeconds": CARD_SECONDS,
            "aliases": present_ids(catalog.questions),
            "anki": [
                type_id(catalog.deck.id, key) for key in (QUESTION_TYPE, CLOZE_TYPE)
            ],
            "unsearchable": [
                id_ for question in known for id_ in unsearchable_notes(question)
            ],
            "rounds": ROUNDS,
            "words": {key: forms_of(word) for key, word in words.items()},
        },
    )


def _slugs(question: Question) -> Iterator[str]:
    """Yield the slugs of plain cards, or of what can be asked of a question alone."""
    if question.summary_cloze:
        yield CLOZE_SLUG
    if question.fill_in:
        yield FILL_IN_SLUG
    for part in question.parts:
        if part.has_card:
            yield part.slug


def _cards(site: Site, shard: _Shard) -> list[Artifact]:
    """Return the file with the questions of a shard."""
    cards = {
        f"{question.id}/{part.slug}": _plain_card(site, question, part)
        for question in shard.questions
        for part in shard.cards
    } or {question.id: _card(site, question) for question in shard.questions}
    data = {"shard": shard.number, "cards": cards}
    name = f"{addresses.PRACTICE_FOLDER}/cards-{shard.number}.js"
    return [data_script(name, FUNCTION, data)]


def _plain_card(site: Site, question: Question, part: Part) -> Mapping[str, object]:
    plain = part.plain or PlainCard()
    card = {
        "prompt": _html(site, part.prompt),
        "plain": part.prompt.readable,
        "dir": own_direction(question, site.catalog.deck.language),
        "hints": [_html(site, plain.hint)] if plain.hint else [],
        "answer": _html(site, part.text),
        "gap": bool(plain.cloze),
    }
    return {key: value for key, value in card.items() if value}


def _html(site: Site, prose: Prose) -> str:
    return str(prose_html(prose, "", site.catalog))


def _card(site: Site, question: Question) -> Mapping[str, object]:
    def html(prose: Prose) -> str:
        return _html(site, prose)

    def parts(own: Sequence[Part]) -> list[list[str]]:
        return [[part.slug, html(part.prompt), html(part.text)] for part in own]

    card = {
        "prompt": html(question.prompt),
        "plain": question.prompt.readable,
        "dir": own_direction(question, site.catalog.deck.language),
        "hints": [html(hint) for hint in question.hints],
        "rubric": [[_point_key(point), html(point)] for point in question.rubric],
        "summary": html(question.summary),
        "answer": html(question.answer),
        "fill": question.fill_in.site if question.fill_in else "",
        "follow": parts(question.follow_ups),
        "pitfalls": parts(question.pitfalls),
    }
    return {key: value for key, value in card.items() if value}


def _point_key(point: Prose) -> str:
    """Return the name of a point in the log: other words make it another point."""
    return sha256(point.plain.encode()).hexdigest()[:_POINT_CHARS]
