"""Draw where a quadratic loss touches an L1 and an L2 ball."""

import numpy as np

from svg import (
    BLUE,
    DASHED,
    GREEN,
    INK,
    MUTED,
    PALE_BLUE,
    Plot,
    area,
    dot,
    line,
    save,
    text,
)

HESSIAN = np.array([[1, 0.4], [0.4, 1]])
FREE = np.array([2.4, 0.9])  # minimum without a penalty
RADIUS = 1.2
angle = np.linspace(0, 2 * np.pi, 3601)
circle = np.column_stack([np.cos(angle), np.sin(angle)])


def loss(w: np.ndarray) -> np.ndarray:
    """Return the loss above its minimum of every row of w."""
    return np.einsum("ni,ij,nj->n", w - FREE, HESSIAN, w - FREE) / 2


def contour(level: float) -> np.ndarray:
    """Return the ellipse on which the loss has this level."""
    root = np.linalg.cholesky(np.linalg.inv(HESSIAN))
    return FREE + np.sqrt(2 * level) * circle[::20] @ root.T


def panel(down: float, title: str, ball: np.ndarray) -> list[str]:
    """Return contours, ball and the best point of the ball."""
    plot = Plot(70, down + 44, 310, 310, (-1.5, 3.7), (-2.6, 2.6))
    best = ball[loss(ball).argmin()]
    level = float(loss(best[None])[0])
    x, y = best
    shown = []
    for share in (0.4, 1):
        points = contour(share * level)
        shown.append(
            line(
                [plot.at(*p) for p in points], MUTED, 1.5, "" if share == 1 else DASHED
            )
        )
    label = f"({x:.2f}, {abs(y):.2f})" if abs(y) > 1e-3 else f"({x:.1f}, 0)"
    return [
        text(20, down + 30, title, 16, INK, weight="bold"),
        area([plot.at(*p) for p in ball[::20]], PALE_BLUE),
        line([plot.at(*p) for p in ball[::20]], BLUE, 2.5),
        line([plot.at(-1.5, 0), plot.at(3.7, 0)], INK, 1.2),
        line([plot.at(0, -2.6), plot.at(0, 2.6)], INK, 1.2),
        *shown,
        dot(*plot.at(*FREE), INK, 5),
        text(*plot.at(2.4, 1.1), "no penalty", 14, INK, "middle"),
        dot(*plot.at(*best), GREEN, 8),
        text(*plot.at(0.75, -1.35), f"best: {label}", 15, GREEN, weight="bold"),
        text(*plot.at(3.5, -0.35), "w₁", 15, INK, "middle"),
        text(*plot.at(0.22, 2.35), "w₂", 15, INK, "middle"),
    ]


diamond = circle / np.abs(circle).sum(1, keepdims=True)
save(
    "l1-l2-geometry",
    450,
    734,
    "Contours of a quadratic loss touch the L1 diamond in a corner, where one weight is "
    "zero, and the L2 circle where both weights are non-zero",
    [
        *panel(0, "L1: touches in a corner", RADIUS * diamond),
        *panel(366, "L2: touches on the round", RADIUS * circle),
    ],
)
