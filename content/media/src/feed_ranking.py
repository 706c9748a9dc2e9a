"""Draw the funnel from all posts to one screen of a feed."""

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

LEFT, RIGHT, SIDE = 12, 240, 186
middle = LEFT + SIDE / 2

funnel = [
    box(LEFT, 40, SIDE, 52, ["Candidates", "followed, similar"], PALE_BLUE),
    box(LEFT, 118, SIDE, 52, ["Hard filters", "privacy, blocks, seen"], PALE_GREEN),
    box(LEFT, 196, SIDE, 52, ["Light ranker", "1,500 to 500"], PALE_GREEN),
    box(LEFT, 274, SIDE, 52, ["Heavy ranker", "like, share, hide, …"], PALE_GREEN),
    box(LEFT, 352, SIDE, 52, ["Weighted value", "hide is negative"], PALE_GREEN),
    box(LEFT, 430, SIDE, 52, ["Re-rank", "diversity, integrity"], PALE_GREEN),
    box(LEFT, 508, SIDE, 52, ["Screen", "recheck privacy"], PALE),
    *[
        arrow([(middle, y), (middle, y + 26)], INK, 3)
        for y in (92, 170, 248, 326, 404, 482)
    ],
]
learning = [
    box(RIGHT, 196, SIDE, 52, ["Training", "several tasks"], PALE_ORANGE),
    box(RIGHT, 274, SIDE, 52, ["Features", "104 M look-ups/s"], PALE_BLUE),
    box(RIGHT, 352, SIDE, 52, ["Experiments", "surveys, hold-outs"], PALE_ORANGE),
    box(RIGHT, 508, SIDE, 52, ["Viewport log", "position, dwell"], PALE_BLUE),
    arrow([(RIGHT, 214), (LEFT + SIDE, 214)]),
    arrow([(219, 214), (219, 290), (LEFT + SIDE, 290)]),
    arrow([(RIGHT, 308), (LEFT + SIDE, 308)]),
    arrow([(RIGHT, 378), (LEFT + SIDE, 378)], dash=DASHED),
    text(RIGHT + 4, 422, "set the weights", 14, MUTED),
    arrow([(LEFT + SIDE, 534), (RIGHT, 534)], MUTED, dash=DASHED),
    line([(RIGHT + SIDE, 534), (438, 534), (438, 222)]),
    arrow([(438, 378), (RIGHT + SIDE, 378)]),
    arrow([(438, 222), (RIGHT + SIDE, 222)]),
]
save(
    "feed-ranking",
    450,
    574,
    "Feed ranking: hard filters, a light and a heavy ranker, a weighted value and a "
    "re-ranker make one screen; its log trains the rankers, experiments set the weights",
    [
        text(LEFT, 26, "From millions of posts to one screen, 200 ms", weight="bold"),
        *funnel,
        *learning,
    ],
)
