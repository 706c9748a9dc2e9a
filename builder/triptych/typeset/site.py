"""Write prose as HTML for the site, with MathML, links and keyboard focus."""

import re
from collections.abc import Mapping
from html import escape
from types import MappingProxyType
from urllib.parse import quote

from markdown_it.token import Token

from triptych.dialect.html_policy import RARE_HEADINGS, TAGS
from triptych.dialect.links import LinkKind, destination, picture
from triptych.dialect.pictures import is_sound
from triptych.typeset.block_layout import heading_name
from triptych.typeset.context import Context
from triptych.typeset.html import ROWS, close, image, raw_html, sizing_with_data
from triptych.typeset.html_writer import HtmlWriter, Row, Tokens, write
from triptych.typeset.math.mathml import mathml
from triptych.typeset.page_links import LINK_END, ROOT, link_start, put_links
from triptych.typeset.raw_html import with_h2_for_h1
from triptych.typeset.sanitize import sanitize
from triptych.typeset.site_code import code_block, fence
from triptych.typeset.site_tables import (
    cell_close,
    cell_open,
    table_close,
    table_open,
)
from triptych.typeset.slots import Slots
from triptych.values.catalog import Catalog
from triptych.values.source import Media

_TAGS = TAGS - {"h1"}
"""The elements of raw HTML; `h1` is reserved for the prompt."""
_RAW_LINK = re.compile(r"<(?:a|img)\b", re.IGNORECASE)
"""Raw HTML that is a link, or may become one, such as a remote picture."""


def page_html(tokens: Tokens, context: Context, *, raw: bool) -> tuple[str, HtmlWriter]:
    """Return the HTML of `tokens` for `fill_links`, and the state of its writer.

    With `raw`, the tokens contain raw HTML and the result is sanitized.
    """
    return _html(tokens, context, raw=raw, links=True)


def link_html(tokens: Tokens, context: Context, *, raw: bool) -> str:
    """Return the HTML without links and ids, to be used inside a link."""
    return _html(tokens, context, raw=raw, links=False)[0]


def fill_links(html: str, root: str, catalog: Catalog) -> str:
    """Return prose for a page, with `root` as the relative path to the site's root."""
    return put_links(html, root, catalog.pages.get)


def _html(
    tokens: Tokens, context: Context, *, raw: bool, links: bool
) -> tuple[str, HtmlWriter]:
    slots = Slots() if raw else None
    writer = HtmlWriter(context, _ROWS, _picture, slots, links=links, line_break="")
    html = write(tokens, writer)
    if slots is not None:
        clean = sanitize(html, links=links, tags=_TAGS, rare=writer.rare)
        html = slots.fill(clean)
    return html.strip(), writer


def _math(writer: HtmlWriter, tokens: Tokens, position: int) -> str:
    return _formula(writer, tokens[position], display=False)


def _display_math_within_line(writer: HtmlWriter, tokens: Tokens, position: int) -> str:
    return _formula(writer, tokens[position], display=True)


def _display_math(writer: HtmlWriter, tokens: Tokens, position: int) -> str:
    # Some browsers do not make scrollable elements focusable by keyboard. A script does
    # so for elements that are too wide; `tabindex` is for readers without the script.
    # An inline formula has none, since it is not allowed within a link.
    return _formula(writer, tokens[position], display=True, tabindex=' tabindex="0"')


def _formula(
    writer: HtmlWriter, token: Token, *, display: bool, tabindex: str = ""
) -> str:
    formula = mathml(token.content.strip(), display=display, tabindex=tabindex)
    writer.formulas.append(formula)
    return writer.protected(formula)


def _picture(writer: HtmlWriter, media: Media, attributes: str) -> str:
    if is_sound(media.name):
        writer.rare.add("audio")
        source = f'src="{ROOT}media/{media.name}"'
        return f'<audio controls preload="none" {source} {attributes}></audio>'
    return f'<img src="{ROOT}media/{media.name}" {attributes} loading="lazy">'


def _image(writer: HtmlWriter, tokens: Tokens, position: int) -> str:
    """Return an image; one that stands alone is a link to its file.

    A link needs a name, which is the alternative text, and may not be inside another.
    """
    html = image(writer, tokens, position)
    token = tokens[position]
    media = writer.context.media(str(token.attrs["src"]))
    is_alone = len(tokens) == 1 and not writer.open_endings
    if media is None or is_sound(media.name):
        return html
    if not (is_alone and writer.links and token.children):
        return html
    start = f'<a class="zoom" href="{ROOT}media/{media.name}">'
    return f"{writer.protected(start)}{html}{writer.protected('</a>')}"


