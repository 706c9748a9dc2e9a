"""Write pictures and sounds as XHTML, those of Markdown and of raw HTML."""

from collections.abc import Sequence
from html import escape

from markdown_it.token import Token

from triptych.dialect.links import picture
from triptych.dialect.pictures import is_sound
from triptych.typeset.epub.content_model import Attribute
from triptych.typeset.epub.raw import link
from triptych.typeset.epub.state import Writer
from triptych.typeset.images import size
from triptych.typeset.pictures import Image, pictures
from triptych.typeset.raw_html import with_code_from_left_to_right
from triptych.values.source import Media
from triptych.values.xhtml import MediaSource

_FOREIGN_SOUNDS = (".ogg", ".wav")
"""The sounds that readers need not play; the words for them are there instead."""


def image(writer: Writer, tokens: Sequence[Token], position: int) -> None:
    """Write a picture or sound of Markdown."""
    for found in pictures(tokens[position]):
        _picture(writer, found)


def raw_html(writer: Writer, tokens: Sequence[Token], position: int) -> None:
    """Write raw HTML, with its pictures like those of Markdown."""
    token = tokens[position]
    if writer.context.has_rtl:
        token = token.copy(content=with_code_from_left_to_right(token.content))
    html, end = token.content, 0
    for found in pictures(token):
        writer.out.text(html[end : found.start])
        _picture(writer, found)
        end = found.stop
    writer.out.text(html[end:])


def _picture(writer: Writer, found: Image) -> None:
    """Write a picture or sound, or a text in its place if it cannot be shown."""
    media, out = writer.context.media(found.src), writer.generated
    if media is None:
        _missing_picture(writer, found)
    elif not is_sound(media.name):
        out.start("img", *_picture_attributes(found, media))
    elif not writer.links:
        return  # a link has no room for the controls
    elif media.name.endswith(_FOREIGN_SOUNDS):
        out.text(escape(found.alt or media.name))
    else:
        source = MediaSource(media.name, is_described=True)
        name = [("aria-label", found.alt)] if found.alt else []
        out.start("audio", ("controls", ""), source, *name)
        out.end("audio")


def _missing_picture(writer: Writer, found: Image) -> None:
    remote = picture(found.src, writer.context.path, ()).url
    is_link = bool(remote) and writer.links
    out = writer.generated
    if is_link:
        out.start("a", *link(remote))
    out.text(escape(found.alt or found.src))
    if is_link:
        out.end("a")


def _picture_attributes(found: Image, media: Media) -> list[Attribute]:
    dimensions = size(media.data)
    return [
        MediaSource(media.name, is_described=bool(found.alt)),
        ("alt", found.alt),
        *([("title", found.title)] if found.title else []),
        *(
            zip(("width", "height"), map(str, dimensions), strict=True)
            if dimensions
            else []
        ),
    ]
