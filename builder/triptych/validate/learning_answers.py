"""Rules about how well an answer is learned: gaps, lengths, lists, figures, likeness.

Sources as in `learning`; their findings are hints, too.
"""

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from triptych.dialect.links import ImageKind, picture
from triptych.typeset.pictures import pictures
from triptych.typeset.plain import plain
from triptych.validate.learning_words import lists, word_count
from triptych.validate.rule import Scope
from triptych.values.diagnostics import Finding, Span
from triptych.values.document import Document
from triptych.values.entry import Entry
from triptych.values.meta import Kind

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
_PHONE_PIXELS = 360
"""The width of a narrow phone."""
_MIN_TEXT_PIXELS = 9
_VIEW_BOX = re.compile(rb'viewBox="[-\d.]+ [-\d.]+ (\d{1,9}(?:\.\d+)?) [\d.]+"')
_FONT_SIZE = re.compile(rb'font-size[:=]\s*"?(\d{1,9}(?:\.\d+)?)(?:px)?["; ]')


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
    if meta.is_guide or meta.kind in {Kind.CODING, Kind.SYSTEM_DESIGN, Kind.CARDS}:
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


def small_figure_text(document: Document, scope: Scope) -> Iterator[Finding]:
    """Flag a figure whose smallest text is under 9 pixels on a phone (G).

    There it is 360 pixels wide: text of 14 in a `viewBox` 450 wide is 11 pixels high,
    and in one 720 wide 7.

    Bad:

        === topic/q.md
        ---
        question: What is bias?
        ---
        ![A target](media/a.svg)
        === media/a.svg
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 720 90">
        <text font-size="14" y="20">bias</text></svg>

    Good:

        === topic/q.md
        ---
        question: What is bias?
        ---
        ![A target](media/a.svg)
        === media/a.svg
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 450 90">
        <text font-size="14" y="20">bias</text></svg>
    """
    for token in document.find("image"):
        for shown in pictures(token):
            found = picture(shown.src, document.source.path, scope.folder.files)
            if found.kind is not ImageKind.FILE or found.path.suffix != ".svg":
                continue
            data = scope.load(found.path).data
            box, sizes = _VIEW_BOX.search(data), _FONT_SIZE.findall(data)
            if box and sizes and float(box[1]):
                pixels = min(map(float, sizes)) * _PHONE_PIXELS / float(box[1])
                if pixels < _MIN_TEXT_PIXELS:
                    message = f"text in `{shown.src}` is {pixels:.1f} pixels on a phone"
                    hint = "draw it narrower, or with larger text"
                    yield Finding(document.span(token), message, hint)
