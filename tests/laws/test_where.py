"""`--where` means what its grammar says: checked against an evaluator of its own."""

import operator
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.cases import write_deck
from tests.questions import made

from triptych.build.build import check_and_typeset
from triptych.build.options import BuildOptions
from triptych.build.where import where
from triptych.deck.project import open_project
from triptych.errors import TriptychError
from triptych.values.meta import Difficulty, Kind, Meta
from triptych.values.prose import Prose
from triptych.values.question import Question

SIGNS: dict[str, Callable[[int, int], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
TAGS = ("and", "or", "not", "plain", "two words")
VALUES = {
    "id": ("a", "b"),
    "topic": ("basics", "traps"),
    "kind": tuple(kind.value for kind in Kind),
    "difficulty": tuple(difficulty.value for difficulty in Difficulty),
    "tag": TAGS,
    "company": ("Acme", "A & B (Ltd)"),
    "minutes": ("1", "2", "10"),
}


@dataclass(frozen=True)
class Comparison:
    """`name sign value`."""

    name: str
    sign: str
    value: str


@dataclass(frozen=True)
class Not:
    """`not inner`."""

    inner: "Expression"


@dataclass(frozen=True)
class Joined:
    """`inner word inner word …`; the word is `and` or `or`."""

    word: str
    inner: tuple["Expression", ...]


Expression = Comparison | Not | Joined


def comparison(name: str) -> st.SearchStrategy[Comparison]:
    ordered = name in {"difficulty", "minutes"}
    signs = ["=", "!=", *(SIGNS if ordered else ())]
    return st.builds(
        Comparison, st.just(name), st.sampled_from(signs), st.sampled_from(VALUES[name])
    )


def joined(inner: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    several = st.lists(inner, min_size=2, max_size=3).map(tuple)
    words = st.sampled_from(["and", "or"])
    return st.builds(Not, inner) | st.builds(Joined, words, several)


EXPRESSIONS = st.recursive(st.one_of(*map(comparison, VALUES)), joined, max_leaves=8)
QUESTIONS = st.builds(
    lambda topic, id_, kind, difficulty, tags, asked_at, minutes: Question(
        Meta(
            id_,
            PurePosixPath(topic, "file.md"),
            kind=kind,
            difficulty=difficulty,
            tags=tuple(tags),
            asked_at=tuple(asked_at),
            minutes=minutes,
        ),
        Prose(),
    ),
    st.sampled_from(VALUES["topic"]),
    st.sampled_from(VALUES["id"]),
    st.sampled_from(list(Kind)),
    st.sampled_from([None, *Difficulty]),
    st.lists(st.sampled_from(TAGS), max_size=2),
    st.lists(st.sampled_from(VALUES["company"]), max_size=2),
    st.sampled_from([1, 2, 10]),
)


@st.composite
def written(draw: st.DrawFn, expression: Expression, above: int = 0) -> str:
    """Draw a way to write `expression`; parentheses stand where they are needed.

    `above` is how tightly what stands around it binds: `or` 1, `and` 2, `not` 3.
    """
    space = draw(st.sampled_from([" ", "  "]))
    if isinstance(expression, Comparison):
        gap = draw(st.sampled_from(["", " "]))
        value = expression.value
        quote = draw(st.sampled_from(['"', "'"]))
        if not value.isalnum() or value in TAGS[:3] or draw(st.booleans()):
            value = f"{quote}{value}{quote}"
        text, binds = f"{expression.name}{gap}{expression.sign}{gap}{value}", 4
    elif isinstance(expression, Not):
        text, binds = f"not{space}{draw(written(expression.inner, 3))}", 3
    else:
        binds = 2 if expression.word == "and" else 1
        # An inner expression of the same word is in parentheses, as in its tree.
        inner = [draw(written(item, binds + 1)) for item in expression.inner]
        text = f"{space}{expression.word}{space}".join(inner)
    if binds < above or draw(st.integers(0, 4)) == 0:
        text = f"({text})"
    return text


def holds(expression: Expression, question: Question) -> bool:
    """Return what `expression` says of `question`, worked out from its tree."""
    match expression:
        case Not(inner):
            return not holds(inner, question)
        case Joined("and", inner):
            return all(holds(item, question) for item in inner)
        case Joined(_, inner):
            return any(holds(item, question) for item in inner)
        case Comparison(name, sign, value):
            return compares(name, sign, value, question)


def compares(name: str, sign: str, value: str, question: Question) -> bool:
    meta = question.meta
    difficulty = meta.difficulty
    said: list[str] = {
        "id": [meta.id],
        "topic": [meta.path.parts[0]],
        "kind": [meta.kind.value],
        "difficulty": [difficulty.value] if difficulty else [],
        "tag": list(meta.tags),
        "company": list(meta.asked_at),
        "minutes": [str(meta.minutes)],
    }[name]
    if sign in {"=", "!="}:
        return (value in said) is (sign == "=")
    ranks = list(VALUES["difficulty"]) if name == "difficulty" else None
    number = ranks.index if ranks else int
    return any(SIGNS[sign](number(text), number(value)) for text in said)


@given(st.data(), EXPRESSIONS, QUESTIONS)
def test_an_expression_means_what_the_grammar_says(
    data: st.DataObject, expression: Expression, question: Question
) -> None:
    text = data.draw(written(expression))
    assert where(text)(question) is holds(expression, question), text


@given(st.data(), EXPRESSIONS)
def test_what_is_left_over_is_refused(
    data: st.DataObject, expression: Expression
) -> None:
    text = data.draw(written(expression))
    more = data.draw(
        st.sampled_from([" tag=x", ")", " x", " =", " not", " and", " or"])
    )
    with pytest.raises(TriptychError, match="--where"):
        where(text + more)


def test_what_no_question_has_is_reported_with_what_there_is() -> None:
    questions = [
        made(f"q{n}", PurePosixPath("t/q.md"), Prose(), minutes=n, tags=(f"t{n}",))
        for n in range(1, 16)
    ]
    for text, hint in (
        ("minutes>99", "there is 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, …"),
        ("tag=t99", "did you mean `t9`? there is t1, t10, t11, t12, t13, t14, t15,"),
        ("company=x", "no question has any"),
        ("not tag=t99 and id=q77", "no question has `id=q77`"),
        ("(tag=t99 or tag=t1) and minutes=99", "no question has `minutes=99`"),
        ("id=q1 and (tag=t98 or tag=t99)", "no question has `tag=t98`"),
    ):
        said = str(where(text).no_match(questions))
        assert hint in said, said
    for text in ("id=q1 and id=q2", "id=q1 and not minutes<99", "not minutes<99"):
        assert "all of that at once" in str(where(text).no_match(questions))


@pytest.mark.parametrize("name", ["id", "topic", "kind", "tag", "company"])
def test_what_has_no_order_is_not_compared_by_one(name: str) -> None:
    with pytest.raises(TriptychError, match=f"`{name}` has no order"):
        where(f"{name}<=x")


def test_an_edition_has_exactly_the_matching_questions(tmp_path: Path) -> None:
    parts = [
        f"=== t/{name}.md\n---\nquestion: What?\ntags: [{tag}]\n---\nThis.\n"
        for name, tag in (("a", "x"), ("b", "y"), ("c", "x"))
    ]
    project = open_project(write_deck(tmp_path, "".join(parts)))
    catalog = check_and_typeset(project, BuildOptions(where=where("tag=x"))).catalog
    assert catalog
    assert [question.id for question in catalog.questions] == ["a", "c"]
