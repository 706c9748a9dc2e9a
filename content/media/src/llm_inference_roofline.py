"""Draw the roofline of one accelerator with the phases of text generation on it."""

from math import log2

from svg import BLUE, GRID, INK, MUTED, ORANGE, Plot, dot, line, save, text

PEAK, BANDWIDTH, WIDTH = 989, 3.35, 4_096  # TFLOP/s in bf16, TB/s, square matrices


def intensity(tokens: float) -> float:
    """Return the FLOP a byte of a square matrix times this many columns, 16 bits."""
    return tokens / (1 + 2 * tokens / WIDTH)


def roof(flop_a_byte: float) -> float:
    """Return the highest speed in TFLOP/s at this intensity."""
    return min(PEAK, flop_a_byte * BANDWIDTH)


plot = Plot(74, 22, 350, 250, (-1, 12), (1, 11))
bottom = plot.top + plot.height
parts = [plot.axes("FLOP per byte read", "TFLOP/s", (), ())]
parts[0] = parts[0].replace(f'y="{bottom + 26}"', f'y="{bottom + 44}"')
parts[0] = parts[0].replace('x="58"', 'x="18"').replace("-90 58", "-90 18")
for power in range(0, 13, 2):
    x, _ = plot.at(power, 0)
    parts += [
        line([(x, plot.top), (x, bottom)], GRID, 1),
        text(x, bottom + 20, f"{2**power:,}", 14, MUTED, "middle"),
    ]
for power in range(1, 11, 3):
    _, y = plot.at(0, power)
    parts += [
        line([(plot.left, y), (plot.left + plot.width, y)], GRID, 1),
        text(plot.left - 8, y + 5, f"{2**power:,}", 14, MUTED, "end"),
    ]
ridge = PEAK / BANDWIDTH
corners = [2**-0.5, ridge, 2**12]
parts.append(line([plot.at(log2(i), log2(roof(i))) for i in corners], BLUE, 3))
x, y = plot.at(log2(ridge), log2(PEAK))
parts += [
    line([(x, y), (x, bottom)], MUTED, 1.5, "2 5"),
    text(x + 7, bottom - 12, f"ridge {ridge:.0f}", 14, INK),
    text(plot.left + 14, plot.top + 16, "bandwidth-bound", 14, BLUE),
    text(plot.left + plot.width, y - 10, "compute-bound", 14, BLUE, "end"),
]
for words, value, dx, dy, anchor in (
    ("decode, batch 1", intensity(1), 12, 14, "start"),
    ("decode attention", 4, 12, 14, "start"),
    ("decode, batch 64", intensity(64), -12, -4, "end"),
    ("prefill, 2,000", intensity(2_000), 8, 24, "middle"),
):
    x, y = plot.at(log2(value), log2(roof(value)))
    parts += [
        dot(x, y, ORANGE, 6),
        text(x + dx, y + dy, words, 14, INK, anchor, "bold"),
    ]
save(
    "llm-inference-roofline",
    450,
    330,
    "Roofline with a ridge at 295 FLOP a byte: decode at batch 1 and 64 and decode "
    "attention lie on the bandwidth slope, prefill of 2,000 tokens on the compute roof",
    parts,
)
