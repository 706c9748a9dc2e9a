"""Draw 16 GPUs in two nodes: tensor parallel along the row, data along the column."""

from svg import (
    BLUE,
    GROUND,
    INK,
    MUTED,
    ORANGE,
    PALE,
    PALE_BLUE,
    PALE_ORANGE,
    arrow,
    line,
    rect,
    save,
    text,
)

LEFT, SIDE, GAP = 22, 42, 10
TOPS = (74, 236)
parts = []
for node, top in enumerate(TOPS):
    parts += [
        rect(8, top - 34, 434, 92, PALE, radius=6),
        text(18, top - 14, f"node {node + 1}, part {'AB'[node]} of the batch", 14),
        text(432, top - 14, "450 GB/s", 14, BLUE, "end", "bold"),
        line([(LEFT, top + 21), (428, top + 21)], BLUE, 5),
    ]
    for i in range(8):
        x = LEFT + i * (SIDE + GAP)
        fill = PALE_BLUE if node == 0 else PALE_ORANGE
        parts += [
            rect(x, top, SIDE, SIDE, fill, radius=4),
            text(x + SIDE / 2, top + 26, f"W{i + 1}", 15, INK, "middle", "bold"),
        ]
for i in range(8):
    x = LEFT + i * (SIDE + GAP) + SIDE / 2
    parts += [
        arrow([(x, 167), (x, TOPS[0] + 60)], ORANGE, 2),
        arrow([(x, 167), (x, TOPS[1] - 37)], ORANGE, 2),
    ]
parts += [
    rect(78, 144, 294, 44, GROUND, ORANGE, radius=6),
    text(225, 163, "data parallel: gradients, once a step", 14, INK, "middle"),
    text(225, 181, "50 GB/s per GPU", 14, ORANGE, "middle", "bold"),
    text(
        225,
        24,
        "tensor parallel: 4 all-reduces a layer, in the row",
        15,
        BLUE,
        "middle",
    ),
    text(225, 318, "W1 to W8: eighths of every matrix", 14, MUTED, "middle"),
]
save(
    "distributed-training",
    450,
    330,
    "Two nodes of 8 GPUs: eighths of every matrix along the row on 450 GB/s links, "
    "copies of the model along the column on a 50 GB/s network",
    parts,
)
