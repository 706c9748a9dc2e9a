"""Draw the precision-recall curves of one classifier at three prevalences."""

from math import sqrt
from statistics import NormalDist

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

NORMAL = NormalDist()
GAP = sqrt(2) * NORMAL.inv_cdf(0.9)  # two unit normals with a ROC area of 0.9


def precision(recall: float, prevalence: float) -> float:
    """Return the precision at a recall, by Bayes' rule."""
    false_rate = NORMAL.cdf(NORMAL.inv_cdf(recall) - GAP)
    hits = recall * prevalence
    return hits / (hits + false_rate * (1 - prevalence))


plot = Plot(72, 32, 248, 360, (0, 1), (0, 1))
recalls = [step / 400 for step in range(1, 400)]
parts = [
    plot.axes(
        "recall",
        "precision",
        (0, 0.2, 0.4, 0.6, 0.8, 1),
        (0, 0.2, 0.4, 0.6, 0.8, 1),
    ),
    line(plot.curve([0.8, 0.8], [0, 1]), MUTED, 1.5),
]
curves = (
    (0.5, BLUE, "", "50%"),
    (0.1, ORANGE, DASHED, "10%"),
    (0.01, GREEN, DOTTED, "1%"),
)
for prevalence, color, dash, label in curves:
    heights = [precision(recall, prevalence) for recall in recalls]
    parts.append(
        line(plot.curve([*recalls, 1], [*heights, prevalence]), color, 3, dash)
    )
    x, y = plot.at(0.8, precision(0.8, prevalence))
    parts.append(dot(x, y, INK, 6))
    parts.append(
        text(x + 12, y - 10, f"{precision(0.8, prevalence):.2f}", weight="bold")
    )
    x, y = plot.at(1, prevalence)
    parts.append(text(x + 12, y + 5, f"{label} positives", 16, color, weight="bold"))
x, y = plot.at(0.8, 1)
parts.append(text(x, y - 10, "same threshold", 14, MUTED, "middle"))

save(
    "precision-recall",
    450,
    450,
    "Precision-recall curves of one classifier when 50%, 10% and 1% of the cases are "
    "positive: the rarer the positives, the lower the curve",
    parts,
)
