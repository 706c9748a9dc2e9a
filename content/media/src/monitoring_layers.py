"""Draw the layers of monitoring by delay, and the order of the response."""

from svg import (
    MUTED,
    PALE,
    PALE_BLUE,
    PALE_GREEN,
    PALE_ORANGE,
    arrow,
    box,
    save,
    text,
)

WIDTH, HEIGHT = 720, 400

layers = [
    ("System", "latency, errors, fallback rate", "seconds", PALE_GREEN),
    ("Data", "freshness, nulls, schema, skew", "minutes", PALE_BLUE),
    ("Predictions", "score histogram, drift", "hours", PALE_BLUE),
    ("Performance", "labels, calibration, slices", "days to months", PALE_ORANGE),
    ("Outcome", "business goal, harm, abuse", "weeks", PALE_ORANGE),
]
steps = [
    ("Alert", "owner, severity, runbook", PALE),
    ("Triage", "data bug first", PALE),
    ("Stop the harm", "roll back or fall back", PALE_GREEN),
    ("Fix the cause", "upstream, then retrain", PALE_ORANGE),
    ("Post-mortem", "one new check", PALE),
]
parts = [
    text(20, 28, "What to watch, and how soon it shows", weight="bold"),
    text(500, 28, "What to do", weight="bold"),
]
for row, (name, watched, delay, fill) in enumerate(layers):
    y = 44 + 70 * row
    parts += [
        box(20, y, 260, 54, [name, watched], fill),
        text(292, y + 32, delay, 15, MUTED),
    ]
for row, (name, detail, fill) in enumerate(steps):
    y = 44 + 70 * row
    parts.append(box(500, y, 200, 54, [name, detail], fill))
    if row:
        parts.append(arrow([(600, y - 16), (600, y)]))
for row in range(5):
    y = 71 + 70 * row
    turn = [(430, 71)] if row else []
    parts.append(arrow([(400, y), (430, y), *turn, (500, 71)]))
save(
    "monitoring-layers",
    WIDTH,
    HEIGHT,
    "Monitoring layers from system through data, predictions and performance to "
    "outcome, each slower than the one above, all leading to one response",
    parts,
)
