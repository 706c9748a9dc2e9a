"""How large a picture is, so that a page need not jump when it arrives."""

import re
import struct

_PNG = b"\x89PNG\r\n\x1a\n"
_PNG_HEADER = 24
_SVG = re.compile(rb"<svg\b[^>]*>", re.IGNORECASE)
_VIEW_BOX = re.compile(
    rb"""viewBox\s*=\s*["']\s*[-\d.]+[\s,]+[-\d.]+[\s,]+([\d.]+)[\s,]+([\d.]+)"""
)


def size(data: bytes) -> tuple[int, int] | None:
    """Return width and height in CSS pixels of a PNG or an SVG, when it says so."""
    if data.startswith(_PNG) and len(data) >= _PNG_HEADER:
        width, height = struct.unpack(">II", data[16:24])
        return width, height
    opening = _SVG.search(data[:4096])
    box = _VIEW_BOX.search(opening[0]) if opening else None
    return (round(float(box[1])), round(float(box[2]))) if box else None
