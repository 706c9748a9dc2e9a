"""Draw three coordinate pairs of a rotary embedding as clock hands."""

from math import cos, pi, sin

from svg import BLUE, GROUND, INK, MUTED, arrow, element, save, text

PAIRS, BASE = 64, 10_000.0
ROWS = ((0, "fast", "6.28"), (32, "middle", "628"), (63, "slow", "54,410"))
COLUMNS = (0, 10, 1_000)
LEFT, TOP, WIDE, HIGH, RADIUS = 176, 84, 112, 122, 40

parts = [
    text(8, 26, "position", 15, MUTED),
    text(8, 48, "wavelength", 15, MUTED),
]
for column, position in enumerate(COLUMNS):
    x = LEFT + WIDE * column
    parts.append(text(x, 26, f"{position:,}", 16, INK, "middle", "bold"))
for row, (pair, name, wave) in enumerate(ROWS):
    y = TOP + 14 + HIGH * row
    speed = BASE ** (-pair / PAIRS)
    parts += [
        text(8, y - 6, name, 16, BLUE, weight="bold"),
        text(8, y + 14, f"pair {pair}", 15),
        text(8, y + 33, f"{wave} tokens", 15),
    ]
    for column, position in enumerate(COLUMNS):
        x = LEFT + WIDE * column
        angle = position * speed
        turns = angle / (2 * pi)
        # From the top, clockwise, as on a clock.
        tip = (x + 34 * sin(angle), y - 34 * cos(angle))
        label = f"{turns:.1f} turns" if turns >= 1 else f"{360 * turns:.1f}°"
        parts += [
            element(
                "circle",
                cx=x,
                cy=y,
                r=RADIUS,
                fill=GROUND,
                stroke=MUTED,
                stroke_width=2,
            ),
            element("circle", cx=x, cy=y, r=3, fill=INK),
            element("circle", cx=x, cy=y - RADIUS, r=3, fill=MUTED),
            arrow([(x, y), tip], BLUE, 3),
            text(x, y + 59, label.replace("0.0°", "0°"), 15, INK, "middle"),
        ]
save(
    "positional-encoding",
    456,
    424,
    "Three coordinate pairs of a rotary embedding as clock hands at positions 0, 10 "
    "and 1,000: the fast one has made 159 turns, the middle one 1.6, the slow one 6.6 "
    "degrees",
    parts,
)
