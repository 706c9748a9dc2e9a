"""Draw the training state of a 7-billion-parameter model against an 80 GB card."""

from svg import BLUE, INK, MUTED, ORANGE, PALE_BLUE, Plot, line, rect, save, text

WEIGHTS = 7.0  # billions, so that bytes a weight times this are GB
ADAPTERS = 32 * 4 * 8 * (4_096 + 4_096) / 1e9
NF4 = (4 + 8 / 64 + 32 / (64 * 256)) / 8  # bytes a weight with doubly quantized scales

BARS = (
    ("full", (2 * WEIGHTS, 2 * WEIGHTS, 12 * WEIGHTS)),
    ("8-bit", (2 * WEIGHTS, 2 * WEIGHTS, 6 * WEIGHTS)),
    ("LoRA", (2 * (WEIGHTS + ADAPTERS), 2 * ADAPTERS, 12 * ADAPTERS)),
    ("ZeRO-3", (2 * WEIGHTS / 8, 2 * WEIGHTS / 8, 12 * WEIGHTS / 8)),
    ("QLoRA", (NF4 * WEIGHTS + 2 * ADAPTERS, 2 * ADAPTERS, 12 * ADAPTERS)),
)
BELOW = ("Adam", "moments", "frozen", "8 GPUs", "4-bit")
FILLS = (BLUE, ORANGE, PALE_BLUE)

plot = Plot(66, 70, 378, 226, (0, 5), (0, 125))
parts = [plot.axes("", "GB on one GPU", (), (0, 20, 40, 60, 80, 100, 120))]
bottom = plot.top + plot.height
for i, ((name, amounts), note) in enumerate(zip(BARS, BELOW, strict=True)):
    middle, _ = plot.at(i + 0.5, 0)
    start = 0.0
    for amount, fill in zip(amounts, FILLS, strict=True):
        _, high = plot.at(0, start + amount)
        _, low = plot.at(0, start)
        parts.append(rect(middle - 25, high, 50, low - high, fill))
        start += amount
    label = f"{start:.1f}".removesuffix(".0")
    above = -17 if start == 70 else 7  # inside the bar, clear of the card's line
    parts += [
        text(middle, plot.at(0, start)[1] - above, label, 15, INK, "middle", "bold"),
        text(middle, bottom + 19, name, 15, INK, "middle", "bold"),
        text(middle, bottom + 37, note, 14, MUTED, "middle"),
    ]
level = plot.at(0, 80)[1]
parts += [
    line([(plot.left, level), (plot.left + plot.width, level)], INK, 2, "7 5"),
    text(plot.left + plot.width, level - 7, "80 GB card", 14, INK, "end"),
]
for x, y, fill, words in (
    (16, 12, PALE_BLUE, "32-bit copy and Adam's moments"),
    (16, 36, BLUE, "weights"),
    (116, 36, ORANGE, "gradients"),
):
    parts += [rect(x, y, 15, 15, fill), text(x + 22, y + 13, words, 14)]
parts.append(text(230, 49, "activations come on top", 14, MUTED))
save(
    "gpu-memory-arithmetic",
    450,
    346,
    "Training state of 7 billion weights: 112 GB with Adam, 70 GB with 8-bit moments, "
    "14.1 GB with LoRA, 14 GB per GPU sharded over 8, 3.7 GB with QLoRA; the card has 80",
    parts,
)
