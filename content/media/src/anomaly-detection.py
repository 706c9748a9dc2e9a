"""Draw how one large value hides from the mean and not from the median."""

from statistics import fmean, median, stdev

from svg import BLUE, INK, MUTED, ORANGE, PALE_BLUE, Plot, dot, line, rect, save, text

VALUES = [10, 11, 9, 10, 12, 100]
mean, spread = fmean(VALUES), stdev(VALUES)
middle = median(VALUES)
robust = 1.4826 * median(abs(value - middle) for value in VALUES)

ROWS = [
    ("mean ± 3 standard deviations", mean, spread, "100 scores 2.0: inside"),
    ("median ± 3 robust deviations", middle, robust, "100 scores 60: far outside"),
]
parts = []
for row, (title, center, unit, verdict) in enumerate(ROWS):
    plot = Plot(24, 40 + row * 112, 402, 44, (-90, 145), (0, 1))
    low, high = plot.at(center - 3 * unit, 0)[0], plot.at(center + 3 * unit, 0)[0]
    parts += [
        text(24, plot.top - 14, title, 16, INK, weight="bold"),
        rect(low, plot.top, high - low, 44, PALE_BLUE, BLUE),
        line([(24, plot.top + 22), (426, plot.top + 22)], MUTED, 1),
        line(
            [plot.at(center, 0), (plot.at(center, 0)[0], plot.top)],
            BLUE,
            2.5,
        ),
    ]
    for value in VALUES:
        color = ORANGE if value == 100 else INK
        parts.append(dot(plot.at(value, 0)[0], plot.top + 22, color, 5))
    parts.append(text(24, plot.top + 66, verdict, 15, ORANGE))
plot = Plot(24, 40, 402, 44, (-90, 145), (0, 1))
for tick in (-50, 0, 50, 100):
    parts.append(
        text(plot.at(tick, 0)[0], 264, f"{tick}".replace("-", "−"), 14, MUTED, "middle")
    )
save(
    "anomaly-detection",
    450,
    278,
    "Six values, five near 10 and one 100. The band of the mean reaches from -84 to 135 "
    "and contains 100; the band of the median, from 6 to 15, does not",
    parts,
)
