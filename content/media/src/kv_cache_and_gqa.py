"""Draw the size of the KV cache against the tokens in it, on two logarithmic axes."""

from math import atan2, degrees, log2, log10

from svg import (
    BLUE,
    DASHED,
    GREEN,
    GRID,
    INK,
    MUTED,
    ORANGE,
    Plot,
    dot,
    line,
    save,
    text,
)

plot = Plot(66, 40, 360, 250, (10, 20), (-1.3, 3))
BOTTOM, CARD, LAST = plot.top + plot.height, 80.0, 20

# Bytes per token: layers x 2 x heads x head size x 2 bytes; one latent row for MLA.
KINDS = (
    ("64 KV heads", 80 * 2 * 64 * 128 * 2, ORANGE, "9 4", 11.4),
    ("8 KV heads", 80 * 2 * 8 * 128 * 2, BLUE, "", 13),
    ("latent (MLA)", 61 * (512 + 64) * 2, GREEN, "3 4", 14),
)

slope = -degrees(atan2(10 * log10(2) / 4.3 * plot.height, plot.width))
parts = [plot.axes("tokens in the cache, all sequences", "cache, GB", (), ())]
parts[0] = parts[0].replace(f'y="{BOTTOM + 26}"', f'y="{BOTTOM + 46}"')
parts[0] = parts[0].replace('x="50" y="165"', 'x="16" y="165"')
parts[0] = parts[0].replace("rotate(-90 50 165)", "rotate(-90 16 165)")
for power in range(10, 21, 2):
    x, _ = plot.at(power, 0)
    label = f"{2 ** (power - 10)}K" if power < LAST else "1M"
    parts += [
        line([(x, plot.top), (x, BOTTOM)], GRID, 1),
        text(x, BOTTOM + 20, label, 15, MUTED, "middle"),
    ]
for size in (0.1, 1, 10, 100, 1_000):
    _, y = plot.at(10, log10(size))
    parts += [
        line([(plot.left, y), (plot.left + plot.width, y)], GRID, 1),
        text(plot.left - 8, y + 5, f"{size:,g}", 15, MUTED, "end"),
    ]
_, y = plot.at(10, log10(CARD))
parts += [
    line([(plot.left, y), (plot.left + plot.width, y)], INK, 2, DASHED),
    text(plot.left + 6, y - 8, "one 80 GB card", 15, INK),
]
for name, size, color, dash, place in KINDS:
    end = min(LAST, log2(1e12 / size))
    at_start, at_end = (log10(size * 2**p / 1e9) for p in (10, end))
    parts.append(line([plot.at(10, at_start), plot.at(end, at_end)], color, 3, dash))
    full = log2(CARD * 1e9 / size)
    if full <= LAST:
        parts.append(dot(*plot.at(full, log10(CARD)), color, 5))
    x, y = plot.at(place, log10(size * 2**place / 1e9))
    parts.append(text(x - 4, y - 9, name, 15, color, weight="bold", turn=slope))
save(
    "kv-cache-and-gqa",
    450,
    352,
    "Size of the KV cache against its tokens on logarithmic axes: 64 key-value heads "
    "fill 80 GB at 31 thousand tokens, 8 heads at 244 thousand, a latent above one "
    "million",
    parts,
)
