"""Draw the components of a travel-time service and how data flow between them."""

from svg import (
    DASHED,
    MUTED,
    PALE_BLUE,
    PALE_GREEN,
    PALE_ORANGE,
    arrow,
    box,
    save,
    text,
)

WIDTH, HEIGHT = 720, 500

stores = [
    box(20, 40, 200, 64, ["Probe traces", "positions, consented"], PALE_BLUE),
    box(20, 128, 200, 64, ["Map matching", "trace to segments"], PALE_BLUE),
    box(20, 216, 200, 64, ["Live times", "stream, 1-2 minutes"], PALE_BLUE),
    box(20, 304, 200, 64, ["History", "segment, time of week"], PALE_BLUE),
    box(20, 412, 200, 64, ["Training", "forward in time"], PALE_ORANGE),
]
request = [
    box(500, 40, 200, 64, ["Request", "from, to, departure"], PALE_GREEN),
    box(500, 128, 200, 64, ["Routing", "time-dependent costs"], PALE_GREEN),
    box(500, 216, 200, 64, ["Sum of segments", "at the time of entry"], PALE_GREEN),
    box(500, 304, 200, 64, ["Route correction", "learned residual"], PALE_GREEN),
    box(500, 412, 200, 64, ["Answer", "median and 90th percentile"], PALE_GREEN),
]
weights = box(270, 260, 180, 64, ["Segment times", "live, then history"])
flows = [
    arrow([(120, 104), (120, 128)]),
    arrow([(120, 192), (120, 216)]),
    arrow([(20, 160), (8, 160), (8, 336), (20, 336)]),
    arrow([(220, 248), (270, 280)]),
    arrow([(220, 336), (270, 304)]),
    arrow([(475, 292), (475, 160), (500, 160)]),
    arrow([(450, 292), (475, 292), (475, 248), (500, 248)]),
    arrow([(600, 104), (600, 128)]),
    arrow([(600, 192), (600, 216)]),
    arrow([(600, 280), (600, 304)]),
    arrow([(600, 368), (600, 412)]),
    arrow([(120, 368), (120, 412)]),
    arrow([(220, 432), (360, 432), (360, 336), (500, 336)]),
    arrow([(500, 460), (220, 460)], MUTED, dash=DASHED),
    text(370, 424, "model", 14, MUTED),
    text(360, 480, "finished trips: predicted and actual", 14, MUTED, "middle"),
]
heads = [
    text(120, 26, "Data and learning", 16, anchor="middle", weight="bold"),
    text(600, 26, "Serving a request", 16, anchor="middle", weight="bold"),
]
save(
    "eta-system",
    WIDTH,
    HEIGHT,
    "Travel-time system: traces feed live and historical segment times; a request is "
    "routed, summed over segments and corrected; finished trips return as labels",
    [*heads, *flows, *stores, *request, weights],
)
