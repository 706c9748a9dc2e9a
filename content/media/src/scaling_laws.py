"""Draw the curve of equal loss in weights and tokens, by the refit of 2024."""

from math import log10

from svg import BLUE, GREEN, GRID, INK, MUTED, ORANGE, Plot, dot, line, save, text

E, A, B, ALPHA, BETA = 1.8172, 482.01, 2085.43, 0.3478, 0.3658
TARGET = E + A / 70e9**ALPHA + B / 1.4e12**BETA


def tokens(weights: float) -> float:
    """Return the trillions of tokens at which this many billion weights reach the loss."""
    rest = TARGET - E - A / (weights * 1e9) ** ALPHA
    return (B / rest) ** (1 / BETA) / 1e12


plot = Plot(66, 20, 370, 250, (log10(8), log10(250)), (log10(0.5), log10(40)))
bottom = plot.top + plot.height
parts = [plot.axes("weights, billions", "tokens, trillions", (), ())]
parts[0] = parts[0].replace(f'y="{bottom + 26}"', f'y="{bottom + 44}"')
parts[0] = parts[0].replace('x="50"', 'x="20"').replace("-90 50", "-90 20")
for tick in (10, 20, 35, 70, 150):
    x, _ = plot.at(log10(tick), 0)
    parts += [
        line([(x, plot.top), (x, bottom)], GRID, 1),
        text(x, bottom + 20, f"{tick:g}", 14, MUTED, "middle"),
    ]
for tick in (0.5, 1, 2, 4, 8, 16, 32):
    _, y = plot.at(0, log10(tick))
    parts += [
        line([(plot.left, y), (plot.left + plot.width, y)], GRID, 1),
        text(plot.left - 8, y + 5, f"{tick:g}", 14, MUTED, "end"),
    ]
ends = (8, 195)
parts.append(
    line([plot.at(log10(n), log10(70 * 1.4 / n)) for n in ends], GREEN, 2, "7 5")
)
curve = [10 ** (log10(15.9) + i * (log10(250 / 15.9)) / 80) for i in range(81)]
inside = [n for n in curve if tokens(n) <= 40]
parts.append(line([plot.at(log10(n), log10(tokens(n))) for n in inside], BLUE, 3))
edge, _ = plot.at(log10((A / (TARGET - E)) ** (1 / ALPHA) / 1e9), 0)
parts += [
    line([(edge, plot.top), (edge, bottom)], ORANGE, 2, "2 5"),
    text(edge + 6, bottom - 28, "10.7: smaller", 14, ORANGE),
    text(edge + 6, bottom - 10, "never reach it", 14, ORANGE),
]
for weights, lines_, dx, dy in (
    (73.0, ("compute-optimal", "73 B on 1.34 T"), 8, -32),
    (35, ("35 B on 3.65 T", "1.3 × the compute"), 10, -22),
    (20, ("20 B on 16.2 T", "3.3 × the compute"), 10, -10),
):
    x, y = plot.at(log10(weights), log10(tokens(weights)))
    parts.append(dot(x, y, INK, 6))
    parts += [
        text(x + dx, y + dy + 17 * i, words, 14, INK, weight="" if i else "bold")
        for i, words in enumerate(lines_)
    ]
x, y = plot.at(log10(16.5), log10(tokens(16.5)))
parts += [
    text(x + 12, y + 14, "equal loss", 14, BLUE),
    text(plot.left + plot.width - 84, bottom - 8, "equal compute", 14, GREEN, "end"),
]
save(
    "scaling-laws",
    450,
    330,
    "Curve of equal loss in weights and tokens: it touches a line of equal compute at 73 "
    "billion weights and rises steeply to the left, with no solution below 10.7 billion",
    parts,
)
