"""Rules about questions whose answer half of all guesses hit; M as in `learning`."""

import re
from collections.abc import Iterable, Iterator

from triptych.patterns import lazy_pattern
from triptych.validate.learning_words import is_english, prompts_with_answers
from triptych.validate.rule import FileScope
from triptych.values.diagnostics import Finding
from triptych.values.document import Document

_YES_NO = lazy_pattern(
    r"(?:is|are|was|were|does|do|did|can|could|should|would|will|has|have|must)\s"
    r"(?!you\s+(?:explain|describe|know|tell|walk|give|show|name|derive|write"
    r"|implement|design|sketch|compare))",
    re.IGNORECASE,
)
_HAS_OPEN_QUESTION = lazy_pattern(
    r"\b(?:why|how|what|when(?!\s+(?:\w+ing|it\scomes)\b)|where|which|who"
    r"|to what extent)\b",
    re.IGNORECASE,
)
_OR = lazy_pattern(r"\s+or\s+(?!not\b)", re.IGNORECASE)
_SAYS_YES_OR_NO = lazy_pattern(
    r"(?:contested, |mostly |usually |in general |in practice |almost )?"
    r"(?:yes|no|not|never|always|neither)\b",
    re.IGNORECASE,
)
_WORD = lazy_pattern(r"[^\W_]+")
_SMALL_WORDS = frozenset({"a", "an", "the", "is", "are", "it", "in", "of", "to", "by"})
_OPTION_WORDS = 4
"""The options stand so near to the `or` of the question."""
_FIRST_WORDS = 4
"""One of the options stands among so many words, if it is the answer."""


def yes_no_question(document: Document, scope: FileScope) -> Iterator[Finding]:
    """Flag a question that yes or no answers: half of the guesses are right (M).

    Its answer, or the summary, begins with that word. Ask why, how or when, or add it,
    as in "Does dropout help at inference, and why?".

    Bad:

        ---
        question: Is k-means sensitive to outliers?
        ---
        Yes: a mean follows each of them.

    Good:

        ---
        question: Why is k-means sensitive to outliers?
        ---
        A mean follows each of them.
    """
    for text, span, answers in prompts_with_answers(document):
        is_plain = _is_closed(text) and not _OR.search(text) and is_english(scope)
        if is_plain and any(map(_SAYS_YES_OR_NO.match, answers)):
            yield Finding(span, "yes or no answers this", "ask why, how or when")


def either_or_question(document: Document, scope: FileScope) -> Iterator[Finding]:
    """Flag a question that offers its own two answers: half of all guesses hit (M).

    The answer begins with one of them, and says nothing of the other. Ask for the
    difference, or when to take which.

    Bad:

        ---
        question: Is bagging or boosting better against variance?
        ---
        Bagging.

    Good:

        ---
        question: Which error does bagging reduce, and which boosting?
        ---
        Variance, and bias.
    """
    for text, span, answers in prompts_with_answers(document):
        offers = _is_closed(text) and _OR.search(text) and is_english(scope)
        if offers and _takes_one(text, answers):
            message = "this offers the two answers to choose from"
            hint = "ask for the difference, or when to take which"
            yield Finding(span, message, hint)


def _is_closed(question: str) -> bool:
    """Return whether a question can be answered in one word that it names."""
    return bool(_YES_NO.match(question)) and not _HAS_OPEN_QUESTION.search(question)


def _takes_one(question: str, answers: Iterable[str]) -> bool:
    """Return whether the answers begin with one option, and never name the other."""
    before, after = _OR.split(question, maxsplit=1)
    one = set(_words(before)[-_OPTION_WORDS:]) - _SMALL_WORDS
    other = set(_words(after)[:_OPTION_WORDS]) - _SMALL_WORDS
    said = [_words(answer) for answer in answers]
    first = {word for words in said for word in words[:_FIRST_WORDS]}
    named = {word for words in said for word in words}
    return any(
        first & (mine - others) and not named & (others - mine)
        for mine, others in ((one, other), (other, one))
    )


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())
