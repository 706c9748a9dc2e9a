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

NOW, END, AXIS = 380, 640, 200
past = ((90, "sign-up"), (200, "visits"), (310, "support call"))
future = ((450, "cancellation form"), (555, "refund"))

parts = [
    rect(50, 70, NOW - 50, 180, PALE_BLUE, stroke=""),
    rect(NOW, 70, END - NOW, 180, PALE_ORANGE, stroke=""),
    text(215, 100, "known: may become features", 16, BLUE, "middle", "bold"),
    text(510, 100, "not known yet: leaks", 16, ORANGE, "middle", "bold"),
    arrow([(50, AXIS), (700, AXIS)], INK),
    text(700, AXIS + 24, "time", 16, INK, "end"),
    line([(NOW, 56), (NOW, 270)], INK, 3),
    text(NOW, 40, "prediction is made", 16, INK, "middle", "bold"),
    line([(END, 56), (END, 270)], INK, 2, DASHED),
    text(END, 40, "label is fixed", 16, INK, "middle", "bold"),
]
for index, (x, name) in enumerate((*past, *future)):
    color = BLUE if x < NOW else ORANGE
    height = AXIS - (26 if index % 2 else 56)
    parts += [
        line([(x, AXIS), (x, height + 8)], MUTED, 1.5),
        dot(x, AXIS, color, 6),
        text(x, height, name, 15, INK, "middle"),
    ]
parts += [
    arrow([(NOW - 4, 290), (54, 290)], BLUE),
    text((50 + NOW) / 2, 312, "features look back", 15, BLUE, "middle"),
    arrow([(NOW + 4, 290), (END - 4, 290)], ORANGE),
    text((NOW + END) / 2, 312, "“churns within 30 days”", 15, ORANGE, "middle"),
]

save(
    "leakage-timeline",
    740,
    335,
    "Timeline of a churn prediction: events before the prediction may become features, "
    "events between prediction and label leak",
    parts,
)
