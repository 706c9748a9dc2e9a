"""Convert tokens to plain text for search, sorting, descriptions and alt texts."""

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import filterfalse

from markdown_it.token import Token

from triptych.dialect.characters import unescaped
from triptych.dialect.pictures import is_sound
from triptych.typeset.sizing import formula as sizing_formula
from triptych.typeset.sizing import rows_of, written

_TAG = re.compile(r"<!--.*?-->|<[^>]*>", re.DOTALL)
"""In raw HTML of the author; all other text is taken from tokens."""
_COMMAND = re.compile(r"\\[A-Za-z]+\s*|\\.|[{}^_~]|\s")
_VERBATIM = frozenset({"text", "code_inline"})


def plain(tokens: Iterable[Token], formula: Callable[[str], str] = str) -> str:
    """Return the text of `tokens` on one line, with what `formula` makes of LaTeX."""
    return " ".join("".join(_texts(tokens, formula)).split())


def reading_length(tokens: Iterable[Token]) -> int:
    """Return the number of visible characters; a LaTeX command counts as one."""
    total = 0
    for token in tokens:
        if token.type.startswith("math"):
            total += len(_COMMAND.sub(_visible, token.content))
        elif token.children is not None:
            total += reading_length(token.children)
        elif token.type == "softbreak":
            total += 1
        else:
            total += len("".join(_texts([token])))
    return total


def _visible(command: re.Match[str]) -> str:
    is_named = command[0].startswith("\\") and command[0][1:2].isalpha()
    return "x" if is_named else ""


def _is_sound(token: Token) -> bool:
    return token.type == "image" and is_sound(str(token.attrs["src"]))


def _texts(
    tokens: Iterable[Token], formula: Callable[[str], str] = str
) -> Iterator[str]:
    for token in filterfalse(_is_sound, tokens):
        if token.type.startswith("math_"):
            yield formula(token.content)
            yield " " if token.type == "math_block" else ""
        elif token.children is None:
            yield from _leaf_texts(token)
        else:
            yield from _texts(token.children, formula)
            yield " " if token.type == "inline" else ""


def _leaf_texts(token: Token) -> Iterator[str]:
    if token.type in _VERBATIM:
        yield token.content
    elif token.type in {"softbreak", "hardbreak"}:
        yield " "
    elif token.type == "html_inline":
        yield " " if token.content.lower().startswith("<br") else ""
    elif token.type == "html_block":
        yield unescaped(_TAG.sub(" ", token.content)) + " "
    elif token.type == "code_block" or (
        token.type == "fence" and token.meta.get("role") != "test"
    ):
        yield token.content + " "
    elif token.type == "sizing":
        for row in rows_of(token):
            yield f"{sizing_formula(row)} {written(row.value)} {row.comment} "
