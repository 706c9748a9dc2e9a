"""Rules about how well a card can be learned; sources stand with each.

W is Wozniak, Twenty rules of formulating knowledge; M is Matuschak, How to write good
prompts. Their findings are hints: `check --learn` shows them, and they stop nothing.
"""

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from triptych.typeset.plain import plain
from triptych.validate.learning_words import (
    is_english,
    lists,
    prompts,
    word_count,
)
from triptych.validate.rule import Scope
from triptych.values.diagnostics import Finding, Span
from triptych.values.document import Document
from triptych.values.entry import Entry
from triptych.values.meta import Kind

_YES_NO = re.compile(
    r"(?:is|are|was|were|does|do|did|can|could|should|would|will|has|have|must)\s"
    r"(?!you\s+(?:explain|describe|tell|walk|give|show|name|derive|write))",
    re.IGNORECASE,
)
_ASKS_MORE = re.compile(
    r"\b(?:why|how|what|when|where|which|who|to what extent)\b", re.IGNORECASE
)
_OR = re.compile(r"\s+or\s+(?!not\b)", re.IGNORECASE)
_ASKED = r"\b(?:how|why|what|when|where|which|who)\b"
_ANOTHER = re.compile(
    rf"{_ASKED}.*(?:[,;:]?\s+and\s+|[,;]\s+|\?\s+)(?:in\s+|for\s+)?{_ASKED}",
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
_PROMISED = re.compile(
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
_GRAMMAR = frozenset(
    (
        *("a", "an", "the", "and", "or", "of", "in", "on", "at", "to", "by", "for"),
        *("as", "is", "are", "was", "it", "that"),
    )
)
"""Words that never carry a fact."""
_WORDS_PER_MINUTE = 170
"""Faster than almost everybody speaks."""
_LISTS = frozenset({"bullet_list_open", "ordered_list_open"})
_MAX_ITEMS = 5
_MAX_GAP_WORDS = 6
_MIN_LIKENESS = 0.75
_MARKS = 3
_MIN_GIVEN_AWAY_CHARS = 4


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
        if _YES_NO.match(text) and not _ASKS_MORE.search(text) and not _OR.search(text):
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
        if _YES_NO.match(text) and _OR.search(text) and not _ASKS_MORE.search(text):
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
        if _ANOTHER.search(text) and not _CONTRAST.search(text):
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
        promised = _PROMISED.search(plain([token]))
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


def poor_gap(document: Document, _scope: Scope) -> Iterator[Finding]:
    """Flag a gap that hides too little, too much, or what can be read beside it (W5).

    A gap of a stop word asks for grammar, one of a clause for its very wording, and one
    whose text stands in the question or the summary, too, for nothing.

    Bad:

        ---
        question: What does dropout drop?
        summary: "{{c1::Dropout}} drops units at random."
        ---
        Units.

    Good:

        ---
        question: What does dropout drop?
        summary: "Dropout drops {{c1::units}} at random."
        ---
        Units.
    """
    asked = plain(document.prose.get("question", ())).casefold()
    for token in document.prose.get("summary", ()):
        children = token.children or []
        opened = [n for n, child in enumerate(children) if child.type == "cloze_open"]
        closed = [n for n, child in enumerate(children) if child.type == "cloze_close"]
        for start, end in zip(opened, closed, strict=False):
            hidden = plain(children[start + 1 : end])
            seen = f"{plain(children[:start])} {plain(children[end + 1 :])}".casefold()
            words = hidden.split()
            message, hint = "", ""
            if words and all(word.casefold() in _GRAMMAR for word in words):
                message, hint = (
                    f"this gap hides `{hidden}`",
                    "hide what carries the fact",
                )
            elif len(words) > _MAX_GAP_WORDS:
                message = f"this gap hides {len(words)} words"
                hint = "hide the one or two that carry the fact"
            elif _stands_in(hidden, asked) or _stands_in(hidden, seen):
                message = f"what this gap hides, `{hidden}`, can be read beside it"
                hint = "hide something else"
            if message:
                yield Finding(document.span(children[start]), message, hint)


def _stands_in(hidden: str, text: str) -> bool:
    words = hidden.casefold().strip()
    whole = rf"(?<!\w){re.escape(words)}(?!\w)"
    return len(words) >= _MIN_GIVEN_AWAY_CHARS and re.search(whole, text) is not None


def long_answer(document: Document, _scope: Scope) -> Iterator[Finding]:
    """Flag a spoken answer that does not fit into the stated minutes (W4).

    Nobody says more than 170 words a minute. Code and what stands `In depth` do not
    count.

    For two minutes 400 words are too many, and 260 are fine.
    """
    meta = document.meta
    if meta.is_guide or meta.kind in {Kind.CODING, Kind.SYSTEM_DESIGN}:
        return
    words = word_count(document.layers.answer)
    most = meta.minutes * _WORDS_PER_MINUTE
    if words > most:
        place = document.front_matter.get("minutes") or document.front_matter.get(
            "question"
        )
        if place:
            message = f"the answer has {words} words: {most} fit {meta.minutes} minutes"
            yield Finding(place.span, message, "move some of it to `## In depth`")


def long_list(document: Document, _scope: Scope) -> Iterator[Finding]:
    """Flag an answer that lists more than five things: few recall them all (W9, W10).

    Bad:

        ---
        question: What can a data pipeline get wrong?
        ---
        - Nulls
        - Doubles
        - Units
        - Times
        - Joins
        - Leaks

    Good:

        ---
        question: What can a data pipeline get wrong about time?
        ---
        - Zones
        - Leaks
    """
    if document.meta.is_guide or document.meta.kind is not Kind.CONCEPT:
        return
    tokens = document.layers.answer
    opened = [t for t in tokens if t.type in _LISTS and not t.level]
    for token, count in zip(opened, lists(tokens), strict=False):
        if count > _MAX_ITEMS:
            message = f"the answer lists {count} things"
            hint = f"keep {_MAX_ITEMS} at most, or make several cards"
            yield Finding(document.span(token), message, hint)


def near_duplicate(entries: tuple[Entry, ...], _scope: Scope) -> Iterator[Finding]:
    """Flag a question that differs from another one in a word or two (W11).

    Of two cards that look alike each is answered with the other's answer.

    Bad:

        === topic/a.md
        ---
        question: What is the variance of a sample mean?
        ---
        It falls with the size of the sample.
        === topic/b.md
        ---
        question: What is the variance of the sample mean?
        ---
        The variance of one, over n.

    Good:

        === topic/a.md
        ---
        question: How does the variance of a sample mean fall with its size?
        ---
        It falls with the size of the sample.
        === topic/b.md
        ---
        question: Which estimator of the variance is unbiased?
        ---
        The one that divides by n - 1.
    """
    asked = {
        entry.meta.path: frozenset(entry.question.split())
        for entry in entries
        if entry.question and not entry.meta.retired
    }
    by_word: dict[str, list[PurePosixPath]] = {}
    for path, words in sorted(asked.items()):
        # Two that share most words share one of their longest.
        marks = sorted(words, key=lambda word: (-len(word), word))[:_MARKS]
        seen = {other for mark in marks for other in by_word.get(mark, ())}
        for other in sorted(seen):
            if _likeness(words, asked[other]) >= _MIN_LIKENESS:
                message = f"`{other}` asks nearly the same"
                yield Finding(
                    Span(path), message, "say what is different, or unite them"
                )
                break
        for mark in marks:
            by_word.setdefault(mark, []).append(path)


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """Return which part of their words two questions share; none for the same words."""
    return 0.0 if one == other else len(one & other) / len(one | other)
