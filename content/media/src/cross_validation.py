"""Draw which rows three kinds of cross-validation train on and score."""

from svg import INK, MUTED, ORANGE, PALE_BLUE, rect, save, text

SIZE, GAP, TOP = 18, 2, 76
STEP = SIZE + GAP
WIDTH = 10 * STEP - GAP


def panel(
    left: float, down: float, title: str, below: str, folds: list[str], heads: str
) -> str:
    """Return one scheme: T trains, v is scored, a dot is not used yet."""
    top, bottom = TOP + down, TOP + down + 34 * len(folds)
    parts = [
        text(left + WIDTH / 2, down + 34, title, 18, INK, "middle", "bold"),
        text(left + WIDTH / 2, bottom + 20, below, 15, MUTED, "middle"),
    ]
    for column, head in enumerate(heads):
        x = left + column * STEP + SIZE / 2
        parts.append(text(x, top - 10, head, 14, MUTED, "middle"))
    for row, fold in enumerate(folds):
        for column, mark in enumerate(fold):
            x, y = left + column * STEP, top + row * 34
            fill = {"T": PALE_BLUE, "v": ORANGE, ".": "#ffffff"}[mark]
            parts.append(
                rect(x, y, SIZE, SIZE + 6, fill, INK if mark != "." else MUTED)
            )
    return "".join(parts)


k_fold = ["".join("v" if c // 2 == k else "T" for c in range(10)) for k in range(5)]
users = "AAABBCDDEE"
held_out = ["".join("v" if user == k else "T" for user in users) for k in "ABCDE"]
forward = [
    "".join("T" if c < 2 * k else "v" if c < 2 * k + 2 else "." for c in range(10))
    for k in range(1, 5)
]

LEFT, RIGHT, DOWN = 16, 236, 292
save(
    "cross-validation",
    450,
    540,
    "Which rows are trained on and which are scored in each round of k-fold, grouped and "
    "forward cross-validation",
    [
        panel(LEFT, 0, "k-fold", "every row scored once", k_fold, "0123456789"),
        panel(RIGHT, 0, "grouped", "whole users held out", held_out, users),
        panel(
            LEFT,
            DOWN,
            "forward in time",
            "past predicts future",
            forward,
            "0123456789",
        ),
        rect(RIGHT + 8, 380, SIZE, SIZE, PALE_BLUE),
        text(RIGHT + 34, 395, "train"),
        rect(RIGHT + 8, 414, SIZE, SIZE, ORANGE),
        text(RIGHT + 34, 429, "score"),
        rect(RIGHT + 8, 448, SIZE, SIZE, "#ffffff", MUTED),
        text(RIGHT + 34, 463, "not used in this round"),
    ],
)
