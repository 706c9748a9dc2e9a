"""Draw a gradient-boosted fit after a few, enough and too many rounds."""

import numpy as np
from sklearn.tree import DecisionTreeRegressor

from svg import BLUE, DASHED, INK, MUTED, ORANGE, Plot, dot, line, save, text

RATE, SHOWN = 0.1, (1, 10, 30, 500)


def truth(x: np.ndarray) -> np.ndarray:
    """Return the mean of the target."""
    return np.sin(2 * np.pi * x)


rng = np.random.default_rng(0)
x = np.sort(rng.uniform(0, 1, 60))
y = truth(x) + rng.normal(0, 0.3, 60)
x_new = rng.uniform(0, 1, 5_000)
y_new = truth(x_new) + rng.normal(0, 0.3, 5_000)
grid = np.linspace(0, 1, 200)

fits = {}
fitted, on_grid, on_new = (np.full(len(a), y.mean()) for a in (x, grid, x_new))
for round_ in range(1, SHOWN[-1] + 1):
    tree = DecisionTreeRegressor(max_depth=2).fit(x[:, None], y - fitted)
    fitted += RATE * tree.predict(x[:, None])
    on_grid += RATE * tree.predict(grid[:, None])
    on_new += RATE * tree.predict(x_new[:, None])
    if round_ in SHOWN:
        errors = [np.sqrt(np.mean(e**2)) for e in (y - fitted, y_new - on_new)]
        fits[round_] = on_grid.copy(), errors


def panel(index: int) -> list[str]:
    """Return one plot of data, truth and fit."""
    curve, (old, new) = fits[SHOWN[index]]
    column, row = index % 2, index // 2
    plot = Plot(18 + 218 * column, 66 + 234 * row, 196, 160, (0, 1), (-1.8, 1.8))
    title = "1 round" if SHOWN[index] == 1 else f"{SHOWN[index]} rounds"
    return [
        plot.axes("", ""),
        line(plot.curve(grid[::5], truth(grid[::5])), ORANGE, 2, DASHED),
        *(dot(*plot.at(*point), MUTED, 3) for point in zip(x, y, strict=True)),
        line(plot.curve(grid, curve), BLUE, 3),
        text(plot.left, plot.top - 30, title, 16, INK, weight="bold"),
        text(
            plot.left,
            plot.top - 10,
            f"error {old:.2f}, on new data {new:.2f}",
            14,
        ),
    ]


save(
    "boosting-stages",
    450,
    506,
    "Gradient boosting on noisy points around a sine: nearly flat after one round, "
    "rough after ten, close to the sine after thirty, and following the noise after "
    "five hundred",
    [
        *(part for index in range(4) for part in panel(index)),
        line([(30, 484), (75, 484)], BLUE, 3),
        text(84, 489, "boosted trees", 15, BLUE),
        line([(260, 484), (305, 484)], ORANGE, 2, DASHED),
        text(314, 489, "true mean", 15, ORANGE),
    ],
)
