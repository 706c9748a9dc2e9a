"""Draw the loop of an agent and the four ways in which it ends."""

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
    line,
    save,
    text,
)

WIDTH, GAP, SIDE = 126, 24, 12
columns = [SIDE + (WIDTH + GAP) * column for column in range(3)]
centers = [x + WIDTH / 2 for x in columns]
parts = [
    box(columns[0], 14, WIDTH, 62, ["Model", "proposes a call"], PALE_BLUE),
    box(columns[1], 14, WIDTH, 62, ["Code checks", "schema, rights"], PALE_ORANGE),
    box(columns[2], 14, WIDTH, 62, ["Tool", "idempotent"], PALE_GREEN),
    box(SIDE, 134, 426, 62, ["State", "transcript, notes, checkpoint"], PALE),
    arrow([(columns[0] + WIDTH, 45), (columns[1], 45)]),
    arrow([(columns[1] + WIDTH, 45), (columns[2], 45)]),
    arrow([(centers[2], 76), (centers[2], 134)]),
    arrow([(centers[1], 76), (centers[1], 134)], ORANGE),
    arrow([(centers[0], 134), (centers[0], 76)]),
    text(centers[0] + 10, 110, "next turn", 14, INK),
    text(centers[1] + 10, 110, "refused", 14, INK),
    text(centers[2] + 10, 110, "result", 14, INK),
]
stops = [
    ("Done", "end state", "is as asked"),
    ("Budget", "steps, tokens,", "time spent"),
    ("No progress", "the same call", "again"),
    ("Person", "stops it or", "takes over"),
]
widths, gap = [96, 104, 114, 100], 4
bar = 236
middles = []
for index, (stop, width) in enumerate(zip(stops, widths, strict=True)):
    x = SIDE + sum(widths[:index]) + gap * index
    middles.append(x + width / 2)
    fill = PALE_GREEN if index == 0 else PALE
    parts += [
        arrow([(x + width / 2, bar), (x + width / 2, 262)], MUTED),
        box(x, 262, width, 76, stop, fill),
    ]
parts += [
    line([(225, 196), (225, bar)], MUTED),
    line([(middles[0], bar), (middles[-1], bar)], MUTED),
    text(235, 221, "code asks before each turn", 14, MUTED),
]
save("llm-agents", 450, 350, "The loop of an agent with its four stops", parts)
