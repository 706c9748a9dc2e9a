"""Draw the compute of each training stage on a log scale, with what it adds."""

from math import log10

from svg import BLUE, GRID, INK, MUTED, ORANGE, line, rect, save, text

PRETRAINING = 6 * 15e12  # FLOP a weight: six for each token
STAGES = [
    ("Pre-training", "knowledge and skills", PRETRAINING, BLUE),
    ("Mid-training", "code, math, long documents", 6 * 300e9, BLUE),
    ("Supervised fine-tuning", "format, following", 6 * 1e9, ORANGE),
    ("Preferences (DPO)", "tone, refusals", 8 * 300e3 * 2 * 800, ORANGE),
    ("Verifiable rewards", "reasoning", 8 * 1_000 * 512 * 16 * 4_000, ORANGE),
]
LEFT, TOP, STEP, DECADE, LOWEST = 32, 14, 62, 70, -3


def place(percent: float) -> float:
    return LEFT + DECADE * (log10(percent) - LOWEST)


bottom = TOP + STEP * len(STAGES)
rows = [TOP + STEP * row for row in range(len(STAGES))]
parts = []
for exponent in range(LOWEST, 3):
    x = place(10**exponent)
    parts += [
        *[line([(x, y + 22), (x, y + 48)], GRID, 1) for y in rows],
        text(x, bottom + 20, f"{10**exponent:g}%", 14, MUTED, "middle"),
    ]
for y, (name, adds, flop, color) in zip(rows, STAGES, strict=True):
    percent = 100 * flop / PRETRAINING
    shown = f"{percent:.1g}%" if percent < 0.1 else f"{percent:.2g}%"
    shown = "100%" if percent == 100 else shown
    parts += [
        text(LEFT, y + 16, name, 15, INK, weight="bold"),
        text(434, y + 16, adds, 15, INK, "end"),
        rect(LEFT, y + 24, place(percent) - LEFT, 20, color, ""),
        text(place(percent) + 8, y + 40, shown, 15, INK),
    ]
label = "FLOP as a share of pre-training"
parts.append(text(225, bottom + 44, label, 15, INK, "middle"))
save(
    "llm-training-stages",
    450,
    bottom + 58,
    "Compute of five training stages as a share of pre-training, on a log scale",
    parts,
)
