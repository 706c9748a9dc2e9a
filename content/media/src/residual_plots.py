"""Draw the residual plots of four regressions, one sound and three not."""

import numpy as np

from svg import BLUE, GRID, INK, MUTED, ORANGE, Plot, dot, line, save, text

N = 70
rng = np.random.default_rng(2)
x = np.sort(rng.uniform(0, 1, N))
noise = rng.normal(size=N)
slow = np.zeros(N)
for t in range(1, N):
    slow[t] = 0.9 * slow[t - 1] + 0.5 * noise[t]

CASES = (
    ("sound: no pattern", 2 * x + noise, "fitted value"),
    ("curve: wrong mean", 2 * x + 14 * (x - 0.5) ** 2 + 0.5 * noise, "fitted value"),
    ("funnel: unequal variance", 2 * x + 1.9 * x * noise, "fitted value"),
    ("runs: correlated errors", 2 * x + 1.4 * slow, "time"),
)


def panel(index: int) -> list[str]:
    """Return one plot of residuals after a straight-line fit."""
    title, y, label = CASES[index]
    fitted = np.polynomial.Polynomial.fit(x, y, 1)(x)
    residuals = y - fitted
    low, high = (
        np.ptp(fitted) * -0.04 + fitted.min(),
        np.ptp(fitted) * 0.04 + fitted.max(),
    )
    across = (low, high) if label == "fitted value" else (-2, N + 1)
    along = fitted if label == "fitted value" else np.arange(N)
    column, row = index % 2, index // 2
    plot = Plot(38 + 222 * column, 42 + 222 * row, 180, 140, across, (-4, 4))
    points = plot.curve(along, residuals)
    marks = [line(points, GRID, 1.5)] if label == "time" else []
    return [
        plot.axes(label, "residual"),
        line([plot.at(across[0], 0), plot.at(across[1], 0)], MUTED, 1.5, "7 5"),
        *marks,
        *(dot(*point, BLUE if index == 0 else ORANGE, 3.5) for point in points),
        text(plot.left - 24, plot.top - 14, title, 16, INK, weight="bold"),
    ]


save(
    "residual-plots",
    450,
    444,
    "Four residual plots: without pattern, with a curve, with a funnel, and with long "
    "runs of the same sign over time",
    [part for index in range(4) for part in panel(index)],
)
