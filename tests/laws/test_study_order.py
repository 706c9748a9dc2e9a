"""Prerequisites come first: within a topic, across topics, and on the cards."""

from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import cast

from hypothesis import given
from hypothesis import strategies as st

from triptych.build.catalog import assemble
from triptych.build.order import numbers_of, reading_order
from triptych.notes.history import History
from triptych.notes.plan import plan
from triptych.validate.rule import DeckScope
from triptych.validate.whole import requires_cycle
from triptych.values.catalog import Catalog
from triptych.values.deck import Deck, Topic
from triptych.values.diagnostics import Span
from triptych.values.entry import Entry, Mention
from triptych.values.meta import Difficulty, Meta
from triptych.values.prose import Prose
from triptych.values.question import Question

TOPICS = ("first", "second", "third")
DECK = Deck("deck", "Deck", topics=tuple(Topic(name, name) for name in TOPICS))
RANKS: Mapping[Difficulty | None, int] = {
    Difficulty.EASY: 0,
    None: 1,
    Difficulty.MEDIUM: 1,
    Difficulty.HARD: 2,
}
DIFFICULTIES = st.sampled_from(list(RANKS))


@st.composite
def questions(
    draw: st.DrawFn, *, linked: bool = True, circles: bool = False
) -> list[Question]:
    """Draw questions in any order; without circles each requires some before it."""
    names = draw(st.permutations([f"q{number}" for number in range(8)]))
    made = []
    for place, name in enumerate(names):
        known = names if circles else names[:place]
        some = st.lists(st.sampled_from(known), max_size=3) if known else st.just([])
        requires = draw(some) if linked else []
        topic = draw(st.sampled_from(TOPICS))
        meta = Meta(
            name,
            PurePosixPath(topic, f"{draw(st.integers(0, 99)):02}-{name}.md"),
            difficulty=draw(DIFFICULTIES),
            requires=tuple(requires),
        )
        made.append(Question(meta, Prose(card="What?", plain="What?", digest="d")))
    return draw(st.permutations(made))


def catalog_of(made: list[Question]) -> Catalog:
    return assemble(Catalog(DECK, reading_order(DECK.topics, made)), {})


@given(questions())
def test_study_order_has_prerequisites_first(made: list[Question]) -> None:
    order = catalog_of(made).study_order
    places = {name: place for place, name in enumerate(order)}
    assert sorted(order) == sorted(question.id for question in made)
    for question in made:
        for required in question.meta.requires:
            assert places[required] < places[question.id]


@given(questions())
def test_a_topic_is_read_with_prerequisites_first(made: list[Question]) -> None:
    catalog = catalog_of(made)
    places = {question.id: place for place, question in enumerate(catalog.questions)}
    topics = {question.id: question.meta.topic for question in made}
    for question in made:
        for required in question.meta.requires:
            if topics[required] == question.meta.topic:
                assert places[required] < places[question.id]
    read = [TOPICS.index(question.meta.topic) for question in catalog.questions]
    assert read == sorted(read)


@given(questions(linked=False))
def test_what_requires_nothing_goes_by_difficulty_then_by_file(
    made: list[Question],
) -> None:
    expected = sorted(
        made,
        key=lambda question: (
            TOPICS.index(question.meta.topic),
            RANKS[question.meta.difficulty],
            str(question.meta.path),
        ),
    )
    catalog = catalog_of(made)
    assert list(catalog.questions) == expected
    assert list(catalog.study_order) == [question.id for question in expected]


@given(questions(circles=True))
def test_each_question_comes_once_even_in_a_circle(made: list[Question]) -> None:
    assert sorted(catalog_of(made).study_order) == sorted(q.id for q in made)


@given(questions())
def test_the_cards_are_due_in_study_order(made: list[Question]) -> None:
    catalog = catalog_of(made)
    notes = sorted(plan(catalog, History()).notes, key=lambda note: note.due)
    assert [note.id for note in notes] == list(catalog.study_order)
    assert [note.due for note in notes] == list(range(1, len(made) + 1))


GRAPHS = st.dictionaries(
    st.sampled_from("abcdef"), st.lists(st.sampled_from("abcdef"), max_size=3)
)


def reached(graph: dict[str, list[str]], start: str) -> set[str]:
    """Return what `start` requires, directly or through others."""
    found: set[str] = set()
    waiting = list(graph.get(start, ()))
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += graph.get(name, ())
    return found


@given(GRAPHS)
def test_exactly_the_links_of_circles_are_reported(graph: dict[str, list[str]]) -> None:
    entries = tuple(
        Entry(
            Meta(name, PurePosixPath("first", f"{name}.md")),
            Span(PurePosixPath("first", f"{name}.md")),
            requires=tuple(
                Mention(target, Span(PurePosixPath("first", f"{name}.md"), line))
                for line, target in enumerate(targets, 1)
            ),
        )
        for name, targets in graph.items()
    )
    reported = {
        (finding.span.path.stem, finding.span.line)
        for finding in requires_cycle(entries, cast("DeckScope", None))  # unused
    }
    assert reported == {
        (name, line)
        for name, targets in graph.items()
        for line, target in enumerate(targets, 1)
        # A question that names itself is another rule's.
        if target != name and name in reached(graph, target)
    }


def test_what_is_retired_has_no_number() -> None:
    prose = Prose(card="What?", plain="What?", digest="d")
    made = [
        Question(Meta(name, PurePosixPath(f"t/{name}.md"), retired=name == "b"), prose)
        for name in "abc"
    ]
    assert numbers_of(made) == {"a": 1, "c": 2}
