"""How large a picture is, so that a page need not jump when it arrives."""

import re
import struct
from io import BytesIO

_PNG = b"\x89PNG\r\n\x1a\n"
_PNG_HEADER = 24
_SVG = re.compile(rb"<svg\b[^>]*>", re.IGNORECASE)
_VIEW_BOX = re.compile(
    rb"""viewBox\s*=\s*["']\s*[-\d.]+[\s,]+[-\d.]+[\s,]+([\d.]+)[\s,]+([\d.]+)"""
)
_OTHERS = re.compile(rb"\xff\xd8\xff|GIF8[79]a|RIFF.{4}WEBP|.{4}ftyp", re.DOTALL)
"""How a JPEG, a GIF, a WebP and an AVIF picture begin."""


def size(data: bytes) -> tuple[int, int] | None:
    """Return width and height in CSS pixels of a picture, when it says so."""
    if data.startswith(_PNG) and len(data) >= _PNG_HEADER:
        width, height = struct.unpack(">II", data[16:24])
        return width, height
    if _OTHERS.match(data):
        return _size_of_other(data)
    opening = _SVG.search(data[:4096])
    box = _VIEW_BOX.search(opening[0]) if opening else None
    return (round(float(box[1])), round(float(box[2]))) if box else None


def _size_of_other(data: bytes) -> tuple[int, int] | None:
    """Return the size of a picture as browsers show it: turned as its camera said."""
    import imagesize  # noqa: PLC0415 - brings urllib, and few decks need it

    width, height = imagesize.get(BytesIO(data))
    return (width, height) if width > 0 and height > 0 else None
