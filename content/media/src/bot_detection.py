"""Draw the two levels of bot detection, the actions and the labels."""

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

scores = [
    box(LEFT, 40, SIDE, 52, ["Sign-up", "12/s, bursts"], PALE),
    box(RIGHT, 40, SIDE, 52, ["Activity", "300 M accounts"], PALE),
    box(LEFT, 120, SIDE, 52, ["Sign-up score", "milliseconds"], PALE_GREEN),
    box(RIGHT, 120, SIDE, 52, ["Group detector", "shared devices, rhythm"], PALE_BLUE),
    box(RIGHT, 200, SIDE, 52, ["Account score", "daily, on events"], PALE_GREEN),
    arrow([(one, 92), (one, 120)], INK, 3),
    arrow([(two, 92), (two, 120)], INK, 3),
    arrow([(two, 172), (two, 200)]),
    line([(RIGHT + SIDE, 66), (440, 66), (440, 226)]),
    arrow([(440, 226), (RIGHT + SIDE, 226)]),
    line([(one, 172), (one, 274)], INK, 3),
    line([(two, 252), (two, 274), (one, 274)], INK, 3),
    arrow([(one, 274), (one, 312)], INK, 3),
]
actions = [
    text(RIGHT - 28, 300, "Graded actions", weight="bold"),
    box(LEFT, 312, SIDE, 46, ["Rate limit", "cheap"], PALE_GREEN),
    box(RIGHT, 312, SIDE, 46, ["Challenge", "reversible"], PALE_GREEN),
    box(RIGHT, 384, SIDE, 46, ["Review", "by people"], PALE_ORANGE),
    box(LEFT, 384, SIDE, 46, ["Suspend", "99% precise"], PALE_ORANGE),
    arrow([(LEFT + SIDE, 335), (RIGHT, 335)], INK, 3),
    arrow([(two, 358), (two, 384)], INK, 3),
    arrow([(RIGHT, 407), (LEFT + SIDE, 407)], INK, 3),
]
labels = [
    box(LEFT, 474, SIDE, 52, ["Watched hold-out", "flagged, not acted on"], PALE),
    box(RIGHT, 474, SIDE, 52, ["Random sample", "reviewed by experts"], PALE_BLUE),
    box(LEFT, 556, 416, 44, ["Labels, split by campaign"], PALE_ORANGE),
    arrow([(one, 526), (one, 556)], MUTED, dash=DASHED),
    arrow([(two, 526), (two, 556)]),
    line([(RIGHT + SIDE, 407), (440, 407), (440, 578)], MUTED),
    arrow([(440, 578), (428, 578)], MUTED),
    text(434, 454, "verdicts", 14, MUTED, "end"),
    text(LEFT, 454, "a capped share is only watched:", 14, MUTED),
]
save(
    "bot-detection",
    450,
    614,
    "Bot detection: a sign-up score and an account score lead to graded actions; a "
    "random reviewed sample, reviews and a watched hold-out give labels",
    [text(LEFT, 26, "Two levels of scores", weight="bold"), *scores, *actions, *labels],
)
