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

origin, top, foot = (170, 330), (470, 80), (470, 285)
first, second = (420, 375), (330, 255)
along = ((foot[0] - origin[0]) / 300 * 22, (foot[1] - origin[1]) / 300 * 22)
corner = [
    (foot[0] - along[0], foot[1] - along[1]),
    (foot[0] - along[0], foot[1] - along[1] - 22),
    (foot[0], foot[1] - 22),
]
save(
    "ols-projection",
    700,
    440,
    "The vector of targets above a plane spanned by the columns of X; the fitted values "
    "are its projection on the plane and the residuals stand at right angles to it",
    [
        area([(60, 395), (250, 225), (640, 225), (540, 395)], PALE_BLUE),
        arrow([origin, first], MUTED, 2),
        arrow([origin, second], MUTED, 2),
        text(first[0] + 8, first[1] + 6, "a column of X", 15, MUTED),
        text(second[0] + 8, second[1] + 3, "a column of X", 15, MUTED),
        line(corner, INK, 1.5),
        arrow([foot, top], ORANGE, 3, DASHED),
        arrow([origin, foot], BLUE, 4),
        arrow([origin, top], INK, 3),
        text(top[0] - 14, top[1] - 12, "targets y", 17, INK, "end", "bold"),
        text(foot[0] + 14, 180, "residuals y − ŷ:", 17, ORANGE, weight="bold"),
        text(foot[0] + 14, 202, "at right angles to", 15, ORANGE),
        text(foot[0] + 14, 221, "every column", 15, ORANGE),
        text(foot[0] + 12, foot[1] + 14, "fitted ŷ", 17, BLUE, weight="bold"),
        text(82, 425, "all predictions that the columns of X can make", 15, BLUE),
        text(origin[0] - 14, origin[1] + 6, "0", 16, INK, "end"),
    ],
)
