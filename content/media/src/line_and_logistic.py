"""Draw a line and a logistic curve fitted to 0/1 targets, with and without far rows."""

import numpy as np
from scipy.optimize import minimize

from svg import BLUE, DASHED, INK, ORANGE, Plot, dot, line, save, text

NEAR = np.array(
    [0.4, 0.9, 1.3, 1.8, 2.2, 2.7, 3.0, 3.3, 2.4, 2.9, 3.5, 3.8, 4.3, 4.7, 5.2]
)
LABELS = np.repeat([0, 1], [8, 7])
FAR = np.array([11.0, 11.5, 12.0, 12.5])


def logistic(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Return intercept and slope of the smallest log-loss."""

    def loss(w: np.ndarray) -> float:
        z = w[0] + w[1] * x
        return float((np.logaddexp(0, z) - y * z).sum())

    return minimize(loss, np.zeros(2), method="BFGS").x


def panel(down: float, title: str, x: np.ndarray, y: np.ndarray) -> list[str]:
    """Return one plot of data, line, curve and the inputs where they cross one half."""
    plot = Plot(50, down + 46, 376, 220, (0, 13), (-0.3, 1.5))
    slope, intercept = np.polyfit(x, y, 1)
    b, w = logistic(x, y)
    grid = np.linspace(0, 13, 200)
    straight = intercept + slope * grid
    inside = (straight > -0.3) & (straight < 1.5)
    crossings = (0.5 - intercept) / slope, -b / w
    return [
        plot.axes("feature", "", range(0, 13, 3), (0, 0.5, 1)),
        line(plot.curve(grid[inside], straight[inside]), ORANGE, 3, DASHED),
        line(plot.curve(grid, 1 / (1 + np.exp(-(b + w * grid)))), BLUE, 3.5),
        *(
            line([plot.at(c, -0.3), plot.at(c, 0.5)], color, 2, "2 4")
            for c, color in zip(crossings, (ORANGE, BLUE), strict=True)
        ),
        *(dot(*plot.at(*point), INK, 4.5) for point in zip(x, y, strict=True)),
        text(20, down + 30, title, 16, INK, weight="bold"),
    ]


save(
    "line-and-logistic",
    450,
    682,
    "A line and a logistic curve fitted to 0/1 targets: with four far positives added "
    "the line tilts and its crossing of one half moves, the curve hardly changes",
    [
        *panel(0, "15 rows", NEAR, LABELS),
        *panel(
            322,
            "4 far positives added",
            np.append(NEAR, FAR),
            np.append(LABELS, np.ones(4)),
        ),
        line([(16, 660), (56, 660)], BLUE, 3.5),
        text(64, 665, "logistic regression", 15, BLUE),
        line([(230, 660), (270, 660)], ORANGE, 3, DASHED),
        text(278, 665, "least-squares line", 15, ORANGE),
    ],
)
