"""Draw least squares as the projection of the targets on the column space."""

from svg import (
    BLUE,
    DASHED,
    INK,
    MUTED,
    ORANGE,
    PALE_BLUE,
    area,
    arrow,
    line,
    save,
    text,
)

origin, top, foot = (80, 320), (286, 62), (286, 275)
first, second = (236, 372), (150, 258)
along = ((foot[0] - origin[0]) / 206 * 22, (foot[1] - origin[1]) / 206 * 22)
corner = [
    (foot[0] - along[0], foot[1] - along[1]),
    (foot[0] - along[0], foot[1] - along[1] - 22),
    (foot[0], foot[1] - 22),
]
save(
    "ols-projection",
    450,
    440,
    "The vector of targets above a plane spanned by the columns of X; the fitted values "
    "are its projection on the plane and the residuals stand at right angles to it",
    [
        area([(14, 395), (120, 215), (440, 215), (360, 395)], PALE_BLUE),
        arrow([origin, first], MUTED, 2),
        arrow([origin, second], MUTED, 2),
        text(first[0] + 8, first[1] + 6, "a column of X", 15, MUTED),
        text(second[0] + 8, second[1] + 8, "a column of X", 15, MUTED),
        line(corner, INK, 1.5),
        arrow([foot, top], ORANGE, 3, DASHED),
        arrow([origin, foot], BLUE, 4),
        arrow([origin, top], INK, 3),
        text(top[0] - 14, top[1] - 12, "targets y", 17, INK, "end", "bold"),
        text(foot[0] + 10, 150, "residuals y − ŷ:", 17, ORANGE, weight="bold"),
        text(foot[0] + 10, 172, "at right angles to", 15, ORANGE),
        text(foot[0] + 10, 191, "every column", 15, ORANGE),
        text(foot[0] + 12, foot[1] + 14, "fitted ŷ", 17, BLUE, weight="bold"),
        text(24, 422, "all predictions that the columns of X can make", 15, BLUE),
        text(origin[0] - 14, origin[1] + 6, "0", 16, INK, "end"),
    ],
)
