"""Draw six scored boxes before and after suppression for each class."""

from svg import (
    BLUE,
    DASHED,
    GRID,
    INK,
    MUTED,
    ORANGE,
    PALE,
    line,
    rect,
    save,
    text,
)

Box = tuple[float, float, float, float]

BOXES: list[Box] = [
    (20, 20, 90, 150),
    (28, 26, 98, 158),
    (12, 34, 82, 160),
    (120, 30, 185, 150),
    (112, 22, 178, 146),
    (24, 50, 96, 158),
]
SCORES = [0.9, 0.8, 0.6, 0.85, 0.7, 0.75]
BIKE = [False, False, False, False, False, True]
LABELS = [(93, 16), (101, 174), (10, 176), (186, 164), (110, 17), (64, 108)]
ENDS = ["end", "end", "start", "end", "start", "middle"]


def iou(a: Box, b: Box) -> float:
    """Return intersection over union."""
    width = max(min(a[2], b[2]) - max(a[0], b[0]), 0)
    height = max(min(a[3], b[3]) - max(a[1], b[1]), 0)
    both = width * height
    areas = [(box[2] - box[0]) * (box[3] - box[1]) for box in (a, b)]
    return both / (sum(areas) - both)


kept: list[int] = []
for i in sorted(range(6), key=lambda i: -SCORES[i]):
    if all(BIKE[i] != BIKE[j] or iou(BOXES[i], BOXES[j]) <= 0.5 for j in kept):
        kept.append(i)


def outline(box: Box, left: float, top: float) -> list[tuple[float, float]]:
    """Return the closed outline of a box."""
    x1, y1, x2, y2 = box
    corners = [(x1, y1), (x2, y1), (x2, y2), (x1, y2), (x1, y1)]
    return [(left + x, top + y) for x, y in corners]


parts = []
for left, title in ((16, "six boxes"), (242, "kept, threshold 0.5")):
    top = 40
    parts += [
        rect(left, top, 206, 186, PALE, GRID),
        text(left + 103, 26, title, 16, INK, "middle", "bold"),
    ]
    for i, box in enumerate(BOXES):
        if left > 100 and i not in kept:
            continue
        color, dash = (ORANGE, DASHED) if BIKE[i] else (BLUE, "")
        parts.append(line(outline(box, left + 4, top + 4), color, 2.5, dash))
        x, y = LABELS[i]
        label = f"{SCORES[i]:g}"
        parts.append(text(left + 4 + x, top + 4 + y, label, 15, color, ENDS[i], "bold"))
parts += [
    line([(60, 246), (92, 246)], BLUE, 2.5),
    text(100, 251, "person", 15, INK),
    line([(242, 246), (274, 246)], ORANGE, 2.5, DASHED),
    text(282, 251, "bicycle", 15, INK),
    text(16, 278, "The bicycle overlaps the best person by 0.64 and stays:", 15, MUTED),
    text(16, 297, "boxes of other classes do not compete.", 15, MUTED),
]
save(
    "code-iou-and-nms",
    464,
    310,
    "Five person boxes and one bicycle box; suppression at 0.5 keeps the best person of "
    "each of two groups, and the bicycle",
    parts,
)
