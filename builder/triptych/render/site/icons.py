"""The icon of the site as PNG, which home screens need besides the drawing."""

import struct
import zlib
from collections.abc import Sequence
from functools import lru_cache

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
    return _png(size, _covered(size), accent)


@lru_cache(maxsize=len(SIZES))
def _covered(size: int) -> Sequence[bytes]:
    """Return the rows of the icon: how much of each pixel the panels cover."""
    panels = [[_placed(point, size) for point in panel] for panel in _PANELS]
    return [_row(y, size, panels) for y in range(size)]


def _placed(point: tuple[int, int], size: int) -> Point:
    x, y = (size / 2 + (at / _UNITS - 0.5) * size * _SCALE for at in point)
    return x, y


def _row(y: int, size: int, panels: Sequence[Sequence[Point]]) -> bytes:
    """Return how much of each pixel of a row the panels cover, in `_SHADES`."""
    row = bytearray(size)
    lines = [y + (line + 0.5) / _LINES_PER_PIXEL for line in range(_LINES_PER_PIXEL)]
    for panel in panels:
        spans = [span for line in lines if (span := _span(panel, line))]
        if spans:
            first = int(min(start for start, _ in spans))
            end = min(size, int(max(end for _, end in spans)) + 1)
            row[first:end] = _shades(first, end, spans)
    return bytes(row)


def _shades(first: int, end: int, spans: Sequence[Point]) -> bytes:
    """Return how much of each pixel from `first` up to `end` these spans cover."""

    def shade(x: int) -> int:
        parts = [min(x + 1, end) - max(x, start) for start, end in spans]
        covered = sum(part for part in parts if part > 0)
        return round(covered * (_SHADES - 1) / _LINES_PER_PIXEL)

    # All pixels between these are covered alike.
    inner = int(max(start for start, _ in spans)) + 1
    outer = max(inner, int(min(end for _, end in spans)))
    between = bytes([shade(inner)]) * (outer - inner)
    return (
        bytes(map(shade, range(first, inner)))
        + between
        + bytes(map(shade, range(outer, end)))
    )


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
