"""Rules about facts that grow old.

Sources as in `learning`; their findings are hints, too.
"""

import re
from collections.abc import Iterator
from datetime import date

from triptych.parse.meta import month
from triptych.typeset.plain import plain
from triptych.validate.learning_words import is_english
from triptych.validate.rule import Scope
from triptych.values.diagnostics import Finding
from triptych.values.document import Document

_DATED = re.compile(
    r"\b(?:as of (?:today|now|(?:[A-Z][a-z]+ )?20\d\d)|currently|nowadays|these days"
    r"|state[- ]of[- ]the[- ]art|cutting[- ]edge"
    r"|(?:the|today's|a) (?:latest|newest|most recent) (?:[\w-]+ )?(?:models?|versions?"
    r"|releases?|GPUs?|LLMs?|hardware|chips?|papers?|research)"
    r"|today's (?:[\w-]+ )?(?:models?|LLMs?|GPUs?|hardware|chips?|prices?)"
    r"|(?:is|are|costs?) (?:[\w-]+ ){0,3}today(?=[.,;]))",
    re.IGNORECASE,
)
"""What is true at the time of writing and may be so no longer."""
_MAX_MONTHS = 12


def undated_claim(document: Document, scope: Scope) -> Iterator[Finding]:
    """Flag what is true "currently", where nothing says when that was (W19).

    Say in the front matter of when it is, `as_of: 2026-11`; `old-claim` then lists the
    file when that is more than a year ago.

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
    summary = document.prose.get("summary", ())
    for token in (*summary, *(t for t in document.tokens if t.type == "inline")):
        found = _DATED.search(plain([token]))
        if found:
            message = f"`{found[0]}` grows old, and no `as_of` says of when it is"
            yield Finding(
                document.span(token),
                message,
                "add `as_of: year-month`, or leave it out",
            )
            return


def old_claim(document: Document, scope: Scope) -> Iterator[Finding]:
    """Flag a file whose facts are `as_of` a month more than a year ago (W19).

    Check them, and write the month of today.

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
    if stated is None or then is None or scope.today is None:
        return
    if months_between(then, scope.today) > _MAX_MONTHS:
        message = f"this was so in {document.meta.as_of}, more than a year ago"
        yield Finding(stated.span, message, "check it, and write the month of today")


def months_between(then: date, now: date) -> int:
    """Return how many months after `then` it is `now`, by the calendar."""
    return (now.year - then.year) * 12 + now.month - then.month
