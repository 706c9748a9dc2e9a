"""Read the size of a picture, so that the layout is stable while it loads."""

import re
import struct
from io import BytesIO

_PNG = b"\x89PNG\r\n\x1a\n"
_PNG_HEADER_BYTES = 24
_SVG = re.compile(rb"<svg\b[^>]*>", re.IGNORECASE)
_VIEW_BOX = re.compile(
    rb"""viewBox\s*=\s*["']\s*[-\d.]+[\s,]+[-\d.]+[\s,]+([\d.]+)[\s,]+([\d.]+)"""
)
_OTHER_FORMATS = re.compile(rb"\xff\xd8\xff|GIF8[79]a|RIFF.{4}WEBP|.{4}ftyp", re.DOTALL)
"""The first bytes of JPEG, GIF, WebP and AVIF files."""


def size(data: bytes) -> tuple[int, int] | None:
    """Return the width and height of a picture in CSS pixels, if known."""
    if data.startswith(_PNG) and len(data) >= _PNG_HEADER_BYTES:
        width, height = struct.unpack(">II", data[16:24])
        return width, height
    if _OTHER_FORMATS.match(data):
        return _size_of_other(data)
    opening = _SVG.search(data[:4096])
    box = _VIEW_BOX.search(opening[0]) if opening else None
    return (round(float(box[1])), round(float(box[2]))) if box else None


def _size_of_other(data: bytes) -> tuple[int, int] | None:
    """Return the size of a picture after the rotation in its metadata."""
    import imagesize  # noqa: PLC0415 - brings urllib, and few decks need it

    width, height = imagesize.get(BytesIO(data))
    return (width, height) if width > 0 and height > 0 else None
