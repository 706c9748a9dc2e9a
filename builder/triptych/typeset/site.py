"""Prose as a page of the site shows it: MathML, links, what the keyboard must reach."""

import re
from collections.abc import Mapping
from html import escape
from types import MappingProxyType
from urllib.parse import quote

from markdown_it.token import Token

from triptych.dialect.links import LinkKind, destination, picture
from triptych.typeset.context import Context
from triptych.typeset.highlight import html_lines
from triptych.typeset.html import (
    ROWS,
    Piece,
    Row,
    Tokens,
    close,
    heading_name,
    listing,
    output,
    raw_html,
    write,
)
from triptych.typeset.math.mathml import mathml
from triptych.typeset.page_links import LINK_END, ROOT, link_start, put_links
from triptych.typeset.sanitize import sanitize
from triptych.typeset.slots import Slots
from triptych.values.catalog import Catalog
from triptych.values.source import Media

_UNCOLOURED = frozenset({"o", "p", "nb", "mf", "mi", "mh"})
"""Signs, built-ins and numbers look like text: half of the bytes of a listing."""
_TITLE = re.compile(r"(</?)h1\b", re.IGNORECASE)
_RAW_LINK = re.compile(r"<(?:a|img)\b", re.IGNORECASE)
"""What is a link, or may become one: a picture from elsewhere does."""


def page_html(tokens: Tokens, context: Context, *, raw: bool) -> tuple[str, Piece]:
    """Return the HTML of `tokens` for `place`, and what was noted of it.

    With `raw` HTML of the author's among them it passes the sanitizer.
    """
    return _written(tokens, context, raw=raw, links=True)


def link_html(tokens: Tokens, context: Context, *, raw: bool) -> str:
    """Return the same without links and ids, so that a link may hold it."""
    return _written(tokens, context, raw=raw, links=False)[0]


def fill_links(html: str, root: str, catalog: Catalog) -> str:
    """Return a prose's HTML for a page from which `root` leads to the site's root."""
    return put_links(html, root, catalog.pages.get)


def _written(
    tokens: Tokens, context: Context, *, raw: bool, links: bool
) -> tuple[str, Piece]:
    slots = Slots() if raw else None
    piece = Piece(context, _ROWS, _picture, slots, links=links)
    html = write(tokens, piece)
    if slots is not None:
        html = slots.fill(sanitize(html, links=links))
    return html.strip(), piece


def _math(piece: Piece, tokens: Tokens, position: int) -> str:
    return _formula(piece, tokens[position], display=False)


def _display_math_within_line(piece: Piece, tokens: Tokens, position: int) -> str:
    return _formula(piece, tokens[position], display=True)


def _display_math(piece: Piece, tokens: Tokens, position: int) -> str:
    # Browsers that do not let the keyboard reach what scrolls are told to, by a script
    # that sees what is too wide. This is for those without the script. Within a line
    # the attribute could stand in a link, where it is not allowed.
    return _formula(piece, tokens[position], display=True, tabindex=' tabindex="0"')


def _formula(piece: Piece, token: Token, *, display: bool, tabindex: str = "") -> str:
    formula = mathml(token.content.strip(), display=display, tabindex=tabindex)
    piece.formulas.append(formula)
    return piece.keep(formula)


def _fence(piece: Piece, tokens: Tokens, position: int) -> str:
    token = tokens[position]
    role = token.meta.get("role", "")
    html = _code(token.content, token.meta.get("language", ""), role)
    if role == "test":
        summary = f"<summary>{piece.context.words.tests.html}</summary>"
        html = f'<details class="tests">{summary}{html}</details>'
    printed = piece.context.printed(token.content) if role == "run" else ""
    if printed:
        html += output(printed, tabindex=' tabindex="0"')
    return piece.keep(html) + "\n"


def _code_block(piece: Piece, tokens: Tokens, position: int) -> str:
    return piece.keep(_code(tokens[position].content, "", "")) + "\n"


def _code(code: str, language: str, role: str) -> str:
    # The block scrolls sideways, so the keyboard must be able to reach it.
    lines = html_lines(code, language, _UNCOLOURED)
    return listing(lines, language, role, tabindex=' tabindex="0"')


def _picture(_piece: Piece, media: Media, attributes: str) -> str:
    return f'<img src="{ROOT}media/{media.name}" {attributes} loading="lazy">'


