"""Rules about how well a card can be learned; sources stand with each.

W is Wozniak, Twenty rules of formulating knowledge; M is Matuschak, How to write good
prompts. Their findings are hints: `check --learn` shows them, and they stop nothing.
"""

import re
from collections.abc import Iterator

from triptych.patterns import lazy_pattern
from triptych.typeset.plain import plain
from triptych.validate.learning_words import is_english, prompts, stems
from triptych.validate.rule import FileScope
from triptych.values.diagnostics import Finding
from triptych.values.document import Document

_QUESTION_WORD = r"(?:how|why|what|when|where|which|who)\b"
_NEXT_QUESTION = lazy_pattern(
    rf"(?:[,;:]?\s+and\s+|[,;]\s+|\?\s+)(?:(?:in|for|to|by)\s+)?(?={_QUESTION_WORD})",
    re.IGNORECASE,
)
_MAX_PARTS = 2
"""What is asked in more parts is answered in more."""
_POINTS_BACK = lazy_pattern(
    r"\b(?:it|its|they|them|their|theirs|that|this|these|those|each|both|one|ones"
    r"|either)\b",
    re.IGNORECASE,
)
"""A second part that is about the first one, which one answer covers."""
_THE = lazy_pattern(r"\bthe\b", re.IGNORECASE)
_MIN_OWN_WORDS = 3
_NO_SUBJECT = frozenset(
    stem
    for word in (
        *("advantages", "disadvantages", "drawbacks", "benefits", "pros", "cons"),
        *("limitations", "types", "kinds", "examples", "example", "difference"),
        *("differences", "purpose", "meaning", "definition", "main", "important"),
        *("different", "various", "common", "key", "used", "use", "uses", "using"),
        *("work", "works", "mean", "means", "help", "helps", "need", "needed"),
        *("explain", "describe", "define", "discuss", "give", "list", "name", "tell"),
        *(
            "happens",
            "happen",
            "steps",
            "features",
            "properties",
            "problem",
            "problems",
        ),
        *("solution", "reason", "reasons", "ways", "way", "first", "second", "third"),
    )
    for stem in stems(word)
)
"""Beginnings of words that say nothing of what a question is about."""
_ASKS = lazy_pattern(rf"\b{_QUESTION_WORD}", re.IGNORECASE)
_CONTRAST = lazy_pattern(
    r"\b(?P<asked>when|which|where)\b.*\band\s+(?P=asked)\b", re.IGNORECASE
)
"""One question about two things: when this and when that."""
_PRONOUN = lazy_pattern(
    r"(?:(?:what|why|how|when|where)\s+(?:is|are|does|do|did|was|were|can|should)\s+"
    r"(?:it|they|this|these|that|those)\b(?=\s*(?:\?|mean|work|help|do\b|matter))"
    r"|(?:what|why|when|where|how(?:\s+(?:long|often|much|many|far|fast))?)\s+"
    r"(?:does|do|did)\s+(?:they|(?:it|this|that)(?=\s+(?:break|change|fail|happen|hold"
    r"|make|need|occur|take|use)\b))\b)"
    # "What does it mean when …" and "How long does it take to …" name what it is.
    r"(?!\s+\w+\s+(?:to|that|when|if|for|in order)\b)",
    re.IGNORECASE,
)
_BEGINS_WITH_PRONOUN = lazy_pattern(
    r"(?:they|these|those)\b|(?:this|that)\s+(?:is|was|does|means|makes)\b"
    r"|it\b(?!\s+(?:is|was|seems)\s+(?:\w+\s+){1,2}(?:to|that|for)\b)",
    re.IGNORECASE,
)


def several_questions(document: Document, scope: FileScope) -> Iterator[Finding]:
    """Flag a question that asks several: whoever knows only one cannot grade it (W4).

    Make a follow-up of the second. Two parts that one answer covers are one question:
    "What is overfitting, and how do you avoid it?".

    Bad:

        ---
        question: What is a p-value, and why does peeking mislead people?
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
        parts = _NEXT_QUESTION.split(text)
        asks = [part for part in parts if _ASKS.search(part)]
        is_apart = text.count("?") > 1
        several = max(len(asks), text.count("?")) > _MAX_PARTS or (
            len(asks) == _MAX_PARTS and not _is_one_answer(parts[-1], is_apart=is_apart)
        )
        if several and not _CONTRAST.search(text):
            message = "this asks several questions"
            yield Finding(span, message, "make a follow-up of the second")


def _is_one_answer(second: str, *, is_apart: bool) -> bool:
    """Return whether the second part of a question is about what the first asks.

    A part of the same sentence may say "the choice"; one apart names something else.
    """
    if _POINTS_BACK.search(second) or (not is_apart and _THE.search(second)):
        return True
    return len(stems(second)) < _MIN_OWN_WORDS


def missing_context(document: Document, scope: FileScope) -> Iterator[Finding]:
    """Flag a question that does not say what it is about (W16).

    Cards come in any order: nothing stands before one, not even its topic.

    Bad:

        ---
        question: What are the main advantages?
        ---
        It needs no scaling.

    Good:

        ---
        question: What are the main advantages of decision trees?
        ---
        They need no scaling.
    """
    if document.meta.is_guide or not is_english(scope):
        return
    for token in document.prose.get("question", ()):
        text = plain([token])
        words = stems(text)
        shows_something = any(
            child.type.startswith(("code", "math", "image"))
            for child in token.children or ()
        )
        has_reference = shows_something or _PRONOUN.match(text)
        if text and words <= _NO_SUBJECT and not has_reference:
            message = "this does not say what it is about"
            yield Finding(document.span(token), message, "name the subject")


def orphan_pronoun(document: Document, scope: FileScope) -> Iterator[Finding]:
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