def _link_open(writer: HtmlWriter, tokens: Tokens, position: int) -> str:
    token = tokens[position]
    target = destination(str(token.attrs["href"]), writer.context.path)
    kind = target.kind if writer.links else LinkKind.NOWHERE
    title = token.attrs.get("title")
    title_attribute = f' title="{escape(str(title))}"' if title else ""
    match kind:
        case LinkKind.EXTERNAL:
            opening, ending = (
                f'<a href="{escape(target.url)}"{title_attribute}>',
                "</a>",
            )
        case LinkKind.ANCHOR:
            fragment = str(token.meta.get("fragment", target.fragment))
            url = f"#{escape(quote(fragment))}"
            opening, ending = f'<a href="{url}"{title_attribute}>', "</a>"
        case LinkKind.PAGE:
            writer.page_links.append(f"{target.path}#{target.fragment}")
            opening, ending = link_start(target.path, target.fragment), LINK_END
        case LinkKind.NOWHERE:
            opening = ending = ""
    writer.open_endings.append(ending)
    return writer.protected(opening)


def _raw_html(writer: HtmlWriter, tokens: Tokens, position: int) -> str:
    token = tokens[position]
    lowered = token.copy(content=with_h2_for_h1(token.content))
    return raw_html(writer, (lowered,), 0)


def _heading_open(writer: HtmlWriter, tokens: Tokens, position: int) -> str:
    """Return the beginning of a heading that links to itself."""
    token = tokens[position]
    writer.rare.update(RARE_HEADINGS & {_level(token)})
    name = escape(heading_name(token))
    if not name:
        return f"<{_level(token)}>"
    start = f'<{_level(token)} id="{name}">'
    return (
        f'{start}<a href="#{name}">'
        if _may_link(writer, tokens[position + 1])
        else start
    )


def _heading_close(writer: HtmlWriter, tokens: Tokens, position: int) -> str:
    named = heading_name(tokens[position - 2])
    link = "</a>" if named and _may_link(writer, tokens[position - 1]) else ""
    return f"{link}</{_level(tokens[position])}>"


def _level(token: Token) -> str:
    """Return the tag of a heading; `h1` is reserved for the prompt."""
    return "h2" if token.tag == "h1" else token.tag


def _may_link(writer: HtmlWriter, heading: Token) -> bool:
    """Return whether a heading can be a link: it has text and no link."""
    children = heading.children or ()
    if [child.type for child in children] == ["image"]:
        return False  # it is a link to its file
    return any(map(_is_shown, children)) and not any(
        _is_link(writer, child) for child in children
    )


def _is_shown(token: Token) -> bool:
    """Return whether a token of a heading is visible."""
    if token.type == "text":
        return bool(token.content.strip())
    return token.type not in {"html_inline", "softbreak", "hardbreak"}


def _is_link(writer: HtmlWriter, token: Token) -> bool:
    path = writer.context.path
    match token.type:
        case "link_open":
            target = destination(str(token.attrs["href"]), path)
            return target.kind is not LinkKind.NOWHERE
        case "image":
            return bool(picture(str(token.attrs["src"]), path, ()).url)
        case "html_inline":
            return bool(_RAW_LINK.search(token.content))
        case _:
            return token.type == "footnote_ref"


def _cloze_open(writer: HtmlWriter, _tokens: Tokens, _position: int) -> str:
    writer.open_endings.append("</mark>")
    return writer.protected('<mark class="cloze">')


def _note_ref(writer: HtmlWriter, tokens: Tokens, position: int) -> str:
    number = tokens[position].meta.get("number", 0)
    writer.rare.add("sup")
    if not writer.links:
        return writer.protected(f'<sup class="footnote-ref">{number}</sup>')
    name = writer.note_name(number)
    writer.reference_counts[number] += 1
    # The footnote links back to the first reference only, since ids are unique.
    back = f' id="fnref-{name}"' if writer.reference_counts[number] == 1 else ""
    link = f'<a href="#fn-{name}"{back}>{number}</a>'
    return writer.protected(f'<sup class="footnote-ref">{link}</sup>')


def _note_close(writer: HtmlWriter, tokens: Tokens, position: int) -> str:
    name = writer.note_name(tokens[position].meta["number"])
    back = f'<a href="#fnref-{name}" class="footnote-back">↩</a>'
    return writer.protected(back) + "</li>"


_ROWS: Mapping[str, Row] = MappingProxyType(
    {
        **ROWS,
        "cloze_close": close,
        "cloze_open": _cloze_open,
        "code_block": code_block,
        "fence": fence,
        "footnote_close": _note_close,
        "footnote_ref": _note_ref,
        "heading_close": _heading_close,
        "heading_open": _heading_open,
        "html_block": _raw_html,
        "html_inline": _raw_html,
        "link_close": close,
        "image": _image,
        "link_open": _link_open,
        "math_block": _display_math,
        "math_inline": _math,
        "math_inline_double": _display_math_within_line,
        "sizing": sizing_with_data,
        "table_close": table_close,
        "table_open": table_open,
        "td_close": cell_close,
        "td_open": cell_open,
        "th_close": cell_close,
        "th_open": cell_open,
    }
)
