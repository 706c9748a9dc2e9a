"""Draw the redundant path of a fraud decision and its ladder of fallbacks."""

from svg import (
    BLUE,
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
    rect,
    save,
    text,
)

parts = [
    text(12, 26, "Any zone may fail at the peak", 16, weight="bold"),
    box(12, 40, 205, 52, ["Balancer", "sends test payments"], PALE_GREEN),
    box(233, 40, 205, 52, ["Feature store", "three replicas"], PALE_BLUE),
    box(12, 232, 426, 52, ["Decision", "idempotent key"], PALE_GREEN),
    line([(114, 92), (114, 108)], INK, 3),
    line([(45, 108), (341, 108)], INK, 3),
    line([(336, 92), (336, 122)], BLUE, 2),
    line([(110, 122), (406, 122)], BLUE, 2),
]
for column in range(3):
    x = 12 + 148 * column
    parts += [
        box(x, 146, 130, 56, [f"Zone {column + 1}", "5,000/s each"], PALE_GREEN),
        arrow([(x + 33, 108), (x + 33, 146)], INK, 3),
        arrow([(x + 98, 122), (x + 98, 146)], BLUE),
        arrow([(x + 65, 202), (x + 65, 232)], INK, 3),
    ]
parts += [
    box(12, 316, 205, 52, ["Durable log", "replay"], PALE_BLUE),
    box(233, 316, 205, 52, ["Stream", "counters, replicas"], PALE_BLUE),
    arrow([(114, 284), (114, 316)]),
    arrow([(217, 342), (233, 342)]),
    arrow([(438, 342), (446, 342), (446, 66), (438, 66)], BLUE),
    text(12, 404, "Degrade, do not stop", 16, weight="bold"),
]
STEPS = [
    ("Full model", "all features", PALE_GREEN),
    ("No slow features", "trained for missing ones", PALE_GREEN),
    ("Small local model", "request fields only", PALE_ORANGE),
    ("Rules", "lists and limits", PALE_ORANGE),
    ("Policy by amount", "small pass, large hold", PALE),
]
for row, (name, detail, fill) in enumerate(STEPS):
    y = 416 + 48 * row
    parts += [
        rect(12, y, 426, 34, fill, radius=6),
        text(24, y + 23, name, 16, weight="bold"),
        text(426, y + 23, detail, 14, INK, "end"),
    ]
    if row:
        parts.append(arrow([(225, y - 14), (225, y)], MUTED, dash=DASHED))
save(
    "fraud-availability",
    450,
    656,
    "Available fraud decisions: three zones behind a balancer, each fed by a replicated "
    "store, a durable log, and a ladder of fallbacks down to a policy by amount",
    parts,
)
