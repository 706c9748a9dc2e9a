"""Draw a mixture of two normal densities after 0, 1 and 10 steps of EM."""

from math import exp, log, pi, sqrt
from statistics import NormalDist, fmean, pvariance

from svg import BLUE, DASHED, GRID, INK, MUTED, ORANGE, Plot, element, line, save, text

LEFT, RIGHT = NormalDist(-2, 0.7), NormalDist(2, 1.2)
POINTS = [LEFT.inv_cdf((i + 0.5) / 40) for i in range(40)]
POINTS += [RIGHT.inv_cdf((i + 0.5) / 60) for i in range(60)]

Part = tuple[float, float, float]  # weight, mean, variance


def density(x: float, part: Part) -> float:
    """Return weight times normal density."""
    weight, mean, variance = part
    return weight * exp(-((x - mean) ** 2) / (2 * variance)) / sqrt(2 * pi * variance)


def step(parts: list[Part]) -> list[Part]:
    """Return the parts after one step of EM."""
    new = []
    for part in parts:
        shares = [density(x, part) / sum(density(x, p) for p in parts) for x in POINTS]
        count = sum(shares)
        mean = sum(s * x for s, x in zip(shares, POINTS, strict=True)) / count
        squares = sum(s * (x - mean) ** 2 for s, x in zip(shares, POINTS, strict=True))
        new.append((count / len(POINTS), mean, squares / count))
    return new


spread = pvariance(POINTS, fmean(POINTS))
parts = [(0.5, -1.0, spread), (0.5, 4.0, spread)]
states = {}
for number in range(11):
    states[number] = parts
    parts = step(parts)

XS = [-5 + i / 8 for i in range(89)]
drawn = []
for row, number in enumerate((0, 1, 10)):
    plot = Plot(20, 34 + row * 138, 412, 92, (-5, 6), (0, 0.24))
    state = states[number]
    fit = sum(log(sum(density(x, part) for part in state)) for x in POINTS)
    base = plot.at(0, 0)[1]
    steps = "step" if number == 1 else "steps"
    title = f"{number} {steps}: log-likelihood \N{MINUS SIGN}{-fit:.1f}"
    drawn += [
        text(20, plot.top - 12, title, 15, INK, weight="bold"),
        line([(20, base), (432, base)], GRID, 1.5),
    ]
    ticks = "".join(f"M{plot.at(x, 0)[0]:.1f} {base + 3:.0f}v10" for x in POINTS)
    drawn.append(element("path", d=ticks, stroke=MUTED, stroke_width=1))
    total = [sum(density(x, part) for part in state) for x in XS]
    drawn += [
        line(plot.curve(XS, total), INK, 2.5),
        line(plot.curve(XS, [density(x, state[0]) for x in XS]), BLUE, 2, DASHED),
        line(plot.curve(XS, [density(x, state[1]) for x in XS]), ORANGE, 2, DASHED),
    ]
drawn += [
    text(20, 448, "solid: mixture", 15, INK),
    text(160, 448, "dashed: its parts", 15, BLUE),
    text(310, 448, "ticks: 100 rows", 15, MUTED),
]
save(
    "code-gaussian-mixture",
    450,
    462,
    "A mixture of two normal densities on 100 rows: flat and wrong at the start, close "
    "to the two groups after 10 steps",
    drawn,
)
