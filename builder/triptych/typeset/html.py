"""Tokens become HTML: what the site and the cards write alike, a function a token type.

A form of output has a table of its own rows in front of these.
"""

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from types import MappingProxyType
from typing import TypeAlias

from markdown_it.common.utils import escapeHtml
from markdown_it.token import Token

from triptych.dialect.links import picture
from triptych.typeset.context import Context
from triptych.typeset.images import size
from triptych.typeset.pictures import Image, pictures
from triptych.typeset.raw_html import RAW
from triptych.typeset.slots import OWN_VALUE, Slots
from triptych.values.source import Media

_ALIGN = re.compile(r"text-align:(left|center|right)")

Tokens: TypeAlias = Sequence[Token]


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of prose while it is written in one form."""

    context: Context
    rows: Mapping[str, "Row"]
    """How each type of token is written."""
    picture: Callable[["Piece", Media, str], str]
    """Writes a picture of the deck, given its attributes but for its address."""
    slots: Slots | None = None
    """Where the HTML goes that must pass by the sanitizer, if that will run."""
    links: bool = True
    """Whether there may be links and ids: there may be none within a link."""
    endings: list[str] = field(default_factory=list)
    """What closes the links and the deletions that are open, the innermost last."""
    noted: Counter[int] = field(default_factory=Counter)
    """How often each footnote was referred to."""
    media: list[str] = field(default_factory=list)
    """The names of the pictures shown."""
    formulas: list[str] = field(default_factory=list)
    """The MathML written."""

    def keep(self, html: str, *, own: bool = False) -> str:
        """Return HTML of ours, or the mark of a slot for it."""
        return html if self.slots is None else self.slots.add(html, own=own)

    @property
    def tabindex(self) -> str:
        """Return the attribute that lets the keyboard reach an element."""
        value = "0" if self.slots is None else OWN_VALUE
        return f' tabindex="{value}"'

    def note_name(self, number: int) -> str:
        """Return what the ids of a footnote end with: they are unique on a page."""
        layer = self.context.layer
        return f"{layer}-{number}" if layer else str(number)


Row: TypeAlias = Callable[[Piece, Tokens, int], str]


def write(tokens: Tokens, piece: Piece) -> str:
    """Return the HTML of `tokens`: a skeleton, where `piece` has slots."""
    rows = piece.rows
    written = []
    for position, token in enumerate(tokens):
        kind = token.type
        if kind == "text":  # half of all tokens
            written.append(escapeHtml(token.content))
        elif kind == "inline":
            written.append(write(token.children or (), piece))
        else:
            written.append(rows.get(kind, tag)(piece, tokens, position))
    return "".join(written)


def has_raw_html(tokens: Tokens) -> bool:
    """Return whether an author wrote HTML among `tokens`."""
    for token in tokens:
        if token.type in RAW:
            return True
        # The description of a picture is no HTML, whatever it looks like.
        if token.type == "inline" and has_raw_html(token.children or ()):
            return True
    return False


def tag(_piece: Piece, tokens: Tokens, position: int) -> str:
    """Return a tag with its attributes, broken into lines as markdown-it does."""
    token = tokens[position]
    if token.hidden:
        return ""
    start = "</" if token.nesting == -1 else "<"
    attributes = _attributes(token) if token.attrs else ""
    written = f"{start}{token.tag}{attributes}>"
    if not token.block:
        return written
    if token.nesting != -1 and position and tokens[position - 1].hidden:
        written = f"\n{written}"
    return f"{written}\n" if _ends_line(tokens, position) else written


def _attributes(token: Token) -> str:
    pairs = ((escapeHtml(key), escapeHtml(str(v))) for key, v in token.attrs.items())
    return "".join(f' {key}="{value}"' for key, value in pairs)


def _ends_line(tokens: Tokens, position: int) -> bool:
    """Return whether a line ends after this tag of a block."""
    token = tokens[position]
    if token.nesting != 1 or position + 1 == len(tokens):
        return True
    following = tokens[position + 1]
    is_empty = following.nesting == -1 and following.tag == token.tag
    return not (following.type == "inline" or following.hidden or is_empty)


def _code_span(piece: Piece, tokens: Tokens, position: int) -> str:
    # Without it, `x++` in an Arabic sentence would be shown as `++x`.
    direction = ' dir="ltr"' if piece.context.has_rtl else ""
    return f"<code{direction}>{escapeHtml(tokens[position].content)}</code>"


def _paragraph_open(piece: Piece, tokens: Tokens, position: int) -> str:
    if _is_figure(tokens, position):
        return "<figure>"
    return tag(piece, tokens, position)


def _paragraph_close(piece: Piece, tokens: Tokens, position: int) -> str:
    if _is_figure(tokens, position - 2):
        return "</figure>\n"
    return tag(piece, tokens, position)


def _is_figure(tokens: Tokens, position: int) -> bool:
    if tokens[position].hidden:
        return False
    children = tokens[position + 1].children or ()
    return len(children) == 1 and children[0].type == "image"


def _item_open(piece: Piece, tokens: Tokens, position: int) -> str:
    box = tokens[position].meta.get("box")
    if box is None:
        return tag(piece, tokens, position)
    checked = " checked" if box else ""
    words = piece.context.words
    state = (words.done if box else words.to_do).attribute("aria-label")
    html = f'<input type="checkbox" disabled{checked}{state}> '
    return '<li class="task">' + piece.keep(html)


def heading_open(_piece: Piece, tokens: Tokens, position: int) -> str:
    """Return the opening tag of a heading, with its id if it has one."""
    token = tokens[position]
    name = heading_name(token)
    return f'<{token.tag} id="{escape(name)}">' if name else f"<{token.tag}>"


def heading_name(token: Token) -> str:
    """Return the id of a heading: its own, or one made of its words."""
    return str(token.attrs.get("id") or token.meta.get("slug", ""))


def _cell_open(_piece: Piece, tokens: Tokens, position: int) -> str:
    token = tokens[position]
    align = _ALIGN.search(str(token.attrs.get("style", "")))
    return f'<{token.tag} class="align-{align[1]}">' if align else f"<{token.tag}>"


def _note_open(piece: Piece, tokens: Tokens, position: int) -> str:
    return f'<li id="fn-{piece.note_name(tokens[position].meta["number"])}">'


def _image(piece: Piece, tokens: Tokens, position: int) -> str:
    (shown,) = pictures(tokens[position])
    return _picture(piece, shown)


def raw_html(piece: Piece, tokens: Tokens, position: int) -> str:
    """Return an author's HTML with each of its pictures as every other is written."""
    html, parts, done = tokens[position].content, [], 0
    for shown in pictures(tokens[position]):
        parts += [html[done : shown.start], _picture(piece, shown)]
        done = shown.stop
    return "".join([*parts, html[done:]])


