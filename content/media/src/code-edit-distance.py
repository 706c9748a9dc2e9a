"""Draw the table of edit distances from "gradient" to "ingredient" with a cheapest path."""

from svg import BLUE, INK, MUTED, PALE, PALE_ORANGE, dot, line, rect, save, text

A, B = "gradient", "ingredient"
SIDE, LEFT, TOP = 36, 40, 78

table = [
    [i + j if i == 0 or j == 0 else 0 for j in range(len(B) + 1)]
    for i in range(len(A) + 1)
]
for i, x in enumerate(A, 1):
    for j, y in enumerate(B, 1):
        table[i][j] = min(
            table[i - 1][j] + 1, table[i][j - 1] + 1, table[i - 1][j - 1] + (x != y)
        )

i, j, path = len(A), len(B), [(len(A), len(B))]
while i or j:
    if i and j and table[i][j] == table[i - 1][j - 1] + (A[i - 1] != B[j - 1]):
        i, j = i - 1, j - 1
    elif j and table[i][j] == table[i][j - 1] + 1:
        j -= 1
    else:
        i -= 1
    path.append((i, j))
path.reverse()


def center(i: int, j: int) -> tuple[float, float]:
    """Return the middle of a cell."""
    return LEFT + (j + 0.5) * SIDE, TOP + (i + 0.5) * SIDE


paid = {
    now
    for before, now in zip(path, path[1:], strict=False)
    if table[now[0]][now[1]] > table[before[0]][before[1]]
}
parts = [
    text(
        LEFT, 28, "from gradient (down) to ingredient (across)", 16, INK, weight="bold"
    )
]
for j, letter in enumerate(B, 1):
    parts.append(text(center(0, j)[0], TOP - 12, letter, 17, INK, "middle", "bold"))
for i, letter in enumerate(A, 1):
    parts.append(
        text(LEFT - 18, center(i, 0)[1] + 6, letter, 17, INK, "middle", "bold")
    )
for i in range(len(A) + 1):
    for j in range(len(B) + 1):
        x, y = center(i, j)
        fill = PALE_ORANGE if (i, j) in paid else PALE
        parts.append(rect(x - SIDE / 2, y - SIDE / 2, SIDE, SIDE, fill, MUTED))
parts.append(line([center(*cell) for cell in path], BLUE, 3))
for i in range(len(A) + 1):
    for j in range(len(B) + 1):
        x, y = center(i, j)
        on_path = (i, j) in path
        if on_path:
            parts.append(dot(x, y, "#ffffff", 11))
        color = BLUE if on_path else MUTED
        weight = "bold" if on_path else ""
        parts.append(text(x, y + 5.5, str(table[i][j]), 16, color, "middle", weight))
bottom = TOP + SIDE * (len(A) + 1)
parts += [
    rect(LEFT, bottom + 14, 18, 18, PALE_ORANGE, MUTED),
    text(
        LEFT + 26,
        bottom + 28,
        "a step that costs 1: insert i, insert n, a becomes e",
        15,
        INK,
    ),
]
save(
    "code-edit-distance",
    LEFT + SIDE * (len(B) + 1) + 14,
    bottom + 46,
    "Table of edit distances between the prefixes of gradient and ingredient, with a "
    "cheapest path: two insertions, one substitution, distance 3",
    parts,
)
