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
    text(172, 32, "training", 18, anchor="middle", weight="bold"),
    text(560, 32, "inference", 18, anchor="middle", weight="bold"),
    line([(395, 20), (395, 360)], MUTED, 1, DASHED),
    # Training.
    *rows(30, 66, 6),
    text(95, 244, "6 rows, 5 features", 14, MUTED, "middle"),
    box(210, 112, 160, 64, ["batch statistics", "mean, variance"], PALE_ORANGE),
    arrow([(160, 144), (210, 144)]),
    arrow([(290, 176), (290, 206)]),
    box(210, 206, 160, 50, ["normalize"], PALE_BLUE),
    arrow([(290, 256), (290, 286)]),
    box(210, 286, 160, 56, ["scale and shift", "learned"], PALE_BLUE),
    arrow([(290, 112), (290, 68), (430, 68)], MUTED, dash=DASHED),
    text(300, 58, "update", 14, MUTED),
    # Inference.
    box(430, 44, 170, 64, ["running averages", "mean, variance"], PALE_GREEN),
    *rows(430, 146, 1),
    text(495, 192, "one row", 14, MUTED, "middle"),
    arrow([(560, 159), (608, 206)]),
    arrow([(600, 92), (650, 92), (650, 206)]),
    box(570, 206, 140, 50, ["normalize"], PALE_BLUE),
    arrow([(640, 256), (640, 286)]),
    box(570, 286, 140, 56, ["scale and shift", "same as learned"], PALE_BLUE),
    text(420, 310, "fixed: nothing", 14, INK),
    text(420, 330, "is updated", 14, INK),
]
save(
    "batch-norm",
    730,
    370,
    "In training, batch norm takes mean and variance of each feature from the batch "
    "and updates running averages; at inference it uses the running averages",
    parts,
)
