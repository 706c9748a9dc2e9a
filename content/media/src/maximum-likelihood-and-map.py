"""Draw a prior, the likelihood of 7 heads in 10, and the posterior on one axis."""

from math import gamma

from svg import BLUE, DASHED, DOTTED, INK, MUTED, ORANGE, Plot, dot, line, save, text


def beta(p: float, a: float, b: float) -> float:
    """Return the density of a beta law."""
    return gamma(a + b) / gamma(a) / gamma(b) * p ** (a - 1) * (1 - p) ** (b - 1)


XS = [i / 200 for i in range(201)]
plot = Plot(24, 44, 402, 220, (0, 1), (0, 3.6))
PRIOR, LIKELIHOOD, POSTERIOR = (2, 2), (8, 4), (9, 5)
MLE, MAP, MEAN = 7 / 10, 8 / 12, 9 / 14

parts = [plot.axes("probability of heads, p", "", (0, 0.25, 0.5, 0.75, 1))]
for law, color, dash, width in (
    (PRIOR, MUTED, DOTTED, 2.5),
    (LIKELIHOOD, ORANGE, DASHED, 2.5),
    (POSTERIOR, BLUE, "", 3),
):
    parts.append(line(plot.curve(XS, [beta(p, *law) for p in XS]), color, width, dash))
for p, law, color in ((MLE, LIKELIHOOD, ORANGE), (MAP, POSTERIOR, BLUE)):
    x, y = plot.at(p, beta(p, *law))
    parts.append(dot(x, y, color, 5))
x, y = plot.at(MEAN, beta(MEAN, *POSTERIOR))
base = plot.at(MEAN, 0)[1]
parts += [
    line([(x, y), (x, base)], BLUE, 1.5),
    text(x + 7, base - 14, "mean .643", 14, BLUE),
    text(plot.at(0.82, 0)[0], 80, "likelihood", 15, ORANGE, "start", "bold"),
    text(plot.at(0.82, 0)[0], 98, "(scaled)", 14, ORANGE),
    text(plot.at(0.82, 0)[0], 116, "peak .700", 14, ORANGE),
    text(plot.at(0.5, 0)[0] - 8, 86, "posterior", 15, BLUE, "end", "bold"),
    text(plot.at(0.5, 0)[0] - 8, 105, "peak: MAP .667", 14, BLUE, "end"),
    text(plot.at(0.16, 0)[0], 178, "prior", 15, MUTED, "middle", "bold"),
    text(24, 28, "7 heads in 10, prior Beta(2, 2)", 16, INK, weight="bold"),
]
save(
    "maximum-likelihood-and-map",
    450,
    322,
    "Prior, likelihood and posterior of the probability of heads after 7 heads in 10: "
    "the posterior lies between the other two, with its peak at .667, mean at .643",
    parts,
)
