"""Pictures for print: SVG on white, with text in a font that is at hand."""

import re
from base64 import b64encode
from collections.abc import Callable, Collection, Iterator
from html import unescape

from triptych.values.source import Media

PICTURES = "pictures/"
"""Begins the names of pictures among the files that Typst is given."""
FAMILY = "Noto Sans"
"""The font of text in SVG files; Typst would replace another without a word."""
_SHOWN = (".gif", ".jpeg", ".jpg", ".png", ".svg", ".webp")
_FAMILY = re.compile(r'font-family="[^"]*"')
_SIZE = re.compile(r'<svg\b[^>]*?\bviewBox="0 0 ([\d.]+) ([\d.]+)"')
_ROOT = re.compile(rb"<svg\b[^>]*>")
_VIEW_BOX = re.compile(
    rb'\bviewBox="([\d.-]+)[ ,]+([\d.-]+)[ ,]+([\d.]+)[ ,]+([\d.]+)"'
)
_TEXT = re.compile(r">([^<]+)<")
_REFERENCE = re.compile(r"&#(?:x[0-9a-fA-F]+|[0-9]+);")
_NAMES = re.compile(r"<(title|desc)\b.*?</\1>", re.DOTALL)
_JOINED_CHARS = (
    "\u0300-\u036f\u0591-\u05c7\u0600-\u109f\u1700-\u18af\u1a00-\u1cff"
    "\ua800-\uabff\ufb1d-\ufdff\ufe70-\ufefc"
)
"""Marks, and letters of scripts whose glyphs depend on the letters beside them."""
_JOINED = re.compile(f"[{_JOINED_CHARS}]")
_JOINED_RUN = re.compile(f"[{_JOINED_CHARS}](?:[{_JOINED_CHARS} ]*[{_JOINED_CHARS}])?")


def can_show(media: Media) -> bool:
    """Return whether print can show this kind of picture."""
    return media.name.endswith(_SHOWN)


def svg_lines(media: Media) -> Iterator[tuple[int, str]]:
    """Yield the text that an SVG file shows, in lines with their number."""
    if not media.name.endswith(".svg"):
        return
    svg = media.data.decode("utf-8", "replace")
    shown = _NAMES.sub(lambda name: "\n" * name[0].count("\n"), svg)
    for found in _TEXT.finditer(shown):
        first = shown.count("\n", 0, found.start(1)) + 1
        for number, line in enumerate(found[1].split("\n"), first):
            yield number, unescape(line)


def svg_text(media: Media) -> str:
    """Return the text that an SVG file shows."""
    return "".join(line for _, line in svg_lines(media))


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
    svg = _REFERENCE.sub(_character, svg)
    for text in missing:
        svg = svg.replace(text, placeholder)
    return svg.encode()


def _character(reference: re.Match[str]) -> str:
    """Return what a reference stands for, unless that may be a sign of XML."""
    character = unescape(reference[0])
    return reference[0] if character.isascii() else character


def must_be_raster(svg: bytes) -> bool:
    """Return whether PDF/UA cannot hold the text of a drawing.

    It needs the letters of each glyph, which Typst does not have where glyphs stand for
    several letters or for parts of one.
    """
    text = "".join(_TEXT.findall(svg.decode("utf-8", "replace")))
    return bool(_JOINED.search(unescape(text)) and _VIEW_BOX.search(svg))


def with_families(svg: bytes, family_of: Callable[[str], str]) -> bytes:
    """Return a drawing that names the font of each word in such a script.

    Typst finds none for a text that has Latin letters, too.
    """

    def named(run: re.Match[str]) -> str:
        family = family_of(run[0])
        return f'<tspan font-family="{family}">{run[0]}</tspan>' if family else run[0]

    text = _NAMES.sub("", svg.decode("utf-8", "replace"))
    return _TEXT.sub(lambda found: _JOINED_RUN.sub(named, found[0]), text).encode()


def with_raster(svg: bytes, png: bytes) -> bytes:
    """Return a drawing of the same size that shows `png`."""
    root, box = _ROOT.search(svg), _VIEW_BOX.search(svg)
    if not root or not box:
        return svg
    left, top, width, height = box.groups()
    return b'%s<image x="%s" y="%s" width="%s" height="%s" href="%s"/></svg>' % (
        *(root[0], left, top, width, height),
        b"data:image/png;base64," + b64encode(png),
    )
