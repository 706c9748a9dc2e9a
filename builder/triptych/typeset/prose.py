"""A piece of Markdown is typeset once, for every output that was asked for."""

from collections.abc import Sequence

from markdown_it.token import Token

from triptych.typeset.context import Context
from triptych.typeset.digest import canonical, digest, words
from triptych.typeset.html import skeleton
from triptych.typeset.plain import plain
from triptych.typeset.sanitize import sanitize
from triptych.typeset.slots import Slots
from triptych.values.question import Block, Prose


def typeset(tokens: Sequence[Token], context: Context, *, trees: bool = True) -> Prose:
    """Return `tokens` as every output wants them; the sheet's only with `trees`."""
    if not tokens:
        return Prose()
    slots = Slots()
    html = skeleton(tokens, context, slots)
    if slots.has_raw_html:
        html = sanitize(html)
    blocks: tuple[Block, ...] = ()
    if trees:
        from triptych.typeset.tree import blocks as tree_blocks  # noqa: PLC0415

        blocks = tree_blocks(tokens, context)
    return Prose(
        site=slots.fill_site(html).strip(),
        card=slots.fill_card(html).strip(),
        blocks=blocks,
        plain=plain(tokens),
        digest=digest(list(words(tokens, context))),
        digest_v1=digest(list(canonical(tokens, context))),
        media=tuple(dict.fromkeys(slots.media)),
        glyphs="".join(sorted(set().union(*slots.formulas))),
    )
