"""Draw a soft-margin linear classifier, its margin and its support vectors."""

import numpy as np
from sklearn.svm import SVC

from svg import (
    BLUE,
    DASHED,
    GROUND,
    INK,
    MUTED,
    ORANGE,
    PALE,
    Plot,
    area,
    arrow,
    dot,
    element,
    line,
    save,
    text,
)

negative = [(-2, -0.2), (-0.4, -1.6), (-2.1, 0.9), (-2.6, -1), (-1.8, -2), (-3.3, 0.4)]
negative += [(-0.9, -2.4), (-2.9, -2.2), (-1.6, -0.9), (-3.5, -1.3), (0.5, 1)]
positive = [(1.6, 0.1), (0.1, 1.6), (2.4, 0.6), (2.5, 1.2), (1.7, 2), (3.3, 0.1)]
positive += [(1.1, 2.5), (2.9, 2.3), (1.9, 1), (3.6, 1.4), (-0.9, 1.5)]
X = np.array(negative + positive)
y = np.repeat([-1, 1], [len(negative), len(positive)])
model = SVC(kernel="linear", C=1).fit(X, y)
w, b = model.coef_[0], model.intercept_[0]

plot = Plot(40, 16, 398, 295.1, (-4.2, 4.2), (-3.1145, 3.1145))


def level(value: float) -> list[tuple[float, float]]:
    """Return the visible ends of the line on which the score has a value."""
    ends = []
    for y_end in plot.y_range:
        x_end = (value - b - w[1] * y_end) / w[0]
        x_end = min(max(x_end, plot.x_range[0]), plot.x_range[1])
        ends.append((x_end, (value - b - w[0] * x_end) / w[1]))
    return [plot.at(*end) for end in ends]


def ring(x: float, y: float) -> str:
    """Return an empty circle around a point."""
    return element("circle", cx=x, cy=y, r=9, fill="none", stroke=INK, stroke_width=2)


def square(x: float, y: float) -> str:
    """Return the mark of the second class."""
    return element(
        "rect",
        x=x - 4.5,
        y=y - 4.5,
        width=9,
        height=9,
        fill=GROUND,
        stroke=ORANGE,
        stroke_width=3,
    )


low, middle, high = level(-1), level(0), level(1)
corners = [plot.at(-4.2, 3.1145), plot.at(4.2, -3.1145)]
unit = w / np.linalg.norm(w)
along = np.array([-unit[1], unit[0]])
base = -b * unit / np.linalg.norm(w) - 2.05 * along
from_, to = base - unit / np.linalg.norm(w), base + unit / np.linalg.norm(w)
marks = [
    dot(*plot.at(*x), BLUE, 5) if label > 0 else square(*plot.at(*x))
    for x, label in zip(X, y, strict=True)
]
save(
    "svm-margin",
    450,
    348,
    "Two classes of points, a separating line, and the band between the two lines on "
    "which the score is minus one and one; the support vectors are ringed",
    [
        area([*low, corners[0], *reversed(high), corners[1]], PALE),
        plot.axes("first feature", "second feature"),
        line(low, MUTED, 2, DASHED),
        line(high, MUTED, 2, DASHED),
        line(middle, INK, 3),
        arrow([plot.at(*base), plot.at(*to)], INK, 1.5),
        arrow([plot.at(*base), plot.at(*from_)], INK, 1.5),
        *marks,
        *(ring(*plot.at(*X[i])) for i in model.support_),
        text(plot.at(*to)[0] + 14, plot.at(*to)[1] - 12, "margin", 15),
        text(plot.at(*to)[0] + 14, plot.at(*to)[1] + 7, "2 / ‖w‖", 15),
        text(
            plot.at(*X[-1])[0], plot.at(*X[-1])[1] - 18, "inside", 14, anchor="middle"
        ),
        text(plot.at(*X[10])[0] + 16, plot.at(*X[10])[1] - 16, "wrong side", 14),
    ],
)
