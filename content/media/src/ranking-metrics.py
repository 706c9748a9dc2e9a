"""Draw the shown and the ideal order of five items, with gains times discounts."""

from math import log2

from svg import BLUE, GRID, INK, MUTED, ORANGE, line, rect, save, text

SHOWN = [3, 0, 2, 0, 1]


def panel(left: float, title: str, grades: list[int], color: str) -> str:
    """Return a bar for each rank, as long as its discounted gain."""
    parts = [
        text(left, 54, title, 16, color, weight="bold"),
        text(left, 76, "rank", 14, MUTED),
        text(left + 44, 76, "grade", 14, MUTED),
        text(left + 96, 76, "gain × discount", 14, MUTED),
    ]
    for rank, grade in enumerate(grades, 1):
        y = 84 + 34 * (rank - 1)
        value = (2**grade - 1) / log2(rank + 1)
        width = value * 9
        parts += [
            text(left + 12, y + 19, str(rank), 15, INK, "middle"),
            text(left + 64, y + 19, str(grade), 15, INK, "middle", "bold"),
            rect(left + 96, y + 3, max(width, 1.5), 24, color, ""),
            text(left + 102 + width, y + 20, f"{value:.2f}", 14, INK),
        ]
    return "".join(parts)


save(
    "ranking-metrics",
    450,
    320,
    "Five items in the shown order with grades 3, 0, 2, 0, 1 and in the ideal order "
    "3, 2, 1, 0, 0, each with its discounted gain; the sums 8.89 and 9.39 give .946",
    [
        text(
            24, 26, "NDCG: the same items, as shown and at best", 16, INK, weight="bold"
        ),
        panel(24, "shown", SHOWN, BLUE),
        panel(240, "ideal", sorted(SHOWN, reverse=True), ORANGE),
        line([(24, 262), (426, 262)], GRID, 1.5),
        text(24, 284, "sum, DCG", 15, INK),
        text(128, 284, "8.89", 15, BLUE, weight="bold"),
        text(342, 284, "9.39", 15, ORANGE, weight="bold"),
        text(24, 308, "NDCG = 8.89 / 9.39 = 0.946", 16, INK, weight="bold"),
    ],
)
