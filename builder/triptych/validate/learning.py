"""Rules about how well a card can be learned; sources stand with each.

W is Wozniak, Twenty rules of formulating knowledge; M is Matuschak, How to write good
prompts. Their findings are hints: `check --learn` shows them, and they stop nothing.
"""

import re
from collections.abc import Iterator

from triptych.typeset.plain import plain
from triptych.validate.learning_words import (
    is_english,
    lists,
    prompts,
)
from triptych.validate.rule import Scope
from triptych.values.diagnostics import Finding
from triptych.values.document import Document

_YES_NO = re.compile(
    r"(?:is|are|was|were|does|do|did|can|could|should|would|will|has|have|must)\s"
    r"(?!you\s+(?:explain|describe|tell|walk|give|show|name|derive|write))",
    re.IGNORECASE,
)
_HAS_OPEN_QUESTION = re.compile(
    r"\b(?:why|how|what|when|where|which|who|to what extent)\b", re.IGNORECASE
)
_OR = re.compile(r"\s+or\s+(?!not\b)", re.IGNORECASE)
_QUESTION_WORD = r"\b(?:how|why|what|when|where|which|who)\b"
_SECOND_QUESTION = re.compile(
    rf"{_QUESTION_WORD}.*(?:[,;:]?\s+and\s+|[,;]\s+|\?\s+)(?:in\s+|for\s+)?{_QUESTION_WORD}",
    re.IGNORECASE,
)
_CONTRAST = re.compile(
    r"\b(?P<asked>when|which|where)\b.*\band\s+(?P=asked)\b", re.IGNORECASE
)
"""One question about two things: when this and when that."""
_NUMBERS = {
    word: number
    for number, name in enumerate(
        ("two", "three", "four", "five", "six", "seven", "eight"), 2
    )
    for word in (name, str(number))
}
_COUNTED_LIST = re.compile(
    rf"\b(?P<number>{'|'.join(_NUMBERS)})\s+(?:[a-z-]+\s+){{0,2}}?"
    r"(?:ways|reasons|kinds|types|steps|parts|causes|stages|properties|assumptions"
    r"|components|methods|differences|phases|rules|conditions|sources|levers|questions"
    r"|ingredients|techniques|families|approaches|axes|numbers|metrics|problems)\b",
    re.IGNORECASE,
)
_PRONOUN = re.compile(
    r"(?:what|why|how|when|where)\s+(?:is|are|does|do|did|was|were|can|should)\s+"
    r"(?:it|they|this|these|that|those)\b(?=\s*(?:\?|mean|work|help|do\b|matter))",
    re.IGNORECASE,
)
_BEGINS_WITH_PRONOUN = re.compile(
    r"(?:it|they|these|those)\b|(?:this|that)\s+(?:is|was|does|means|makes)\b",
    re.IGNORECASE,
)


def yes_no_question(document: Document, scope: Scope) -> Iterator[Finding]:
    """Flag a question that yes or no answers: half of the guesses are right (M).

    Ask why, how or when, or add it, as in "Does dropout help at inference, and why?".

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
    for text, span in prompts(document) if is_english(scope) else ():
        if (
            _YES_NO.match(text)
            and not _HAS_OPEN_QUESTION.search(text)
            and not _OR.search(text)
        ):
            yield Finding(span, "yes or no answers this", "ask why, how or when")


def either_or_question(document: Document, scope: Scope) -> Iterator[Finding]:
    """Flag a question that offers its own two answers: half of all guesses hit (M).

    Ask for the difference, or when to take which.

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
    for text, span in prompts(document) if is_english(scope) else ():
        if (
            _YES_NO.match(text)
            and _OR.search(text)
            and not _HAS_OPEN_QUESTION.search(text)
        ):
            message = "this offers the two answers to choose from"
            yield Finding(
                span, message, "ask for the difference, or when to take which"
            )


def several_questions(document: Document, scope: Scope) -> Iterator[Finding]:
    """Flag a question that asks several: who knows one of them grades at a loss (W4).

    Make a follow-up of the second.

    Bad:

        ---
        question: What is a p-value, and why does peeking at it mislead?
        ---
        A probability. Peeking tests many times.

    Good:

        ---
        question: What is a p-value?
        ---
        A probability.

        ## Follow-ups

        ### Why does peeking at it mislead? {#peeking}

        It tests many times.
    """
    for text, span in prompts(document) if is_english(scope) else ():
        if _SECOND_QUESTION.search(text) and not _CONTRAST.search(text):
            message = "this asks several questions"
            yield Finding(span, message, "make a follow-up of the second")


def wrong_count(document: Document, scope: Scope) -> Iterator[Finding]:
    """Flag a question that promises so many, where the answer lists another number (G).

    Whoever names as many as are asked for does not know which is missing. G stands for
    the review lists of public decks.

    Bad:

        ---
        question: Which three ways are there to fight overfitting?
        ---
        - More data
        - Less capacity

    Good:

        ---
        question: Which two ways are there to fight overfitting?
        ---
        - More data
        - Less capacity
    """
    if document.meta.is_guide or not is_english(scope):
        return
    counts = list(lists(document.layers.answer))
    for token in document.prose.get("question", ()):
        promised = _COUNTED_LIST.search(plain([token]))
        if promised and counts:
            number = _NUMBERS[promised["number"].casefold()]
            if number not in counts:
                listed = " or ".join(str(count) for count in dict.fromkeys(counts))
                message = f"this promises {number}, and the answer lists {listed}"
                yield Finding(document.span(token), message, "let both say the same")


def orphan_pronoun(document: Document, scope: Scope) -> Iterator[Finding]:
    """Flag a question or a summary whose first word stands for something not named (M).

    On a card, on the sheet and in a list of results nothing stands before it.

    Bad:

        ---
        question: What are residual connections?
        summary: They let gradients pass.
        ---
        Paths around a layer.

    Good:

        ---
        question: What are residual connections?
        summary: Residual connections let gradients pass.
        ---
        Paths around a layer.
    """
    if document.meta.is_guide or not is_english(scope):
        return
    for key, pattern in (("question", _PRONOUN), ("summary", _BEGINS_WITH_PRONOUN)):
        for token in document.prose.get(key, ()):
            found = pattern.match(plain([token]))
            if found:
                message = f"`{found[0]}` stands for something that is not named here"
                yield Finding(document.span(token), message, "name it")
