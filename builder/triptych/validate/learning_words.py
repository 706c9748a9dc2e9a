"""What the rules about learning read of a card: prompts, words and lists."""

import re
from collections.abc import Iterable, Iterator

from markdown_it.token import Token

from triptych.typeset.plain import plain
from triptych.validate.rule import FileScope
from triptych.values.diagnostics import Span
from triptych.values.document import Document, Tokens

_MATH_OR_CODE = re.compile(r"\$[^$]*\$|`[^`]*`")
LISTS = frozenset({"bullet_list_open", "ordered_list_open"})
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_STEM_CHARS = 5
"""Words that share their first letters count as forms of one word."""
STOP_WORDS = frozenset(
    (
        *("a", "an", "the", "and", "or", "of", "in", "on", "at", "to", "by", "for"),
        *("as", "is", "are", "was", "were", "be", "been", "it", "its", "that", "this"),
        *("these", "those", "they", "them", "their", "with", "from", "into", "than"),
        *("not", "no", "so", "if", "when", "where", "which", "who", "what", "how"),
        *("why", "do", "does", "did", "can", "could", "should", "would", "will", "may"),
        *("you", "your", "we", "our", "one", "each", "any", "all", "some", "more"),
        *("most", "less", "other", "such", "too", "very", "between", "over", "under"),
        *("about", "after", "before", "while", "because", "since", "same", "own"),
        *("only", "also", "both", "there", "here", "but", "then", "have", "has", "i"),
    )
)
"""Words that never carry a fact."""


def is_english(scope: FileScope) -> bool:
    """Return whether the deck is in English, for whose words these rules are made."""
    return scope.settings.language.lower().partition("-")[0] == "en"


def prompts(document: Document) -> Iterator[tuple[str, Span]]:
    """Yield what the question and its follow-ups ask, as plain text."""
    if document.meta.is_guide or document.meta.is_cards:
        return
    for token in document.prose.get("question", ()):
        yield plain([token]), document.span(token)
    for section in document.layers.follow_ups:
        yield plain([section.heading]), section.span


def prompts_with_answers(
    document: Document,
) -> Iterator[tuple[str, Span, tuple[str, ...]]]:
    """Yield what is asked, and what answers it: a text, or a summary and a text."""
    answers = [
        (plain(document.prose.get("summary", ())), plain(document.layers.answer)),
        *((plain(section.tokens),) for section in document.layers.follow_ups),
    ]
    for (text, span), said in zip(prompts(document), answers, strict=False):
        yield text, span, said


def words_of(text: str) -> frozenset[str]:
    """Return the words in `text` that carry a fact."""
    return frozenset(word.casefold() for word in _WORD.findall(text)) - STOP_WORDS


def stems(text: str) -> frozenset[str]:
    """Return the beginnings of the words in `text` that carry a fact."""
    return frozenset(word[:_STEM_CHARS] for word in words_of(text))


def spoken(document: Document) -> str:
    """Return what is said aloud: the answer without its estimates, and the summary."""
    answer = [t for t in document.layers.answer if t.type != "sizing"]
    return f"{plain(answer)} {plain(document.prose.get('summary', ()))}"


def word_count(tokens: Tokens) -> int:
    """Return how many words are spoken; a formula is one, and code is none."""
    spoken = [t for t in tokens if t.type not in {"fence", "code_block", "sizing"}]
    return len(_MATH_OR_CODE.sub("x", plain(spoken)).split())


def list_lengths(tokens: Iterable[Token]) -> Iterator[int]:
    """Yield how many items each list has that stands in no other."""
    depth, items = 0, 0
    for token in tokens:
        kind = token.type
        if kind in LISTS:
            items = 0 if not depth else items
            depth += 1
        elif kind in {"bullet_list_close", "ordered_list_close"}:
            depth -= 1
            if not depth:
                yield items
        elif kind == "list_item_open" and depth == 1:
            items += 1
