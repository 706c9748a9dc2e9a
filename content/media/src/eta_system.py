"""Draw the components of a travel-time service and how data flow between them."""

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
    line,
    save,
    text,
)

LEFT, RIGHT, SIDE = 26, 248, 182
one, two = LEFT + SIDE / 2, RIGHT + SIDE / 2

stores = [
    text(LEFT, 26, "Data and learning", weight="bold"),
    box(LEFT, 40, SIDE, 52, ["Probe traces", "positions, consented"], PALE_BLUE),
    box(LEFT, 122, SIDE, 52, ["Map matching", "trace to segments"], PALE_BLUE),
    box(LEFT, 204, SIDE, 52, ["Live times", "stream, 1-2 minutes"], PALE_BLUE),
    box(LEFT, 286, SIDE, 52, ["History", "segment, time of week"], PALE_BLUE),
    box(LEFT, 368, SIDE, 52, ["Training", "forward in time"], PALE_ORANGE),
]
request = [
    text(RIGHT, 26, "Serving a request", weight="bold"),
    box(RIGHT, 40, SIDE, 52, ["Request", "from, to, departure"], PALE),
    box(RIGHT, 122, SIDE, 52, ["Routing", "time-dependent costs"], PALE_GREEN),
    box(RIGHT, 204, SIDE, 52, ["Segment times", "live, then history"], PALE_GREEN),
    box(RIGHT, 286, SIDE, 52, ["Sum of segments", "at the time of entry"], PALE_GREEN),
    box(RIGHT, 368, SIDE, 52, ["Route correction", "learned residual"], PALE_GREEN),
    box(RIGHT, 450, SIDE, 52, ["Answer", "median and 90%"], PALE),
]
flows = [
    *[arrow([(one, y), (one, y + 30)]) for y in (92, 174, 338)],
    line([(LEFT, 148), (12, 148), (12, 312)]),
    arrow([(12, 312), (LEFT, 312)]),
    arrow([(LEFT + SIDE, 222), (RIGHT, 222)]),
    arrow([(LEFT + SIDE, 312), (232, 312), (232, 240), (RIGHT, 240)]),
    arrow([(two, 92), (two, 122)], INK, 3),
    arrow([(two, 204), (two, 174)]),
    arrow([(two, 256), (two, 286)]),
    line([(RIGHT + SIDE, 148), (444, 148), (444, 312)], INK, 3),
    arrow([(444, 312), (RIGHT + SIDE, 312)], INK, 3),
    arrow([(two, 338), (two, 368)], INK, 3),
    arrow([(two, 420), (two, 450)], INK, 3),
    arrow([(LEFT + SIDE, 394), (RIGHT, 394)]),
    arrow([(RIGHT, 476), (one, 476), (one, 420)], MUTED, dash=DASHED),
    text(LEFT, 500, "finished trips: predicted", 14, MUTED),
    text(LEFT, 519, "and actual", 14, MUTED),
]
save(
    "eta-system",
    450,
    532,
    "Travel-time system: traces feed live and historical segment times; a request is "
    "routed, summed over segments and corrected; finished trips return as labels",
    [*stores, *request, *flows],
)
