"""Draw the questions to ask if a model is better offline and worse online."""

from svg import (
    BLUE,
    INK,
    MUTED,
    PALE,
    PALE_BLUE,
    arrow,
    rect,
    save,
    text,
)

STEPS = (
    ("Is the number real?", "power, sample ratio, A/A test"),
    ("Same inputs?", "replay logged requests"),
    ("Same population?", "score a randomized slice"),
    ("Same target?", "proxy against goal, past tests"),
    ("Same everything else?", "inject delay, count whole page"),
    ("Same use of the score?", "calibration at the threshold"),
)

parts = [
    text(24, 26, "Better offline, worse online", 16, INK, weight="bold"),
    text(213, 54, "the test that decides it", 14, MUTED),
]
for row, (question, test) in enumerate(STEPS):
    y = 64 + 54 * row
    parts += [
        rect(16, y, 182, 38, PALE_BLUE, radius=6),
        text(107, y + 24, question, 15, INK, "middle", "bold"),
        arrow([(198, y + 19), (210, y + 19)], MUTED, 1.5),
        rect(211, y, 226, 38, PALE, radius=6),
        text(324, y + 24, test, 14, INK, "middle"),
    ]
    if row + 1 < len(STEPS):
        parts += [
            arrow([(107, y + 38), (107, y + 54)], BLUE),
            text(116, y + 51, "yes", 14, BLUE),
        ]
save(
    "debug-offline-online-gap",
    450,
    384,
    "Six questions in order, each with a test: real number, same inputs, same population, "
    "same target, everything else equal, same use of the score",
    parts,
)
