"""Draw covariate shift, label shift and concept drift of one feature."""

from math import exp, pi, sqrt

from svg import BLUE, DASHED, INK, ORANGE, Plot, line, save, text

WIDTH, HEIGHT = 450, 690
XS = [-4 + 0.1 * step for step in range(91)]


def normal(x, mean, deviation=1):
    """Return the density of a normal distribution."""
    z = (x - mean) / deviation
    return exp(-z * z / 2) / (deviation * sqrt(2 * pi))


def two(x, positives):
    """Return the density of a mixture and the share of positives at x."""
    one, zero = positives * normal(x, 2.5), (1 - positives) * normal(x, 0)
    return one + zero, one / (one + zero)


def step(x, middle):
    """Return a probability that rises through one half at middle."""
    return 1 / (1 + exp(-2.5 * (x - middle)))


panels = [
    (
        "Covariate shift",
        "P(x) moves, P(y | x) stays",
        lambda x: (normal(x, 0), step(x, 1.25)),
        lambda x: (normal(x, 1.6), step(x, 1.25)),
    ),
    (
        "Label shift",
        "P(y) moves, P(x | y) stays",
        lambda x: two(x, 0.2),
        lambda x: two(x, 0.7),
    ),
    (
        "Concept drift",
        "P(y | x) moves",
        lambda x: (normal(x, 0.6), step(x, 0)),
        lambda x: (normal(x, 0.6), step(x, 2)),
    ),
]
parts = []
for number, (name, claim, before, after) in enumerate(panels):
    down = 214 * number
    parts += [
        text(20, down + 28, f"{name}:", 17, INK, weight="bold"),
        text(162, down + 28, claim, 15, INK),
    ]
    for index, (left, label, high) in enumerate(
        [(44, "density of x", 0.45), (262, "P(y = 1 | x)", 1.05)]
    ):
        plot = Plot(left, down + 44, 172, 120, (-4, 5), (0, high))
        parts.append(plot.axes("x", label))
        old = [before(x)[index] for x in XS]
        new = [after(x)[index] for x in XS]
        parts += [
            line(plot.curve(XS, old), BLUE, 3),
            line(plot.curve(XS, new), ORANGE, 3, DASHED),
        ]
parts += [
    line([(60, 662), (104, 662)], BLUE, 3),
    text(112, 667, "training", 15),
    line([(250, 662), (294, 662)], ORANGE, 3, DASHED),
    text(302, 667, "production", 15),
]
save(
    "drift-kinds",
    WIDTH,
    HEIGHT,
    "Three kinds of drift: the inputs move, the class shares move, or the relation "
    "between input and label moves while the inputs stay",
    parts,
)
