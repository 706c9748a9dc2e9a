"""Draw 99 calibration scores as a histogram of dots, and the 90th of them."""

from random import Random

from svg import BLUE, DASHED, INK, MUTED, ORANGE, Plot, dot, line, save, text

rng = Random(1190)
SCORES = sorted(abs(rng.gauss(0, 1)) for _ in range(99))
LIMIT = SCORES[89]  # rank 90 = (99 + 1) * 0.9

plot = Plot(28, 64, 396, 196, (0, 3), (0, 14))
WIDTH = 0.15
parts = []
heights: dict[int, int] = {}
for score in SCORES:
    column = int(score / WIDTH)
    heights[column] = heights.get(column, 0) + 1
    x, y = plot.at((column + 0.5) * WIDTH, heights[column] - 0.4)
    parts.append(dot(x, y, BLUE if score <= LIMIT else ORANGE, 6))
base = plot.at(0, 0)[1]
x = plot.at((int(LIMIT / WIDTH) + 1) * WIDTH, 0)[0]
parts += [
    line([(28, base), (424, base)], INK, 1.5),
    line([(x, 74), (x, base + 8)], INK, 2, DASHED),
    text(28, 26, "99 scores |y − prediction| on held-out rows", 16, INK, weight="bold"),
    text(359, base + 22, "size of the error", 14, MUTED, "middle"),
    text(x + 8, 88, "rank 90 of 99:", 15, INK, weight="bold"),
    text(x + 8, 107, f"limit q = {LIMIT:.2f}", 15, INK),
    text(x - 8, 62, "90 at or below", 15, BLUE, "end"),
    text(x + 8, 132, "9 above", 15, ORANGE),
    text(28, base + 48, "A new score falls into each of the 100 gaps equally", 15, INK),
    text(28, base + 68, "often; 90 of them end at or below q.", 15, INK),
]
for tick in (0, 1, 2, 3):
    parts.append(text(plot.at(tick, 0)[0], base + 22, f"{tick}", 14, MUTED, "middle"))
save(
    "conformal-prediction",
    450,
    346,
    "Ninety-nine calibration scores as a histogram of dots; the limit is the 90th "
    "smallest, with 9 scores above it",
    parts,
)
