"""Pictures for print: SVG on white, with text in a font that is at hand."""

import re
from collections.abc import Collection

from triptych.values.source import Media

FAMILY = "Noto Sans"
"""The font of text in SVG files; Typst would replace another without a word."""
_SHOWN = (".gif", ".jpeg", ".jpg", ".png", ".svg", ".webp")
_FAMILY = re.compile(r'font-family="[^"]*"')
_SIZE = re.compile(r'<svg\b[^>]*?\bviewBox="0 0 ([\d.]+) ([\d.]+)"')
_TEXT = re.compile(r">([^<]+)<")


def can_show(media: Media) -> bool:
    """Return whether print can show this kind of picture."""
    return media.name.endswith(_SHOWN)


def svg_text(media: Media) -> str:
    """Return the text within an SVG file."""
    if not media.name.endswith(".svg"):
        return ""
    return "".join(_TEXT.findall(media.data.decode("utf-8", "replace")))


def for_print(media: Media, missing: Collection[str], placeholder: str) -> bytes:
    """Return the bytes of a picture; those of SVG with another font and background."""
    if not media.name.endswith(".svg"):
        return media.data
    svg = _FAMILY.sub(f'font-family="{FAMILY}"', media.data.decode("utf-8", "replace"))
    size = _SIZE.search(svg)
    if size:
        width, height = map(re.escape, size.groups())
        background = re.compile(
            rf'(<rect\b(?=[^>]*\bwidth="{width}")(?=[^>]*\bheight="{height}")[^>]*?'
            r'\bfill=")[^"]*"'
        )
        svg = background.sub(r'\1#ffffff"', svg, count=1)
    for text in missing:
        svg = svg.replace(text, placeholder)
    return svg.encode()
