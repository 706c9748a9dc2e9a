"""Rules over values of the front matter that are of the type of their keys, and odd."""

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from triptych.parse.meta import month
from triptych.validate.rule import FileScope
from triptych.validate.typed_yaml import prose_values
from triptych.values.diagnostics import Finding, Span
from triptych.values.document import Document, Items, Scalar, Table

_LISTS = ("tags", "asked_at", "rubric", "hints", "related", "requires", "aliases")
_WORDS = frozenset({"tags", "asked_at"})
_DOUBLE_QUOTES = re.compile('[\u201c\u201d\u201e\u201f\u00ab\u00bb"]')
_PAIR = 2
_LATEST_ZONE = timedelta(days=1)
"""How far the date of an author may be before the one in UTC."""


def repeated_item(document: Document, _scope: FileScope) -> Iterator[Finding]:
    """Flag an item that stands twice in one list of the front matter.

    Tags are the same in capitals, too, since Anki takes them for one. A reference
    counts as the same where title and address are.

    Bad:

        ---
        question: What?
        tags: [errors, models, errors]
        ---
        An answer.

    Good:

        ---
        question: What?
        tags: [errors, models]
        ---
        An answer.
    """
    for key in _LISTS:
        items = ((item.text, item.span) for item in document.front_matter.scalars(key))
        yield from _repeated(key, items)
    yield from _repeated("references", _references(document))


def _repeated(key: str, items: Iterable[tuple[str, Span]]) -> Iterator[Finding]:
    seen: dict[str, Span] = {}
    for text, span in items:
        name = " ".join(text.split())
        name = name.casefold() if key in _WORDS else name
        first = seen.setdefault(name, span)
        if name and first is not span:
            message = f"`{key}` has this item twice"
            hint = f"delete it: it is on line {first.line}, too"
            yield Finding(span, message, hint)


def _references(document: Document) -> Iterator[tuple[str, Span]]:
    """Yield what identifies each reference; all that is said of it, without `url`."""
    value = document.front_matter.get("references")
    for item in value.items if isinstance(value, Items) else ():
        if isinstance(item, Scalar):
            yield item.text, item.span
        elif isinstance(item, Table):
            said = {k.text: v.text for k, v in item.entries if isinstance(v, Scalar)}
            keys = ("title", "url") if said.get("url") else tuple(said)
            yield " ".join(said.get(key, "") for key in keys), item.span


def future_date(document: Document, scope: FileScope) -> Iterator[Finding]:
    """Flag `reviewed` or `as_of` in the future: nobody has seen that day.

    `check` alone compares dates with the present one, in UTC and with a day's grace
    for zones that are ahead; where `SOURCE_DATE_EPOCH` is set, with that.

    Bad:

        ---
        question: What?
        reviewed: 9999-01-01
        ---
        An answer.

    Good:

        ---
        question: What?
        reviewed: 2025-01-01
        ---
        An answer.
    """
    if scope.today is None:
        return
    latest = scope.today + _LATEST_ZONE
    for key, then in (
        ("reviewed", _day(document.meta.reviewed)),
        ("as_of", month(document.meta.as_of)),
    ):
        value = document.front_matter.get(key)
        if value is not None and then is not None and then > latest:
            message = f"`{key}` is in the future"
            yield Finding(value.span, message, f"today is {scope.today}")


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:  # `wrong-type` reports it
        return None


def half_quotes(document: Document, _scope: FileScope) -> Iterator[Finding]:
    """Flag a curly quote at one end of a value that no other quote matches.

    YAML has straight quotes alone, and a reader would see the curly one.

    Bad:

        ---
        question: “What is bias?
        ---
        An answer.

    Good:

        ---
        question: What is “bias”?
        ---
        An answer.
    """
    for key, value in prose_values(document):
        text = value.text.strip()
        quotes = _DOUBLE_QUOTES.findall(text)
        at_ends = [sign for sign in (text[:1], text[-1:]) if sign in quotes]
        is_single = len(quotes) == 1 and at_ends
        is_mixed = len(quotes) == len(at_ends) == _PAIR and quotes.count('"') == 1
        if (is_single and quotes != ['"']) or is_mixed:
            sign = next(sign for sign in at_ends if sign != '"')
            message = f"`{key}` has `{sign}` at one end, which a reader sees"
            hint = "delete it, or put straight quotes at both ends"
            yield Finding(value.span, message, hint)
