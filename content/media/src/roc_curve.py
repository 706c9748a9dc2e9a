"""Draw the ROC curve of two normal score distributions whose area is 0.9."""

from math import sqrt
from statistics import NormalDist

from svg import (
    BLUE,
    DASHED,
    INK,
    MUTED,
    PALE_BLUE,
    Plot,
    area,
    dot,
    line,
    save,
    text,
)

NORMAL = NormalDist()
GAP = sqrt(2) * NORMAL.inv_cdf(0.9)  # distance of the two means

plot = Plot(76, 24, 350, 350, (0, 1), (0, 1))
rates = [step / 200 for step in range(1, 200)]
true_rates = [NORMAL.cdf(GAP + NORMAL.inv_cdf(rate)) for rate in rates]
curve = plot.curve([0, *rates, 1], [0, *true_rates, 1])
point = plot.at(1 - NORMAL.cdf(GAP - NORMAL.inv_cdf(0.8)), 0.8)

save(
    "roc-curve",
    450,
    430,
    "ROC curve: true positive rate against false positive rate over all thresholds; "
    "the area under it is 0.9",
    [
        area([*curve, plot.at(1, 0)], PALE_BLUE),
        plot.axes(
            "false positive rate",
            "true positive rate",
            (0, 0.2, 0.4, 0.6, 0.8, 1),
            (0, 0.2, 0.4, 0.6, 0.8, 1),
        ),
        line(plot.curve([0, 1], [0, 1]), MUTED, dash=DASHED),
        line(curve, BLUE, 3),
        dot(*point, INK, 6),
        text(point[0] + 14, point[1] + 20, "one threshold:"),
        text(point[0] + 14, point[1] + 40, "finds 80%,"),
        text(point[0] + 14, point[1] + 60, "false alarm for 17%"),
        text(280, 330, "area 0.9", weight="bold"),
        text(258, 242, "no ranking", 15, MUTED, turn=-45),
    ],
)
