"""Draw the layers of monitoring by delay, and the order of the response."""

from svg import (
    INK,
    MUTED,
    PALE,
    PALE_BLUE,
    PALE_GREEN,
    PALE_ORANGE,
    arrow,
    box,
    rect,
    save,
    text,
)

LAYERS = [
    ("System", "latency, errors, fallback rate", "seconds", PALE_GREEN),
    ("Data", "freshness, nulls, schema, skew", "minutes", PALE_BLUE),
    ("Predictions", "score histogram, drift", "hours", PALE_BLUE),
    ("Performance", "labels, calibration, slices", "days to months", PALE_ORANGE),
    ("Outcome", "business goal, harm, abuse", "weeks to months", PALE_ORANGE),
]
STEPS = [
    ("Alert", "owner, severity, runbook", PALE),
    ("Triage", "data bug first", PALE),
    ("Stop the harm", "roll back or fall back", PALE_GREEN),
    ("Fix the cause", "upstream, then retrain", PALE_ORANGE),
    ("Post-mortem", "one new check", PALE),
]
parts = [
    text(12, 26, "What to watch, and how soon it shows", 16, weight="bold"),
    text(12, 384, "What to do", 16, weight="bold"),
]
for row, (name, watched, delay, fill) in enumerate(LAYERS):
    y = 40 + 62 * row
    parts += [
        box(12, y, 250, 50, [name, watched], fill),
        text(274, y + 30, delay, 15, MUTED),
        arrow([(392, y + 25), (420, y + 25), (420, 417), (400, 417)], INK, 1.5),
    ]
for row, (name, detail, fill) in enumerate(STEPS):
    y = 400 + 46 * row
    parts += [
        rect(12, y, 388, 34, fill, radius=6),
        text(24, y + 23, name, 16, weight="bold"),
        text(388, y + 23, detail, 14, INK, "end"),
    ]
    if row:
        parts.append(arrow([(206, y - 12), (206, y)]))
save(
    "monitoring-layers",
    450,
    634,
    "Monitoring layers from system through data, predictions and performance to "
    "outcome, from seconds to months, all leading to one response",
    parts,
)
