"""Draw four regression losses and three classification losses."""

from math import log

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


def huber(e: float) -> float:
    """Return the Huber loss with delta 1."""
    return e * e / 2 if abs(e) <= 1 else abs(e) - 0.5


def pinball(e: float) -> float:
    """Return the pinball loss of the 90% quantile; e is target minus prediction."""
    return max(0.9 * e, -0.1 * e)


errors = Plot(48, 44, 378, 150, (-4, 4), (0, 4))
ES = [-4 + i / 20 for i in range(161)]
chances = Plot(48, 290, 378, 120, (0, 1), (0, 3))
PS = [0.05 + i / 100 for i in range(96)]

parts = [
    text(24, 24, "Regression: loss against the error", 16, INK, weight="bold"),
    errors.axes("actual − predicted", "", range(-4, 5, 2), (0, 2, 4)),
]
for row, (name, loss, color, dash, width) in enumerate(
    (
        ("squared / 2", lambda e: e * e / 2, MUTED, "", 2),
        ("absolute", abs, GREEN, DOTTED, 2.5),
        ("Huber, δ = 1", huber, BLUE, "", 3),
        ("pinball, 0.9", pinball, ORANGE, DASHED, 2.5),
    )
):
    drawn = [e for e in ES if loss(e) <= 4]
    parts.append(line(errors.curve(drawn, map(loss, drawn)), color, width, dash))
    x, y = errors.at(-1.45, 3.75 - 0.5 * row)
    parts.append(line([(x, y), (x + 28, y)], color, width, dash))
    parts.append(text(x + 36, y + 5, name, 14, color))
parts += [
    text(24, 272, "Classes: loss against p of the true one", 16, INK, weight="bold"),
    chances.axes("predicted p", "", (0, 0.25, 0.5, 0.75, 1), (0, 1, 2, 3)),
    line(chances.curve(PS, [-log(min(p, 1)) for p in PS]), BLUE, 3),
    line(
        chances.curve(PS, [-((1 - p) ** 2) * log(min(p, 1)) for p in PS]),
        ORANGE,
        2.5,
        DASHED,
    ),
    text(*chances.at(0.3, 1.35), "cross-entropy", 15, BLUE, "start", "bold"),
    text(*chances.at(0.015, 0.2), "focal, γ = 2", 14, ORANGE, "start", "bold"),
]
save(
    "loss-functions",
    450,
    466,
    "Above, squared, absolute, Huber and pinball loss against the error. Below, "
    "cross-entropy and focal loss against the probability of the true class",
    parts,
)
