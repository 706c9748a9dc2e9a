"""Draw the funnel of a search request, with counts and times."""

from svg import (
    BLUE,
    INK,
    MUTED,
    PALE,
    PALE_BLUE,
    PALE_GREEN,
    PALE_ORANGE,
    area,
    arrow,
    line,
    save,
    text,
)

STAGES = (
    ("2 billion items", "query understanding", "20 ms", PALE, 376, 320),
    ("1,000 candidates", "keywords + vectors", "40 ms", PALE_BLUE, 320, 270),
    ("50 items", "boosted trees, LambdaRank", "25 ms", PALE_ORANGE, 270, 220),
    ("20 on the page", "cross-encoder, then mix", "55 ms", PALE_GREEN, 220, 180),
)

parts = [text(24, 26, "Each stage sees fewer items", 16, INK, weight="bold")]
for row, (count, how, time, fill, wide, narrow) in enumerate(STAGES):
    y, middle = 42 + 74 * row, 200
    corners = [
        (middle - wide / 2, y),
        (middle + wide / 2, y),
        (middle + narrow / 2, y + 62),
        (middle - narrow / 2, y + 62),
    ]
    parts += [
        area(corners, fill),
        line([*corners, corners[0]], INK, 1.5),
        text(middle, y + 27, count, 16, INK, "middle", "bold"),
        text(middle, y + 47, how, 14, INK, "middle"),
        text(440, y + 37, time, 15, BLUE, "end", "bold"),
    ]
parts += [
    arrow([(24, 330), (24, 226)], MUTED, 1.5, "7 5"),
    text(24, 352, "clicks return with position and propensity", 14, MUTED),
]
save(
    "search-ranking",
    450,
    366,
    "A funnel: 2 billion items, 1,000 candidates by keywords and vectors, 50 items by "
    "boosted trees, 20 on the page after a cross-encoder",
    parts,
)
