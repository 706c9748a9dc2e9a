r"""Prose as an Anki field shows it: `\\(…\\)` for math, flat names, no links within."""

from collections.abc import Callable, Mapping
from html import escape
from types import MappingProxyType

from markdown_it.token import Token

from triptych.dialect.links import LinkKind, destination
from triptych.typeset.context import Context
from triptych.typeset.highlight import html_lines
from triptych.typeset.html import (
    ROWS,
    Piece,
    Row,
    Tokens,
    close,
    has_raw_html,
    listing,
    output,
    write,
)
from triptych.typeset.math.latex import portable
from triptych.typeset.sanitize import sanitize
from triptych.typeset.slots import Slots
from triptych.values.source import Media

_NO_SYNTAX = MappingProxyType({ord(sign): f"&#{ord(sign)};" for sign in "{}"})
"""References for the braces of a hint: Anki ends a deletion at the first two."""


def card_html(tokens: Tokens, context: Context, *, raw: bool) -> str:
    """Return the HTML of `tokens` for a field; deletions are shown, not asked.

    With `raw` HTML of the author's among them it passes the sanitizer.
    """
    slots = Slots() if raw else None
    html = write(tokens, Piece(context, _ROWS, _picture, slots))
    if slots is not None:
        html = slots.fill(sanitize(html))
    return html.strip()


def cloze_html(tokens: Tokens, context: Context, guard: Callable[[str], str]) -> str:
    """Return the HTML of `tokens` with deletions in Anki's syntax.

    `guard` rewrites all the rest, in which Anki must find no such syntax.
    """
    slots = Slots()
    html = write(tokens, Piece(context, _CLOZE_ROWS, _picture, slots))
    if has_raw_html(tokens):
        html = sanitize(html)
    return slots.fill_guarded(html, guard)


def _math(piece: Piece, tokens: Tokens, position: int) -> str:
    return piece.keep(rf"\({_latex(tokens[position])}\)")


def _display_math(piece: Piece, tokens: Tokens, position: int) -> str:
    return piece.keep(rf"\[{_latex(tokens[position])}\]")


def _latex(token: Token) -> str:
    return escape(portable(token.content.strip()), quote=False)


def _fence(piece: Piece, tokens: Tokens, position: int) -> str:
    token = tokens[position]
    role, language = token.meta.get("role", ""), token.meta.get("language", "")
    if role == "test":
        return piece.keep("") + "\n"
    html = listing(html_lines(token.content, language), language, role)
    printed = piece.context.printed(token.content) if role == "run" else ""
    if printed:
        html += output(printed)
    return piece.keep(html) + "\n"


def _code_block(piece: Piece, tokens: Tokens, position: int) -> str:
    lines = html_lines(tokens[position].content, "")
    return piece.keep(listing(lines, "", "")) + "\n"


def _picture(_piece: Piece, media: Media, attributes: str) -> str:
    return f'<img src="{media.name}" {attributes}>'


def _link_open(piece: Piece, tokens: Tokens, position: int) -> str:
    """Return a link to the web; no other leads anywhere from a card."""
    token = tokens[position]
    found = destination(str(token.attrs["href"]), piece.context.path)
    if found.kind is not LinkKind.EXTERNAL:
        piece.endings.append("")
        return piece.keep("")
    title = token.attrs.get("title")
    hover = f' title="{escape(str(title))}"' if title else ""
    piece.endings.append("</a>")
    return piece.keep(f'<a href="{escape(found.url)}"{hover}>')


def _shown_open(piece: Piece, _tokens: Tokens, _position: int) -> str:
    piece.endings.append("</mark>")
    return piece.keep('<mark class="cloze">')


def _deletion_open(piece: Piece, tokens: Tokens, position: int) -> str:
    meta = tokens[position].meta
    hint = f"::{_hint(meta['hint'])}" if meta["hint"] else ""
    piece.endings.append(f"{hint}}}}}")
    return piece.keep(f"{{{{c{meta['number']}::", own=True)


def _hint(text: str) -> str:
    """Return a hint as HTML in which Anki finds neither its end nor a cloze."""
    return escape(text).translate(_NO_SYNTAX)


def _deletion_close(piece: Piece, _tokens: Tokens, _position: int) -> str:
    return piece.keep(piece.endings.pop(), own=True)


def _note_ref(piece: Piece, tokens: Tokens, position: int) -> str:
    number = tokens[position].meta.get("number", 0)
    return piece.keep(f'<sup class="footnote-ref">{number}</sup>')


_ROWS: Mapping[str, Row] = MappingProxyType(
    {
        **ROWS,
        "cloze_close": close,
        "cloze_open": _shown_open,
        "code_block": _code_block,
        "fence": _fence,
        "footnote_close": lambda *_: "</li>\n",
        "footnote_ref": _note_ref,
        "link_close": close,
        "link_open": _link_open,
        "math_block": _display_math,
        "math_inline": _math,
        "math_inline_double": _display_math,
    }
)
_CLOZE_ROWS: Mapping[str, Row] = MappingProxyType(
    {**_ROWS, "cloze_close": _deletion_close, "cloze_open": _deletion_open}
)
