"""Draw a small network with dropout in training and without it at inference."""

from svg import (
    BLUE,
    DASHED,
    INK,
    MUTED,
    ORANGE,
    PALE_BLUE,
    dot,
    element,
    line,
    save,
    text,
)

SIZES, TOP, BOTTOM, STEP = (4, 5, 2), 60, 280, 72
DROPPED = {(1, 1), (1, 3)}


def place(left: float, layer: int, unit: int) -> tuple[float, float]:
    """Return the center of a unit."""
    step = (BOTTOM - TOP) / SIZES[layer]
    return left + STEP * layer, TOP + step * (unit + 0.5)


def network(left: float, dropped: set[tuple[int, int]]) -> list[str]:
    """Return connections, then units; a dropped unit is crossed out and alone."""
    units = [(layer, unit) for layer, size in enumerate(SIZES) for unit in range(size)]
    parts = [
        line([place(left, *a), place(left, *b)], BLUE, 1.5)
        for a in units
        for b in units
        if b[0] == a[0] + 1 and not {a, b} & dropped
    ]
    for unit in units:
        x, y = place(left, *unit)
        if unit in dropped:
            ring = {"fill": "none", "stroke": MUTED, "stroke_dasharray": "4 4"}
            parts += [
                element("circle", cx=x, cy=y, r=16, stroke_width=2, **ring),
                line([(x - 8, y - 8), (x + 8, y + 8)], ORANGE, 3),
                line([(x - 8, y + 8), (x + 8, y - 8)], ORANGE, 3),
            ]
        else:
            parts += [dot(x, y, INK, 17), dot(x, y, PALE_BLUE, 15)]
    return parts


LEFT, RIGHT = 40, 264
words = [line([(224, 24), (224, 354)], MUTED, 1, DASHED)]
for left, head, below, note in (
    (LEFT, "training", "kept units: h / (1 - p)", "a new draw in every pass"),
    (RIGHT, "inference", "all units: h", "no draw, no scaling"),
):
    middle = left + STEP
    words += [
        text(middle, 36, head, 18, anchor="middle", weight="bold"),
        text(middle, 322, below, 16, anchor="middle", weight="bold"),
        text(middle, 346, note, 15, MUTED, "middle"),
    ]

save(
    "dropout",
    450,
    368,
    "In training two of five hidden units are dropped and the others scaled by "
    "1/(1 - p); at inference all units work without scaling",
    [*network(LEFT, DROPPED), *network(RIGHT, set()), *words],
)
