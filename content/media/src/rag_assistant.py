"""Draw the flow of a question over company documents with its two rights checks."""

from svg import (
    INK,
    MUTED,
    ORANGE,
    PALE,
    PALE_BLUE,
    PALE_GREEN,
    PALE_ORANGE,
    arrow,
    box,
    element,
    save,
    text,
)

LEFT, RIGHT, WIDTH = 12, 236, 202
middle = RIGHT + WIDTH / 2


def mark(x: float, y: float, number: str) -> str:
    ring = element("circle", cx=x, cy=y, r=12, fill=ORANGE)
    return ring + text(x, y + 6, number, 16, "#ffffff", "middle", "bold")


parts = [
    box(LEFT, 12, 170, 80, ["Connectors", "text, rights,", "deletions"], PALE_BLUE),
    box(LEFT, 124, 170, 80, ["Index", "50 M chunks:", "keywords, vectors"], PALE_BLUE),
    box(LEFT, 238, 170, 80, ["Rights", "source of truth,", "groups expanded"], PALE_ORANGE),
    box(RIGHT, 12, WIDTH, 56, ["Question", "with the user's identity"], PALE),
    box(RIGHT, 124, WIDTH, 80, ["Search", "rights filter inside,", "two rankings fused"], PALE_GREEN),
    box(RIGHT, 232, WIDTH, 56, ["Rerank", "50 chunks to 8: 61 ms"], PALE_GREEN),
    box(RIGHT, 316, WIDTH, 56, ["Check again", "8 chunks, live rights"], PALE_ORANGE),
    box(RIGHT, 400, WIDTH, 56, ["Answer", "citations or “not found”"], PALE_GREEN),
    arrow([(97, 92), (97, 124)]),
    text(107, 113, "parse, chunk", 14, MUTED),
    arrow([(182, 150), (RIGHT, 150)]),
    arrow([(middle, 68), (middle, 124)]),
    text(middle + 10, 101, "11.6/s peak", 14, INK),
    arrow([(middle, 204), (middle, 232)]),
    arrow([(middle, 288), (middle, 316)]),
    arrow([(middle, 372), (middle, 400)]),
    arrow([(182, 278), (209, 278), (209, 184), (RIGHT, 184)], ORANGE, 2.5),
    arrow([(182, 278), (209, 278), (209, 344), (RIGHT, 344)], ORANGE, 2.5),
    mark(209, 232, "1"),
    mark(209, 322, "2"),
]
save(
    "rag-assistant",
    450,
    468,
    "A question passes a rights check inside the search and another before the prompt",
    parts,
)
