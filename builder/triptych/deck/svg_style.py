"""The CSS of an SVG: what is allowed of it, written anew."""

import re
from dataclasses import dataclass

from triptych.dialect.svg_policy import (
    IGNORED_PROPERTIES,
    OUTSIDE,
    PROPERTIES,
    SELECTOR,
    VALUE,
)

_LONGEST = 40
"""More of a name is not told."""
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
    """What is left of a style."""

    text: str
    changed: bool = False
    taken_out: tuple[str, ...] = ()
    """What a reader might miss."""


def reaches_outside(text: str) -> bool:
    """Return whether CSS, its escapes and comments read, names something elsewhere."""
    plain = _ESCAPE.sub(_character, text)
    return bool(OUTSIDE.search(plain) or OUTSIDE.search(_COMMENT.sub("", plain)))


def sheet(text: str) -> Style:
    """Return the style sheet `text` with the rules and declarations allowed."""
    rules: list[str] = []
    taken_out: list[str] = []
    # A comment in a string is none: a browser may read what is not seen here.
    plain = _COMMENT.sub("", text)
    changed = plain != text
    for rule in _RULE.finditer(plain):
        selector = rule["selector"]
        if selector is not None and SELECTOR.fullmatch(selector):
            style = declarations(rule["body"])
            rules.append(f"{selector.strip()}{{{style.text}}}")
            changed |= style.changed
            taken_out += style.taken_out
        elif rule[0].strip():
            changed = True
            taken_out.append(" ".join(rule[0].partition("{")[0].split())[:_LONGEST])
    return Style("".join(rules), changed, tuple(taken_out))


def declarations(text: str) -> Style:
    """Return the declarations of `text` that are allowed."""
    plain = _COMMENT.sub("", text)
    kept: list[str] = []
    refused: list[str] = []
    for part in filter(None, map(str.strip, plain.split(";"))):
        name, colon, value = (piece.strip() for piece in part.partition(":"))
        if colon and name.lower() in PROPERTIES and VALUE.fullmatch(value):
            kept.append(f"{name}:{value}")
        else:
            refused.append(name[:_LONGEST])
    missed = tuple(n for n in refused if not IGNORED_PROPERTIES.fullmatch(n))
    return Style(";".join(kept), plain != text or bool(refused), missed)


def _character(escape: re.Match[str]) -> str:
    if escape[2] is not None:
        return escape[2]
    code = int(escape[1], 16)
    return chr(code) if 0 < code < 0x110000 else "\ufffd"  # noqa: PLR2004 - the last
