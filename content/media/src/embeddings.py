"""Draw one set of words in two embedding spaces that differ by a rotation."""

from math import cos, radians, sin

from svg import (
    BLUE,
    DASHED,
    GRID,
    MUTED,
    ORANGE,
    dot,
    line,
    rect,
    save,
    text,
)

WORDS = {
    "cat": (0.55, 0.95, BLUE),
    "dog": (1.05, 0.5, BLUE),
    "horse": (0.7, -0.1, BLUE),
    "car": (-0.7, 0.75, ORANGE),
    "truck": (-1.15, 0.2, ORANGE),
    "bus": (-0.65, -0.3, ORANGE),
}


def mark(x: float, y: float, color: str) -> str:
    """Return a dot for animals and a square for vehicles."""
    if color == BLUE:
        return dot(x, y, color, 7)
    return rect(x - 6, y - 6, 12, 12, color, "")


def plane(left: float, head: str, turn: float) -> list[str]:
    """Return the words after a turn about the origin."""
    x0, y0, scale = left + 140, 190, 92
    cosine, sine = cos(radians(turn)), sin(radians(turn))
    parts = [
        rect(left, 50, 300, 280, "#ffffff", GRID),
        line([(left, y0), (left + 300, y0)], GRID, 1.5),
        line([(x0, 50), (x0, 330)], GRID, 1.5),
        text(x0, 32, head, 18, anchor="middle", weight="bold"),
    ]
    for word, (x, y, color) in WORDS.items():
        px = x0 + scale * (x * cosine - y * sine)
        py = y0 - scale * (x * sine + y * cosine)
        if word == "cat":
            parts.append(line([(x0, y0), (px, py)], MUTED, 2, DASHED))
        parts += [mark(px, py, color), text(px + 12, py + 5, word, 16)]
    return parts


save(
    "embeddings",
    730,
    350,
    "The same six words in two embedding models: distances within each are equal, but "
    "the second is rotated, so the word cat points in another direction",
    [
        *plane(30, "model A", 0),
        *plane(400, "model B", 205),
    ],
)
