"""Draw the components of a machine learning system on two planes."""

from svg import (
    DASHED,
    INK,
    MUTED,
    PALE_BLUE,
    PALE_GREEN,
    PALE_ORANGE,
    arrow,
    box,
    line,
    save,
    text,
)

LEFT, RIGHT, SIDE = 34, 246, 176
one, two = LEFT + SIDE / 2, RIGHT + SIDE / 2

boxes = [
    box(LEFT, 40, SIDE, 52, ["Ingestion", "batch, stream"], PALE_BLUE),
    box(LEFT, 114, SIDE, 52, ["Raw storage", "append-only"], PALE_BLUE),
    box(LEFT, 188, SIDE, 52, ["Validation", "quarantine"], PALE_BLUE),
    box(LEFT, 262, SIDE, 52, ["Transform", "join labels"], PALE_BLUE),
    box(RIGHT, 262, SIDE, 52, ["Offline store", "history"], PALE_BLUE),
    box(RIGHT, 188, SIDE, 52, ["Training", "tracked runs"], PALE_ORANGE),
    box(RIGHT, 114, SIDE, 52, ["Gate", "offline tests"], PALE_ORANGE),
    box(RIGHT, 40, SIDE, 52, ["Registry", "one artifact"], PALE_ORANGE),
    box(LEFT, 372, SIDE, 52, ["Gateway", "request"], PALE_GREEN),
    box(LEFT, 446, SIDE, 52, ["Features", "lookup"], PALE_GREEN),
    box(RIGHT, 372, SIDE, 52, ["Online store", "latest values"], PALE_GREEN),
    box(RIGHT, 446, SIDE, 52, ["Model server", "retrieve, score"], PALE_GREEN),
    box(RIGHT, 520, SIDE, 52, ["Rules", "policy, limits"], PALE_GREEN),
    box(LEFT, 520, SIDE, 52, ["Response", "or fallback"], PALE_GREEN),
    box(LEFT, 604, SIDE, 52, ["Log", "served rows"], PALE_BLUE),
]
flows = [
    *[arrow([(one, y), (one, y + 22)], INK, 3) for y in (92, 166, 240)],
    arrow([(LEFT + SIDE, 288), (RIGHT, 288)], INK, 3),
    *[arrow([(two, y), (two, y - 22)], INK, 3) for y in (262, 188, 114)],
    arrow([(LEFT + SIDE, 306), (228, 306), (228, 398), (RIGHT, 398)]),
    line([(RIGHT + SIDE, 66), (440, 66), (440, 472)]),
    arrow([(440, 472), (RIGHT + SIDE, 472)]),
    text(434, 334, "model, preprocessing, schema", 14, MUTED, "end"),
    arrow([(one, 424), (one, 446)], INK, 3),
    arrow([(RIGHT, 412), (228, 412), (228, 460), (LEFT + SIDE, 460)]),
    arrow([(LEFT + SIDE, 482), (RIGHT, 482)], INK, 3),
    arrow([(two, 498), (two, 520)], INK, 3),
    arrow([(RIGHT, 546), (LEFT + SIDE, 546)], INK, 3),
    arrow([(one, 572), (one, 604)], MUTED, dash=DASHED),
    arrow([(LEFT, 630), (14, 630), (14, 66), (LEFT, 66)], MUTED, dash=DASHED),
]
heads = [
    text(LEFT, 26, "Data and training plane", weight="bold"),
    text(LEFT, 360, "Serving plane", weight="bold"),
    text(RIGHT - 18, 612, "Across both planes:", 14, MUTED),
    text(RIGHT - 18, 632, "orchestration, experiments,", 14, MUTED),
    text(RIGHT - 18, 652, "monitoring, lineage, access", 14, MUTED),
]
save(
    "architecture-system",
    450,
    670,
    "Machine learning system: a data and training plane ends in a registry, a serving "
    "plane answers requests and logs what it served back into the data",
    [*heads, *flows, *boxes],
)
