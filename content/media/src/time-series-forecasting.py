"""Draw four rolling origins: rows trained on, rows not yet known, the row scored."""

from svg import INK, MUTED, ORANGE, PALE_BLUE, rect, save, text

SIZE, STEP, LEFT, TOP = 28, 33, 28, 84
WEEKS, HORIZON, ORIGINS = 12, 3, (7, 8, 9, 10)

parts = [
    text(LEFT, 26, "Each square: a forecast three weeks ahead", 16, INK, weight="bold"),
    text(LEFT, 50, "week in which it is made:", 14, MUTED),
]
for week in range(1, WEEKS + 1):
    x = LEFT + (week - 1) * STEP + SIZE / 2
    parts.append(text(x, TOP - 8, f"{week}", 14, MUTED, "middle"))
for row, origin in enumerate(ORIGINS):
    y = TOP + row * 40
    for week in range(1, WEEKS + 1):
        x = LEFT + (week - 1) * STEP
        if week <= origin - HORIZON:
            parts.append(rect(x, y, SIZE, SIZE, PALE_BLUE, INK))
        elif week == origin:
            parts.append(rect(x, y, SIZE, SIZE, ORANGE, INK))
        else:
            parts.append(rect(x, y, SIZE, SIZE, "#ffffff", MUTED))
            if week < origin:
                parts.append(text(x + SIZE / 2, y + 19, "?", 15, MUTED, "middle"))
KEYS = [
    (PALE_BLUE, INK, "", "trains: its target has been seen"),
    ("#ffffff", MUTED, "?", "made, but its target is still in the future"),
    (ORANGE, INK, "", "scored; then the origin moves on"),
]
for row, (fill, stroke, mark, words) in enumerate(KEYS):
    y = TOP + 4 * 40 + 14 + row * 28
    parts += [rect(LEFT, y, 18, 18, fill, stroke), text(LEFT + 28, y + 15, words, 15)]
    if mark:
        parts.append(text(LEFT + 9, y + 14, mark, 14, MUTED, "middle"))
save(
    "time-series-forecasting",
    450,
    346,
    "Four rolling origins for a horizon of three weeks: rows up to three weeks before "
    "the origin train, two rows in between wait for their target, the origin is scored",
    parts,
)
