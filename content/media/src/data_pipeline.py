"""Draw the zones that data pass before a model is trained or served."""

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

LEFT, RIGHT, SIDE = 12, 236, 192
one, two = LEFT + SIDE / 2, RIGHT + SIDE / 2

sources = [
    text(LEFT, 26, "Collect", weight="bold"),
    box(LEFT, 38, SIDE, 50, ["Events", "server-side, with id"], PALE),
    box(RIGHT, 38, SIDE, 50, ["Databases", "change capture"], PALE),
    box(LEFT, 98, SIDE, 50, ["Third parties", "files, APIs"], PALE),
    box(RIGHT, 98, SIDE, 50, ["People", "labels, reviews"], PALE),
    line([(LEFT + SIDE, 63), (RIGHT, 63)]),
    line([(LEFT + SIDE, 123), (RIGHT, 123)]),
    arrow([(220, 63), (220, 178), (one, 178), (one, 202)], INK, 3),
]
zones = [
    text(RIGHT, 192, "Store and process", weight="bold"),
    box(LEFT, 202, SIDE, 52, ["Raw zone", "append-only"], PALE_BLUE),
    box(LEFT, 284, SIDE, 52, ["Cleaned", "one row per event"], PALE_BLUE),
    box(RIGHT, 202, SIDE, 52, ["Quarantine", "the owner is told"], PALE),
    box(LEFT, 366, SIDE, 52, ["Modeled", "tables, history"], PALE_BLUE),
    box(RIGHT, 284, SIDE, 52, ["Labels", "window closed"], PALE_ORANGE),
    box(LEFT, 448, SIDE, 52, ["Feature store", "offline, online"], PALE_GREEN),
    box(RIGHT, 366, SIDE, 52, ["Training rows", "as known then"], PALE_ORANGE),
    box(RIGHT, 448, SIDE, 52, ["Split, then fit", "snapshot id"], PALE_ORANGE),
    box(RIGHT, 530, SIDE, 52, ["Model", "with its transforms"], PALE_GREEN),
]
flows = [
    *[arrow([(one, y), (one, y + 30)], INK, 3) for y in (254, 336, 418)],
    arrow([(one, 268), (two, 268), (two, 254)], MUTED, dash=DASHED),
    arrow([(LEFT + SIDE, 382), (220, 382), (220, 310), (RIGHT, 310)]),
    arrow([(two, 336), (two, 366)]),
    arrow([(LEFT + SIDE, 464), (220, 464), (220, 400), (RIGHT, 400)]),
    arrow([(two, 418), (two, 448)], INK, 3),
    arrow([(two, 500), (two, 530)], INK, 3),
    arrow([(one, 500), (one, 556), (RIGHT, 556)]),
    text(LEFT, 576, "latest values,", 14, MUTED),
    text(LEFT, 595, "same definition", 14, MUTED),
]
save(
    "data-pipeline",
    450,
    606,
    "Data pipeline: sources land in an append-only raw zone, are checked and cleaned, "
    "become tables and features, and are joined with labels as of prediction time",
    [*flows, *sources, *zones],
)
