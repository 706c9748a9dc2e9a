"""Draw two calibrated score densities with one threshold, and the rates above it."""

from svg import (
    BLUE,
    DASHED,
    INK,
    MUTED,
    ORANGE,
    PALE_BLUE,
    PALE_ORANGE,
    Plot,
    area,
    line,
    save,
    text,
)

XS = [i / 80 for i in range(81)]
GROUPS = [
    (
        "Group A: half of the people are positive",
        [6 * x * (1 - x) for x in XS],
        (0, 2.6),
        BLUE,
        PALE_BLUE,
        ("found: 69% of positives", "alarms: 31% of negatives"),
    ),
    (
        "Group B: a fifth of the people are positive",
        [4 * (1 - x) ** 3 for x in XS],
        (0, 4.2),
        ORANGE,
        PALE_ORANGE,
        ("found: 19% of positives", "alarms: 3% of negatives"),
    ),
]
parts = []
for row, (title, heights, span, color, pale, labels) in enumerate(GROUPS):
    plot = Plot(28, 44 + row * 176, 396, 106, (0, 1), span)
    curve = plot.curve(XS, heights)
    base = plot.at(0, 0)[1]
    cut = plot.at(0.5, 0)[0]
    parts += [
        text(28, plot.top - 18, title, 16, INK, weight="bold"),
        area([(cut, base), *curve[40:], (424, base)], pale),
        line(curve, color, 2.5),
        line([(28, base), (424, base)], INK, 1.5),
        line([(cut, plot.top - 6), (cut, base + 6)], INK, 2, DASHED),
        *[
            text(424, plot.top + 12 + 20 * i, words, 15, INK, "end")
            for i, words in enumerate(labels)
        ],
    ]
    for tick in (0, 0.5, 1):
        anchor = {0: "start", 0.5: "middle", 1: "end"}[tick]
        parts.append(
            text(plot.at(tick, 0)[0], base + 22, f"{tick:g}", 14, MUTED, anchor)
        )
parts.append(
    text(226, 372, "score: the share of positives, in both groups", 15, INK, "middle")
)
save(
    "fairness-metrics",
    450,
    386,
    "Densities of a score that is calibrated in two groups, cut at 0.5: in the group "
    "with the higher base rate 69 percent of positives lie above, in the other 19",
    parts,
)
