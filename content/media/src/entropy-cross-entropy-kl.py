"""Draw the two normal laws closest to a law with two humps, one for each direction."""

from math import exp, pi, sqrt

from svg import BLUE, INK, MUTED, ORANGE, Plot, area, line, save, text


def normal(x: float, mean: float, sd: float) -> float:
    """Return the density of a normal law."""
    return exp(-(((x - mean) / sd) ** 2) / 2) / sd / sqrt(2 * pi)


def humps(x: float) -> float:
    """Return the density that is to be approximated."""
    return 0.6 * normal(x, -2, 0.6) + 0.4 * normal(x, 2, 0.6)


XS = [-6 + i / 20 for i in range(241)]
FORWARD, REVERSE = (-0.40, 2.05), (-2.00, 0.60)


def panel(top: float, fit: tuple[float, float], color: str, words: list[str]) -> str:
    """Return the target in grey with one fit, and a title of two lines."""
    plot = Plot(24, top + 48, 402, 104, (-6, 6), (0, 0.68))
    target = [plot.at(-6, 0), *plot.curve(XS, map(humps, XS)), plot.at(6, 0)]
    base = [plot.at(-6, 0), plot.at(6, 0)]
    return "".join(
        [
            area(target, "#d8d5ce"),
            line(target[1:-1], MUTED, 1.5),
            line(base, INK, 1.5),
            line(plot.curve(XS, [normal(x, *fit) for x in XS]), color, 3),
            text(24, top + 18, words[0], 16, color, weight="bold"),
            text(24, top + 38, words[1], 14, INK),
            text(plot.at(-2, 0)[0], plot.at(0, 0)[1] - 6, "p", 15, INK, "middle"),
            text(
                plot.at(fit[0], 0)[0] + (60 if fit == REVERSE else 0),
                plot.at(0, normal(fit[0], *fit))[1] + (20 if fit == REVERSE else -8),
                "q",
                16,
                color,
                "middle",
                "bold",
            ),
        ]
    )


save(
    "entropy-cross-entropy-kl",
    450,
    352,
    "A law p with two humps and the closest normal q: KL(p, q) gives a wide q over both "
    "humps, KL(q, p) a narrow q on the larger one",
    [
        panel(
            8,
            FORWARD,
            BLUE,
            [
                "smallest KL(p ‖ q): covers both",
                "q = N(−0.40, 2.05²), as wide as p’s mean and variance say",
            ],
        ),
        panel(
            180,
            REVERSE,
            ORANGE,
            ["smallest KL(q ‖ p): picks one", "q = N(−2.00, 0.60²), the larger hump"],
        ),
    ],
)
