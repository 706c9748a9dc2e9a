"""Draw the connections of a fully connected and of a convolutional layer."""

from svg import (
    BLUE,
    DASHED,
    DOTTED,
    GREEN,
    GRID,
    INK,
    MUTED,
    ORANGE,
    dot,
    line,
    save,
    text,
)

UNITS, STEP, TOP, BOTTOM = 9, 34, 80, 220
SHOWN = 4  # the output whose connections stand out
KERNEL = {-1: (BLUE, ""), 0: (ORANGE, DASHED), 1: (GREEN, DOTTED)}


def units(left: float) -> list[str]:
    """Return the nine outputs above the nine inputs."""
    xs = [left + STEP * place for place in range(UNITS)]
    return [dot(x, y, INK, 8) for y in (TOP, BOTTOM) for x in xs]


def ends(left: float, source: int, target: int) -> list[tuple[float, float]]:
    """Return the two ends of the line from an input to an output."""
    return [(left + STEP * source, BOTTOM), (left + STEP * target, TOP)]


LEFT, RIGHT, LAST = 40, 420, UNITS - 1
WIDE = STEP * LAST
dense = [
    line(ends(LEFT, source, target), GRID, 1.2)
    for source in range(UNITS)
    for target in range(UNITS)
    if target != SHOWN
]
dense += [line(ends(LEFT, source, SHOWN), BLUE) for source in range(UNITS)]
shared = [
    line(ends(RIGHT, target + offset, target), color, 2.5, dash)
    for target in range(UNITS)
    for offset, (color, dash) in KERNEL.items()
    if 0 <= target + offset <= LAST
]
words = []
for left, head, below, note in (
    (LEFT, "fully connected", "81 different weights", "each output sees all inputs"),
    (RIGHT, "convolutional", "3 weights, used everywhere", "each output sees a window"),
):
    middle = left + WIDE / 2
    words += [
        text(middle, 32, head, 18, anchor="middle", weight="bold"),
        text(middle, TOP - 22, "outputs", 14, MUTED, "middle"),
        text(middle, BOTTOM + 28, "inputs", 14, MUTED, "middle"),
        text(middle, BOTTOM + 60, below, 16, anchor="middle", weight="bold"),
        text(middle, BOTTOM + 82, note, 15, MUTED, "middle"),
    ]

save(
    "dense-and-convolution",
    730,
    320,
    "A fully connected layer joins every output to all nine inputs; a convolution "
    "joins each output to three neighbors with the same three weights",
    [*dense, *shared, *units(LEFT), *units(RIGHT), *words],
)
