"""Draw one comparison of two systems by separate, unpaired and paired intervals."""

from math import sqrt

from svg import BLUE, INK, MUTED, ORANGE, Plot, dot, line, save, text

WINS, LOSSES, A, B, N = 40, 25, 0.80, 0.77, 500
Z = 1.96
gap = (WINS - LOSSES) / N
apart = sqrt(A * (1 - A) / N + B * (1 - B) / N)


def paired(n: float) -> float:
    return sqrt(((WINS + LOSSES) / N - gap**2) / n)


def bar(plot: Plot, row: float, middle: float, error: float, color: str) -> str:
    low, high = plot.at(middle - Z * error, row), plot.at(middle + Z * error, row)
    caps = [line([(x, y - 7), (x, y + 7)], color, 3) for x, y in (low, high)]
    return line([low, high], color, 3) + "".join(caps) + dot(*plot.at(middle, row), INK, 5)


scores = Plot(112, 34, 312, 84, (72, 86), (0, 2))
gains = Plot(112, 196, 312, 126, (-4, 10), (0, 3))
parts = [text(12, 22, "Each system by itself, 500 questions", 15, INK, weight="bold")]
parts.append(scores.axes("correct (%)", "", [72, 74, 76, 78, 80, 82, 84, 86]))
for row, name, share, color in ((1.5, "A", A, BLUE), (0.5, "B", B, ORANGE)):
    error = 100 * sqrt(share * (1 - share) / N)
    parts.append(bar(scores, row, 100 * share, error, color))
    parts.append(text(100, scores.at(0, row)[1] + 5, f"system {name}", 14, INK, "end"))
parts += [
    text(12, 184, "The difference A − B", 15, INK, weight="bold"),
    gains.axes("points", "", [-4, -2, 0, 2, 4, 6, 8, 10]),
    line([gains.at(0, 0), gains.at(0, 3)], INK, 1.5, "5 4"),
]
rows = [
    (2.5, "unpaired", "500 questions", apart, MUTED),
    (1.5, "paired", "500 questions", paired(500), BLUE),
    (0.5, "paired", "1,126 questions", paired(1_126), BLUE),
]
for row, name, size, error, color in rows:
    y = gains.at(0, row)[1]
    parts += [
        bar(gains, row, 100 * gap, 100 * error, color),
        text(108, y - 3, name, 14, INK, "end"),
        text(108, y + 13, size, 14, MUTED, "end"),
    ]
save(
    "llm-evaluation",
    450,
    376,
    "One difference of two systems with unpaired and paired intervals",
    parts,
)
