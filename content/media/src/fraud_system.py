"""Draw how a transaction is decided and how its label comes back."""

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
    save,
    text,
)

LEFT, RIGHT, SIDE = 12, 238, 190
middle = LEFT + SIDE / 2

decision = [
    box(LEFT, 40, SIDE, 52, ["Transaction", "2,000 a second"], PALE_GREEN),
    box(LEFT, 118, SIDE, 52, ["Features", "counters, history"], PALE_GREEN),
    box(LEFT, 196, SIDE, 52, ["Rules, model", "probability p"], PALE_GREEN),
    box(LEFT, 274, SIDE, 52, ["Policy", "expected cost"], PALE_GREEN),
    *[arrow([(middle, y), (middle, y + 26)], INK, 3) for y in (92, 170, 248)],
]
outcomes = []
for column, name in enumerate(("Approve", "Step up", "Decline")):
    x = LEFT + 142 * column
    outcomes += [
        box(x, 366, 124, 44, [name], PALE),
        arrow([(middle, 326), (middle, 344), (x + 62, 344), (x + 62, 366)], INK, 3),
    ]
outcomes += [
    arrow([(154, 388), (136, 388)]),
    arrow([(278, 388), (296, 388)]),
    text(145, 432, "passed", 14, MUTED, "middle"),
    text(287, 432, "failed", 14, MUTED, "middle"),
]
learning = [
    box(RIGHT, 118, SIDE, 52, ["Stream", "one definition"], PALE_BLUE),
    box(RIGHT, 196, SIDE, 52, ["Training", "split by time"], PALE_ORANGE),
    box(LEFT, 476, 408, 52, ["Labels", "disputes, 30 to 90 days late"], PALE_ORANGE),
    arrow([(LEFT + SIDE, 66), (333, 66), (333, 118)]),
    arrow([(RIGHT, 144), (LEFT + SIDE, 144)]),
    arrow([(333, 170), (333, 196)]),
    arrow([(RIGHT, 222), (LEFT + SIDE, 222)]),
    text(RIGHT + 4, 268, "model, after a canary", 14, MUTED),
    arrow([(74, 410), (74, 476)]),
    arrow([(216, 410), (216, 476)]),
    arrow([(358, 410), (358, 476)], MUTED, dash=DASHED),
    text(82, 460, "disputes", 14, MUTED),
    text(224, 460, "outcome, now", 14, MUTED),
    text(366, 460, "a few", 14, MUTED),
    line([(420, 502), (438, 502), (438, 222)]),
    arrow([(438, 222), (RIGHT + SIDE, 222)]),
]
heads = [
    text(LEFT, 26, "Deciding, within 100 ms", 16, weight="bold"),
    text(LEFT, 552, "Dashed: a random few of the declined are let pass.", 14, MUTED),
]
save(
    "fraud-system",
    450,
    566,
    "Fraud detection: features, rules and model give a probability, a cost policy "
    "approves, steps up or declines; disputes, step-ups and a random few become labels",
    [*heads, *decision, *outcomes, *learning],
)
