"""Draw the edge of a cube with a given volume, and how distances concentrate."""

import numpy as np

from svg import BLUE, DASHED, INK, MUTED, ORANGE, Plot, dot, line, save, text

edge = Plot(76, 52, 350, 240, (0, 100), (0, 1))
spread = Plot(96, 410, 330, 220, (0, 2.2), (0, 4))
d = np.linspace(1, 100, 200)
rng = np.random.default_rng(0)


def extremes(dimension: int) -> tuple[float, float]:
    """Return the nearest and the farthest of 1,000 uniform points over the mean.

    Both are medians over 50 uniform queries.
    """
    points, queries = rng.random((1000, dimension)), rng.random((50, dimension))
    squared = (queries**2).sum(1)[:, None] - 2 * queries @ points.T
    found = np.sqrt(np.maximum(squared + (points**2).sum(1), 0))
    relative = found / found.mean(1, keepdims=True)
    return float(np.median(relative.min(1))), float(np.median(relative.max(1)))


parts = [
    edge.axes("dimension d", "edge of the cube", (0, 20, 40, 60, 80, 100), (0, 0.5, 1)),
    line(edge.curve(d, 0.1 ** (1 / d)), ORANGE, 3, DASHED),
    line(edge.curve(d, 0.01 ** (1 / d)), BLUE, 3.5),
    *(dot(*edge.at(at, 0.01 ** (1 / at)), BLUE, 6) for at in (10, 100)),
    text(*edge.at(13, 0.56), "0.63 at d = 10", 14, BLUE),
    text(*edge.at(98, 0.83), "0.955 at d = 100", 14, BLUE, "end"),
    text(20, 30, "how wide a small part is", 16, INK, weight="bold"),
    line([edge.at(30, 0.2), edge.at(46, 0.2)], BLUE, 3.5),
    text(edge.at(50, 0)[0], edge.at(0, 0.2)[1] + 5, "1% of the volume", 14, BLUE),
    line([edge.at(30, 0.1), edge.at(46, 0.1)], ORANGE, 3, DASHED),
    text(edge.at(50, 0)[0], edge.at(0, 0.1)[1] + 5, "10% of the volume", 14, ORANGE),
    spread.axes("distance / mean distance", "", (0, 0.5, 1, 1.5, 2)),
    text(20, 388, "nearest to farthest point", 16, INK, weight="bold"),
    line([spread.at(1, 0), spread.at(1, 4)], MUTED, 1.5, DASHED),
]
for row, dimension in enumerate((2, 10, 100, 1000)):
    height = 3.5 - row
    near, far = (spread.at(value, height) for value in extremes(dimension))
    parts += [
        line([near, far], BLUE, 5),
        dot(*near, BLUE, 6),
        dot(*far, BLUE, 6),
        text(spread.left - 8, near[1] + 5, f"d = {dimension:,}", 14, INK, "end"),
    ]

save(
    "curse-of-dimensionality",
    450,
    690,
    "The edge of a cube that holds 1% or 10% of the volume against dimension, and the "
    "range from the nearest to the farthest of 1,000 points in 2 to 1,000 dimensions",
    parts,
)
