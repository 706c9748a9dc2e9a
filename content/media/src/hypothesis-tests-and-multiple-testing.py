"""Draw ten sorted p-values against an uncorrected, a BH and a Bonferroni threshold."""

from svg import (
    BLUE,
    DASHED,
    DOTTED,
    GROUND,
    INK,
    MUTED,
    ORANGE,
    Plot,
    dot,
    line,
    save,
    text,
)

P_VALUES = [0.001, 0.008, 0.012, 0.03, 0.041]  # five more lie above the plot
LEVEL, TESTS = 0.05, 10

plot = Plot(70, 44, 356, 230, (0, 10), (0, 0.062))
parts = [
    plot.axes("rank of the p-value", "p", range(0, 11, 2), (0, 0.02, 0.04, 0.06)),
    line(plot.curve((0, 10), (LEVEL, LEVEL)), MUTED, 2, DOTTED),
    line(plot.curve((0, 10), (0, LEVEL)), BLUE, 3),
    line(plot.curve((0, 10), (LEVEL / TESTS, LEVEL / TESTS)), ORANGE, 2.5, DASHED),
]
for rank, p in enumerate(P_VALUES, 1):
    x, y = plot.at(rank, p)
    parts.append(dot(x, y, INK, 6))
    if rank > 3:
        parts.append(dot(x, y, GROUND, 3.5))
parts += [
    text(24, 26, "Ten p-values, sorted: which pass at 5%?", 16, INK, weight="bold"),
    text(*plot.at(0.2, 0.052), "no correction: 5 pass", 14, MUTED),
    text(*plot.at(9.9, 0.031), "BH: 3 pass", 14, BLUE, "end", "bold"),
    text(*plot.at(9.9, 0.007), "Bonferroni: 1 passes", 14, ORANGE, "end", "bold"),
    text(*plot.at(6.1, 0.0555), "ranks 6–10: p ≥ 0.2 ↑", 14, INK),
]
save(
    "hypothesis-tests-and-multiple-testing",
    450,
    332,
    "Ten sorted p-values: five lie below 0.05, three below the rising line of "
    "Benjamini and Hochberg, one below the Bonferroni threshold of 0.005",
    parts,
)
