"""Rules over prose in the front matter of which YAML keeps a part for itself."""

from collections.abc import Iterator

from triptych.dialect.keys import PROSE_KEYS, PROSE_LIST_KEYS
from triptych.validate.rule import FileScope
from triptych.values.diagnostics import Finding
from triptych.values.document import Document, Items, Scalar

_NULLS = frozenset({"~", "null", "Null", "NULL"})
_MAX_SHOWN_CHARS = 40
"""A message repeats no more of a value."""
_QUOTE = "put the value in single quotes"


def cut_value(document: Document, _scope: FileScope) -> Iterator[Finding]:
    """Flag prose in the front matter that a ` #` cuts: the rest is a comment to YAML.

    Behind an id, a number, a date, a choice or a list it is a comment indeed.

    Bad:

        ---
        question: Is C # a note or a language?
        ---
        An answer.

    Good:

        ---
        question: 'Is C # a note or a language?'
        ---
        An answer.
    """
    for key, value in prose_values(document):
        if value.comment:
            message = (
                f"`{key}` is read as `{_end(value.text)}`, without"
                f" `{_start(value.comment)}`: YAML takes that for a comment"
            )
            yield Finding(value.span, message, _QUOTE)


def unquoted_sign(document: Document, _scope: FileScope) -> Iterator[Finding]:
    """Flag prose in the front matter that YAML takes for a sign of its own.

    An anchor such as `&x` and a tag such as `!x` vanish from the text; `~` and `null`
    mean nothing.

    Bad:

        ---
        question: !important What is bias?
        ---
        An answer.

    Good:

        ---
        question: '!important What is bias?'
        ---
        An answer.
    """
    for key, value in prose_values(document):
        if value.sign:
            message = (
                f"`{key}` is read as `{_start(value.text)}`: YAML takes `{value.sign}`"
                " for itself"
            )
            yield Finding(value.span, message, _QUOTE)
        elif value.text in _NULLS and not value.quoted:
            message = f"`{key}` is `{value.text}`, which means nothing in YAML"
            yield Finding(value.span, message, "delete the line, or quote the value")


def prose_values(document: Document) -> Iterator[tuple[str, Scalar]]:
    """Yield the values of the front matter that a reader sees, with their keys."""
    for key in PROSE_KEYS:
        value = document.front_matter.get(key)
        if isinstance(value, Scalar):
            yield key, value
    for key in PROSE_LIST_KEYS:
        value = document.front_matter.get(key)
        for item in value.items if isinstance(value, Items) else ():
            if isinstance(item, Scalar):
                yield key, item


def _start(text: str) -> str:
    """Return `text`, or the beginning of it."""
    cut = len(text) > _MAX_SHOWN_CHARS
    return f"{text[:_MAX_SHOWN_CHARS]}…" if cut else text


def _end(text: str) -> str:
    """Return `text`, or the end of it."""
    cut = len(text) > _MAX_SHOWN_CHARS
    return f"…{text[-_MAX_SHOWN_CHARS:]}" if cut else text
