"""Draw a cloud of points, its two principal axes and the distances to the first."""

import numpy as np

from svg import (
    BLUE,
    GREEN,
    INK,
    MUTED,
    ORANGE,
    Plot,
    arrow,
    dot,
    line,
    save,
    text,
)

rng = np.random.default_rng(4)
scores = rng.normal(size=(40, 2)) * [2.3, 0.75]
turn = np.radians(32)
axes = np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
X = scores @ axes
X -= X.mean(0)
_, sizes, directions = np.linalg.svd(X, full_matrices=False)
directions *= np.sign(directions[:, 1:])  # both upwards: signs are arbitrary
deviations = sizes / np.sqrt(len(X) - 1)
share = deviations**2 / (deviations**2).sum()
foot = np.outer(X @ directions[0], directions[0])

plot = Plot(44, 20, 392, 280, (-5.6, 5.6), (-4, 4))
ends = 2 * deviations[:, None] * directions
far = 5.4 * directions[0]
save(
    "pca-axes",
    450,
    384,
    "Forty centered points with their two principal axes; dotted lines run from every "
    "point to its projection on the first axis",
    [
        plot.axes("first feature, centered", "second feature, centered"),
        line([plot.at(*-far), plot.at(*far)], MUTED, 1.5, "7 5"),
        *(
            line([plot.at(*x), plot.at(*z)], ORANGE, 1.5, "2 3")
            for x, z in zip(X, foot, strict=True)
        ),
        *(dot(*plot.at(*z), GREEN, 2.5) for z in foot),
        *(dot(*plot.at(*x), INK, 4) for x in X),
        arrow([plot.at(0, 0), plot.at(*ends[0])], BLUE, 4),
        arrow([plot.at(0, 0), plot.at(*ends[1])], BLUE, 4),
        text(
            plot.at(*far)[0] - 170,
            plot.at(*far)[1] - 10,
            f"first axis: {share[0]:.0%}",
            color=BLUE,
            weight="bold",
        ),
        text(
            plot.at(*ends[1])[0] - 12,
            plot.at(*ends[1])[1] - 12,
            f"second axis: {share[1]:.0%}",
            color=BLUE,
            anchor="end",
            weight="bold",
        ),
        text(240, 352, "dotted: what is lost", 15, ORANGE, "middle"),
        text(240, 372, "when only the first axis is kept", 15, ORANGE, "middle"),
    ],
)
