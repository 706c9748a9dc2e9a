"""Draw the batch and the online half of a music recommender."""

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

WIDTH, HEIGHT = 720, 352

online = [
    box(10, 50, 120, 60, ["App", "home, autoplay"]),
    box(155, 50, 120, 60, ["Session", "after each play"], PALE_GREEN),
    box(300, 50, 120, 60, ["Retrieve", "several sources"], PALE_GREEN),
    box(445, 50, 120, 60, ["Rank 300", "finish, skip, save"], PALE_GREEN),
    box(590, 50, 120, 60, ["Re-rank", "artists, rights"], PALE_GREEN),
    box(590, 148, 120, 60, ["Cache", "fallback"], PALE_GREEN),
]
shared = [
    box(10, 148, 120, 60, ["Play events", "145 k/s"], PALE_BLUE),
    box(155, 148, 120, 60, ["Features", "history, context"], PALE_BLUE),
]
batch = [
    box(10, 250, 120, 60, ["Weak labels", "by surface"], PALE_ORANGE),
    box(155, 250, 120, 60, ["Two towers", "plays, audio, text"], PALE_ORANGE),
    box(300, 250, 120, 60, ["Track index", "one version"], PALE_ORANGE),
    box(445, 250, 120, 60, ["Ranker", "several tasks"], PALE_ORANGE),
    box(590, 250, 120, 60, ["Weekly list", "computed ahead"], PALE_ORANGE),
]
flows = [
    *(arrow([(x, 80), (x + 25, 80)]) for x in (130, 275, 420, 565)),
    arrow([(650, 50), (650, 24), (70, 24), (70, 50)]),
    arrow([(70, 110), (70, 148)]),
    arrow([(130, 178), (155, 178)]),
    arrow([(215, 148), (215, 110)]),
    arrow([(70, 208), (70, 250)]),
    arrow([(130, 280), (155, 280)]),
    arrow([(275, 280), (300, 280)]),
    arrow([(360, 250), (360, 110)], MUTED, dash=DASHED),
    arrow([(505, 250), (505, 110)], MUTED, dash=DASHED),
    arrow([(70, 310), (70, 334), (505, 334), (505, 310)]),
    arrow([(565, 280), (590, 280)]),
    arrow([(650, 250), (650, 208)]),
    arrow([(650, 148), (650, 110)]),
]
heads = [
    text(360, 18, "Online", anchor="middle", weight="bold"),
    text(215, 240, "Batch", anchor="middle", weight="bold"),
]
save(
    "music-recommender",
    WIDTH,
    HEIGHT,
    "Music recommender: online, a session vector retrieves and ranks tracks; in batch, "
    "towers, index and ranker are trained and weekly playlists computed",
    [*heads, *flows, *online, *shared, *batch],
)
