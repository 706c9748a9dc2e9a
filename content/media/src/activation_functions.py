"""Draw six activation functions and their derivatives."""

import math

from svg import (
    BLUE,
    DASHED,
    DOTTED,
    GREEN,
    INK,
    MUTED,
    ORANGE,
    Plot,
    line,
    save,
    text,
)

LONG, MIXED = "14 6", "12 4 2 4"
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


def silu_slope(x: float) -> float:
    """Return the derivative of x times sigmoid."""
    return sigmoid(x) * (1 + x * sigmoid(-x))


BOUNDED = [
    ("sigmoid", ORANGE, DASHED, sigmoid, lambda x: sigmoid(x) * sigmoid(-x)),
    ("tanh", GREEN, "", math.tanh, lambda x: 1 - math.tanh(x) ** 2),
]
HINGED = [
    ("ReLU", BLUE, "", lambda x: max(x, 0), lambda x: float(x > 0)),
    (
        "leaky ReLU, 0.1",
        MUTED,
        DOTTED,
        lambda x: max(x, 0.1 * x),
        lambda x: 1.0 if x > 0 else 0.1,
    ),
    (
        "GELU",
        INK,
        LONG,
        lambda x: x * normal_cdf(x),
        lambda x: normal_cdf(x) + x * normal_pdf(x),
    ),
    ("SiLU", ORANGE, MIXED, lambda x: x * sigmoid(x), silu_slope),
]
parts = [
    text(121, 24, "activation", 16, anchor="middle", weight="bold"),
    text(343, 24, "derivative", 16, anchor="middle", weight="bold"),
]
for row, (group, low, high) in enumerate(((BOUNDED, -1.2, 1.4), (HINGED, -0.6, 3))):
    top = 38 + 250 * row
    values = Plot(36, top, 172, 150, (-4, 4), (low, high))
    slopes = Plot(262, top, 172, 150, (-4, 4), (-0.2, 1.25))
    parts += [
        values.axes("", "", (-4, 0, 4), (-1, 0, 1) if row == 0 else (0, 1, 2, 3)),
        slopes.axes("", "", (-4, 0, 4), (0, 0.25, 1)),
    ]
    for place, (name, color, dash, function, derivative) in enumerate(group):
        shown = [x for x in XS if function(x) <= high]
        parts += [
            line(values.curve(shown, map(function, shown)), color, 2.5, dash),
            line(slopes.curve(XS, map(derivative, XS)), color, 2.5, dash),
        ]
        x, y = 24 + 220 * (place % 2), top + 196 + 24 * (place // 2)
        parts += [
            line([(x, y), (x + 44, y)], color, 3, dash),
            text(x + 52, y + 5, name, 15),
        ]

save(
    "activation-functions",
    450,
    532,
    "Sigmoid and tanh above, ReLU, leaky ReLU, GELU and SiLU below, with derivatives: that "
    "of the sigmoid stays below one quarter, that of ReLU is 0 or 1",
    parts,
)
