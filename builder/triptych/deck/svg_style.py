"""Sanitize the CSS of an SVG."""

import re
from dataclasses import dataclass

from triptych.dialect.svg_policy import (
    IGNORED_PROPERTIES,
    OUTSIDE,
    PROPERTIES,
    SELECTOR,
    VALUE,
)

_MAX_NAME_CHARS = 40
"""How much of a name a message shows."""
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_ESCAPE = re.compile(r"\\(?:([0-9A-Fa-f]{1,6})\s?|(.))", re.DOTALL)
_RULE = re.compile(
    r"""\s*(?:
        @[^{};]*(?:;|\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}|\Z)
        | (?P<selector>[^{}@]*)\{(?P<body>[^{}]*)\}
        | [^{}]+ | [{}]
    )""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Style:
    """A sanitized style."""

    text: str
    changed: bool = False
    removed: tuple[str, ...] = ()
    """The visible parts that were removed."""


def reaches_outside(text: str) -> bool:
    """Return whether CSS refers to other files, with escapes and comments decoded."""
    plain = _ESCAPE.sub(_character, text)
    return bool(OUTSIDE.search(plain) or OUTSIDE.search(_COMMENT.sub("", plain)))


def sheet(text: str) -> Style:
    """Return the style sheet `text` with only allowed rules and declarations."""
    rules: list[str] = []
    removed: list[str] = []
    # This also removes comments within strings, which are none for a browser.
    plain = _COMMENT.sub("", text)
    changed = plain != text
    for rule in _RULE.finditer(plain):
        selector = rule["selector"]
        if selector is not None and SELECTOR.fullmatch(selector):
            style = declarations(rule["body"])
            rules.append(f"{selector.strip()}{{{style.text}}}")
            changed |= style.changed
            removed += style.removed
        elif rule[0].strip():
            changed = True
            removed.append(
                " ".join(rule[0].partition("{")[0].split())[:_MAX_NAME_CHARS]
            )
    return Style("".join(rules), changed, tuple(removed))


def declarations(text: str) -> Style:
    """Return the allowed declarations of `text`."""
    plain = _COMMENT.sub("", text)
    kept: list[str] = []
    refused: list[str] = []
    for part in filter(None, map(str.strip, plain.split(";"))):
        name, colon, value = (piece.strip() for piece in part.partition(":"))
        if colon and name.lower() in PROPERTIES and VALUE.fullmatch(value):
            kept.append(f"{name}:{value}")
        else:
            refused.append(name[:_MAX_NAME_CHARS])
    visible = tuple(n for n in refused if not IGNORED_PROPERTIES.fullmatch(n))
    return Style(";".join(kept), plain != text or bool(refused), visible)


def _character(escape: re.Match[str]) -> str:
    if escape[2] is not None:
        return escape[2]
    code = int(escape[1], 16)
    return chr(code) if 0 < code < 0x110000 else "\ufffd"  # noqa: PLR2004 - the last
