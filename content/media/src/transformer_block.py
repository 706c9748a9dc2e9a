"""Draw a pre-norm transformer block and what one attention head computes."""

from svg import (
    DASHED,
    INK,
    MUTED,
    PALE,
    PALE_BLUE,
    PALE_GREEN,
    PALE_ORANGE,
    arrow,
    box,
    element,
    line,
    save,
    text,
)

CENTER, SIDE = 170, 48


def plus(y: float) -> str:
    """Return the sign where a sub-layer's output is added to its input."""
    ring = {"fill": PALE, "stroke": INK, "stroke_width": 1.5}
    return (
        element("circle", cx=CENTER, cy=y, r=12, **ring)
        + line([(CENTER - 6, y), (CENTER + 6, y)], INK, 2)
        + line([(CENTER, y - 6), (CENTER, y + 6)], INK, 2)
    )


def bypass(start: float, end: float) -> str:
    """Return the residual path around one sub-layer."""
    bend = [(CENTER, start), (SIDE, start), (SIDE, end), (CENTER - 12, end)]
    return arrow(bend)


frame = element(
    "rect",
    x=24,
    y=92,
    width=280,
    height=318,
    rx=8,
    fill="none",
    stroke=MUTED,
    stroke_width=1.5,
    stroke_dasharray=DASHED,
)
block = [
    text(CENTER, 26, "transformer (decoder)", 18, anchor="middle", weight="bold"),
    frame,
    text(312, 256, "N times", 15, MUTED),
    box(75, 42, 190, 36, ["tokens and positions"], PALE),
    arrow([(CENTER, 78), (CENTER, 124)]),
    box(75, 124, 190, 28, ["norm"], PALE_GREEN),
    arrow([(CENTER, 152), (CENTER, 170)]),
    box(75, 170, 190, 46, ["attention, h heads", "between tokens"], PALE_ORANGE),
    line([(CENTER, 216), (CENTER, 226)]),
    arrow([(CENTER, 250), (CENTER, 282)]),
    box(75, 282, 190, 28, ["norm"], PALE_GREEN),
    arrow([(CENTER, 310), (CENTER, 324)]),
    box(75, 324, 190, 46, ["MLP", "each token by itself"], PALE_BLUE),
    line([(CENTER, 370), (CENTER, 380)]),
    bypass(106, 238),
    bypass(264, 392),
    plus(238),
    plus(392),
    arrow([(CENTER, 404), (CENTER, 430)]),
    box(75, 430, 190, 46, ["norm, linear, softmax", "next token"], PALE),
]
head = [
    text(560, 26, "one attention head", 18, anchor="middle", weight="bold"),
    box(420, 60, 84, 50, ["Q", "queries"], PALE_ORANGE),
    box(518, 60, 84, 50, ["K", "keys"], PALE_ORANGE),
    box(616, 60, 84, 50, ["V", "values"], PALE_ORANGE),
    arrow([(462, 110), (462, 160)]),
    arrow([(560, 110), (560, 160)]),
    box(420, 160, 182, 50, ["scores", "dot products, over root d"], PALE_BLUE),
    arrow([(511, 210), (511, 240)]),
    box(420, 240, 182, 50, ["mask", "hide later tokens"], PALE_BLUE),
    arrow([(511, 290), (511, 320)]),
    box(420, 320, 182, 50, ["softmax over keys", "weights, n by n"], PALE_BLUE),
    arrow([(511, 370), (511, 426)]),
    arrow([(658, 110), (658, 426)]),
    box(
        420, 426, 280, 50, ["weights times values", "one vector per query"], PALE_GREEN
    ),
]
save(
    "transformer-block",
    730,
    496,
    "A transformer block: norm and attention, then norm and MLP, each with a residual "
    "path; one head turns queries, keys and values into weighted averages of values",
    [*block, *head],
)
