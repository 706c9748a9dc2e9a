"""Rules about what a card hides, and what of it can be read on its front.

Sources as in `learning`; their findings are hints, too.
"""

import re
from collections.abc import Iterator

from triptych.typeset.plain import plain
from triptych.validate.learning_open_gaps import open_gap_fault
from triptych.validate.learning_words import is_english, prompts, stems, words_of
from triptych.validate.rule import FileScope
from triptych.values.diagnostics import Finding
from triptych.values.document import Document

_MAX_GAP_WORDS = 6
_MIN_GIVEN_AWAY_CHARS = 4
_GRAMMAR = frozenset(
    (
        *("a", "an", "the", "and", "or", "of", "in", "on", "at", "to", "by", "for"),
        *("as", "is", "are", "was", "it", "that", "this", "with", "from", "be"),
    )
)
"""Words that never carry a fact."""
_VAGUE = frozenset(
    (
        *("often", "usually", "sometimes", "typically", "many", "several", "few"),
        *("some", "good", "important", "very", "much"),
    )
)
"""Words in whose place others would be as right."""
_MAX_SHORT_ANSWER_WORDS = 6
_OR = " or "
_LETTER = re.compile(r"(?<!\w)[A-Z](?!\w)")
"""A name of one letter, such as a key or a vitamin; or an article before a word."""
_MAX_SUMMARY_WORDS = 12
_MIN_GIVEN_STEMS = 4
_GIVEN_PART = 0.8


def poor_gap(document: Document, scope: FileScope) -> Iterator[Finding]:
    """Flag a gap that hides too little or too much, or has several right answers (W5).

    A gap of a stop word asks for grammar, one of a clause for its very wording. Where a
    word such as "often" is hidden, several answers are right. So they are, unless the
    gap has a hint, where one of several examples, causes or remedies is hidden, or the
    last of things that are no known pair. What stands in the question or the summary,
    too, can be read beside the gap.

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
            before, after = plain(children[:start]), plain(children[end + 1 :])
            fault = _gap_fault(hidden, f"{asked} {before} {after}".casefold())
            if not fault and is_english(scope) and not children[start].meta["hint"]:
                elsewhere = f"{asked} {plain(document.tokens)}"
                fault = open_gap_fault(hidden, before, after, elsewhere)
            if fault:
                yield Finding(document.span(children[start]), *fault)


def _gap_fault(hidden: str, seen: str) -> tuple[str, str] | None:
    """Return what is wrong with a gap and what helps; None if nothing is."""
    words = hidden.casefold().split()
    if words and all(word in _GRAMMAR for word in words):
        return f"this gap hides `{hidden}`", "hide what carries the fact"
    if len(words) > _MAX_GAP_WORDS:
        hint = "hide the one or two that carry the fact"
        return f"this gap hides {len(words)} words", hint
    if words and all(word in _VAGUE for word in words):
        message = f"other words would fit as well as `{hidden}`"
        return message, "hide what carries the fact"
    if _stands_in(hidden, seen):
        message = f"what this gap hides, `{hidden}`, can be read beside it"
        return message, "hide something else"
    return None


def _stands_in(hidden: str, text: str) -> bool:
    words = hidden.casefold().strip()
    whole = rf"(?<!\w){re.escape(words)}(?!\w)"
    return len(words) >= _MIN_GIVEN_AWAY_CHARS and re.search(whole, text) is not None


def given_away(document: Document, scope: FileScope) -> Iterator[Finding]:
    """Flag an answer that can be read on the front, in the question or a hint (M).

    Who can read the answer recalls nothing. A hint says where to look, not what is
    there.

    Bad:

        ---
        question: Why does the log loss of logistic regression suit probabilities?
        ---
        It is the log loss.

    Good:

        ---
        question: Which loss does logistic regression minimize?
        ---
        The log loss.
    """
    if document.meta.is_guide or not is_english(scope):
        return
    answers = [document.layers.answer, *(s.tokens for s in document.layers.follow_ups)]
    for (asked, span), tokens in zip(prompts(document), answers, strict=False):
        answer = plain(tokens)
        words = stems(answer)
        is_short = len(answer.split()) <= _MAX_SHORT_ANSWER_WORDS
        is_given = (
            words and words <= stems(asked) and not _is_other_letter(answer, asked)
        )
        if is_given and is_short and _OR not in asked:
            message = "the question has all words of its answer"
            yield Finding(span, message, "ask without them")
    yield from _given_by_summary_or_hints(document)


def _is_other_letter(answer: str, question: str) -> bool:
    """Return whether an answer such as "A minor" has its letter in no such place there.

    "Which minor key is relative to C major?" has its words, and still asks for it.
    """
    words = answer.strip().rstrip(".")
    return bool(_LETTER.search(words)) and not _stands_in(words, question.casefold())


def _given_by_summary_or_hints(document: Document) -> Iterator[Finding]:
    """Yield a summary whose words the question has, and hints that have a summary's."""
    text = plain(document.prose.get("summary", ())).strip()
    question = plain(document.prose.get("question", ()))
    summary, asked_for = stems(text), stems(question)
    is_short = len(text.split()) <= _MAX_SUMMARY_WORDS
    # Of two options the question must name both: `either-or-question` is about that.
    is_given = summary and words_of(text) <= words_of(question)
    is_other = _is_other_letter(text, question)
    if is_given and is_short and not is_other and _OR not in question:
        for token in document.prose["summary"]:
            message = "the question has all words of the summary"
            yield Finding(document.span(token), message, "ask without them")
    wanted = summary - asked_for
    for key, tokens in document.prose.items():
        if not key.startswith("hints."):
            continue
        hint, given = plain(tokens), 0.0
        if len(wanted) >= _MIN_GIVEN_STEMS:
            given = len(wanted & stems(hint)) / len(wanted)
        if given >= _GIVEN_PART or (
            wanted and _stands_in(text.rstrip("."), hint.casefold())
        ):
            message = "this hint has nearly all words of the summary"
            yield Finding(
                document.span(tokens[0]), message, "say where to look instead"
            )
