"""Draw the reliability diagram of a model that counts its evidence twice."""

from math import exp, log
from statistics import NormalDist

from svg import (
    DASHED,
    INK,
    MUTED,
    ORANGE,
    PALE_ORANGE,
    Plot,
    dot,
    line,
    rect,
    save,
    text,
)

NEGATIVE, POSITIVE = NormalDist(0, 1), NormalDist(1.5, 1)  # one feature, equal classes


def feature(probability: float) -> float:
    """Return the feature value at which the overconfident model says so."""
    return (log(probability / (1 - probability)) / 2 + 1.5**2 / 2) / 1.5


def said(x: float) -> float:
    """Return the predicted probability: the log-odds of one feature, doubled."""
    return 1 / (1 + exp(-2 * (1.5 * x - 1.5**2 / 2)))


plot = Plot(76, 24, 350, 350, (0, 1), (0, 1))
counts = Plot(76, 430, 350, 66, (0, 1), (0, 0.3))
parts = [
    plot.axes("", "observed share of positives", (), (0, 0.2, 0.4, 0.6, 0.8, 1)),
    line(plot.curve([0, 1], [0, 1]), MUTED, dash=DASHED),
]
for tick in (0, 0.2, 0.4, 0.6, 0.8, 1):
    x, y = plot.at(tick, 0)
    parts.append(text(x, y + 20, f"{tick:g}", 14, MUTED, "middle"))
points = []
for k in range(10):
    edges = [feature(min(max(e / 10, 1e-9), 1 - 1e-9)) for e in (k, k + 1)]
    low, high = (law.cdf(edges[1]) - law.cdf(edges[0]) for law in (NEGATIVE, POSITIVE))
    steps = [edges[0] + (i + 0.5) / 2000 * (edges[1] - edges[0]) for i in range(2000)]
    weights = [NEGATIVE.pdf(x) + POSITIVE.pdf(x) for x in steps]
    mean = sum(w * said(x) for w, x in zip(weights, steps, strict=True)) / sum(weights)
    points.append(plot.at(mean, high / (low + high)))
    x, y = counts.at(k / 10, (low + high) / 2)
    parts.append(rect(x + 1, y, 33, counts.top + counts.height - y, PALE_ORANGE, INK))
parts += [
    line(points, ORANGE, 3),
    *(dot(x, y, INK, 5) for x, y in points),
    text(*plot.at(0.76, 0.82), "calibrated", 14, MUTED, "end"),
    text(*plot.at(0.05, 0.53), "says 0.15,", 16),
    text(*plot.at(0.05, 0.48), "29% are positive", 16),
    text(*plot.at(0.95, 0.5), "says 0.85,", 16, anchor="end"),
    text(*plot.at(0.95, 0.45), "71% are positive", 16, anchor="end"),
    text(251, 418, "predicted probability", 16, INK, "middle"),
    line([(76, 496), (426, 496)], INK, 1.5),
    text(251, 520, "share of cases in each bin", 15, MUTED, "middle"),
]

save(
    "reliability",
    450,
    534,
    "Reliability diagram of an overconfident model: low predictions are too low, high "
    "ones too high, and most cases lie at the extremes",
    parts,
)
