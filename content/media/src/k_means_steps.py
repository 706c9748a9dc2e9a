"""Draw four moments of Lloyd's algorithm with three centers."""

import numpy as np

from svg import (
    BLUE,
    GREEN,
    GROUND,
    INK,
    MUTED,
    ORANGE,
    Plot,
    area,
    arrow,
    dot,
    element,
    rect,
    save,
    text,
)

COLORS = (BLUE, ORANGE, GREEN)
rng = np.random.default_rng(5)
means = np.array([[1.6, 1.5], [4.9, 1.9], [3.3, 4.1]])
X = np.vstack([rng.normal(mean, 0.62, (16, 2)) for mean in means])


def assign(centers: np.ndarray) -> np.ndarray:
    """Return the number of the nearest center of every point."""
    return ((X[:, None] - centers) ** 2).sum(-1).argmin(1)


def update(labels: np.ndarray) -> np.ndarray:
    """Return the means of the three groups."""
    return np.array([X[labels == j].mean(0) for j in range(3)])


def inertia(centers: np.ndarray, labels: np.ndarray) -> float:
    """Return the sum of squared distances to the own center."""
    return float(((X - centers[labels]) ** 2).sum())


def mark(group: int, x: float, y: float) -> str:
    """Return a point of a group, told apart by shape as well as by color."""
    color = COLORS[group]
    if group == 0:
        return dot(x, y, color, 4.5)
    if group == 1:
        return rect(x - 4, y - 4, 8, 8, color, stroke="")
    return area([(x, y - 5.5), (x + 5, y + 4), (x - 5, y + 4)], color)


def star(group: int, x: float, y: float) -> str:
    """Return the mark of a center."""
    cross = [(x - 9, y - 9), (x + 9, y + 9)], [(x - 9, y + 9), (x + 9, y - 9)]
    under = [_stroke(line, GROUND, 9) for line in cross]
    return "".join([*under, *(_stroke(line, COLORS[group], 5) for line in cross)])


def _stroke(line: list[tuple[float, float]], color: str, width: float) -> str:
    (x1, y1), (x2, y2) = line
    return element("line", x1=x1, y1=y1, x2=x2, y2=y2, stroke=color, stroke_width=width)


start = X[[3, 28, 17]]
first = assign(start)
moved = update(first)
centers, labels, rounds = moved, assign(moved), 1
while not np.allclose(update(labels), centers):
    centers, rounds = update(labels), rounds + 1
    labels = assign(centers)
STEPS = (
    ("1  start: three points", start, None, None),
    ("2  assign to the nearest", start, first, None),
    ("3  move to the means", moved, first, start),
    (f"4  end, after {rounds} rounds", centers, labels, None),
)


def panel(index: int) -> list[str]:
    """Return one moment of the algorithm."""
    title, at, groups, before = STEPS[index]
    column, row = index % 2, index // 2
    plot = Plot(12 + 218 * column, 42 + 232 * row, 208, 180, (-0.1, 6.9), (-0.3, 5.76))
    points = [plot.at(*x) for x in X]
    left, top = plot.left, plot.top
    note = "" if groups is None else f"inertia {inertia(at, groups):.0f}"
    return [
        rect(left, top, plot.width, plot.height, GROUND, MUTED),
        text(left, top - 12, title, 16, INK, weight="bold"),
        *(
            dot(*point, MUTED, 4) if groups is None else mark(groups[i], *point)
            for i, point in enumerate(points)
        ),
        *(
            arrow([plot.at(*old), plot.at(*new)], INK, 1.5)
            for old, new in zip(before if before is not None else (), at, strict=False)
        ),
        *(star(j, *plot.at(*center)) for j, center in enumerate(at)),
        text(left + plot.width - 8, top + 20, note, 15, INK, "end"),
    ]


save(
    "k-means-steps",
    450,
    470,
    "Four moments of k-means: three points as centers, the assignment, the "
    "centers moved to the means, and the end with one center in each group",
    [part for index in range(4) for part in panel(index)],
)
