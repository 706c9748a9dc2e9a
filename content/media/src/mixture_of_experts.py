"""Draw the share of experts that a batch of decoded tokens touches."""

from math import log2

from svg import BLUE, GRID, INK, MUTED, ORANGE, Plot, dot, line, save, text

plot = Plot(64, 44, 360, 220, (0, 8), (0, 100))


def touched(batch: float, experts: int, active: int) -> float:
    """Return the expected percentage of experts that at least one token picks."""
    return 100 * (1 - (1 - active / experts) ** batch)


parts = [plot.axes("tokens in the batch", "experts read, %", (), (0, 25, 50, 75, 100))]
bottom = plot.top + plot.height
parts[0] = parts[0].replace(f'y="{bottom + 26}"', f'y="{bottom + 44}"')
for power in range(9):
    x, _ = plot.at(power, 0)
    parts += [
        line([(x, plot.top), (x, bottom)], GRID, 1),
        text(x, bottom + 20, str(2**power), 14, MUTED, "middle"),
    ]
exponents = [i / 10 for i in range(81)]
for experts, active, color, dash in ((8, 2, BLUE, ""), (256, 8, ORANGE, "7 5")):
    shares = [touched(2**x, experts, active) for x in exponents]
    parts.append(line(plot.curve(exponents, shares), color, 3, dash))
for batch, experts, active, color in (
    (1, 8, 2, BLUE),
    (4, 8, 2, BLUE),
    (16, 8, 2, BLUE),
    (1, 256, 8, ORANGE),
    (16, 256, 8, ORANGE),
    (64, 256, 8, ORANGE),
    (128, 256, 8, ORANGE),
):
    share = touched(batch, experts, active)
    x, y = plot.at(log2(batch), share)
    number = share * experts / 100
    label = f"{number:.1f}".removesuffix(".0") if experts == 8 else f"{number:.0f}"
    if batch == 1:
        dx, dy, anchor = 10, (17 if experts == 8 else -9), "start"
    elif experts == 8:
        dx, dy, anchor = -8, -8, "end"
    else:
        dx, dy, anchor = 9, 18, "start"
    parts += [
        dot(x, y, color, 5),
        text(x + dx, y + dy, label, 14, color, anchor, "bold"),
    ]
parts += [
    text(64, 24, "8 experts, 2 active", 15, BLUE, weight="bold"),
    text(424, 24, "256 experts, 8 active", 15, ORANGE, "end", "bold"),
    text(244, bottom + 70, "numbers: experts read, routing uniform", 14, INK, "middle"),
]
save(
    "mixture-of-experts",
    450,
    346,
    "Share of experts read by a decoding step against the batch: 8 experts with 2 active "
    "are nearly all read at 16 tokens, 256 with 8 active at 128 tokens",
    parts,
)
