"""Draw where batch norm takes its mean and variance in training and at inference."""

from svg import (
    DASHED,
    INK,
    MUTED,
    PALE,
    PALE_BLUE,
    PALE_GREEN,
    PALE_ORANGE,
    arrow,
    box,
    line,
    rect,
    save,
    text,
)

CELL, COLUMNS, CHOSEN = 26, 5, 2


def rows(left: float, top: float, count: int) -> list[str]:
    """Return a table of rows by features with one feature marked."""
    return [
        rect(
            left + CELL * column,
            top + CELL * row,
            CELL,
            CELL,
            PALE_ORANGE if column == CHOSEN else PALE,
        )
        for row in range(count)
        for column in range(COLUMNS)
    ]


parts = [
    text(20, 32, "training", 18, weight="bold"),
    # Training.
    *rows(20, 62, 6),
    text(85, 242, "6 rows, 5 features", 14, MUTED, "middle"),
    box(200, 52, 160, 64, ["batch statistics", "mean, variance"], PALE_ORANGE),
    arrow([(150, 84), (200, 84)]),
    arrow([(280, 116), (280, 146)]),
    box(200, 146, 160, 50, ["normalize"], PALE_BLUE),
    arrow([(280, 196), (280, 226)]),
    box(200, 226, 160, 56, ["scale and shift", "learned"], PALE_BLUE),
    arrow([(360, 84), (412, 84), (412, 364)], MUTED, dash=DASHED),
    text(406, 308, "update", 14, MUTED, "end"),
    line([(20, 322), (430, 322)], MUTED, 1, DASHED),
    # Inference.
    text(20, 352, "inference", 18, weight="bold"),
    box(250, 364, 180, 64, ["running averages", "mean, variance"], PALE_GREEN),
    *rows(20, 383, 1),
    text(85, 428, "one row", 14, MUTED, "middle"),
    arrow([(150, 396), (200, 396), (200, 470)]),
    arrow([(300, 428), (300, 470)]),
    box(170, 470, 160, 50, ["normalize"], PALE_BLUE),
    arrow([(250, 520), (250, 550)]),
    box(170, 550, 160, 56, ["scale and shift", "same as learned"], PALE_BLUE),
    text(20, 572, "fixed: nothing", 14, INK),
    text(20, 592, "is updated", 14, INK),
]
save(
    "batch-norm",
    450,
    626,
    "In training, batch norm takes mean and variance of each feature from the batch "
    "and updates running averages; at inference it uses the running averages",
    parts,
)