def _picture(piece: Piece, shown: Image) -> str:
    """Return a picture, or words in its place where no output can show it."""
    src, alt, title = shown.src, shown.alt, shown.title
    media = piece.context.media(src)
    if media is None:
        text = escape(alt or src)
        remote = picture(src, piece.context.path, ()).url
        if remote and piece.links:
            text = f'<a href="{escape(remote)}">{text}</a>'
        return piece.keep(text)
    piece.media.append(media.name)
    shape = size(media.data)
    sized = f' width="{shape[0]}" height="{shape[1]}"' if shape else ""
    hover = f' title="{escape(title)}"' if title else ""
    attributes = f'alt="{escape(alt)}"{hover}{sized}'
    return piece.keep(piece.picture(piece, media, attributes))


def close(piece: Piece, _tokens: Tokens, _position: int) -> str:
    """Close what was opened last."""
    return piece.keep(piece.endings.pop())


def listing(
    lines: Sequence[str], language: str, role: str, *, tabindex: str = ""
) -> str:
    """Return a block of code, given its lines as HTML."""
    data = f' data-role="{role}"' if role else ""
    css = f' class="language-{escape(language)}"' if language else ""
    code = "\n".join(lines)
    return (
        f'<div class="code"{data}><pre class="highlight"{tabindex}>'
        f"<code{css}>{code}</code></pre></div>"
    )


def output(printed: str, *, tabindex: str = "") -> str:
    """Return what a block of code printed."""
    return f'<div class="output"><pre{tabindex}>{escape(printed)}</pre></div>'


ROWS: Mapping[str, Row] = MappingProxyType(
    {
        "code_inline": _code_span,
        "footnote_block_close": lambda *_: "</ol>\n</section>\n",
        "footnote_block_open": lambda *_: '<section class="footnotes">\n<ol>\n',
        "footnote_open": _note_open,
        "hardbreak": lambda *_: "<br>\n",
        "heading_open": heading_open,
        "html_block": raw_html,
        "html_inline": raw_html,
        "image": _image,
        "list_item_open": _item_open,
        "paragraph_close": _paragraph_close,
        "paragraph_open": _paragraph_open,
        "softbreak": lambda *_: "\n",
        "table_close": lambda *_: "</table></div>\n",
        "table_open": lambda *_: '<div class="table"><table>\n',
        "td_open": _cell_open,
        "th_open": _cell_open,
    }
)
"""What both forms write alike; whatever has no row is a tag of its own."""
