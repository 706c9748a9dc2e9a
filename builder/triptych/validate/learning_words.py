"""What the rules about learning read of a card: prompts, words and lists."""

import re
from collections.abc import Iterable, Iterator

from markdown_it.token import Token

from triptych.typeset.plain import plain
from triptych.validate.rule import Scope
from triptych.values.diagnostics import Span
from triptych.values.document import Document, Tokens

_MATH_OR_CODE = re.compile(r"\$[^$]*\$|`[^`]*`")


def is_english(scope: Scope) -> bool:
    """Return whether the deck is in English, whose words these rules know."""
    return scope.deck.language.lower().partition("-")[0] == "en"


def prompts(document: Document) -> Iterator[tuple[str, Span]]:
    """Yield what the question and its follow-ups ask, as plain text."""
    if document.meta.is_guide or document.meta.is_cards:
        return
    for token in document.prose.get("question", ()):
        yield plain([token]), document.span(token)
    for section in document.layers.follow_ups:
        yield plain([section.heading]), section.span


def word_count(tokens: Tokens) -> int:
    """Return how many words are spoken; a formula is one, and code is none."""
    spoken = [t for t in tokens if t.type not in {"fence", "code_block", "sizing"}]
    return len(_MATH_OR_CODE.sub("x", plain(spoken)).split())


def lists(tokens: Iterable[Token]) -> Iterator[int]:
    """Yield how many items each list has that stands in no other."""
    depth, items = 0, 0
    for token in tokens:
        kind = token.type
        if kind in {"bullet_list_open", "ordered_list_open"}:
            items = 0 if not depth else items
            depth += 1
        elif kind in {"bullet_list_close", "ordered_list_close"}:
            depth -= 1
            if not depth:
                yield items
        elif kind == "list_item_open" and depth == 1:
            items += 1
