"""Rules about facts that grow old.

Sources as in `learning`; their findings are hints, too.
"""

import re
from collections.abc import Iterator
from datetime import date

from markdown_it.token import Token

from triptych.parse.meta import month
from triptych.patterns import lazy_pattern
from triptych.typeset.plain import plain
from triptych.validate.learning_words import is_english
from triptych.validate.rule import FileScope
from triptych.values.diagnostics import Finding
from triptych.values.document import Document

_DATED = lazy_pattern(
    r"\b(?:as of (?:today|now)|currently|nowadays|these days"
    r"|state[- ]of[- ]the[- ]art|cutting[- ]edge"
    r"|(?:the|today's|a) (?:latest|newest|most recent) (?:[\w-]+ )?(?:models?|versions?"
    r"|releases?|GPUs?|LLMs?|hardware|chips?|papers?|research)"
    r"|today's (?:[\w-]+ )?(?:models?|LLMs?|GPUs?|hardware|chips?|prices?)"
    r"|(?:is|are|costs?) (?:[\w-]+ ){0,3}today(?=[.,;]))",
    re.IGNORECASE,
)
"""What is true at the time of writing and may be so no longer."""
_AS_OF = lazy_pattern(r"\bas of (?:[A-Z][a-z]+ )?(?P<year>20\d\d)\b", re.IGNORECASE)
"""A date within the text: of the year's last month, at the latest."""
_MAX_MONTHS = 12


def undated_claim(document: Document, scope: FileScope) -> Iterator[Finding]:
    """Flag what is true "currently", where nothing says when that was (W19).

    Say in the front matter of when it is, `as_of: 2026-11`, or in the text, "as of
    2026"; `old-claim` then lists the file when that is more than a year ago.

    Bad:

        ---
        question: How are vision models built?
        ---
        Transformers are the state of the art.

    Good:

        ---
        question: How are vision models built?
        as_of: 2026-11
        ---
        Transformers are the state of the art.
    """
    if document.meta.as_of or not is_english(scope):
        return
    for token in _prose(document):
        text = plain([token])
        found = _DATED.search(text)
        if found and not _AS_OF.search(text):
            message = f"`{found[0]}` grows old, and no `as_of` says of when it is"
            yield Finding(
                document.span(token),
                message,
                "add `as_of: year-month`, or leave it out",
            )
            return


def old_claim(document: Document, scope: FileScope) -> Iterator[Finding]:
    """Flag a file whose facts are `as_of` a month more than a year ago (W19).

    So is a text that says "as of 2021". Check them, and write the month of today.

    Bad:

        ---
        question: How are vision models built?
        as_of: 2012-09
        ---
        With support vector machines.

    Good:

        ---
        question: How are vision models built?
        ---
        By training on labeled pictures.
    """
    stated = document.front_matter.get("as_of")
    then = month(document.meta.as_of)
    if scope.today is None:
        return
    hint = "check it, and write the month of today"
    if stated is not None and then is not None:
        if months_between(then, scope.today) > _MAX_MONTHS:
            message = f"this was so in {document.meta.as_of}, more than a year ago"
            yield Finding(stated.span, message, hint)
        return
    for token in _prose(document) if is_english(scope) else ():
        said = _AS_OF.search(plain([token]))
        if said and scope.today.year - int(said["year"]) > 1:
            message = f"`{said[0]}` is more than a year ago"
            yield Finding(document.span(token), message, hint)


def _prose(document: Document) -> Iterator[Token]:
    """Yield the passages of the summary and of the body."""
    yield from document.prose.get("summary", ())
    yield from (token for token in document.tokens if token.type == "inline")


def months_between(then: date, now: date) -> int:
    """Return how many months after `then` it is `now`, by the calendar."""
    return (now.year - then.year) * 12 + now.month - then.month
