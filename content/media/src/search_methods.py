"""Draw nine trials of a grid and nine random ones when only one axis matters."""

import numpy as np

from svg import BLUE, INK, MUTED, ORANGE, PALE_BLUE, Plot, area, dot, line, save, text

rng = np.random.default_rng(3173)
thirds = np.array([1, 3, 5]) / 6
GRID = [(x, y) for x in thirds for y in thirds]
RANDOM = list(rng.random((9, 2)))


def score(x: np.ndarray) -> np.ndarray:
    """Return the score over the axis that matters; the other one is ignored."""
    return np.exp(-((x - 0.68) ** 2) / (2 * 0.07**2))


def panel(left: float, title: str, trials: list, color: str) -> list[str]:
    """Return the trials in the square and their scores on the curve above it."""
    top = Plot(left, 50, 178, 90, (0, 1), (0, 1.1))
    square = Plot(left, 162, 178, 218, (0, 1), (0, 1))
    xs = np.linspace(0, 1, 200)
    curve = top.curve(xs, score(xs))
    values = sorted({round(float(x), 6) for x, _ in trials})
    return [
        text(left - 24, 30, title, 16, INK, weight="bold"),
        area([top.at(0, 0), *curve, top.at(1, 0)], PALE_BLUE),
        line([top.at(0, 0), top.at(1, 0)], INK, 1.5),
        line(curve, BLUE, 2.5),
        square.axes("learning rate (matters)", "option that hardly matters"),
        *(
            line([top.at(x, score(np.array(x))), square.at(x, 0)], MUTED, 1, "3 4")
            for x in values
        ),
        *(dot(*top.at(x, float(score(np.array(x)))), color, 5) for x in values),
        *(dot(*square.at(*trial), color, 7) for trial in trials),
        text(left - 16, 100, "score", 16, INK, "middle", turn=-90),
    ]


save(
    "search-methods",
    450,
    420,
    "Nine trials on a grid try three learning rates, nine random trials try nine; the "
    "score depends on the learning rate only",
    [
        *panel(36, "grid: 3 learning rates", GRID, ORANGE),
        *panel(260, "random: 9 learning rates", RANDOM, BLUE),
    ],
)
