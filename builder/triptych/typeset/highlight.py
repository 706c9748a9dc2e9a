"""Highlight code into coloured runs of text, for all outputs."""

from functools import lru_cache
from html import escape

from markdown_it.token import Token
from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name
from pygments.token import STANDARD_TYPES, _TokenType
from pygments.util import ClassNotFound

from triptych.typeset.fast_lexer import by_first_character
from triptych.values.language import has_rtl

_UNCOLOURED = frozenset({"w", "n"})
"""White space and plain names, which no output colours."""

Run = tuple[str, str]
"""A short class of Pygments (empty for plain text) and the text."""


@lru_cache(maxsize=64)
def _lexer(language: str) -> Lexer | None:
    try:
        # `stripnl` would remove blank lines at the start and end.
        lexer = get_lexer_by_name(language, stripnl=False, ensurenl=False)
    except ClassNotFound:
        return None
    return by_first_character(lexer)


def forget_earlier_code(lexer: Lexer) -> None:
    """Let the colours of code depend on that code alone.

    The lexer of Haxe keeps what an `#if` without its `#end` has opened for all code
    that follows.
    """
    opened = getattr(lexer, "preproc_stack", None)
    if opened:
        opened.clear()


def shown_language(token: Token) -> str:
    """Return the language that the code of a block is highlighted in."""
    return str(token.meta.get("highlight") or token.meta.get("language", ""))


@lru_cache(maxsize=4096)
def highlight(code: str, language: str) -> tuple[tuple[Run, ...], ...]:
    """Return the lines of `code` as runs of text, which add up to `code`."""
    code = code.removesuffix("\n")
    lexer = _lexer(language) if language else None
    if lexer is None:
        return tuple(((("", line),) if line else ()) for line in code.split("\n"))
    forget_earlier_code(lexer)
    lines: list[list[Run]] = [[]]
    for kind, text in lexer.get_tokens(code):
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
