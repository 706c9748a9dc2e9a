"""Write tokens as HTML: the functions that the site and the cards share.

`ROWS` maps a token type to the function that writes it. The site and the cards extend
this table and replace some of its rows.
"""

from collections.abc import Mapping
from html import escape
from types import MappingProxyType

from markdown_it.common.utils import escapeHtml
from markdown_it.token import Token

from triptych.dialect.links import picture
from triptych.dialect.pictures import is_sound
from triptych.typeset.block_layout import (
    alignment,
    heading_name,
    is_figure,
)
from triptych.typeset.html_writer import HtmlWriter, Row, Tokens, tag
from triptych.typeset.images import size
from triptych.typeset.pictures import Image, pictures
from triptych.typeset.raw_html import with_code_from_left_to_right
from triptych.typeset.sizing import table_html

_LTR = ' dir="ltr"'


def _rare_tag(writer: HtmlWriter, tokens: Tokens, position: int) -> str:
    writer.rare.add(tokens[position].tag)
    return tag(writer, tokens, position)


def _code_span(writer: HtmlWriter, tokens: Tokens, position: int) -> str:
    # Without `dir`, `x++` in an Arabic sentence would be displayed as `++x`.
    direction = _LTR if writer.context.has_rtl else ""
    return f"<code{direction}>{escapeHtml(tokens[position].content)}</code>"


def _paragraph_open(writer: HtmlWriter, tokens: Tokens, position: int) -> str:
    if is_figure(tokens, position):
        return "<figure>"
    return tag(writer, tokens, position)


def _paragraph_close(writer: HtmlWriter, tokens: Tokens, position: int) -> str:
    if is_figure(tokens, position - 2):
        return f"</figure>{writer.line_break}"
    return tag(writer, tokens, position)


def _item_open(writer: HtmlWriter, tokens: Tokens, position: int) -> str:
    box = tokens[position].meta.get("box")
    if box is None:
        return tag(writer, tokens, position)
    checked = " checked" if box else ""
    words = writer.context.strings
    state = (words.done if box else words.to_do).attribute("aria-label")
    html = f'<input type="checkbox" disabled{checked}{state}> '
    writer.rare.add("task")
    return '<li class="task">' + writer.protected(html)


def _alert_open(writer: HtmlWriter, tokens: Tokens, position: int) -> str:
    # On cards it looks like a quotation: a change of their style would replace the
    # one that a learner has written.
    writer.rare.update(("alert", "blockquote"))
    kind = str(tokens[position].attrs["kind"])
    title = f"<strong>{writer.context.strings.alert(kind).html}</strong>"
    opening = f'<blockquote class="alert" data-kind="{kind}">'
    title = f'{writer.line_break}<p class="alert-title">{title}</p>'
    return f"{writer.protected(opening + title)}{writer.line_break}"


def _alert_close(writer: HtmlWriter, *_: object) -> str:
    return f"{writer.protected('</blockquote>')}{writer.line_break}"


def heading_open(_writer: HtmlWriter, tokens: Tokens, position: int) -> str:
    """Return the opening tag of a heading, with its id if it has one."""
    token = tokens[position]
    name = heading_name(token)
    return f'<{token.tag} id="{escape(name)}">' if name else f"<{token.tag}>"


def _cell_open(_writer: HtmlWriter, tokens: Tokens, position: int) -> str:
    token = tokens[position]
    align = alignment(token)
    return f'<{token.tag} class="align-{align}">' if align else f"<{token.tag}>"


def _notes_open(writer: HtmlWriter, *_: object) -> str:
    writer.rare.add("footnotes")
    return f'<section class="footnotes">{writer.line_break}<ol>{writer.line_break}'


def _notes_close(writer: HtmlWriter, *_: object) -> str:
    return f"</ol>{writer.line_break}</section>{writer.line_break}"


def _note_open(writer: HtmlWriter, tokens: Tokens, position: int) -> str:
    return f'<li id="fn-{writer.note_name(tokens[position].meta["number"])}">'


