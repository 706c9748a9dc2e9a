"""Draw how the tensors of a residual network shrink in space and grow in channels."""

from math import sqrt

from svg import (
    INK,
    MUTED,
    PALE_BLUE,
    PALE_GREEN,
    PALE_ORANGE,
    area,
    arrow,
    line,
    rect,
    save,
    text,
)

TIMES = "\N{MULTIPLICATION SIGN}"

# Side, channels, what produced it, and the fill of its front.
TENSORS = [
    (224, 3, ["image"], PALE_ORANGE),
    (112, 64, [f"7{TIMES}7 conv", "stride 2"], PALE_BLUE),
    (56, 64, ["max pool,", "stage 1"], PALE_BLUE),
    (28, 128, ["stage 2", "stride 2"], PALE_BLUE),
    (14, 256, ["stage 3", "stride 2"], PALE_BLUE),
    (7, 512, ["stage 4", "stride 2"], PALE_BLUE),
    (1, 512, ["average", "of each map"], PALE_GREEN),
    (1, 1000, ["linear"], PALE_GREEN),
]
ROW, COLUMN = 4, 110
HEIGHTS = ((116, 214), (392, 448))  # of the middle and of the labels, for both rows


def cuboid(x: float, y: float, side: float, depth: float, fill: str) -> str:
    """Return a box whose left face is the picture plane, seen from the side."""
    slant = side * 0.3
    top, bottom = y - side / 2, y + side / 2
    roof = [(x, top), (x + slant, top - slant)]
    roof += [(x + depth + slant, top - slant), (x + depth, top)]
    end = [(x + depth, top), (x + depth + slant, top - slant)]
    end += [(x + depth + slant, bottom - slant), (x + depth, bottom)]
    return (
        rect(x, top, depth, side, fill)
        + area(roof, fill)
        + line([*roof, roof[0]], INK, 1.5)
        + area(end, fill)
        + line([*end, end[0]], INK, 1.5)
    )


parts, end = [], 0.0
for number, (size, channels, words, fill) in enumerate(TENSORS):
    side = max(9 * sqrt(size), 12)
    depth = 3 + 1.4 * sqrt(channels)
    middle = 60 + COLUMN * (number % ROW)
    y, below = HEIGHTS[number // ROW]
    x = middle - (depth + side * 0.3) / 2
    if number == ROW:  # around the labels, to the row below
        start, between = HEIGHTS[0][0], 312
        turns = [(438, start), (438, between), (14, between), (14, y)]
        parts.append(arrow([(end + 6, start), *turns, (x - 6, y)]))
    elif number:
        parts.append(arrow([(end + 6, y), (x - 6, y)]))
    parts.append(cuboid(x, y, side, depth, fill))
    end = x + depth + side * 0.3
    shape = [f"{size}{TIMES}{size}", f"{TIMES}{channels}"]
    for row, label in enumerate(shape if size > 1 else [f"{channels:,}"]):
        parts.append(text(middle, below + 18 * row, label, 15, INK, "middle", "bold"))
    for row, label in enumerate(words):
        parts.append(text(middle, below + 46 + 18 * row, label, 14, MUTED, "middle"))

save(
    "cnn-shapes",
    450,
    530,
    "Tensors of a residual network, from a 224 by 224 image with 3 channels to maps of "
    "7 by 7 with 512 channels, one average per map and 1,000 class scores",
    parts,
)
