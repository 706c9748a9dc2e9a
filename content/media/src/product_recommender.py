"""Draw how a page of products is chosen and how the model learns from it."""

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

WIDTH, HEIGHT = 720, 400

sources = [
    box(20, 116, 150, 52, ["Two towers", "nearest neighbors"], PALE_GREEN),
    box(20, 178, 150, 52, ["Bought together", "item to item"], PALE_GREEN),
    box(20, 240, 150, 52, ["Content, new", "exploration quota"], PALE_GREEN),
]
request = [
    box(20, 40, 150, 52, ["Page view", "user, page, cart"]),
    box(215, 170, 130, 68, ["Filter", "stock, country,", "just bought"], PALE_GREEN),
    box(390, 170, 140, 68, ["Rank 500", "click, buy", "times margin"], PALE_GREEN),
    box(570, 170, 130, 68, ["Re-rank", "diversity,", "price, page"], PALE_GREEN),
    box(570, 40, 130, 52, ["Page", "10 products"]),
]
learning = [
    box(570, 316, 130, 60, ["Log", "position, odds"], PALE_BLUE),
    box(390, 316, 140, 60, ["Labels", "buys, returns"], PALE_BLUE),
    box(215, 316, 130, 60, ["Training", "split by time"], PALE_ORANGE),
    box(20, 316, 150, 60, ["Index and models", "released together"], PALE_ORANGE),
]
flows = [
    arrow([(95, 92), (95, 116)]),
    arrow([(170, 142), (192, 142), (192, 190), (215, 190)]),
    arrow([(170, 204), (215, 204)]),
    arrow([(170, 266), (192, 266), (192, 218), (215, 218)]),
    arrow([(345, 204), (390, 204)]),
    arrow([(530, 204), (570, 204)]),
    arrow([(635, 170), (635, 92)]),
    box(390, 68, 140, 52, ["Features", "user, item, cross"], PALE_BLUE),
    arrow([(460, 120), (460, 170)]),
    arrow([(635, 238), (635, 316)], MUTED, dash=DASHED),
    arrow([(570, 346), (530, 346)]),
    arrow([(390, 346), (345, 346)]),
    arrow([(215, 346), (170, 346)]),
    arrow([(95, 316), (95, 292)], MUTED, dash=DASHED),
]
heads = [
    text(20, 26, "Serving, 150 ms", weight="bold"),
    text(215, 302, "Learning, every day", weight="bold"),
]
save(
    "product-recommender",
    WIDTH,
    HEIGHT,
    "Product recommender: several sources of candidates are filtered, ranked by "
    "expected value and re-ranked; logged pages and later purchases train the models",
    [*heads, *flows, *sources, *request, *learning],
)
