"""Rules about cards of the whole deck that learners take for one another.

Sources as in `learning`; their findings are hints, too.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from math import ceil
from pathlib import PurePosixPath

from triptych.validate.rule import DeckScope
from triptych.values.diagnostics import Finding, Span
from triptych.values.entry import Entry, Mention

_MIN_LIKENESS = 0.8
_MIN_OWN_WORDS = 4
"""A name or a number may answer many questions, and each of them is a fact."""
_NOT_COMPARED = frozenset(
    (
        *("a", "an", "the", "of", "in", "on", "for", "to", "is", "are", "was", "were"),
        *("do", "does", "did", "and", "be", "by", "with", "at", "as", "it", "its"),
    )
)
"""Words by which two questions may differ and be the same."""
_PLURAL = re.compile(r"(?<=[^\W\d_]{3})(?:(?<=[^aeiou])ies|(?<=[^sui])s)$")


def near_duplicate(entries: tuple[Entry, ...], _scope: DeckScope) -> Iterator[Finding]:
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
    questions = {entry.meta.path: entry.question for entry in entries}
    asked = {
        entry.meta.path: _compared_words(entry.question)
        for entry in entries
        if entry.question and not entry.meta.retired
    }
    by_word: dict[str, list[PurePosixPath]] = {}
    uses = Counter(word for words in asked.values() for word in words)
    for path, words in sorted(asked.items()):
        # Of two that are so alike the rarest words cannot all differ.
        rarest = sorted(words, key=lambda word: (uses[word], word))
        marks = rarest[: len(words) - ceil(_MIN_LIKENESS * len(words)) + 1]
        seen = {other for mark in marks for other in by_word.get(mark, ())}
        for other in sorted(seen):
            same = questions[path] == questions[other]
            if not same and _likeness(words, asked[other]) >= _MIN_LIKENESS:
                message = f"`{other}` asks nearly the same"
                yield Finding(
                    Span(path), message, "say what is different, or unite them"
                )
                break
        for mark in marks:
            by_word.setdefault(mark, []).append(path)


def _compared_words(question: str) -> frozenset[str]:
    """Return the words that distinguish a question from others, in the singular."""
    words = frozenset(question.split()) - _NOT_COMPARED
    return frozenset(
        _PLURAL.sub(lambda end: "y" if end[0] == "ies" else "", word) for word in words
    )


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """Return which part of their words two questions share."""
    return len(one & other) / len(one | other)


def identical_answers(
    entries: tuple[Entry, ...], _scope: DeckScope
) -> Iterator[Finding]:
    """Flag an answer that another card has, too, word for word (M).

    Whoever has seen it twice answers by the look of the question. One card that asks
    for both says more. An answer of one to three words, such as a name, may stand on
    any number of cards.

    Bad:

        === topic/a.md
        ---
        question: Which error does bagging reduce?
        ---
        The variance of the mean.
        === topic/b.md
        ---
        question: Which error does more data reduce?
        ---
        The variance of the mean.

    Good:

        === topic/a.md
        ---
        question: Which error do bagging and more data reduce?
        ---
        The variance of the mean.
    """
    seen: defaultdict[str, list[Mention]] = defaultdict(list)
    for entry in entries:
        if not entry.meta.retired:
            for answer in entry.answers:
                seen[answer.name].append(answer)
    for same in seen.values():
        first, *others = same
        if len(first.name.split()) < _MIN_OWN_WORDS:
            continue
        for other in others:
            place = f"{first.span.path}:{first.span.line}"
            message = f"this has the same answer as `{place}`"
            hint = "let one card ask for both, or say what is special here"
            yield Finding(other.span, message, hint)
