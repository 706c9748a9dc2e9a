"""The icon of the site as PNG, which home screens want besides the drawing."""

import struct
import zlib
from collections.abc import Sequence

from triptych.dialect.colours import COLOURS, channels

SIZES = (192, 512)
_UNITS = 32
"""The side of the drawing `icon.svg`."""
_PANELS = (
    ((2, 7), (8, 5), (8, 27), (2, 25)),
    ((10, 4), (22, 4), (22, 28), (10, 28)),
    ((24, 5), (30, 7), (30, 25), (24, 27)),
)
"""The three panels of the drawing."""
_SCALE = 0.62
"""How much of the icon they take: a home screen may cut it to a circle."""
_LINES_PER_PIXEL = 4
_SHADES = 64

Point = tuple[float, float]


def icon(size: int, accent: str) -> bytes:
    """Return the icon with sides of `size` pixels, its panels in `accent`."""
    panels = [[_placed(point, size) for point in panel] for panel in _PANELS]
    rows = [_row(y, size, panels) for y in range(size)]
    return _png(size, rows, accent)


def _placed(point: tuple[int, int], size: int) -> Point:
    x, y = (size / 2 + (at / _UNITS - 0.5) * size * _SCALE for at in point)
    return x, y


def _row(y: int, size: int, panels: Sequence[Sequence[Point]]) -> bytes:
    """Return how much of each pixel of a row the panels cover, in `_SHADES`."""
    covered = [0.0] * size
    for line in range(_LINES_PER_PIXEL):
        for panel in panels:
            span = _span(panel, y + (line + 0.5) / _LINES_PER_PIXEL)
            if span is None:
                continue
            start, end = span
            first, last = int(start), min(size - 1, int(end))
            for x in {first, last}:
                covered[x] += min(x + 1, end) - max(x, start)
            covered[first + 1 : last] = [c + 1 for c in covered[first + 1 : last]]
    shade = (_SHADES - 1) / _LINES_PER_PIXEL
    return bytes(round(min(part, _LINES_PER_PIXEL) * shade) for part in covered)


def _span(panel: Sequence[Point], y: float) -> Point | None:
    """Return from where to where a line crosses a panel, if it does."""
    crossed = [
        x + (y - top) * (next_x - x) / (bottom - top)
        for (x, top), (next_x, bottom) in zip(
            panel, [*panel[1:], panel[0]], strict=True
        )
        if (top <= y) != (bottom <= y)
    ]
    return (min(crossed), max(crossed)) if crossed else None


def _png(size: int, rows: Sequence[bytes], accent: str) -> bytes:
    paper, ink = channels(COLOURS["paper"][0]), channels(accent)
    palette = bytes(
        round(low + (high - low) * shade / (_SHADES - 1))
        for shade in range(_SHADES)
        for low, high in zip(paper, ink, strict=True)
    )
    data = zlib.compress(b"".join(b"\0" + row for row in rows), 9)
    header = struct.pack(">IIBBBBB", size, size, 8, 3, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"PLTE", palette), (b"IDAT", data), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*chunk) for chunk in chunks)


def _chunk(name: bytes, data: bytes) -> bytes:
    check = struct.pack(">I", zlib.crc32(name + data))
    return struct.pack(">I", len(data)) + name + data + check
