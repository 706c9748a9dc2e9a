"""Draw the zones that data pass before a model is trained or served."""

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

WIDTH, HEIGHT = 720, 420

sources = [
    box(20, 44, 140, 56, ["Events", "server-side, with id"]),
    box(20, 112, 140, 56, ["Databases", "change capture"]),
    box(20, 180, 140, 56, ["Third parties", "files, APIs"]),
    box(20, 248, 140, 56, ["People", "labels, reviews"]),
]
zones = [
    box(205, 112, 140, 60, ["Raw zone", "append-only"], PALE_BLUE),
    box(390, 112, 140, 60, ["Cleaned", "one row per event"], PALE_BLUE),
    box(575, 112, 125, 60, ["Modeled", "tables, history"], PALE_BLUE),
    box(298, 216, 140, 56, ["Quarantine", "the owner is told"]),
]
features = [
    box(575, 216, 125, 60, ["Labels", "window closed"], PALE_ORANGE),
    box(390, 318, 140, 60, ["Training rows", "point in time"], PALE_ORANGE),
    box(205, 318, 140, 60, ["Split, then fit", "snapshot id"], PALE_ORANGE),
    box(575, 318, 125, 60, ["Feature store", "offline, online"], PALE_GREEN),
    box(20, 318, 140, 60, ["Model", "with its transforms"], PALE_GREEN),
]
flows = [
    arrow([(160, 72), (182, 72), (182, 130), (205, 130)]),
    arrow([(160, 140), (205, 140)]),
    arrow([(160, 208), (182, 208), (182, 152), (205, 152)]),
    arrow([(160, 276), (192, 276), (192, 162), (205, 162)]),
    arrow([(345, 142), (390, 142)]),
    arrow([(367, 142), (367, 216)], MUTED, dash=DASHED),
    text(378, 204, "fails a check", 14, MUTED),
    arrow([(530, 142), (575, 142)]),
    arrow([(638, 172), (638, 216)]),
    arrow([(700, 142), (710, 142), (710, 348), (700, 348)]),
    arrow([(575, 246), (500, 246), (500, 318)]),
    arrow([(575, 348), (530, 348)]),
    arrow([(390, 348), (345, 348)]),
    arrow([(205, 348), (160, 348)]),
    arrow([(638, 378), (638, 404), (90, 404), (90, 378)]),
    text(360, 398, "latest values, same definition", 14, MUTED, "middle"),
]
heads = [
    text(20, 28, "Collect", weight="bold"),
    text(205, 94, "Store and process", weight="bold"),
]
save(
    "data-pipeline",
    WIDTH,
    HEIGHT,
    "Data pipeline: sources land in an append-only raw zone, are checked and cleaned, "
    "become tables and features, and are joined with labels as of prediction time",
    [*heads, *flows, *sources, *zones, *features],
)
