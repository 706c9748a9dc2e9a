"""The language of ``--where``: ``topic=evaluation and not (kind=coding)``.

expression = term {"or" term}; term = factor {"and" factor};
factor = "not" factor | "(" expression ")" | name operator value.
"""

import operator
import re
from collections.abc import Callable, Mapping
from types import MappingProxyType

from triptych.errors import TriptychError
from triptych.values.meta import Difficulty
from triptych.values.question import Question

Test = Callable[[Question], bool]

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


def where(expression: str) -> Test:
    """Return the test that `expression` describes."""
    words = list(_words(expression))
    test = _either(words)
    if words:
        raise _wrong(f"`{words[0]}` is left over")
    return test


def _words(expression: str) -> list[str]:
    words, position = [], 0
    text = expression.strip()
    while position < len(text):
        token = _TOKEN.match(text, position)
        if token is None:
            raise _wrong(f"it cannot be read from `{text[position:]}` on")
        words.append(next(group for group in token.groups() if group is not None))
        position = token.end()
    return words


def _either(words: list[str]) -> Test:
    tests = [_both(words)]
    while words and words[0] == "or":
        words.pop(0)
        tests.append(_both(words))
    return lambda question: any(test(question) for test in tests)


def _both(words: list[str]) -> Test:
    tests = [_factor(words)]
    while words and words[0] == "and":
        words.pop(0)
        tests.append(_factor(words))
    return lambda question: all(test(question) for test in tests)


def _factor(words: list[str]) -> Test:
    word = _next(words)
    if word == "not":
        test = _factor(words)
        return lambda question: not test(question)
    if word == "(":
        test = _either(words)
        if _next(words) != ")":
            raise _wrong("a parenthesis is not closed")
        return test
    return _comparison(word, _next(words), _next(words))


def _comparison(name: str, sign: str, value: str) -> Test:
    field = _FIELDS.get(name)
    if field is None:
        raise _wrong(f"there is no `{name}`: use {', '.join(_FIELDS)}")
    if sign == "=":
        return lambda question: value in field(question)
    if sign == "!=":
        return lambda question: value not in field(question)
    if sign not in _OPERATORS:
        raise _wrong(f"`{name}` wants one of = != < <= > >= after it")
    if name not in {"difficulty", "minutes"}:
        raise _wrong(f"`{name}` has no order: use = or !=")
    compare, bound = _OPERATORS[sign], _number(name, value)
    return lambda question: any(
        compare(_number(name, said), bound) for said in field(question)
    )


def _number(name: str, value: str) -> int:
    try:
        return Difficulty(value).rank if name == "difficulty" else int(value)
    except ValueError as error:
        raise _wrong(f"`{value}` is no {name}") from error


def _next(words: list[str]) -> str:
    if not words:
        raise _wrong("it ends too early")
    return words.pop(0)


def _wrong(why: str) -> TriptychError:
    return TriptychError(
        f"--where: {why}; write, say, 'topic=evaluation and difficulty<=medium'"
    )
