"""Draw bias, variance and expected error of polynomial fits over their degree."""

import numpy as np
from numpy.polynomial.chebyshev import chebvander

from svg import (
    BLUE,
    DASHED,
    DOTTED,
    GREEN,
    INK,
    MUTED,
    ORANGE,
    Plot,
    dot,
    line,
    save,
    text,
)

N, SIGMA = 20, 0.5
DEGREES = np.arange(13)
x = np.linspace(-1, 1, N)
truth = np.sin(3 * x + 1)


def squared_bias(degree: int) -> float:
    """Return the mean squared distance of the truth from the polynomials."""
    basis, _ = np.linalg.qr(chebvander(x, degree))
    return float(np.mean((truth - basis @ (basis.T @ truth)) ** 2))


bias = np.array([squared_bias(degree) for degree in DEGREES])
variance = SIGMA**2 * (DEGREES + 1) / N
total = bias + variance + SIGMA**2
best = int(total.argmin())

plot = Plot(80, 24, 262, 340, (0, 12), (0, 0.8))
noise = np.full(len(DEGREES), SIGMA**2)
save(
    "bias-variance",
    450,
    422,
    "Expected error of polynomial fits over their degree: squared bias falls, variance "
    "rises, noise is constant, and the sum is smallest at degree 4",
    [
        plot.axes(
            "degree of the polynomial",
            "expected squared error",
            range(0, 13, 2),
            [0, 0.2, 0.4, 0.6, 0.8],
        ),
        line(plot.curve(DEGREES, noise), MUTED, 2, DOTTED),
        line(plot.curve(DEGREES, bias), BLUE, 3, DASHED),
        line(plot.curve(DEGREES, variance), ORANGE, 3),
        line(plot.curve(DEGREES, total), INK, 4),
        dot(*plot.at(best, total[best]), GREEN, 7),
        text(349, plot.at(0, total[-1])[1] + 5, "sum", weight="bold"),
        text(349, plot.at(0, noise[-1])[1] + 5, "noise", color=MUTED),
        text(349, plot.at(0, variance[-1])[1] + 5, "variance", color=ORANGE),
        text(349, plot.at(0, bias[-1])[1] + 5, "squared bias", color=BLUE),
        text(
            plot.at(best, 0)[0],
            plot.at(0, total[best])[1] - 18,
            "smallest",
            14,
            anchor="middle",
        ),
    ],
)