def _link_open(piece: Piece, tokens: Tokens, position: int) -> str:
    token = tokens[position]
    found = destination(str(token.attrs["href"]), piece.context.path)
    leads = found.kind if piece.links else LinkKind.NOWHERE
    title = token.attrs.get("title")
    hover = f' title="{escape(str(title))}"' if title else ""
    match leads:
        case LinkKind.EXTERNAL:
            opening, ending = f'<a href="{escape(found.url)}"{hover}>', "</a>"
        case LinkKind.ANCHOR:
            url = f"#{escape(quote(found.fragment))}"
            opening, ending = f'<a href="{url}"{hover}>', "</a>"
        case LinkKind.PAGE:
            opening, ending = link_start(found.path, found.fragment), LINK_END
        case LinkKind.NOWHERE:
            opening = ending = ""
    piece.endings.append(ending)
    return piece.keep(opening)


def _raw_html(piece: Piece, tokens: Tokens, position: int) -> str:
    return _TITLE.sub(r"\1h2", raw_html(piece, tokens, position))


def _heading_open(piece: Piece, tokens: Tokens, position: int) -> str:
    """Return the beginning of a heading that links to itself."""
    token = tokens[position]
    name = escape(heading_name(token))
    if not name:
        return f"<{_level(token)}>"
    start = f'<{_level(token)} id="{name}">'
    return (
        f'{start}<a href="#{name}">'
        if _may_link(piece, tokens[position + 1])
        else start
    )


def _heading_close(piece: Piece, tokens: Tokens, position: int) -> str:
    named = heading_name(tokens[position - 2])
    link = "</a>" if named and _may_link(piece, tokens[position - 1]) else ""
    return f"{link}</{_level(tokens[position])}>\n"


def _level(token: Token) -> str:
    """Return the tag of a heading: the prompt is the page's one title."""
    return "h2" if token.tag == "h1" else token.tag


def _may_link(piece: Piece, heading: Token) -> bool:
    """Return whether a heading shows something, and no link of its own."""
    children = heading.children or ()
    return any(map(_is_shown, children)) and not any(
        _is_link(piece, child) for child in children
    )


def _is_shown(token: Token) -> bool:
    """Return whether a reader would see something of this token of a heading."""
    if token.type == "text":
        return bool(token.content.strip())
    return token.type not in {"html_inline", "softbreak", "hardbreak"}


def _is_link(piece: Piece, token: Token) -> bool:
    path = piece.context.path
    match token.type:
        case "link_open":
            found = destination(str(token.attrs["href"]), path)
            return found.kind is not LinkKind.NOWHERE
        case "image":
            return bool(picture(str(token.attrs["src"]), path, ()).url)
        case "html_inline":
            return bool(_RAW_LINK.search(token.content))
        case _:
            return token.type == "footnote_ref"


def _table_open(piece: Piece, _tokens: Tokens, _position: int) -> str:
    # Wide tables scroll sideways, so the keyboard must be able to reach them.
    return f'<div class="table"{piece.tabindex}><table>\n'


def _cloze_open(piece: Piece, _tokens: Tokens, _position: int) -> str:
    piece.endings.append("</mark>")
    return piece.keep('<mark class="cloze">')


def _note_ref(piece: Piece, tokens: Tokens, position: int) -> str:
    number = tokens[position].meta.get("number", 0)
    if not piece.links:
        return piece.keep(f'<sup class="footnote-ref">{number}</sup>')
    name = piece.note_name(number)
    piece.noted[number] += 1
    # Only the first reference is what the note leads back to: ids are unique.
    back = f' id="fnref-{name}"' if piece.noted[number] == 1 else ""
    link = f'<a href="#fn-{name}"{back}>{number}</a>'
    return piece.keep(f'<sup class="footnote-ref">{link}</sup>')


def _note_close(piece: Piece, tokens: Tokens, position: int) -> str:
    name = piece.note_name(tokens[position].meta["number"])
    back = f'<a href="#fnref-{name}" class="footnote-back">↩</a>'
    return piece.keep(back) + "</li>\n"


_ROWS: Mapping[str, Row] = MappingProxyType(
    {
        **ROWS,
        "cloze_close": close,
        "cloze_open": _cloze_open,
        "code_block": _code_block,
        "fence": _fence,
        "footnote_close": _note_close,
        "footnote_ref": _note_ref,
        "heading_close": _heading_close,
        "heading_open": _heading_open,
        "html_block": _raw_html,
        "html_inline": _raw_html,
        "link_close": close,
        "link_open": _link_open,
        "math_block": _display_math,
        "math_inline": _math,
        "math_inline_double": _display_math_within_line,
        "table_open": _table_open,
    }
)
