"""Draw four activation functions and their derivatives."""

import math

from svg import (
    BLUE,
    DASHED,
    DOTTED,
    GREEN,
    INK,
    ORANGE,
    Plot,
    line,
    save,
    text,
)

LONG, HIGHEST = "14 6", 3
XS = [step / 20 for step in range(-80, 81)]


def sigmoid(x: float) -> float:
    """Return the logistic function."""
    return 1 / (1 + math.exp(-x))


def normal_cdf(x: float) -> float:
    """Return the standard normal distribution function."""
    return (1 + math.erf(x / math.sqrt(2))) / 2


def normal_pdf(x: float) -> float:
    """Return the standard normal density."""
    return math.exp(-(x**2) / 2) / math.sqrt(2 * math.pi)


values = Plot(60, 50, 290, 270, (-4, 4), (-1, HIGHEST))
slopes = Plot(430, 50, 290, 270, (-4, 4), (-0.25, 1.25))
step = [(-4, 0), (0, 0), (0, 1), (4, 1)]
curves = {
    "sigmoid": (ORANGE, DASHED, sigmoid, lambda x: sigmoid(x) * sigmoid(-x)),
    "tanh": (GREEN, DOTTED, math.tanh, lambda x: 1 - math.tanh(x) ** 2),
    "GELU": (
        INK,
        LONG,
        lambda x: x * normal_cdf(x),
        lambda x: normal_cdf(x) + x * normal_pdf(x),
    ),
}
parts = [
    values.axes("", "", range(-4, 5, 2), range(-1, 4)),
    slopes.axes("", "", range(-4, 5, 2), (0, 0.25, 0.5, 0.75, 1)),
    text(205, 30, "activation", 18, anchor="middle", weight="bold"),
    text(575, 30, "derivative", 18, anchor="middle", weight="bold"),
    line([values.at(-4, 0), values.at(0, 0), values.at(3, 3)], BLUE, 3),
    line([slopes.at(*point) for point in step], BLUE, 3),
]
for color, dash, function, derivative in curves.values():
    shown = [x for x in XS if function(x) <= HIGHEST]
    parts += [
        line(values.curve(shown, map(function, shown)), color, 2.5, dash),
        line(slopes.curve(XS, map(derivative, XS)), color, 2.5, dash),
    ]
key = [("ReLU", BLUE, ""), *((name, c[0], c[1]) for name, c in curves.items())]
for place, (name, color, dash) in enumerate(key):
    left = 90 + 150 * place
    parts += [
        line([(left, 372), (left + 48, 372)], color, 3, dash),
        text(left + 58, 377, name, 16),
    ]

save(
    "activation-functions",
    740,
    396,
    "ReLU, sigmoid, tanh and GELU with their derivatives: the derivative of the "
    "sigmoid stays below one quarter, that of ReLU is 0 or 1",
    parts,
)
