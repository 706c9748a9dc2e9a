"""Draw which events a feature may use, seen from the moment of prediction."""

from svg import (
    BLUE,
    DASHED,
    INK,
    MUTED,
    ORANGE,
    PALE_BLUE,
    PALE_ORANGE,
    arrow,
    dot,
    line,
    rect,
    save,
    text,
)

TOP, NOW, END, BOTTOM, AXIS = 40, 300, 490, 530, 60
past = ((110, "sign-up"), (170, "visits"), (230, "support call"))
future = ((380, "cancellation form"), (430, "refund"))

parts = [
    rect(20, TOP, 410, NOW - TOP, PALE_BLUE, stroke=""),
    rect(20, NOW, 410, END - NOW, PALE_ORANGE, stroke=""),
    text(100, TOP + 28, "known: may become features", 16, BLUE, weight="bold"),
    text(100, NOW + 50, "not known yet: leaks", 16, ORANGE, weight="bold"),
    arrow([(AXIS, TOP), (AXIS, BOTTOM)], INK),
    text(AXIS + 14, BOTTOM - 4, "time", 16, INK),
    line([(20, NOW), (430, NOW)], INK, 3),
    text(100, NOW + 22, "prediction is made", 16, INK, weight="bold"),
    line([(20, END), (430, END)], INK, 2, DASHED),
    text(430, END + 24, "label is fixed", 16, INK, "end", "bold"),
]
for y, name in (*past, *future):
    color = BLUE if y < NOW else ORANGE
    parts += [
        line([(AXIS, y), (92, y)], MUTED, 1.5),
        dot(AXIS, y, color, 6),
        text(100, y + 5, name, 15, INK),
    ]
parts += [
    arrow([(390, NOW - 5), (390, TOP + 6)], BLUE),
    text(416, (TOP + NOW) / 2, "features look back", 15, BLUE, "middle", turn=-90),
    arrow([(390, NOW + 5), (390, END - 4)], ORANGE),
    text(
        416, (NOW + END) / 2, "“churns within 30 days”", 15, ORANGE, "middle", turn=-90
    ),
]

save(
    "leakage-timeline",
    450,
    544,
    "Timeline of a churn prediction: events before the prediction may become features, "
    "events between prediction and label leak",
    parts,
)
