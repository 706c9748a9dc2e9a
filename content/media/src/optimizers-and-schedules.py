"""Draw two learning-rate schedules, and three optimizers in an elongated bowl."""

from math import cos, pi, sin, sqrt

from svg import (
    BLUE,
    DASHED,
    GREEN,
    GRID,
    INK,
    MUTED,
    ORANGE,
    Plot,
    dot,
    line,
    save,
    text,
)

CURVATURE = (1.0, 20.0)
START = (-9.0, 1.5)
STEPS = 40
Path = list[tuple[float, float]]


def descend(rate: float, momentum: float = 0.0) -> Path:
    """Return the path of gradient descent, with momentum if asked for."""
    w, m, path = list(START), [0.0, 0.0], [START]
    for _ in range(STEPS):
        for i, curvature in enumerate(CURVATURE):
            m[i] = momentum * m[i] + curvature * w[i]
            w[i] -= rate * m[i]
        path.append((w[0], w[1]))
    return path


def adam(rate: float, b1: float = 0.9, b2: float = 0.999) -> Path:
    """Return the path of Adam."""
    w, m, v, path = list(START), [0.0, 0.0], [0.0, 0.0], [START]
    for t in range(1, STEPS + 1):
        for i, curvature in enumerate(CURVATURE):
            gradient = curvature * w[i]
            m[i] = b1 * m[i] + (1 - b1) * gradient
            v[i] = b2 * v[i] + (1 - b2) * gradient**2
            w[i] -= rate * (m[i] / (1 - b1**t)) / sqrt(v[i] / (1 - b2**t))
        path.append((w[0], w[1]))
    return path


def cosine(x: float) -> float:
    """Return the share of the peak rate at x percent, with 5% of warm-up."""
    return x / 5 if x < 5 else (1 + cos(pi * (x - 5) / 95)) / 2


def stable(x: float) -> float:
    """Return the same for warm-up, a plateau, and a linear decay from 80% on."""
    return x / 5 if x < 5 else min(1, (100 - x) / 20)


rates = Plot(48, 40, 378, 108, (0, 100), (0, 1.05))
XS = range(101)
bowl = Plot(24, 236, 402, 150, (-10, 6), (-2.2, 2.2))

parts = [
    text(24, 24, "Learning rate, as a share of its peak", 16, INK, weight="bold"),
    rates.axes("% of the steps", "", range(0, 101, 25), (0, 0.5, 1)),
    line(rates.curve(XS, map(cosine, XS)), BLUE, 3),
    line(rates.curve(XS, map(stable, XS)), ORANGE, 3, DASHED),
    text(*rates.at(30, 0.42), "cosine", 15, BLUE, "middle", "bold"),
    text(*rates.at(72, 0.84), "stable, then decay", 15, ORANGE, "end", "bold"),
    text(
        24, 226, "40 steps in a bowl, 20 times steeper one way", 16, INK, weight="bold"
    ),
]
for level in (1.5, 6, 13.5, 24, 37.5):
    ring = [
        (sqrt(2 * level) * cos(a * pi / 60), sqrt(2 * level / 20) * sin(a * pi / 60))
        for a in range(121)
    ]
    inside = [bowl.at(x, y) for x, y in ring if x <= 6]
    parts.append(line(inside, GRID, 1.2))
for path, color, dash, width in (
    (descend(0.09), MUTED, "", 1.5),
    (descend(0.02, 0.9), BLUE, "", 2.5),
    (adam(0.3), ORANGE, DASHED, 2.5),
):
    parts.append(line([bowl.at(x, y) for x, y in path], color, width, dash))
parts += [
    dot(*bowl.at(*START), INK, 5),
    dot(*bowl.at(0, 0), GREEN, 5),
    text(24, 410, "grey: gradient descent", 14, MUTED),
    text(186, 410, "blue: momentum", 14, BLUE),
    text(426, 410, "dashes: Adam", 14, ORANGE, "end"),
]
save(
    "optimizers-and-schedules",
    450,
    424,
    "Above, a cosine schedule falls from the start, the other one stays at the peak "
    "until 80%. Below, gradient descent zigzags, momentum overshoots, Adam is smooth",
    parts,
)
