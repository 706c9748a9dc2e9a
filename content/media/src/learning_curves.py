"""Draw learning curves of a model that underfits and of one that overfits."""

import numpy as np
from numpy.polynomial.legendre import legfit, legval

from svg import BLUE, DASHED, INK, MUTED, ORANGE, Plot, line, save, text

SIGMA, DRAWS = 0.3, 300
ROWS = np.array([24, 30, 40, 45, 50, 55, 60, 70, 90, 130, 200, 300])
rng = np.random.default_rng(0)
x_new = rng.uniform(-1, 1, 4000)
y_new = np.sin(np.pi * x_new) + rng.normal(0, SIGMA, 4000)


def errors(n: int, degree: int) -> tuple[float, float]:
    """Return median training and validation RMSE over many training sets."""
    train, validation = [], []
    for _ in range(DRAWS):
        x = rng.uniform(-1, 1, n)
        y = np.sin(np.pi * x) + rng.normal(0, SIGMA, n)
        fit = legfit(x, y, degree)
        train.append(np.sqrt(np.mean((legval(x, fit) - y) ** 2)))
        validation.append(np.sqrt(np.mean((legval(x_new, fit) - y_new) ** 2)))
    return float(np.median(train)), float(np.median(validation))


def panel(down: float, title: str, degree: int) -> list[str]:
    """Return one plot of both errors against the number of rows."""
    plot = Plot(74, down + 46, 350, 210, (0, 300), (0, 1))
    train, validation = np.array([errors(n, degree) for n in ROWS]).T
    seen = validation <= 1
    xs, ys = ROWS[seen], validation[seen]
    if not seen[0]:  # enter the plot at its upper edge
        first = int(seen.argmax())
        share = (validation[first - 1] - 1) / (validation[first - 1] - ys[0])
        xs = np.append(ROWS[first - 1] + share * (xs[0] - ROWS[first - 1]), xs)
        ys = np.append(1, ys)
    return [
        plot.axes("training rows", "error (RMSE)", (0, 100, 200, 300), (0, 0.5, 1)),
        line([plot.at(0, SIGMA), plot.at(300, SIGMA)], MUTED, 2, "2 5"),
        line(plot.curve(xs, ys), ORANGE, 3, DASHED),
        line(plot.curve(ROWS, train), BLUE, 3.5),
        text(20, down + 30, title, 16, INK, weight="bold"),
    ]


save(
    "learning-curves",
    450,
    690,
    "Training and validation error against the number of rows: a straight line stays "
    "far above the noise, a polynomial of degree 15 closes its gap",
    [
        *panel(0, "degree 1 underfits", 1),
        *panel(312, "degree 15 overfits on few rows", 15),
        line([(40, 640), (85, 640)], ORANGE, 3, DASHED),
        text(94, 645, "validation error", 15, ORANGE),
        line([(240, 640), (285, 640)], BLUE, 3.5),
        text(294, 645, "training error", 15, BLUE),
        line([(40, 668), (85, 668)], MUTED, 2, "2 5"),
        text(94, 673, "noise, 0.3", 15, MUTED),
    ],
)
