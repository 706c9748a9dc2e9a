"""Draw the two levels of bot detection, the actions and the labels."""

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

WIDTH, HEIGHT = 720, 404

scores = [
    box(20, 44, 150, 60, ["Sign-up", "12/s, bursts"]),
    box(20, 148, 150, 60, ["Activity", "300 M accounts"]),
    box(210, 44, 160, 60, ["Sign-up score", "milliseconds"], PALE_GREEN),
    box(210, 148, 160, 60, ["Account score", "daily, on events"], PALE_GREEN),
    box(210, 252, 160, 60, ["Group detector", "shared devices, rhythm"], PALE_BLUE),
]
actions = [
    box(440, 44, 110, 60, ["Rate limit", "cheap"], PALE_GREEN),
    box(590, 44, 110, 60, ["Challenge", "reversible"], PALE_GREEN),
    box(590, 148, 110, 60, ["Review", "by people"], PALE_ORANGE),
    box(440, 148, 110, 60, ["Suspend", "99% precise"], PALE_ORANGE),
    box(440, 252, 260, 60, ["Watched hold-out", "flagged, not acted on"]),
]
labels = [
    box(20, 340, 350, 48, ["Random sample, reviewed by experts"], PALE_BLUE),
    box(440, 340, 260, 48, ["Labels, split by campaign"], PALE_ORANGE),
]
flows = [
    arrow([(170, 74), (210, 74)]),
    arrow([(170, 178), (210, 178)]),
    arrow([(95, 208), (95, 282), (210, 282)]),
    arrow([(290, 252), (290, 208)]),
    arrow([(370, 74), (440, 74)]),
    arrow([(370, 178), (440, 178)]),
    arrow([(405, 178), (405, 90), (440, 90)]),
    arrow([(550, 74), (590, 74)]),
    arrow([(645, 104), (645, 148)]),
    arrow([(590, 178), (550, 178)]),
    arrow([(405, 178), (405, 282), (440, 282)], MUTED, dash=DASHED),
    arrow([(645, 208), (645, 232), (710, 232), (710, 364), (700, 364)], MUTED),
    arrow([(570, 312), (570, 340)], MUTED, dash=DASHED),
    arrow([(370, 364), (440, 364)]),
    arrow([(50, 208), (50, 340)]),
]
heads = [
    text(20, 28, "Two levels of scores", weight="bold"),
    text(440, 28, "Graded actions", weight="bold"),
]
save(
    "bot-detection",
    WIDTH,
    HEIGHT,
    "Bot detection: a sign-up score and an account score lead to graded actions; a "
    "random reviewed sample, reviews and a watched hold-out give labels",
    [*heads, *flows, *scores, *actions, *labels],
)
