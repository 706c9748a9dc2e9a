"""Typeset a piece of Markdown for all outputs."""

from collections.abc import Sequence

from markdown_it.token import Token

from triptych.typeset.card import card_html
from triptych.typeset.context import Context
from triptych.typeset.digest import digests
from triptych.typeset.html_writer import has_raw_html
from triptych.typeset.math.mathml import classes_of
from triptych.typeset.math.plain_text import plain_text
from triptych.typeset.plain import plain
from triptych.typeset.site import link_html, page_html
from triptych.values.form import Form
from triptych.values.prose import NO_PROSE, Prose
from triptych.values.tree import Node
from triptych.values.xhtml import Xhtml

_LINKED = frozenset({"footnote_ref", "html_inline", "image", "link_open"})
"""The token types that may contain a link or an id."""


def typeset(tokens: Sequence[Token], context: Context) -> Prose:
    """Return `tokens` typeset for all outputs that need a form of the context."""
    if not tokens:
        return NO_PROSE
    raw = has_raw_html(tokens)
    site = card = digest_2 = digest_1 = ""
    if Form.CARD in context.forms:
        card, writer = card_html(tokens, context, raw=raw)
        digest_2, digest_1 = digests(tokens, context)
    if Form.SITE in context.forms:
        # The writer of a card collects pictures alone, and the same ones.
        site, writer = page_html(tokens, context, raw=raw)
    blocks: tuple[Node, ...] = ()
    if Form.TREE in context.forms:
        from triptych.typeset.tree import blocks as tree_blocks  # noqa: PLC0415

        blocks = tree_blocks(tokens, context)
    epub, epub_label = _epub(tokens, context, raw=raw)
    return Prose(
        site=site,
        label=_label(tokens, context, site),
        card=card,
        blocks=blocks,
        plain=plain(tokens),
        formulas_as_text=plain(tokens, plain_text) if writer.formulas else "",
        digest=digest_2,
        digest_v1=digest_1,
        media=tuple(dict.fromkeys(writer.media)),
        glyphs="".join(sorted(set().union(*writer.formulas))),
        math_classes=tuple(sorted(set().union(*map(classes_of, writer.formulas)))),
        rare=tuple(sorted(writer.rare)),
        links=tuple(dict.fromkeys(writer.page_links)),
        tests=tuple(writer.tests),
        epub=epub,
        epub_label=epub_label,
    )


def _label(tokens: Sequence[Token], context: Context, site: str) -> str:
    """Return inline prose as HTML that can be used inside a link."""
    if tokens[0].type != "inline":
        return ""
    if _has_links(tokens):
        return link_html(tokens, context, raw=has_raw_html(tokens))
    return site


def _has_links(tokens: Sequence[Token]) -> bool:
    """Return whether inline prose may contain a link or an id."""
    return any(child.type in _LINKED for child in tokens[0].children or ())


def _epub(
    tokens: Sequence[Token], context: Context, *, raw: bool
) -> tuple[Xhtml, Xhtml]:
    """Return prose for the book, and for inline prose what may be inside a link."""
    if Form.EPUB not in context.forms:
        return (), ()
    from triptych.typeset.epub.writer import xhtml  # noqa: PLC0415 - few builds need it

    written = xhtml(tokens, context, raw=raw)
    if tokens[0].type != "inline":
        return written, ()
    if _has_links(tokens):
        return written, xhtml(tokens, context, raw=raw, in_link=True)
    return written, written
