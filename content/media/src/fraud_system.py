"""Draw how a transaction is decided and how its label comes back."""

from svg import (
    DASHED,
    MUTED,
    PALE_BLUE,
    PALE_GREEN,
    PALE_ORANGE,
    arrow,
    box,
    save,
    text,
)

WIDTH, HEIGHT = 720, 364

decision = [
    box(20, 40, 150, 64, ["Transaction", "2,000 a second"], PALE_GREEN),
    box(200, 40, 150, 64, ["Features", "counters, history"], PALE_GREEN),
    box(380, 40, 150, 64, ["Rules, model", "probability p"], PALE_GREEN),
    box(560, 40, 140, 64, ["Policy", "expected cost"], PALE_GREEN),
]
outcomes = [
    box(560, 160, 140, 44, ["Approve"]),
    box(560, 220, 140, 44, ["Step up"]),
    box(560, 280, 140, 44, ["Decline"]),
]
learning = [
    box(200, 160, 150, 64, ["Stream", "one definition"], PALE_BLUE),
    box(20, 280, 150, 64, ["Training", "split by time"], PALE_ORANGE),
    box(390, 280, 150, 64, ["Labels", "30 to 90 days late"], PALE_ORANGE),
]
flows = [
    arrow([(170, 72), (200, 72)]),
    arrow([(350, 72), (380, 72)]),
    arrow([(530, 72), (560, 72)]),
    arrow([(630, 104), (630, 160)]),
    arrow([(95, 104), (95, 192), (200, 192)]),
    arrow([(275, 160), (275, 104)]),
    arrow([(560, 182), (465, 182), (465, 280)]),
    text(475, 236, "disputes", 14, MUTED),
    arrow([(560, 302), (540, 302)], MUTED, dash=DASHED),
    text(630, 344, "a random few pass", 14, MUTED, "middle"),
    arrow([(390, 328), (170, 328)]),
    arrow([(200, 208), (50, 208), (50, 280)]),
    arrow([(170, 300), (365, 300), (365, 130), (455, 130), (455, 104)]),
    text(267, 292, "model, after a canary", 14, MUTED, "middle"),
]
heads = [
    text(20, 26, "Deciding, within 100 ms", weight="bold"),
    text(64, 264, "Learning, weeks later", weight="bold"),
]
save(
    "fraud-system",
    WIDTH,
    HEIGHT,
    "Fraud detection: features, rules and model give a probability, a cost policy "
    "approves, steps up or declines; late disputes and a random sample become labels",
    [*heads, *flows, *decision, *outcomes, *learning],
)
