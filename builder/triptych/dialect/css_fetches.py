"""What fetches a file in CSS, also where its name is written with escapes."""

import re
from collections.abc import Iterator

_ESCAPE = r"\\(?:([0-9a-fA-F]{1,6})[ \t\r\n\f]?|([^\r\n\f]))"
_ONE_ESCAPE = re.compile(_ESCAPE)
_ESCAPED_NAME = re.compile(
    rf"(?:(?<!\\)@|(?<![\w\\@-]))[\w-]*+(?:{_ESCAPE})(?:[\w-]++|{_ESCAPE})*+"
)
"""A name with an escape in it. The characters of its start are looked at once.

The sign `@` begins one wherever it stands.
"""
_NAMES = frozenset(
    {
        "url",
        "@import",
        "image-set",
        "-webkit-image-set",
        "src",
        "expression",
        "behavior",
    }
)
_MAX_CODE_POINT = 0x10FFFF


def unescaped(css: str) -> str:
    """Return CSS with each escape as the character that it means."""
    return _ONE_ESCAPE.sub(_character, css)


def escaped_names(css: str) -> Iterator[re.Match[str]]:
    """Yield where the name of what fetches is written with an escape."""
    return (found for found in _ESCAPED_NAME.finditer(css) if _fetches(found[0]))


def with_plain_names(css: str) -> str:
    """Return CSS without escapes in the names of what fetches.

    Other escapes are kept: those of an arrow in a string, and commands of LaTeX.
    """
    return _ESCAPED_NAME.sub(
        lambda found: unescaped(found[0]) if _fetches(found[0]) else found[0], css
    )


def _fetches(name: str) -> bool:
    return unescaped(name).lower() in _NAMES


def _character(escape: re.Match[str]) -> str:
    if escape[1] is None:
        return escape[2]
    number = int(escape[1], 16)
    return chr(number) if 0 < number <= _MAX_CODE_POINT else "\ufffd"
