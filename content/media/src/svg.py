"""Draw small, self-contained SVG figures that stay legible in grey.

A figure is a script beside this file that ends in a call of `save`; running it,
`python content/media/src/NAME.py`, writes the figure to `content/media/`. Shapes are
strings, lengths are pixels of the view box, and the origin is at the top left.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from math import atan2, cos, pi, sin
from pathlib import Path

Point = tuple[float, float]

MEDIA = Path(__file__).parent.parent

# Dark enough on the light ground, and apart from each other in grey.
GROUND, INK, MUTED, GRID = "#fbfaf7", "#1c1c1c", "#555555", "#d8d5ce"
BLUE, ORANGE, GREEN = "#1d4f91", "#c8661a", "#2e7d4f"
PALE_BLUE, PALE_ORANGE, PALE_GREEN, PALE = "#dbe6f4", "#fbe3cf", "#dcefe2", "#efede7"
DASHED = "7 5"
DOTTED = "2 5"


def element(name: str, content: str = "", **attributes: str | float) -> str:
    """Return one element; underscores in attribute names become hyphens."""
    pairs = "".join(
        f' {key.replace("_", "-")}="{_value(value)}"'
        for key, value in attributes.items()
        if value != ""
    )
    return f"<{name}{pairs}>{content}</{name}>" if content else f"<{name}{pairs}/>"


def rect(
    x: float,
    y: float,
    width: float,
    height: float,
    fill: str = PALE,
    stroke: str = INK,
    radius: float = 0,
) -> str:
    """Return a rectangle; an empty stroke draws no border."""
    return element(
        "rect",
        x=x,
        y=y,
        width=width,
        height=height,
        rx=radius,
        fill=fill,
        stroke=stroke or "none",
        stroke_width=1.5,
    )


def line(
    points: Sequence[Point], color: str = INK, width: float = 2, dash: str = ""
) -> str:
    """Return an open polyline."""
    return element(
        "polyline",
        points=_pairs(points),
        fill="none",
        stroke=color,
        stroke_width=width,
        stroke_dasharray=dash,
        stroke_linejoin="round",
    )


def area(points: Sequence[Point], fill: str = PALE_BLUE) -> str:
    """Return a filled polygon without a border."""
    return element("polygon", points=_pairs(points), fill=fill)


def dot(x: float, y: float, color: str = INK, radius: float = 4) -> str:
    """Return a filled circle."""
    return element("circle", cx=x, cy=y, r=radius, fill=color)


def text(
    x: float,
    y: float,
    words: str,
    size: float = 16,
    color: str = INK,
    anchor: str = "start",
    weight: str = "",
    turn: float = 0,
) -> str:
    """Return one line of text; anchor is start, middle or end."""
    return element(
        "text",
        escape(words),
        x=x,
        y=y,
        font_size=size,
        fill=color,
        text_anchor=anchor,
        font_weight=weight,
        transform=f"rotate({_value(turn)} {_value(x)} {_value(y)})" if turn else "",
    )


def arrow(
    points: Sequence[Point], color: str = INK, width: float = 2, dash: str = ""
) -> str:
    """Return a polyline with a head at its last point."""
    (x0, y0), (x1, y1) = points[-2:]
    angle = atan2(y1 - y0, x1 - x0)
    wings = [
        (x1 - 11 * cos(angle + side), y1 - 11 * sin(angle + side))
        for side in (pi / 7, -pi / 7)
    ]
    base = ((wings[0][0] + wings[1][0]) / 2, (wings[0][1] + wings[1][1]) / 2)
    shaft = line([*points[:-1], base], color, width, dash)
    return shaft + area([(x1, y1), *wings], color)


def box(
    x: float,
    y: float,
    width: float,
    height: float,
    lines: Sequence[str],
    fill: str = PALE,
) -> str:
    """Return a rounded box with centered lines of text, the first in bold."""
    step = 19
    top = y + height / 2 - step * (len(lines) - 1) / 2 + 5
    labels = [
        text(
            x + width / 2,
            top + step * row,
            words,
            size=16 if row == 0 else 14,
            anchor="middle",
            weight="bold" if row == 0 else "",
        )
        for row, words in enumerate(lines)
    ]
    return rect(x, y, width, height, fill, radius=6) + "".join(labels)


@dataclass(frozen=True, slots=True)
class Plot:
    """A rectangle of the figure with a linear scale on both axes."""

    left: float
    top: float
    width: float
    height: float
    x_range: tuple[float, float]
    y_range: tuple[float, float]

    def at(self, x: float, y: float) -> Point:
        """Return the position of a data point."""
        (x0, x1), (y0, y1) = self.x_range, self.y_range
        return (
            self.left + (x - x0) / (x1 - x0) * self.width,
            self.top + (y1 - y) / (y1 - y0) * self.height,
        )

    def curve(self, xs: Iterable[float], ys: Iterable[float]) -> list[Point]:
        """Return the positions of many data points."""
        return [self.at(x, y) for x, y in zip(xs, ys, strict=True)]

    def axes(
        self,
        x_label: str,
        y_label: str,
        x_ticks: Sequence[float] = (),
        y_ticks: Sequence[float] = (),
    ) -> str:
        """Return axes, grid, ticks and labels."""
        x0, y0, bottom = self.x_range[0], self.y_range[0], self.top + self.height
        parts = []
        for tick in x_ticks:
            x, _ = self.at(tick, y0)
            parts += [
                line([(x, self.top), (x, bottom)], GRID, 1),
                text(x, bottom + 20, f"{tick:g}", 14, MUTED, "middle"),
            ]
        for tick in y_ticks:
            _, y = self.at(x0, tick)
            parts += [
                line([(self.left, y), (self.left + self.width, y)], GRID, 1),
                text(self.left - 8, y + 5, f"{tick:g}", 14, MUTED, "end"),
            ]
        corner = [(self.left, self.top), (self.left, bottom)]
        below = bottom + (44 if x_ticks else 26)
        beside = self.left - (48 if y_ticks else 16)
        middle = self.top + self.height / 2
        parts += [
            line([*corner, (self.left + self.width, bottom)], INK, 1.5),
            text(self.left + self.width / 2, below, x_label, 16, INK, "middle"),
            text(beside, middle, y_label, 16, INK, "middle", turn=-90),
        ]
        return "".join(parts)


def save(name: str, width: int, height: int, title: str, parts: Iterable[str]) -> None:
    """Write the figure to `content/media/NAME.svg` on an opaque light ground."""
    body = "\n".join([rect(0, 0, width, height, GROUND, stroke=""), *parts])
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        f'width="{width}" height="{height}" font-family="sans-serif" role="img">\n'
        f"<title>{escape(title)}</title>\n{body}\n</svg>\n"
    )
    (MEDIA / f"{name}.svg").write_text(svg, encoding="utf-8", newline="\n")


def _pairs(points: Sequence[Point]) -> str:
    return " ".join(f"{_value(x)},{_value(y)}" for x, y in points)


def _value(value: str | float) -> str:
    """Return an attribute's text; one decimal keeps the bytes equal everywhere."""
    if isinstance(value, str):
        return escape(value)
    short = f"{value:.1f}".removesuffix(".0")
    return "0" if short == "-0" else short
