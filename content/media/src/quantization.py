"""Draw normal values with one outlier against a grid per tensor and per group."""

from math import erf, sqrt

from svg import BLUE, INK, MUTED, ORANGE, Plot, line, rect, save, text

LEVELS = 7  # 4 bits, symmetric
OUTLIER = 60.0
GROUP_MAX = 2.74  # the largest of 128 normal values, on average


def share(low: float, high: float) -> float:
    """Return the standard normal probability between two values."""
    return (erf(high / sqrt(2)) - erf(low / sqrt(2))) / 2


def panel(
    top: float, low: float, high: float, width: float, step: float, ticks: range
) -> str:
    """Return a histogram above the grid of representable values."""
    edges = [-4 + i * width for i in range(round(8 / width))]
    most = max(share(e, e + width) for e in edges)
    plot = Plot(24, top, 402, 84, (low, high), (0, most))
    base = plot.top + plot.height
    parts = []
    for edge in edges:
        x0, y = plot.at(edge, share(edge, edge + width))
        x1, _ = plot.at(edge + width, 0)
        parts.append(rect(x0, y, x1 - x0, base - y, BLUE, ""))
    parts.append(line([(plot.left, base), (plot.left + plot.width, base)], INK, 1.5))
    for code in range(-LEVELS, LEVELS + 1):
        if low <= code * step <= high:
            x, _ = plot.at(code * step, 0)
            parts.append(line([(x, base), (x, base + 14)], ORANGE, 3))
    for tick in ticks:
        x, _ = plot.at(tick, 0)
        parts.append(text(x, base + 32, f"{tick:g}", 14, MUTED, "middle"))
    if high > OUTLIER:
        x, _ = plot.at(OUTLIER, 0)
        parts += [
            rect(x - 3, base - 10, 6, 10, BLUE, ""),
            text(x + 8, base - 18, "outlier, 60", 14, INK, "end"),
        ]
    return "".join(parts)


save(
    "quantization",
    450,
    350,
    "Normal values and one outlier of 60 in 4 bits: the grid of one scale is so coarse "
    "that all others fall on zero; a scale per group gives a fine grid",
    [
        text(24, 24, "one scale per tensor", 16, INK, weight="bold"),
        text(426, 24, "step 8.57", 15, ORANGE, "end", "bold"),
        panel(38, -10, 64, 0.5, OUTLIER / LEVELS, range(0, 61, 20)),
        text(24, 190, "a group of 128 without the outlier", 16, INK, weight="bold"),
        text(426, 190, "step 0.39", 15, ORANGE, "end", "bold"),
        panel(204, -4, 4, 0.25, GROUP_MAX / LEVELS, range(-4, 5, 2)),
        text(
            225, 342, "orange: the values that 4 bits can store", 14, ORANGE, "middle"
        ),
    ],
)
