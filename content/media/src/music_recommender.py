"""Draw the batch and the online half of a music recommender."""

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

online = [
    text(LEFT, 26, "Online", weight="bold"),
    box(LEFT, 40, SIDE, 52, ["App", "home, autoplay"], PALE),
    box(LEFT, 122, SIDE, 52, ["Session", "after each play"], PALE_GREEN),
    box(LEFT, 204, SIDE, 52, ["Retrieve", "several sources"], PALE_GREEN),
    box(LEFT, 286, SIDE, 52, ["Rank 300", "finish, skip, save"], PALE_GREEN),
    box(LEFT, 368, SIDE, 52, ["Re-rank", "artists, rights"], PALE_GREEN),
    *[arrow([(one, y), (one, y + 30)], INK, 3) for y in (92, 174, 256, 338)],
    line([(LEFT, 394), (12, 394), (12, 66)], INK, 3),
    arrow([(12, 66), (LEFT, 66)], INK, 3),
    box(LEFT, 450, SIDE, 52, ["Cache", "fallback"], PALE_GREEN),
    arrow([(one, 450), (one, 420)]),
]
batch = [
    text(RIGHT, 26, "Events and batch", weight="bold"),
    box(RIGHT, 40, SIDE, 52, ["Play events", "145 k/s"], PALE_BLUE),
    box(RIGHT, 122, SIDE, 44, ["Features, weak labels"], PALE_BLUE),
    box(
        RIGHT,
        196,
        SIDE,
        68,
        ["Two towers, index", "plays, audio, text;", "one version"],
        PALE_ORANGE,
    ),
    box(RIGHT, 286, SIDE, 52, ["Ranker", "several tasks"], PALE_ORANGE),
    box(RIGHT, 450, SIDE, 52, ["Weekly list", "computed ahead"], PALE_ORANGE),
    arrow([(LEFT + SIDE, 66), (RIGHT, 66)]),
    arrow([(two, 92), (two, 122)]),
    arrow([(RIGHT, 144), (LEFT + SIDE, 144)]),
    arrow([(two, 166), (two, 196)]),
    line([(RIGHT + SIDE, 144), (444, 144), (444, 312)]),
    arrow([(444, 312), (RIGHT + SIDE, 312)]),
    arrow([(RIGHT, 230), (LEFT + SIDE, 230)], MUTED, dash=DASHED),
    arrow([(RIGHT, 312), (LEFT + SIDE, 312)], MUTED, dash=DASHED),
    arrow([(two, 338), (two, 450)]),
    arrow([(RIGHT, 476), (LEFT + SIDE, 476)]),
    text(
        LEFT, 526, "Dashed: released from batch, tower and index together.", 14, MUTED
    ),
]
save(
    "music-recommender",
    450,
    540,
    "Music recommender: online, a session vector retrieves and ranks tracks; in batch, "
    "towers, index and ranker are trained and weekly playlists computed",
    [*online, *batch],
)
