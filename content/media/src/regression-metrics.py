"""Draw a skewed density with the constant that each error measure likes best."""

from math import exp, log, pi, sqrt

from svg import (
    BLUE,
    DASHED,
    DOTTED,
    GREEN,
    INK,
    MUTED,
    ORANGE,
    Plot,
    area,
    line,
    save,
    text,
)


def density(x: float) -> float:
    """Return the log-normal density for mean 0 and standard deviation 1 of the log."""
    return exp(-(log(x) ** 2) / 2) / x / sqrt(2 * pi)


XS = [0.02 + i * 0.02 for i in range(225)]
plot = Plot(24, 40, 402, 190, (0, 4.5), (0, 0.8))
curve = plot.curve(XS, map(density, XS))
parts = [
    text(24, 24, "Best single forecast of a skewed target", 16, INK, weight="bold"),
    area([plot.at(0, 0), *curve, plot.at(4.5, 0)], "#e6e3dc"),
    plot.axes("target", "", range(5)),
    line(curve, MUTED, 2),
]
for x, height, color, dash, words in (
    (exp(-1), 0.78, ORANGE, DOTTED, "MAPE: 0.37"),
    (1.0, 0.62, BLUE, DASHED, "MAE: 1, the median"),
    (exp(0.5), 0.46, GREEN, "", "RMSE: 1.65, the mean"),
):
    left, top = plot.at(x, height)
    parts.append(line([(left, plot.at(x, 0)[1]), (left, top)], color, 3, dash))
    parts.append(text(left + 8, top + 12, words, 15, color, weight="bold"))
save(
    "regression-metrics",
    450,
    288,
    "A right-skewed density: the constant with the smallest MAPE is 0.37, with the "
    "smallest MAE 1, with the smallest RMSE 1.65",
    parts,
)
