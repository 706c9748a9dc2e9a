"""The page to practise on, and the questions that its script asks, in shards.

Plain cards are covered and uncovered on their own page.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from itertools import groupby

from triptych.dialect.ids import CLOZE_SLUG, FILL_IN_SLUG
from triptych.dialect.rounds import ROUNDS
from triptych.notes.history import present_ids
from triptych.notes.shape import type_id
from triptych.notes.which import CLOZE_TYPE, QUESTION_TYPE
from triptych.render.output import Task
from triptych.render.site.data import data_script, forms_of
from triptych.render.site.made_of import MadeOf
from triptych.render.site.prose import prose_html
from triptych.render.site.rows import direction_attribute
from triptych.render.site.templates import Site, render_page
from triptych.values import addresses
from triptych.values.artifact import Artifact
from triptych.values.meta import Kind
from triptych.values.question import Part, Prose, Question

FOLDER = "practice"
FUNCTION = "triptychPractice"
_QUESTIONS_PER_SHARD = 24
_DELETION = re.compile(r"\{\{c\d+::(.*?)(?:::.*?)?\}\}", re.DOTALL)
"""A deletion in Anki's syntax; what is hidden holds neither `::` nor `}}`."""
_POINT_CHARS = 6
"""The length of the key of a rubric's point."""


@dataclass(frozen=True, slots=True)
class _Shard:
    number: int
    questions: tuple[Question, ...]


def practice_page(site: Site) -> Artifact:
    """Return the page to practise on, which its script fills."""
    heading = site.strings["practise"]
    return render_page(site, "practice.html", addresses.PRACTICE, heading=heading)


def practice_tasks(site: Site, known: MadeOf) -> Iterator[Task]:
    """Yield a task for what the script must know of all, and one for each shard."""
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
    number = 0
    for _, group in groupby(site.catalog.asked, lambda q: q.meta.topic):
        own = tuple(group)
        for start in range(0, len(own), _QUESTIONS_PER_SHARD):
            yield _Shard(number, own[start : start + _QUESTIONS_PER_SHARD])
            number += 1


def _root(site: Site) -> Artifact:
    """Return what the script must know before it asks anything."""
    catalog = site.catalog
    topics = [topic.id for topic in catalog.topics]
    tags = sorted({tag for question in catalog.asked for tag in question.meta.tags})
    place = {tag: at for at, tag in enumerate(tags)}
    shard_of = {q.id: shard.number for shard in _shards(site) for q in shard.questions}
    order = {id_: at for at, id_ in enumerate(catalog.study_order)}
    questions = sorted(catalog.asked, key=lambda q: order.get(q.id, len(order)))
    words = site.settings.strings.section("practice", catalog.deck.language)
    return data_script(
        f"{FOLDER}/index.js",
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
                    list(_small_slugs(question)),
                ]
                for question in questions
            ],
            "aliases": present_ids(catalog.questions),
            "anki": [
                type_id(catalog.deck.id, key) for key in (QUESTION_TYPE, CLOZE_TYPE)
            ],
            "rounds": ROUNDS,
            "words": {key: forms_of(word) for key, word in words.items()},
        },
    )


def _small_slugs(question: Question) -> Iterator[str]:
    """Yield the slugs of what can be asked of a question alone."""
    if question.summary_cloze:
        yield CLOZE_SLUG
    if question.fill_in:
        yield FILL_IN_SLUG
    for part in question.parts:
        if part.has_card:
            yield part.slug


def _cards(site: Site, shard: _Shard) -> list[Artifact]:
    """Return the file with the questions of a shard."""
    cards = {question.id: _card(site, question) for question in shard.questions}
    data = {"shard": shard.number, "cards": cards}
    return [data_script(f"{FOLDER}/cards-{shard.number}.js", FUNCTION, data)]


def _card(site: Site, question: Question) -> Mapping[str, object]:
    def html(prose: Prose) -> str:
        return str(prose_html(prose, "", site.catalog))

    def parts(own: Sequence[Part]) -> list[list[str]]:
        return [[part.slug, html(part.prompt), html(part.text)] for part in own]

    direction = direction_attribute(question, site.catalog.deck.language)
    card = {
        "prompt": html(question.prompt),
        "plain": question.prompt.plain,
        "dir": str(direction).partition('"')[2].rstrip('"'),
        "hints": [html(hint) for hint in question.hints],
        "rubric": [[_point_key(point), html(point)] for point in question.rubric],
        "summary": html(question.summary),
        "answer": html(question.answer),
        "fill": _with_marks(question.fill_in.card) if question.fill_in else "",
        "follow": parts(question.follow_ups),
        "pitfalls": parts(question.pitfalls),
    }
    return {key: value for key, value in card.items() if value}


def _with_marks(card: str) -> str:
    """Return code with its deletions marked, without their hints."""
    return _DELETION.sub(lambda found: f"<mark>{found[1]}</mark>", card)


def _point_key(point: Prose) -> str:
    """Return the name of a point in the log: other words make it another point."""
    return sha256(point.plain.encode()).hexdigest()[:_POINT_CHARS]
