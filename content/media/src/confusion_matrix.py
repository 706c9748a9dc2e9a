"""Draw a confusion matrix with its counts and the rates read from rows and columns."""

from svg import (
    MUTED,
    PALE_BLUE,
    PALE_ORANGE,
    rect,
    save,
    text,
)

WIDTH, HEIGHT = 700, 356
LEFT, TOP, WIDE, HIGH = 150, 90, 170, 95


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


def label(x: float, y: float, first: str, second: str) -> str:
    """Return two lines beside or below the cells: a name and its value."""
    return text(x, y, first, 15, MUTED, "middle") + text(
        x, y + 22, second, 17, anchor="middle", weight="bold"
    )


beside = LEFT + 2 * WIDE + 100
below = TOP + 2 * HIGH + 34
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
        text(34, TOP + HIGH, "actual", 18, anchor="middle", weight="bold", turn=-90),
        text(LEFT - 16, TOP + HIGH / 2 + 6, "negative", anchor="end"),
        text(LEFT - 16, TOP + 3 * HIGH / 2 + 6, "positive", anchor="end"),
        cell(0, 0, 860, "true negatives"),
        cell(0, 1, 40, "false positives"),
        cell(1, 0, 20, "false negatives"),
        cell(1, 1, 80, "true positives"),
        label(beside, TOP + HIGH / 2 - 6, "specificity", "860/900 = 0.956"),
        label(beside, TOP + 3 * HIGH / 2 - 6, "recall", "80/100 = 0.800"),
        label(LEFT + WIDE / 2, below, "negative pred. value", "860/880 = 0.977"),
        label(LEFT + 3 * WIDE / 2, below, "precision", "80/120 = 0.667"),
        label(beside, below, "accuracy", "940/1,000 = 0.940"),
    ],
)