def image(writer: HtmlWriter, tokens: Tokens, position: int) -> str:
    """Return an image of Markdown."""
    (found,) = pictures(tokens[position])
    return _picture(writer, found)


def raw_html(writer: HtmlWriter, tokens: Tokens, position: int) -> str:
    """Return raw HTML, with its pictures written like those of Markdown."""
    token = tokens[position]
    if writer.context.has_rtl:
        html = with_code_from_left_to_right(token.content)
        token = token.copy(content=html)
    html, parts, end = token.content, [], 0
    for found in pictures(token):
        parts += [html[end : found.start], _picture(writer, found)]
        end = found.stop
    return "".join([*parts, html[end:]])


def _picture(writer: HtmlWriter, found: Image) -> str:
    """Return a picture, or a text in its place if it cannot be shown."""
    src, alt, title = found.src, found.alt, found.title
    media = writer.context.media(src)
    if media is None:
        text = escape(alt or src)
        remote = picture(src, writer.context.path, ()).url
        if remote and writer.links:
            text = f'<a href="{escape(remote)}">{text}</a>'
        return writer.protected(text)
    if is_sound(media.name):
        if not writer.links:
            return ""  # a link has no room for the controls
        writer.media.append(media.name)
        return writer.protected(writer.picture(writer, media, _label_attribute(alt)))
    writer.media.append(media.name)
    dimensions = size(media.data)
    size_attributes = (
        f' width="{dimensions[0]}" height="{dimensions[1]}"' if dimensions else ""
    )
    title_attribute = f' title="{escape(title)}"' if title else ""
    attributes = f'alt="{escape(alt)}"{title_attribute}{size_attributes}'
    return writer.protected(writer.picture(writer, media, attributes))


def _label_attribute(alt: str) -> str:
    return f'aria-label="{escape(alt)}"' if alt else ""


def sizing(writer: HtmlWriter, tokens: Tokens, position: int) -> str:
    """Return a table of estimates as a plain table."""
    return _sizing(writer, tokens[position], with_data=False)


def sizing_with_data(writer: HtmlWriter, tokens: Tokens, position: int) -> str:
    """Return a table of estimates whose rows have their formulas as data, too."""
    return _sizing(writer, tokens[position], with_data=True, tabindex=' tabindex="0"')


def _sizing(
    writer: HtmlWriter, token: Token, *, with_data: bool, tabindex: str = ""
) -> str:
    direction = _LTR if writer.context.has_rtl else ""
    table = table_html(
        token,
        with_data=with_data,
        code_attributes=direction,
        line_break=writer.line_break,
    )
    html = writer.protected(f'<div class="table"{tabindex}>{table}</div>')
    return f"{html}{writer.line_break}"


def close(writer: HtmlWriter, _tokens: Tokens, _position: int) -> str:
    """Return the end of the innermost open link or deletion."""
    return writer.protected(writer.open_endings.pop())


ROWS: Mapping[str, Row] = MappingProxyType(
    {
        "alert_close": _alert_close,
        "alert_open": _alert_open,
        "blockquote_open": _rare_tag,
        "code_inline": _code_span,
        "dl_open": _rare_tag,
        "footnote_block_close": _notes_close,
        "footnote_block_open": _notes_open,
        "footnote_open": _note_open,
        "hardbreak": lambda *_: "<br>\n",
        "heading_open": heading_open,
        "hr": _rare_tag,
        "html_block": raw_html,
        "html_inline": raw_html,
        "image": image,
        "list_item_open": _item_open,
        "paragraph_close": _paragraph_close,
        "paragraph_open": _paragraph_open,
        "sizing": sizing,
        "softbreak": lambda *_: "\n",
        "table_close": lambda *_: "</table></div>\n",
        "table_open": lambda *_: '<div class="table"><table>\n',
        "td_open": _cell_open,
        "th_open": _cell_open,
    }
)
"""The rows that both outputs share; `tag` writes a token type without a row."""
