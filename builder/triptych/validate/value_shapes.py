"""What is wrong with the shape of a value of the front matter, and what helps."""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from types import MappingProxyType

from triptych.dialect.ids import is_guid
from triptych.dialect.keys import MAX_MINUTES_DIGITS, REFERENCE_KEYS, KeyShape
from triptych.parse.meta import month, whole_number
from triptych.validate.rule import quoted_list, suggest
from triptych.values.diagnostics import Span
from triptych.values.document import Field, Items, Scalar, Table
from triptych.values.meta import Level

_QUOTE = "put it in quotes"
_FLAG_WORDS: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(("true", "yes", "on", "y", "1"), "true"),
        **dict.fromkeys(("false", "no", "off", "n", "0"), "false"),
    }
)
_DIGITS = re.compile("[0-9]+")
_BULLETS = re.compile(r"[-*+\u2022\u00b7\u2013\u2014]|[0-9]+[.)]\s")
"""What a list is written with that YAML does not take for one."""
_FLAGS = ("true", "false")
_MONTH_CHARS = len("2026-11")

_Mistakes = Iterator[tuple[Span, str]]


def mistakes(value: Field, shape: KeyShape) -> Iterator[tuple[Span, str]]:
    """Yield the place and the remedy of each part of `value` that has not `shape`."""
    yield from _CHECKS.get(shape, _text)(value)


def is_empty(value: Field) -> bool:
    """Return whether nothing is written as the value of a key."""
    return isinstance(value, Scalar) and not value.text and not value.quoted


def _item(value: Field) -> _Mistakes:
    if is_empty(value):
        yield value.span, "write it out, in quotes if it begins with `#`"
    elif isinstance(value, Scalar) and not value.text.strip():
        yield value.span, "there is nothing between these quotes: delete the item"
    else:
        yield from _text(value)


def _text(value: Field) -> _Mistakes:
    if not isinstance(value, Scalar):
        yield value.span, _QUOTE if isinstance(value, Table) else "give one value"


def _list_of_text(value: Field) -> _Mistakes:
    if isinstance(value, Scalar) and _BULLETS.match(value.text):
        yield value.span, "begin each item with a dash and a space: `- …`"
    elif isinstance(value, Scalar):
        yield value.span, f"write it as a list: `[{value.text}]`"
    elif isinstance(value, Table):
        yield value.span, "write it as a list: `[…]`"
    else:
        for item in value.items:
            yield from _item(item)


def _number(value: Field) -> _Mistakes:
    written = value.text if isinstance(value, Scalar) else ""
    if not whole_number(written):
        alone = _DIGITS.match(written)
        hint = f"write 1 to {MAX_MINUTES_DIGITS} digits, at least 1"
        if alone and whole_number(alone[0]):
            hint = f"write `{alone[0]}`"
        yield value.span, hint


def _flag(value: Field) -> _Mistakes:
    if not (isinstance(value, Scalar) and value.text in _FLAGS):
        written = value.text.lower() if isinstance(value, Scalar) else ""
        yield value.span, f"write `{_FLAG_WORDS.get(written, 'true` or `false')}`"


def _date(value: Field) -> _Mistakes:
    try:
        date.fromisoformat(value.text if isinstance(value, Scalar) else "")
    except ValueError:
        yield value.span, "write year-month-day"


def _month(value: Field) -> _Mistakes:
    if not (isinstance(value, Scalar) and month(value.text)):
        written = value.text if isinstance(value, Scalar) else ""
        shorter = month(written[:_MONTH_CHARS])
        hint = f"write `{written[:_MONTH_CHARS]}`" if shorter else "write year-month"
        yield value.span, hint


def _reference_list(value: Field) -> _Mistakes:
    if not isinstance(value, Items):
        yield value.span, "write it as a list: `[{title: …, url: …}]`"
        return
    for item in value.items:
        if isinstance(item, Items):
            yield item.span, "a reference is `{title: …, url: …}`"
        entries = item.entries if isinstance(item, Table) else ()
        names = {key.text for key, _ in entries}
        if names and names <= {*REFERENCE_KEYS} - {"title"}:
            yield item.span, "a reference has a `title`, and one dash before all of it"
        title = {key.text: said for key, said in entries}.get("title")
        if isinstance(title, Scalar) and not title.text.strip():
            yield title.span, "write the title of the source"
        for key, said in entries:
            if key.text not in REFERENCE_KEYS:
                known = f"a reference has {quoted_list(REFERENCE_KEYS)}"
                yield key.span, suggest(key.text, REFERENCE_KEYS, known)
            yield from _text(said)


def _retired(value: Field) -> _Mistakes:
    if isinstance(value, Scalar):
        yield from _flag(value)
    else:
        yield from _list_of_text(value)


def _table_of_text(shape: str) -> Callable[[Field], _Mistakes]:
    """Return a check for a mapping to text, written in the `shape` that it names."""

    def check(value: Field) -> _Mistakes:
        if not isinstance(value, Table):
            yield value.span, f"write `{shape}`"
            return
        for _, text in value.entries:
            yield from _text(text)

    return check


def _reasons(value: Field) -> _Mistakes:
    if not isinstance(value, Table):
        yield value.span, "write `{rule: reason}`, such as `{long-list: …}`"
        return
    for rule, reason in value.entries:
        if is_empty(reason):
            yield rule.span, "write the reason, for the next reader"
        yield from _text(reason)


def _guid(value: Field) -> _Mistakes:
    yield from _text(value)
    if isinstance(value, Scalar) and not is_guid(value.text):
        yield value.span, "write up to 64 characters of ASCII without spaces"


def _levels(value: Field) -> _Mistakes:
    if not isinstance(value, Table):
        yield value.span, "write `{senior: …, staff: …}`"
        return
    seen: set[str] = set()
    for level, text in value.entries:
        if level.text not in list(Level):
            known = f"the levels are {quoted_list(Level)}"
            yield level.span, suggest(level.text, list(Level), known)
        elif level.text in seen:
            yield level.span, f"`{level.text}` is given a second time"
        seen.add(level.text)
        yield from _text(text)


_CHECKS: Mapping[KeyShape, Callable[[Field], _Mistakes]] = MappingProxyType(
    {
        KeyShape.IDS: _list_of_text,
        KeyShape.FORMER: _list_of_text,
        KeyShape.WORDS: _list_of_text,
        KeyShape.PROSE_LIST: _list_of_text,
        KeyShape.NUMBER: _number,
        KeyShape.FLAG: _flag,
        KeyShape.DATE: _date,
        KeyShape.MONTH: _month,
        KeyShape.REFERENCES: _reference_list,
        KeyShape.RETIRED: _retired,
        KeyShape.SLUGS: _table_of_text("{old-slug: new-slug}"),
        KeyShape.LEVELS: _levels,
        KeyShape.REASONS: _reasons,
        KeyShape.GUID: _guid,
        KeyShape.FIELDS: _table_of_text("{field: html}"),
    }
)
