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

UNITS, STEP, TOP, BOTTOM, LEFT, DOWN = 9, 38, 76, 206, 73, 296
SHOWN = 4  # the output whose connections stand out
KERNEL = {-1: (BLUE, ""), 0: (ORANGE, DASHED), 1: (GREEN, DOTTED)}


def units(down: float) -> list[str]:
    """Return the nine outputs above the nine inputs."""
    xs = [LEFT + STEP * place for place in range(UNITS)]
    return [dot(x, y + down, INK, 8) for y in (TOP, BOTTOM) for x in xs]


def ends(down: float, source: int, target: int) -> list[tuple[float, float]]:
    """Return the two ends of the line from an input to an output."""
    return [(LEFT + STEP * source, BOTTOM + down), (LEFT + STEP * target, TOP + down)]


LAST = UNITS - 1
WIDE = STEP * LAST
dense = [
    line(ends(0, source, target), GRID, 1.2)
    for source in range(UNITS)
    for target in range(UNITS)
    if target != SHOWN
]
dense += [line(ends(0, source, SHOWN), BLUE) for source in range(UNITS)]
shared = [
    line(ends(DOWN, target + offset, target), color, 2.5, dash)
    for target in range(UNITS)
    for offset, (color, dash) in KERNEL.items()
    if 0 <= target + offset <= LAST
]
words = []
middle = LEFT + WIDE / 2
for down, head, below, note in (
    (0, "fully connected", "81 different weights", "each output sees all inputs"),
    (DOWN, "convolutional", "3 weights, used everywhere", "each output sees a window"),
):
    words += [
        text(middle, down + 30, head, 18, anchor="middle", weight="bold"),
        text(middle, down + TOP - 18, "outputs", 14, MUTED, "middle"),
        text(middle, down + BOTTOM + 26, "inputs", 14, MUTED, "middle"),
        text(middle, down + BOTTOM + 52, below, 16, anchor="middle", weight="bold"),
        text(middle, down + BOTTOM + 74, note, 15, MUTED, "middle"),
    ]

save(
    "dense-and-convolution",
    450,
    596,
    "A fully connected layer joins every output to all nine inputs; a convolution "
    "joins each output to three neighbors with the same three weights",
    [*dense, *shared, *units(0), *units(DOWN), *words],
)
