"""Draw the four learned merges as the tree of one word."""

from svg import BLUE, GRID, INK, MUTED, PALE, PALE_BLUE, line, rect, save, text

LEFT, STEP, BOTTOM, RISE = 86, 54, 316, 62

# Each node: its label, where its center is in letters, its height in merges.
letters = [(letter, i, 0) for i, letter in enumerate("bandana")]
an, late = ("an", 1.5, 1), ("an", 4.5, 1)
ban, ana, band = ("ban", 0.9, 2), ("ana", 5.2, 3), ("band", 1.9, 4)
joins = [
    (an, letters[1], letters[2], "15"),
    (late, letters[4], letters[5], "15"),
    (ban, letters[0], an, "9"),
    (ana, late, letters[6], "6"),
    (band, ban, letters[3], "5"),
]


def at(node: tuple[str, float, int]) -> tuple[float, float]:
    """Return the center of a node."""
    return LEFT + STEP * node[1], BOTTOM - RISE * node[2]


parts = [
    text(8, 24, "count of the pair when it is merged", 15, BLUE, weight="bold"),
]
for rank in range(1, 5):
    y = BOTTOM - RISE * rank
    parts += [
        line([(72, y), (448, y)], GRID, 1),
        text(8, y + 5, f"merge {rank}", 14, MUTED),
    ]
for parent, *children, _ in joins:
    x, y = at(parent)
    for child in children:
        cx, cy = at(child)
        parts.append(line([(cx, cy - 14), (cx, y), (x, y)], INK, 2))
for label, place, height in letters:
    x, y = at((label, place, height))
    parts += [
        rect(x - 16, y - 14, 32, 30, PALE, radius=4),
        text(x, y + 6, label, 17, anchor="middle"),
    ]
for parent, *_, count in joins:
    x, y = at(parent)
    width = 22 + 11 * len(parent[0])
    parts += [
        rect(x - width / 2, y - 15, width, 30, PALE_BLUE, radius=4),
        text(x, y + 6, parent[0], 17, anchor="middle", weight="bold"),
        text(x + width / 2 + 5, y - 5, count, 15, BLUE, weight="bold"),
    ]
save(
    "tokenization",
    456,
    346,
    "The word bandana as a tree of four learned merges: a+n counted 15 times, then "
    "b+an 9, an+a 6 and ban+d 5, which leaves the two tokens band and ana",
    parts,
)
