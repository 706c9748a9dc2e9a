"""Highlight code into coloured runs of text, for all outputs."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from html import escape

from markdown_it.token import Token
from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name
from pygments.token import STANDARD_TYPES, _TokenType
from pygments.util import ClassNotFound

from triptych.dialect.characters import BYTE_ORDER_MARK
from triptych.typeset.fast_lexer import by_first_character
from triptych.values.language import has_rtl

_FILLED = frozenset({dict, list, set})
"""The types of what a lexer may fill with what it reads: it is empty before."""
_UNCOLOURED = frozenset({"w", "n"})
"""White space and plain names, which no output colours."""

Run = tuple[str, str]
"""A short class of Pygments (empty for plain text) and the text."""


@dataclass(frozen=True, slots=True)
class _Highlighter:
    """A lexer, and all that it was when it had read no code yet.

    For all code that follows, the lexer of Haxe keeps what an `#if` without its `#end`
    has opened, and that of Modula-2 the dialect that a comment names.
    """

    lexer: Lexer
    initial: Mapping[str, object]

    def tokens(self, code: str) -> Iterator[tuple[_TokenType, str]]:
        """Yield the tokens of `code`, which depend on that code alone."""
        state = vars(self.lexer)
        if state != self.initial:
            state.clear()
            state.update(_emptied(self.initial))
        yield from self.lexer.get_tokens(code)


def initial_state(lexer: Lexer) -> dict[str, object]:
    """Return what a lexer that has read nothing keeps, for itself or its class."""
    empty = {
        name: value
        for cls in reversed(type(lexer).__mro__)
        for name, value in vars(cls).items()
        if type(value) in _FILLED and not value
    }
    return _emptied(empty | vars(lexer))


def _emptied(state: Mapping[str, object]) -> dict[str, object]:
    """Return `state` with values of its own where code that is read may be kept."""
    return {
        name: type(value)() if type(value) in _FILLED and not value else value
        for name, value in state.items()
    }


@lru_cache(maxsize=64)
def _highlighter(language: str) -> _Highlighter | None:
    try:
        # `stripnl` would remove blank lines at the start and end.
        lexer = get_lexer_by_name(language, stripnl=False, ensurenl=False)
    except ClassNotFound:
        return None
    lexer = by_first_character(lexer)
    return _Highlighter(lexer, initial_state(lexer))


def shown_language(token: Token) -> str:
    """Return the language that the code of a block is highlighted in."""
    return str(token.meta.get("highlight") or token.meta.get("language", ""))


@lru_cache(maxsize=4096)
def highlight(code: str, language: str) -> tuple[tuple[Run, ...], ...]:
    """Return the lines of `code` as runs of text, which add up to `code`."""
    code = code.removesuffix("\n")
    highlighter = _highlighter(language) if language else None
    if highlighter is None:
        return tuple(((("", line),) if line else ()) for line in code.split("\n"))
    # What a file may begin with, and Pygments therefore leaves out.
    rest_of_code = code.lstrip(BYTE_ORDER_MARK)
    lines: list[list[Run]] = [[]]
    _append(lines[0], "", code[: len(code) - len(rest_of_code)])
    for kind, text in highlighter.tokens(rest_of_code):
        css = _css_class(kind)
        if "\n" not in text:
            _append(lines[-1], css, text)
            continue
        first, *rest = text.split("\n")
        _append(lines[-1], css, first)
        for part in rest:
            lines.append([])
            _append(lines[-1], css, part)
    return tuple(map(tuple, lines))


def html_lines(code: str, language: str) -> tuple[str, ...]:
    """Return the lines of `code` as HTML with Pygments' short classes."""
    lines = highlight(code, language)
    return tuple(["".join([_span(css, text) for css, text in line]) for line in lines])


def _append(line: list[Run], css: str, text: str) -> None:
    if not text:
        return
    if line and line[-1][0] == css:
        line[-1] = (css, line[-1][1] + text)
    else:
        line.append((css, text))


@lru_cache(maxsize=1 << 16)
def _span(css: str, text: str) -> str:
    attributes = f' class="{css}"' if css else ""
    if has_rtl(text):
        # With `dir`, an Arabic string and the comment after it keep their order.
        attributes += ' dir="ltr"'
    text = escape(text, quote=False)
    return f"<span{attributes}>{text}</span>" if attributes else text


@lru_cache(maxsize=512)
def _css_class(kind: _TokenType) -> str:
    while kind not in STANDARD_TYPES and kind.parent is not None:
        kind = kind.parent
    name = STANDARD_TYPES[kind]
    return "" if name in _UNCOLOURED else name
