"""Write tokens as XHTML for the book: elements that begin and end, one after another.

Formulas and code come as they are written elsewhere. What depends on the other pages of
the book, such as where a link leads, is noted (`values.xhtml`).
"""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from markdown_it.common.utils import escapeHtml
from markdown_it.token import Token

from triptych.typeset.block_layout import (
    alignment,
    ends_line,
    heading_name,
    is_figure,
)
from triptych.typeset.context import Context
from triptych.typeset.epub import code, links, pictures
from triptych.typeset.epub.content_model import Attribute
from triptych.typeset.epub.elements import Elements
from triptych.typeset.epub.raw import Skeleton
from triptych.typeset.epub.state import LTR, Row, Writer
from triptych.values.xhtml import Id, Xhtml


def xhtml(
    tokens: Sequence[Token], context: Context, *, raw: bool, in_link: bool = False
) -> Xhtml:
    """Return `tokens` as XHTML; with `in_link` to be used inside a link.

    With `raw`, the tokens contain raw HTML, which is sanitized.
    """
    may_link = not in_link
    elements = Elements(in_line=tokens[0].type == "inline")
    if raw:
        skeleton = Skeleton()
        _write(tokens, Writer(context, skeleton, skeleton.generated, may_link))
        skeleton.read_into(elements, links=may_link)
    else:
        _write(tokens, Writer(context, elements, elements, may_link))
    return elements.xhtml()


def _write(tokens: Sequence[Token], writer: Writer) -> None:
    for position, token in enumerate(tokens):
        kind = token.type
        if kind == "text":  # half of all tokens
            writer.out.text(escapeHtml(token.content))
        elif kind == "inline":
            _write(token.children or (), writer)
        else:
            _ROWS.get(kind, _tag)(writer, tokens, position)


def _tag(writer: Writer, tokens: Sequence[Token], position: int) -> None:
    """Write a tag with its attributes, and line breaks as for the site."""
    attrs = tokens[position].attrs.items()
    _element(writer, tokens, position, [(key, str(value)) for key, value in attrs])


def _element(
    writer: Writer,
    tokens: Sequence[Token],
    position: int,
    attributes: Sequence[Attribute] = (),
) -> None:
    token = tokens[position]
    if token.hidden:
        return
    out = writer.out
    if token.nesting == -1:
        out.end(token.tag)
    else:
        if token.block and position and tokens[position - 1].hidden:
            out.text("\n")
        out.start(token.tag, *attributes)
    if token.block and ends_line(tokens, position):
        out.text("\n")


def _code_span(writer: Writer, tokens: Sequence[Token], position: int) -> None:
    out = writer.out
    out.start("code", *([LTR] if writer.context.has_rtl else []))
    out.text(escapeHtml(tokens[position].content))
    out.end("code")


def _paragraph_open(writer: Writer, tokens: Sequence[Token], position: int) -> None:
    if is_figure(tokens, position):
        writer.out.start("figure")
    else:
        _element(writer, tokens, position)


def _paragraph_close(writer: Writer, tokens: Sequence[Token], position: int) -> None:
    if is_figure(tokens, position - 2):
        writer.end_block("figure")
    else:
        _element(writer, tokens, position)


def _item_open(writer: Writer, tokens: Sequence[Token], position: int) -> None:
    box = tokens[position].meta.get("box")
    if box is None:
        _tag(writer, tokens, position)
        return
    # A character: a book has no forms.
    words, sign = writer.context.strings, "\u2611" if box else "\u2610"
    state = (words.done if box else words.to_do).attribute("aria-label")
    writer.out.start("li", ("class", "task"))
    writer.generated.text(f'<span role="img"{state}>{sign}</span> ')


def _alert_open(writer: Writer, tokens: Sequence[Token], position: int) -> None:
    kind, out = str(tokens[position].attrs["kind"]), writer.generated
    out.start("blockquote", ("class", "alert"), ("data-kind", kind))
    out.text("\n")
    out.start("p", ("class", "alert-title"))
    out.start("strong")
    out.text(writer.context.strings.alert(kind).html)
    out.end("strong")
    out.end("p")
    writer.out.text("\n")


def _alert_close(writer: Writer, _tokens: Sequence[Token], _position: int) -> None:
    writer.generated.end("blockquote")
    writer.out.text("\n")


def _heading_open(writer: Writer, tokens: Sequence[Token], position: int) -> None:
    name = heading_name(tokens[position])
    writer.out.start(tokens[position].tag, *([Id(name)] if name else []))


def _heading_close(writer: Writer, tokens: Sequence[Token], position: int) -> None:
    writer.end_block(tokens[position].tag)


def _cell_open(writer: Writer, tokens: Sequence[Token], position: int) -> None:
    align = alignment(tokens[position])
    classes = [("class", f"align-{align}")] if align else []
    writer.out.start(tokens[position].tag, *classes)


def _table_open(writer: Writer, _tokens: Sequence[Token], _position: int) -> None:
    writer.out.start("div", ("class", "table"))
    writer.out.start("table")
    writer.out.text("\n")


def _table_close(writer: Writer, _tokens: Sequence[Token], _position: int) -> None:
    writer.out.end("table")
    writer.end_block("div")


def _cloze_open(writer: Writer, _tokens: Sequence[Token], _position: int) -> None:
    writer.generated.start("mark", ("class", "cloze"))


def _cloze_close(writer: Writer, _tokens: Sequence[Token], _position: int) -> None:
    writer.generated.end("mark")


def _line_break(writer: Writer, _tokens: Sequence[Token], _position: int) -> None:
    writer.out.start("br")
    writer.out.text("\n")


def _soft_break(writer: Writer, _tokens: Sequence[Token], _position: int) -> None:
    writer.out.text("\n")


_ROWS: Mapping[str, Row] = MappingProxyType(
    {
        "alert_close": _alert_close,
        "alert_open": _alert_open,
        "cloze_close": _cloze_close,
        "cloze_open": _cloze_open,
        "code_block": code.code_block,
        "code_inline": _code_span,
        "fence": code.fence,
        "footnote_block_close": links.notes_close,
        "footnote_block_open": links.notes_open,
        "footnote_close": links.note_close,
        "footnote_open": links.note_open,
        "footnote_ref": links.note_ref,
        "hardbreak": _line_break,
        "heading_close": _heading_close,
        "heading_open": _heading_open,
        "html_block": pictures.raw_html,
        "html_inline": pictures.raw_html,
        "image": pictures.image,
        "link_close": links.link_close,
        "link_open": links.link_open,
        "list_item_open": _item_open,
        "math_block": code.display_math,
        "math_inline": code.math,
        "math_inline_double": code.display_math,
        "paragraph_close": _paragraph_close,
        "paragraph_open": _paragraph_open,
        "sizing": code.sizing,
        "softbreak": _soft_break,
        "table_close": _table_close,
        "table_open": _table_open,
        "td_open": _cell_open,
        "th_open": _cell_open,
    }
)
"""`_tag` writes a token type without a row."""
