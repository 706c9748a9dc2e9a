"""Draw the redundant path of a fraud decision and its ladder of fallbacks."""

from svg import (
    DASHED,
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

WIDTH, HEIGHT = 720, 424

zones = []
for row, name in enumerate(("Zone 1", "Zone 2", "Zone 3")):
    y = 44 + 72 * row
    zones += [
        box(190, y, 130, 56, [name, "5,000/s each"], PALE_GREEN),
        arrow([(150, 144), (170, 144), (170, y + 28), (190, y + 28)]),
        arrow([(320, y + 28), (340, y + 28), (340, 144), (360, 144)]),
    ]
path = [
    box(20, 112, 130, 64, ["Balancer", "scores a canary"], PALE_GREEN),
    box(360, 112, 120, 64, ["Decision", "idempotent key"], PALE_GREEN),
    box(20, 300, 130, 56, ["Stream", "counters, replicas"], PALE_BLUE),
    box(190, 300, 130, 56, ["Feature store", "three replicas"], PALE_BLUE),
    box(360, 300, 120, 56, ["Durable log", "replay"], PALE_BLUE),
    arrow([(255, 300), (255, 244)]),
    arrow([(150, 328), (190, 328)]),
    arrow([(420, 176), (420, 300)]),
    arrow([(420, 356), (420, 384), (85, 384), (85, 356)]),
    text(255, 378, "events", 14, MUTED, "middle"),
]
ladder = []
steps = [
    ("Full model", "all features", PALE_GREEN),
    ("No slow features", "trained for missing", PALE_GREEN),
    ("Small local model", "request fields only", PALE_ORANGE),
    ("Rules", "lists and limits", PALE_ORANGE),
    ("Policy by amount", "small pass, large hold", PALE),
]
for row, (name, detail, fill) in enumerate(steps):
    y = 44 + 74 * row
    ladder.append(box(530, y, 180, 54, [name, detail], fill))
    if row:
        ladder.append(arrow([(620, y - 20), (620, y)], MUTED, dash=DASHED))
heads = [
    text(20, 28, "Any zone may fail at the peak", weight="bold"),
    text(530, 28, "Degrade, do not stop", weight="bold"),
]
save(
    "fraud-availability",
    WIDTH,
    HEIGHT,
    "Available fraud decisions: three zones behind a balancer, replicated counters, a "
    "durable log, and a ladder of fallbacks from the full model to a policy by amount",
    [*heads, *zones, *path, *ladder],
)
