"""Draw the funnel from all posts to one screen of a feed."""

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

WIDTH, HEIGHT = 720, 356

funnel = [
    box(20, 44, 150, 64, ["Hard filters", "privacy, blocks, seen"], PALE_GREEN),
    box(200, 44, 150, 64, ["Light ranker", "1,500 to 500"], PALE_GREEN),
    box(380, 44, 150, 64, ["Heavy ranker", "like, share, hide, …"], PALE_GREEN),
    box(560, 44, 140, 64, ["Weighted value", "hide is negative"], PALE_GREEN),
    box(560, 148, 140, 64, ["Re-rank", "diversity, integrity"], PALE_GREEN),
    box(560, 256, 140, 64, ["Screen", "recheck privacy"]),
]
sources = [
    box(20, 148, 150, 64, ["Candidates", "followed, similar"], PALE_BLUE),
    box(380, 148, 150, 64, ["Features", "83 GB/s at peak"], PALE_BLUE),
]
learning = [
    box(380, 256, 150, 64, ["Viewport log", "position, dwell"], PALE_BLUE),
    box(200, 256, 150, 64, ["Training", "several tasks"], PALE_ORANGE),
    box(20, 256, 150, 64, ["Experiments", "surveys, hold-outs"], PALE_ORANGE),
]
flows = [
    arrow([(95, 148), (95, 108)]),
    arrow([(170, 76), (200, 76)]),
    arrow([(350, 76), (380, 76)]),
    arrow([(530, 76), (560, 76)]),
    arrow([(455, 148), (455, 108)]),
    arrow([(630, 108), (630, 148)]),
    arrow([(630, 212), (630, 256)]),
    arrow([(560, 288), (530, 288)], MUTED, dash=DASHED),
    arrow([(380, 288), (350, 288)]),
    arrow([(275, 256), (275, 108)]),
    arrow([(275, 132), (410, 132), (410, 108)]),
    arrow([(200, 288), (170, 288)]),
    arrow([(95, 320), (95, 340), (710, 340), (710, 76), (700, 76)], dash=DASHED),
    text(180, 334, "weights", 14, MUTED),
]
heads = [
    text(20, 28, "From millions of posts to one screen, 200 ms", weight="bold"),
]
save(
    "feed-ranking",
    WIDTH,
    HEIGHT,
    "Feed ranking: hard filters, a light and a heavy ranker, a weighted value and a "
    "re-ranker make one screen; its log trains the rankers, experiments set the weights",
    [*heads, *flows, *funnel, *sources, *learning],
)
