"""The figure on the back of a question's card: the one that is named, or the first."""

from collections.abc import Iterator, Sequence

from markdown_it.token import Token

from triptych.dialect.links import picture
from triptych.dialect.pictures import NO_FIGURE
from triptych.typeset.card import card_html
from triptych.typeset.context import Context
from triptych.typeset.digest import digests
from triptych.typeset.pictures import Image, all_pictures, standing_alone
from triptych.values.document import Document
from triptych.values.prose import NO_PROSE, Prose


def figure(document: Document, context: Context) -> Prose:
    """Return the figure of a question's card, typeset for cards alone.

    It is the picture that `figure` names. Without that key it is the first that stands
    by itself under "In depth", unless the answer, which the card has anyway, has one.
    """
    meta, layers = document.meta, document.layers
    if (
        meta.is_guide
        or meta.is_cards
        or meta.origin.note_type
        or meta.figure == NO_FIGURE
    ):
        return NO_PROSE
    if not meta.figure:
        if any(_usable(standing_alone(layers.answer), context)):
            return NO_PROSE
        return _prose(_usable(standing_alone(layers.depth), context), context)
    files = context.files
    path = picture(meta.figure, context.path, files).path

    def chosen(tokens: Sequence[Token]) -> Iterator[Image]:
        for image in _usable(all_pictures(tokens), context):
            if picture(image.src, context.path, files).path == path:
                yield image

    if any(chosen(layers.answer)):
        return NO_PROSE
    return _prose(chosen(document.tokens), context)


def _usable(images: Iterator[Image], context: Context) -> Iterator[Image]:
    return (image for image in images if context.media(image.src))


def _prose(images: Iterator[Image], context: Context) -> Prose:
    image = next(images, None)
    media = context.media(image.src) if image else None
    if image is None or media is None:
        return NO_PROSE
    attrs = {"src": image.src} | ({"title": image.title} if image.title else {})
    text = Token("text", "", 0, content=image.alt)
    shown = Token("image", "img", 0, attrs={**attrs}, children=[text])
    by_2, by_1 = digests((shown,), context)
    html, _ = card_html((shown,), context, raw=False)
    return Prose(
        # By its class `diff` finds what the page shows elsewhere.
        card=f'<figure class="card-figure">{html}</figure>',
        digest=by_2,
        digest_v1=by_1,
        media=(media.name,),
    )
