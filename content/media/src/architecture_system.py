"""Draw the components of a machine learning system on two planes."""

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

WIDTH, HEIGHT = 720, 496

data = [
    box(20, 40, 120, 60, ["Ingestion", "batch, stream"], PALE_BLUE),
    box(165, 40, 120, 60, ["Raw storage", "append-only"], PALE_BLUE),
    box(310, 40, 120, 60, ["Validation", "quarantine"], PALE_BLUE),
    box(455, 40, 120, 60, ["Transform", "join labels"], PALE_BLUE),
    box(455, 150, 120, 60, ["Offline store", "history"], PALE_BLUE),
    box(455, 268, 120, 60, ["Online store", "latest values"], PALE_GREEN),
]
learning = [
    box(310, 150, 120, 60, ["Training", "tracked runs"], PALE_ORANGE),
    box(165, 150, 120, 60, ["Gate", "offline tests"], PALE_ORANGE),
    box(20, 150, 120, 60, ["Registry", "one artifact"], PALE_ORANGE),
]
serving = [
    box(20, 386, 120, 60, ["Gateway", "request"], PALE_GREEN),
    box(165, 386, 120, 60, ["Features", "lookup"], PALE_GREEN),
    box(310, 386, 120, 60, ["Model server", "retrieve, score"], PALE_GREEN),
    box(455, 386, 120, 60, ["Rules", "policy, limits"], PALE_GREEN),
    box(600, 386, 100, 60, ["Response", "or fallback"], PALE_GREEN),
]
log = box(600, 150, 100, 60, ["Log", "served rows"], PALE_BLUE)
flows = [
    *(arrow([(x, 70), (x + 25, 70)]) for x in (140, 285, 430)),
    arrow([(515, 100), (515, 150)]),
    arrow([(575, 85), (588, 85), (588, 298), (575, 298)]),
    arrow([(455, 180), (430, 180)]),
    arrow([(310, 180), (285, 180)]),
    arrow([(165, 180), (140, 180)]),
    arrow([(80, 210), (80, 250), (370, 250), (370, 386)]),
    text(100, 242, "model, preprocessing and schema, pinned", 14, MUTED),
    arrow([(455, 298), (225, 298), (225, 386)]),
    *(arrow([(x, 416), (x + 25, 416)]) for x in (140, 285, 430, 575)),
    arrow([(650, 386), (650, 210)], MUTED, dash=DASHED),
    arrow([(650, 150), (650, 14), (80, 14), (80, 40)], MUTED, dash=DASHED),
]
heads = [
    text(20, 132, "Data and training plane", weight="bold"),
    text(20, 370, "Serving plane", weight="bold"),
    text(
        360,
        478,
        "Across both: orchestration, experiments, monitoring, lineage, access, delivery, "
        "cost",
        15,
        MUTED,
        "middle",
    ),
]
save(
    "architecture-system",
    WIDTH,
    HEIGHT,
    "Machine learning system: a data and training plane ends in a registry, a serving "
    "plane answers requests and logs what it served back into the data",
    [*heads, *flows, *data, *learning, *serving, log],
)
