"""Draw a confusion matrix with its counts and the rates read from rows and columns."""

from svg import (
    MUTED,
    PALE_BLUE,
    PALE_ORANGE,
    rect,
    save,
    text,
)

WIDTH, HEIGHT = 450, 384
LEFT, TOP, WIDE, HIGH = 104, 84, 122, 95


def cell(row: int, column: int, count: int, name: str) -> str:
    """Return one cell: correct ones blue, errors orange."""
    x, y = LEFT + column * WIDE, TOP + row * HIGH
    middle = x + WIDE / 2
    fill = PALE_BLUE if row == column else PALE_ORANGE
    return (
        rect(x, y, WIDE, HIGH, fill)
        + text(middle, y + 45, str(count), 26, anchor="middle", weight="bold")
        + text(middle, y + 74, name, 15, anchor="middle")
    )


def label(x: float, y: float, name: str, ratio: str, value: str) -> str:
    """Return three lines beside or below the cells: name, ratio and value."""
    return "".join(
        [
            text(x, y, name, 15, MUTED, "middle"),
            text(x, y + 22, ratio, 16, anchor="middle"),
            text(x, y + 44, value, 17, anchor="middle", weight="bold"),
        ]
    )


beside = LEFT + 2 * WIDE + 50
below = TOP + 2 * HIGH + 30
save(
    "confusion-matrix",
    WIDTH,
    HEIGHT,
    "Confusion matrix: 860 true negatives, 40 false positives, 20 false negatives and "
    "80 true positives; specificity 0.956, recall 0.8, precision 0.667",
    [
        text(LEFT + WIDE, 34, "predicted", 18, anchor="middle", weight="bold"),
        text(LEFT + WIDE / 2, 72, "negative", anchor="middle"),
        text(LEFT + 3 * WIDE / 2, 72, "positive", anchor="middle"),
        text(24, TOP + HIGH, "actual", 18, anchor="middle", weight="bold", turn=-90),
        text(LEFT - 8, TOP + HIGH / 2 + 6, "negative", anchor="end"),
        text(LEFT - 8, TOP + 3 * HIGH / 2 + 6, "positive", anchor="end"),
        cell(0, 0, 860, "true negatives"),
        cell(0, 1, 40, "false positives"),
        cell(1, 0, 20, "false negatives"),
        cell(1, 1, 80, "true positives"),
        label(beside, TOP + HIGH / 2 - 16, "specificity", "860/900", "0.956"),
        label(beside, TOP + 3 * HIGH / 2 - 16, "recall", "80/100", "0.800"),
        label(LEFT + WIDE / 2, below, "neg. pred. value", "860/880", "0.977"),
        label(LEFT + 3 * WIDE / 2, below, "precision", "80/120", "0.667"),
        label(beside, below, "accuracy", "940/1,000", "0.940"),
    ],
)
