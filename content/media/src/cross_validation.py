"""Draw which rows three kinds of cross-validation train on and score."""

from svg import INK, MUTED, ORANGE, PALE_BLUE, rect, save, text

SIZE, GAP, TOP = 18, 2, 96
STEP = SIZE + GAP
WIDTH = 10 * STEP - GAP


def panel(left: float, title: str, below: str, folds: list[str], heads: str) -> str:
    """Return one scheme: T trains, v is scored, a dot is not used yet."""
    parts = [
        text(left + WIDTH / 2, 40, title, 18, INK, "middle", "bold"),
        text(left + WIDTH / 2, TOP + 5 * 34 + 24, below, 14, MUTED, "middle"),
    ]
    for column, head in enumerate(heads):
        x = left + column * STEP + SIZE / 2
        parts.append(text(x, 80, head, 14, MUTED, "middle"))
    for row, fold in enumerate(folds):
        for column, mark in enumerate(fold):
            x, y = left + column * STEP, TOP + row * 34
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

LEFTS = (40, 270, 500)
save(
    "cross-validation",
    740,
    350,
    "Which rows are trained on and which are scored in each round of k-fold, grouped and "
    "forward cross-validation",
    [
        panel(LEFTS[0], "k-fold", "every row scored once", k_fold, "0123456789"),
        panel(LEFTS[1], "grouped", "whole users held out", held_out, users),
        panel(
            LEFTS[2], "forward in time", "past predicts future", forward, "0123456789"
        ),
        rect(170, 314, SIZE, SIZE, PALE_BLUE),
        text(196, 329, "train"),
        rect(290, 314, SIZE, SIZE, ORANGE),
        text(316, 329, "score"),
        rect(410, 314, SIZE, SIZE, "#ffffff", MUTED),
        text(436, 329, "not used in this round"),
    ],
)
