"""Draw the share of a log that is left after weighting, by the old policy's choice."""

from svg import BLUE, DASHED, INK, MUTED, ORANGE, Plot, dot, line, save, text


def effective(mu: float, pi: float) -> float:
    """Return 1 / E[w^2] for two actions of which the second has these chances."""
    return 1 / ((1 - pi) ** 2 / (1 - mu) + pi**2 / mu)


plot = Plot(72, 48, 354, 200, (0, 1), (0, 100))
XS = [i / 100 for i in range(1, 100)]
parts = [
    text(24, 26, "What weighting leaves of a log", 16, INK, weight="bold"),
    plot.axes(
        "how often the old policy chose B",
        "effective sample, %",
        (0, 0.2, 0.4, 0.6, 0.8, 1),
        (0, 25, 50, 75, 100),
    ),
    line(plot.curve(XS, [100 * effective(x, 0.8) for x in XS]), BLUE, 3),
]
for mu, words, anchor, dx, dy in (
    (0.2, "31%", "start", 12, 6),
    (0.05, "8%", "start", 12, 6),
    (0.8, "same policy: 100%", "end", -10, 132),
):
    x, y = plot.at(mu, 100 * effective(mu, 0.8))
    parts += [
        dot(x, y, ORANGE, 6),
        text(x + dx, y + dy, words, 15, INK, anchor, "bold"),
    ]
parts.append(
    line([plot.at(0.8, 0), plot.at(0.8, 100)], MUTED, 1.5, DASHED),
)
parts.append(text(*plot.at(0.78, 8), "new policy: B in 80%", 14, MUTED, "end"))
save(
    "bandits-and-off-policy",
    450,
    306,
    "Effective share of a log for a new policy that chooses B in 80% of cases: all if the "
    "old one did too, 31% if it chose B in 20%, 8% if in 5%",
    parts,
)
