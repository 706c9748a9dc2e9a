"""Draw the lifecycle of a machine learning application as a loop."""

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

WIDTH, HEIGHT = 720, 324

steps = [
    box(20, 50, 150, 60, ["Frame", "decision, metric"], PALE_BLUE),
    box(200, 50, 150, 60, ["Data", "version, lineage"], PALE_BLUE),
    box(380, 50, 150, 60, ["Baseline, model", "tracked run"], PALE_ORANGE),
    box(560, 50, 140, 60, ["Evaluation", "later data, slices"], PALE_ORANGE),
    box(560, 210, 140, 60, ["Release", "shadow to test"], PALE_GREEN),
    box(380, 210, 150, 60, ["Monitor", "alerts, owners"], PALE_GREEN),
    box(
        20,
        210,
        330,
        60,
        ["Retrain or retire", "same gates; archive, notify"],
        PALE_ORANGE,
    ),
]
flows = [
    arrow([(170, 80), (200, 80)]),
    arrow([(350, 80), (380, 80)]),
    arrow([(530, 80), (560, 80)]),
    arrow([(630, 110), (630, 210)]),
    arrow([(560, 240), (530, 240)]),
    arrow([(380, 240), (350, 240)]),
    arrow([(275, 210), (275, 110)]),
    text(265, 166, "new data", 14, MUTED, "end"),
    arrow([(600, 210), (600, 160), (325, 160), (325, 110)], MUTED, dash=DASHED),
    text(335, 152, "feedback: the model shapes its data", 14, MUTED),
    arrow([(455, 270), (455, 300), (8, 300), (8, 80), (20, 80)], MUTED, dash=DASHED),
    text(185, 294, "the question itself was wrong", 14, MUTED),
]
save(
    "ml-lifecycle",
    WIDTH,
    HEIGHT,
    "Lifecycle of a machine learning application: a loop from framing through data, "
    "model, evaluation, release and monitoring to retraining, or to retirement",
    [*flows, *steps],
)
