"""Draw where to look if a training run gives NaN, stays flat, or spikes."""

from svg import (
    INK,
    PALE_BLUE,
    PALE_GREEN,
    PALE_ORANGE,
    arrow,
    box,
    rect,
    save,
    text,
)

COLUMNS = (
    (
        "NaN",
        PALE_ORANGE,
        [
            "first bad tensor",
            "labels, empty mask",
            "log 0, 0/0, √ at 0",
            "fp16 overflow",
            "rate, last",
        ],
    ),
    (
        "flat",
        PALE_BLUE,
        [
            "loss at the start",
            "one batch to zero",
            "updates by layer",
            "labels in order?",
            "rate off by 10³",
        ],
    ),
    (
        "spikes",
        PALE_GREEN,
        [
            "batch of that step",
            "gradient norms",
            "β₂, growing logits",
            "rewind, skip",
            "lower the peak",
        ],
    ),
)

parts = [
    box(
        55,
        12,
        340,
        74,
        [
            "1. Reproduce it, small and seeded",
            "find the first bad step,",
            "then the batch and the tensor",
        ],
    )
]
for column, (title, fill, lines) in enumerate(COLUMNS):
    left = 10 + 146 * column
    middle = left + 69
    parts += [
        arrow([(225 + (middle - 225) * 0.8, 86), (middle, 122)]),
        rect(left, 122, 138, 168, fill, radius=6),
        text(middle, 146, title, 17, INK, "middle", "bold"),
        *(
            text(middle, 174 + 24 * row, words, 14, INK, "middle")
            for row, words in enumerate(lines)
        ),
        arrow([(middle, 290), (225 + (middle - 225) * 0.8, 322)]),
    ]
parts.append(
    box(
        55,
        322,
        340,
        54,
        ["2. One change at a time", "then a test that would have caught it"],
    )
)
save(
    "debug-training-run",
    450,
    390,
    "Reproduce and find the first bad step; for NaN look at tensors, masks and precision, "
    "for a flat loss at start, one batch and updates, for spikes at batch and norms",
    parts,
)
