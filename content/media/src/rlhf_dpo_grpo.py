"""Draw what PPO, GRPO and DPO keep in memory, and how their data flow."""

from svg import (
    GROUND,
    INK,
    MUTED,
    PALE,
    PALE_BLUE,
    arrow,
    rect,
    save,
    text,
)

WIDTH, GAP, TOP, STEP, FLOW = 134, 12, 52, 34, 232
TRAINED, FROZEN, EITHER = "#f0b483", PALE_BLUE, PALE
COLUMNS = [
    (
        "PPO: 4 models",
        [
            ("policy", TRAINED),
            ("value model", TRAINED),
            ("reward model", FROZEN),
            ("reference", FROZEN),
        ],
        [("one answer", "a prompt"), ("reward less", "predicted value")],
    ),
    (
        "GRPO: 3 or 2",
        [
            ("policy", TRAINED),
            None,
            ("reward or check", EITHER),
            ("reference", FROZEN),
        ],
        [("several answers", "a prompt"), ("reward less", "group mean")],
    ),
    (
        "DPO: 2 models",
        [("policy", TRAINED), None, None, ("reference", FROZEN)],
        [("a pair of answers", "from a file"), ("log-ratios to", "reference")],
    ),
]
ENDS = ["clipped step", "clipped step", "logistic loss"]

parts = []
for column, (title, models, flow) in enumerate(COLUMNS):
    x = 12 + column * (WIDTH + GAP)
    middle = x + WIDTH / 2
    parts.append(text(middle, 26, title, 16, INK, "middle", "bold"))
    for row, model in enumerate(models):
        y = TOP + STEP * row
        if model is None:
            parts.append(rect(x, y, WIDTH, 28, GROUND, "#bbbbbb", 5))
            continue
        name, fill = model
        parts += [
            rect(x, y, WIDTH, 28, fill, radius=5),
            text(middle, y + 19, name, 15, INK, "middle"),
        ]
    for step, (first, second) in enumerate(flow):
        y = FLOW + step * 64
        parts += [
            text(middle, y + 16, first, 15, INK, "middle"),
            text(middle, y + 34, second, 15, INK, "middle"),
            arrow([(middle, y + 41), (middle, y + 61)], MUTED),
        ]
    parts.append(text(middle, FLOW + 146, ENDS[column], 15, INK, "middle", "bold"))
parts += [
    rect(60, 196, 14, 14, TRAINED),
    text(80, 208, "trained", 14, MUTED),
    rect(170, 196, 14, 14, FROZEN),
    text(190, 208, "frozen", 14, MUTED),
    rect(272, 196, 14, 14, GROUND, "#bbbbbb"),
    text(292, 208, "not needed", 14, MUTED),
]
save(
    "rlhf-dpo-grpo",
    450,
    392,
    "PPO keeps four models in memory, GRPO three or two, DPO two; below, their data flow",
    parts,
)
