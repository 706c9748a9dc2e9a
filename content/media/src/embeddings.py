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
        return dot(x, y, color, 6)
    return rect(x - 5, y - 5, 10, 10, color, "")


def plane(left: float, head: str, turn: float, before: str = "") -> list[str]:
    """Return the words after a turn about the origin; one label stands before its mark."""
    x0, y0, scale = left + 94, 154, 62
    cosine, sine = cos(radians(turn)), sin(radians(turn))
    parts = [
        rect(left, 42, 206, 222, "#ffffff", GRID),
        line([(left, y0), (left + 206, y0)], GRID, 1.5),
        line([(x0, 42), (x0, 264)], GRID, 1.5),
        text(left + 103, 28, head, 16, anchor="middle", weight="bold"),
    ]
    for word, (x, y, color) in WORDS.items():
        px = x0 + scale * (x * cosine - y * sine)
        py = y0 - scale * (x * sine + y * cosine)
        if word == "cat":
            parts.append(line([(x0, y0), (px, py)], MUTED, 2, DASHED))
        side, anchor = (-9, "end") if word == before else (9, "start")
        parts += [mark(px, py, color), text(px + side, py + 5, word, 15, anchor=anchor)]
    return parts


save(
    "embeddings",
    450,
    316,
    "The same six words in two embedding models: distances within each are equal, but "
    "the second is rotated, so the word cat points in another direction",
    [
        *plane(12, "model A", 0),
        *plane(232, "model B", 205, "horse"),
        mark(24, 286, BLUE),
        text(36, 291, "animal", 15),
        mark(116, 286, ORANGE),
        text(128, 291, "vehicle", 15),
        line([(212, 286), (252, 286)], MUTED, 2, DASHED),
        text(260, 291, "from the origin to “cat”", 15),
    ],
)
