"""Draw the lifecycle of a machine learning application as a loop."""

from svg import (
    DASHED,
    INK,
    MUTED,
    PALE_BLUE,
    PALE_GREEN,
    PALE_ORANGE,
    arrow,
    box,
    save,
    text,
)

LEFT, RIGHT, SIDE = 30, 256, 170
over, under = LEFT + SIDE / 2, RIGHT + SIDE / 2

steps = [
    box(LEFT, 12, SIDE, 56, ["Frame", "decision, metric"], PALE_BLUE),
    box(LEFT, 112, SIDE, 56, ["Data", "version, lineage"], PALE_BLUE),
    box(LEFT, 212, SIDE, 56, ["Baseline, model", "tracked run"], PALE_ORANGE),
    box(LEFT, 312, SIDE, 56, ["Evaluation", "later data, slices"], PALE_ORANGE),
    box(RIGHT, 312, SIDE, 56, ["Release", "shadow to test"], PALE_GREEN),
    box(RIGHT, 212, SIDE, 56, ["Monitor", "alerts, owners"], PALE_GREEN),
    box(RIGHT, 112, SIDE, 56, ["Retrain or retire", "same gates"], PALE_ORANGE),
]
flows = [
    *[arrow([(over, y), (over, y + 44)], INK, 3) for y in (68, 168, 268)],
    arrow([(200, 340), (RIGHT, 340)], INK, 3),
    *[arrow([(under, y), (under, y - 44)], INK, 3) for y in (312, 212)],
    arrow([(RIGHT, 140), (200, 140)], INK, 3),
    text(228, 132, "new", 14, MUTED, "middle"),
    text(228, 158, "data", 14, MUTED, "middle"),
    arrow(
        [(under, 368), (under, 390), (14, 390), (14, 140), (LEFT, 140)],
        MUTED,
        dash=DASHED,
    ),
    text(LEFT, 410, "feedback: the model shapes its own next data", 14, MUTED),
    arrow([(RIGHT + SIDE, 240), (440, 240), (440, 40), (200, 40)], MUTED, dash=DASHED),
    text(214, 32, "the question itself was wrong", 14, MUTED),
]
save(
    "ml-lifecycle",
    450,
    424,
    "Lifecycle of a machine learning application: a loop from framing through data, "
    "model, evaluation, release and monitoring to retraining, or to retirement",
    [*flows, *steps],
)
