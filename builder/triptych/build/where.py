"""Parse the expressions of ``--where``: ``topic=evaluation and not (kind=coding)``.

expression = term {"or" term}; term = factor {"and" factor};
factor = "not" factor | "(" expression ")" | name operator value.
"""

import operator
import re
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from difflib import get_close_matches
from types import MappingProxyType

from triptych.errors import TriptychError
from triptych.values.meta import Difficulty
from triptych.values.question import Question

Test = Callable[[Question], bool]
_MAX_VALUES = 12
"""No more of the values that exist are listed."""

_TOKEN = re.compile(
    r"\s*(?:(\(|\))|(!=|<=|>=|=|<|>)|\"([^\"]*)\"|'([^']*)'|([^\s()=<>!\"']+))"
)
_OPERATORS: Mapping[str, Callable[[int, int], bool]] = MappingProxyType(
    {
        "<": operator.lt,
        "<=": operator.le,
        ">": operator.gt,
        ">=": operator.ge,
    }
)
_FIELDS: Mapping[str, Callable[[Question], tuple[str, ...]]] = MappingProxyType(
    {
        "id": lambda question: (question.id,),
        "topic": lambda question: (question.meta.topic,),
        "kind": lambda question: (question.meta.kind.value,),
        "difficulty": lambda q: (q.meta.difficulty.value,) if q.meta.difficulty else (),
        "tag": lambda question: question.meta.tags,
        "company": lambda question: question.meta.asked_at,
        "minutes": lambda question: (str(question.meta.minutes),),
    }
)


@dataclass(frozen=True, slots=True)
class Where:
    """A test of questions, and what it is made of."""

    test: Test
    parts: tuple["Where", ...] = ()
    """The tests that it joins by `and` or `or`."""
    compared: tuple[str, str, str] | None = None
    """Name, sign and value, if it is a comparison."""

    def __call__(self, question: Question) -> bool:
        """Return whether `question` passes the test."""
        return self.test(question)

    def no_match(self, questions: Sequence[Question]) -> TriptychError:
        """Return the error for a test that none of `questions` passes."""
        unmatched = self._unmatched(questions)
        if unmatched is None:
            return TriptychError("--where: no question has all of that at once")
        name, sign, value = unmatched
        values = {v for question in questions for v in _FIELDS[name](question)}
        return TriptychError(
            f"--where: no question has `{name}{sign}{value}`:"
            f" {_existing(value, values)}"
        )

    def _unmatched(self, questions: Sequence[Question]) -> tuple[str, str, str] | None:
        """Return the first comparison that explains why nothing passes, if one does.

        In `a and b` that is a part that nothing passes; in `a or b`, nothing passes
        either part. What follows `not` explains nothing: everything passes it.
        """
        if any(map(self.test, questions)):
            return None
        found = (part._unmatched(questions) for part in self.parts)  # noqa: SLF001 - own
        return self.compared or next(filter(None, found), None)


def _existing(value: str, values: AbstractSet[str]) -> str:
    """Return which `values` there are, the likeliest for `value` first."""
    in_order = sorted(values, key=lambda v: (len(v), v) if v.isdigit() else (0, v))
    close = get_close_matches(value, in_order, n=1)
    hint = f"did you mean `{close[0]}`? " if close else ""
    more = ", …" if len(in_order) > _MAX_VALUES else ""
    listed = ", ".join(in_order[:_MAX_VALUES])
    return f"{hint}there is {listed}{more}" if in_order else "no question has any"


def where(expression: str) -> Where:
    """Return the test that `expression` describes.

    Raises:
        TriptychError: It is not a valid expression.

    """
    tokens = _tokens(expression)
    parsed = _expression(tokens)
    if tokens:
        raise _error(f"`{tokens[0]}` is left over")
    return parsed


def _tokens(expression: str) -> list[str]:
    tokens, position = [], 0
    text = expression.strip()
    while position < len(text):
        token = _TOKEN.match(text, position)
        if token is None:
            raise _error(f"it cannot be read from `{text[position:]}` on")
        tokens.append(next(group for group in token.groups() if group is not None))
        position = token.end()
    return tokens


def _expression(tokens: list[str]) -> Where:
    parts = [_term(tokens)]
    while tokens and tokens[0] == "or":
        tokens.pop(0)
        parts.append(_term(tokens))
    return Where(lambda question: any(part(question) for part in parts), tuple(parts))


def _term(tokens: list[str]) -> Where:
    parts = [_factor(tokens)]
    while tokens and tokens[0] == "and":
        tokens.pop(0)
        parts.append(_factor(tokens))
    return Where(lambda question: all(part(question) for part in parts), tuple(parts))


def _factor(tokens: list[str]) -> Where:
    first = _next_token(tokens)
    if first == "not":
        negated = _factor(tokens)
        return Where(lambda question: not negated(question))
    if first == "(":
        inner = _expression(tokens)
        if _next_token(tokens) != ")":
            raise _error("a parenthesis is not closed")
        return inner
    compared = first, _next_token(tokens), _next_token(tokens)
    return Where(_comparison(*compared), compared=compared)


def _comparison(name: str, sign: str, value: str) -> Test:
    field = _FIELDS.get(name)
    if field is None:
        raise _error(f"there is no `{name}`: use {', '.join(_FIELDS)}")
    if sign == "=":
        return lambda question: value in field(question)
    if sign == "!=":
        return lambda question: value not in field(question)
    if sign not in _OPERATORS:
        raise _error(f"after `{name}` write one of = != < <= > >=")
    if name not in {"difficulty", "minutes"}:
        raise _error(f"`{name}` has no order: use = or !=")
    compare, bound = _OPERATORS[sign], _number(name, value)
    return lambda question: any(
        compare(_number(name, text), bound) for text in field(question)
    )


def _number(name: str, value: str) -> int:
    try:
        return Difficulty(value).rank if name == "difficulty" else int(value)
    except ValueError as error:
        raise _error(f"`{value}` is not a valid {name}") from error


def _next_token(tokens: list[str]) -> str:
    if not tokens:
        raise _error("it ends too early")
    return tokens.pop(0)


def _error(reason: str) -> TriptychError:
    return TriptychError(
        f"--where: {reason}; write, say, 'topic=evaluation and difficulty<=medium'"
    )
