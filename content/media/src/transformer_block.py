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

LEFT, WIDE, SIDE = 42, 166, 24
CENTER = LEFT + WIDE / 2
RIGHT = 240


def plus(y: float) -> str:
    """Return the sign where a sub-layer's output is added to its input."""
    ring = {"fill": PALE, "stroke": INK, "stroke_width": 1.5}
    return (
        element("circle", cx=CENTER, cy=y, r=11, **ring)
        + line([(CENTER - 6, y), (CENTER + 6, y)], INK, 2)
        + line([(CENTER, y - 6), (CENTER, y + 6)], INK, 2)
    )


def bypass(start: float, end: float) -> str:
    """Return the residual path around one sub-layer."""
    bend = [(CENTER, start), (SIDE, start), (SIDE, end), (CENTER - 11, end)]
    return arrow(bend)


frame = element(
    "rect",
    x=10,
    y=94,
    width=208,
    height=324,
    rx=8,
    fill="none",
    stroke=MUTED,
    stroke_width=1.5,
    stroke_dasharray=DASHED,
)
block = [
    text(CENTER, 26, "decoder", 16, anchor="middle", weight="bold"),
    frame,
    text(214, 112, "N times", 14, MUTED, "end"),
    box(LEFT, 40, WIDE, 36, ["tokens, positions"], PALE),
    arrow([(CENTER, 76), (CENTER, 130)]),
    box(LEFT, 130, WIDE, 28, ["norm"], PALE_GREEN),
    arrow([(CENTER, 158), (CENTER, 176)]),
    box(LEFT, 176, WIDE, 48, ["attention, h heads", "between tokens"], PALE_ORANGE),
    line([(CENTER, 224), (CENTER, 233)]),
    arrow([(CENTER, 255), (CENTER, 288)]),
    box(LEFT, 288, WIDE, 28, ["norm"], PALE_GREEN),
    arrow([(CENTER, 316), (CENTER, 332)]),
    box(LEFT, 332, WIDE, 48, ["MLP", "each token by itself"], PALE_BLUE),
    line([(CENTER, 380), (CENTER, 387)]),
    bypass(112, 244),
    bypass(270, 398),
    plus(244),
    plus(398),
    arrow([(CENTER, 409), (CENTER, 438)]),
    box(LEFT, 438, WIDE, 50, ["norm, linear", "softmax: next token"], PALE),
]
head = [
    text(RIGHT + 100, 26, "one attention head", 16, anchor="middle", weight="bold"),
    box(RIGHT, 62, 60, 50, ["Q", "queries"], PALE_ORANGE),
    box(RIGHT + 69, 62, 60, 50, ["K", "keys"], PALE_ORANGE),
    box(RIGHT + 138, 62, 60, 50, ["V", "values"], PALE_ORANGE),
    arrow([(RIGHT + 30, 112), (RIGHT + 30, 160)]),
    arrow([(RIGHT + 99, 112), (RIGHT + 99, 160)]),
    box(RIGHT, 160, 129, 50, ["scores", "q · k over root d"], PALE_BLUE),
    arrow([(RIGHT + 64, 210), (RIGHT + 64, 244)]),
    box(RIGHT, 244, 129, 50, ["mask", "hide later tokens"], PALE_BLUE),
    arrow([(RIGHT + 64, 294), (RIGHT + 64, 328)]),
    box(RIGHT, 328, 129, 50, ["softmax", "over keys, n by n"], PALE_BLUE),
    arrow([(RIGHT + 64, 378), (RIGHT + 64, 438)]),
    arrow([(RIGHT + 168, 112), (RIGHT + 168, 438)]),
    box(
        RIGHT,
        438,
        198,
        50,
        ["weights times values", "one vector per query"],
        PALE_GREEN,
    ),
]
save(
    "transformer-block",
    450,
    502,
    "A transformer block: norm and attention, then norm and MLP, each with a residual "
    "path; one head turns queries, keys and values into weighted averages of values",
    [*block, *head],
)
