"""Rules about how well an answer is learned: its counts, length, lists and figures.

Sources as in `learning`; their findings are hints, too.
"""

import re
from collections.abc import Iterator

from triptych.dialect.links import ImageKind, picture
from triptych.patterns import lazy_pattern
from triptych.typeset.pictures import pictures
from triptych.typeset.plain import plain
from triptych.validate.learning_words import LISTS, is_english, list_lengths, word_count
from triptych.validate.rule import FileScope
from triptych.values.diagnostics import Finding
from triptych.values.document import Document
from triptych.values.meta import Kind

_WORDS_PER_MINUTE = 170
"""Faster than almost everybody speaks."""
_MAX_SKETCH_WORDS = 300
"""What is said of a program or a design before it is written or drawn."""
_MAX_SMALL_ANSWER_WORDS = 80
"""Of a follow-up or a pitfall, whose card is answered in half a minute."""
_MAX_ITEMS = 5
_ITEM = r"[^,.;:!?()]{1,40}"
_ENUMERATION = lazy_pattern(
    rf"(?:{_ITEM},\s){{{_MAX_ITEMS - 1},}}{_ITEM}(?:,?\s(?:and|or)|,)\s"
)
_WHOLE_ENUMERATION = lazy_pattern(
    r"[^,;:.()]{1,40}(?:,\s(?!and\b|or\b)[^,;:.()]{1,40}){0,7}(?:,?\sand\s[^,;:.()]{1,40})\.?"
)
_FEWER = f"keep {_MAX_ITEMS} at most, or make several cards"
_PHONE_PIXELS = 360
"""The width of a narrow phone."""
_MIN_TEXT_PIXELS = 9
_VIEW_BOX = re.compile(rb'viewBox="[-\d.]+ [-\d.]+ (\d{1,9}(?:\.\d+)?) [\d.]+"')
_FONT_SIZE = re.compile(rb'font-size[:=]\s*"?(\d{1,9}(?:\.\d+)?)(?:px)?["; ]')

_NUMBERS = {
    word: number
    for number, name in enumerate(
        ("two", "three", "four", "five", "six", "seven", "eight"), 2
    )
    for word in (name, str(number))
}
_COUNTED_LIST = lazy_pattern(
    rf"\b(?P<number>{'|'.join(_NUMBERS)})\s+(?:[a-z-]+\s+){{0,2}}?"
    r"(?:ways|reasons|kinds|types|steps|parts|causes|stages|properties|assumptions"
    r"|components|methods|differences|phases|rules|conditions|sources|levers|questions"
    r"|ingredients|techniques|families|approaches|axes|numbers|metrics|problems)\b",
    re.IGNORECASE,
)
_ASKS_FOR_SO_MANY = lazy_pattern(
    rf"(?:what|which|name|list)\b(?:\s+are|\s+were)?(?:\s+the)?\s+"
    rf"(?P<number>{'|'.join(_NUMBERS)})\s+(?:[a-z-]+\s+){{0,2}}?[a-z-]+s\b",
    re.IGNORECASE,
)
"""What is asked for by number, whatever it is called."""


def wrong_count(document: Document, scope: FileScope) -> Iterator[Finding]:
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
    announced = list(_announced(document))
    yield from announced
    counts = list(list_lengths(document.layers.answer))
    summary = plain(document.prose.get("summary", ())).strip()
    if not counts and _WHOLE_ENUMERATION.fullmatch(summary):
        counts = [len(re.split(r",?\sand\s|,\s", summary))]
    for token in document.prose.get("question", ()):
        text = plain([token])
        promised = _ASKS_FOR_SO_MANY.match(text) or _COUNTED_LIST.search(text)
        if promised and counts and not announced:
            number = _NUMBERS[promised["number"].casefold()]
            if number not in counts:
                listed = " or ".join(str(count) for count in dict.fromkeys(counts))
                message = f"this promises {number}, and the answer lists {listed}"
                yield Finding(document.span(token), message, "let both say the same")


def _announced(document: Document) -> Iterator[Finding]:
    """Yield the sentences that end with a colon and announce another number of items.

    The list must follow at once.
    """
    tokens = document.layers.answer
    for place, token in enumerate(tokens[:-2]):
        text = plain([token]) if token.type == "inline" and token.level == 1 else ""
        last = re.split(r"(?<=[.!?])\s", text)[-1]
        said = _COUNTED_LIST.search(last) if text.endswith(":") else None
        if said and tokens[place + 2].type in LISTS:
            number = _NUMBERS[said["number"].casefold()]
            count = next(list_lengths(tokens[place + 2 :]), number)
            if count != number:
                message = f"this promises {number}, and the list has {count}"
                yield Finding(document.span(token), message, "let both say the same")


def long_answer(document: Document, _scope: FileScope) -> Iterator[Finding]:
    """Flag an answer that is too long to be recalled, by its kind (W4).

    Nobody says more than 170 words a minute: for two minutes 400 words are too many,
    and 260 are fine. Before a program or a design 300 words are enough, and a follow-up
    or a pitfall has 80. Code and what stands `In depth` do not count.
    """
    meta = document.meta
    if meta.is_guide or meta.is_cards:
        return
    words = word_count(document.layers.answer)
    most, room = meta.minutes * _WORDS_PER_MINUTE, f"{meta.minutes} minutes"
    if meta.kind in {Kind.CODING, Kind.SYSTEM_DESIGN}:
        most, room = _MAX_SKETCH_WORDS, "what is said before the work"
    place = document.front_matter.get("minutes") or document.front_matter.get(
        "question"
    )
    if words > most and place:
        message = f"the answer has {words} words: {most} fit {room}"
        yield Finding(place.span, message, "move some of it to `## In depth`")
    for section in document.sections:
        words = word_count(section.tokens)
        if section.has_card and words > _MAX_SMALL_ANSWER_WORDS:
            message = f"this card has {words} words: {_MAX_SMALL_ANSWER_WORDS} are many"
            yield Finding(section.span, message, "say less, or make two of it")


def long_list(document: Document, scope: FileScope) -> Iterator[Finding]:
    """Flag an answer that lists more than five things: few recall them all (W9, W10).

    Steps in a numbered list may be more, since each leads to the next.

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
    opened = [t for t in tokens if t.type in LISTS and not t.level]
    for token, count in zip(opened, list_lengths(tokens), strict=False):
        if count > _MAX_ITEMS and token.type == "bullet_list_open":
            message = f"the answer lists {count} things"
            yield Finding(document.span(token), message, _FEWER)
    for token in document.prose.get("summary", ()) if is_english(scope) else ():
        found = _ENUMERATION.search(plain([token]))
        if found:
            message = f"the summary lists more than {_MAX_ITEMS} things"
            yield Finding(document.span(token), message, _FEWER)


def small_figure_text(document: Document, scope: FileScope) -> Iterator[Finding]:
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
            found = picture(shown.src, document.source.path, scope.files)
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
