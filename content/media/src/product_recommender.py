"""Draw how a page of products is chosen and how the model learns from it."""

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
    rect,
    save,
    text,
)

LEFT, WIDE = 12, 206
middle = LEFT + WIDE / 2
RIGHT, SIDE = 256, 172
beside = RIGHT + SIDE / 2

serving = [
    text(LEFT, 26, "Serving, 150 ms", 16, weight="bold"),
    box(LEFT, 38, WIDE, 50, ["Page view", "user, page, cart"], PALE),
    rect(LEFT, 114, WIDE, 184, "#ffffff", MUTED, radius=8),
    box(LEFT + 10, 124, WIDE - 20, 48, ["Two towers", "nearest neighbors"], PALE_GREEN),
    box(LEFT + 10, 182, WIDE - 20, 48, ["Bought together", "item to item"], PALE_GREEN),
    box(LEFT + 10, 240, WIDE - 20, 48, ["Content, new", "exploration"], PALE_GREEN),
    box(LEFT, 324, WIDE, 52, ["Filter", "stock, country, just bought"], PALE_GREEN),
    box(LEFT, 402, WIDE, 68, ["Rank 500", "click, buy", "times margin"], PALE_GREEN),
    box(LEFT, 496, WIDE, 52, ["Re-rank", "diversity, price, page"], PALE_GREEN),
    box(LEFT, 574, WIDE, 50, ["Page", "10 products"], PALE),
    *[arrow([(middle, y), (middle, y + 26)], INK, 3) for y in (88, 298, 376, 470, 548)],
]
learning = [
    text(RIGHT, 26, "Learning, every day", 16, weight="bold"),
    box(RIGHT, 180, SIDE, 52, ["Index, models", "released together"], PALE_ORANGE),
    box(RIGHT, 262, SIDE, 52, ["Training", "split by time"], PALE_ORANGE),
    box(RIGHT, 344, SIDE, 52, ["Labels", "buys, returns"], PALE_BLUE),
    box(RIGHT, 426, SIDE, 52, ["Features", "user, item, cross"], PALE_BLUE),
    box(RIGHT, 573, SIDE, 52, ["Log", "position, odds"], PALE_BLUE),
    arrow([(LEFT + WIDE, 599), (RIGHT, 599)], MUTED, dash=DASHED),
    line([(RIGHT + SIDE, 599), (440, 599), (440, 370)]),
    arrow([(440, 370), (RIGHT + SIDE, 370)]),
    arrow([(beside, 344), (beside, 314)]),
    arrow([(beside, 262), (beside, 232)]),
    arrow([(RIGHT, 206), (LEFT + WIDE, 206)]),
    arrow([(237, 206), (237, 420), (LEFT + WIDE, 420)]),
    arrow([(RIGHT, 452), (LEFT + WIDE, 452)]),
]
save(
    "product-recommender",
    450,
    640,
    "Product recommender: several sources of candidates are filtered, ranked by "
    "expected value and re-ranked; logged pages and later purchases train the models",
    [*serving, *learning],
)
