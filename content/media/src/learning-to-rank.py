"""Draw the pairs of a list with equal weights, and weighted by the change of NDCG."""

from math import cos, log2, pi, sin

from svg import BLUE, INK, MUTED, ORANGE, PALE, line, rect, save, text

GRADES = [3, 0, 2, 0, 1]
GAINS = [2**grade - 1 for grade in GRADES]
DISCOUNTS = [1 / log2(rank + 1) for rank in range(1, 6)]
IDEAL = sum(
    gain * discount
    for gain, discount in zip(sorted(GAINS, reverse=True), DISCOUNTS, strict=True)
)


def swap(a: int, b: int) -> float:
    """Return how much NDCG changes if two ranks are swapped."""
    return abs((GAINS[a] - GAINS[b]) * (DISCOUNTS[a] - DISCOUNTS[b])) / IDEAL


def panel(left: float, title: str, color: str, *, weighted: bool) -> str:
    """Return the list with one arc a pair of different grades."""
    parts = [text(left, 54, title, 15, color, weight="bold")]
    rows = [92 + 46 * rank for rank in range(5)]
    for a in range(5):
        for b in range(a + 1, 5):
            if GRADES[a] == GRADES[b]:
                continue
            middle, half = (rows[a] + rows[b]) / 2, (rows[b] - rows[a]) / 2
            reach = 22 + 22 * (b - a)
            arc = [
                (left + 72 + reach * sin(t * pi / 24), middle - half * cos(t * pi / 24))
                for t in range(25)
            ]
            width = max(swap(a, b) * 20, 0.5) if weighted else 2
            parts.append(line(arc, color, width))
    for rank, (y, grade) in enumerate(zip(rows, GRADES, strict=True), 1):
        parts += [
            text(left, y + 5, f"{rank}.", 14, MUTED),
            rect(left + 24, y - 15, 48, 30, PALE, radius=5),
            text(left + 48, y + 6, str(grade), 16, INK, "middle", "bold"),
        ]
    return "".join(parts)


save(
    "learning-to-rank",
    450,
    312,
    "A list with grades 3, 0, 2, 0, 1: a pairwise loss weighs all nine pairs of "
    "different grades alike; the change of NDCG weighs those of the first rank most",
    [
        text(
            24, 26, "Which pairs of grades pull, and how much?", 16, INK, weight="bold"
        ),
        panel(24, "pairwise: all alike", BLUE, weighted=False),
        panel(240, "LambdaRank: × |ΔNDCG|", ORANGE, weighted=True),
    ],
)
