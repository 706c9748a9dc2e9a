"""Draw four slots over time, batched statically and continuously."""

from svg import (
    BLUE,
    GRID,
    INK,
    MUTED,
    ORANGE,
    PALE,
    PALE_BLUE,
    PALE_ORANGE,
    arrow,
    rect,
    save,
    text,
)

LENGTHS = (3, 9, 2, 5, 7, 3, 4, 2, 6, 2, 8, 3)
SLOTS, STEP, LEFT, HIGH = 4, 16.5, 42, 26
FILLS = (PALE_BLUE, PALE_ORANGE, GRID)


def static() -> list[tuple[int, int, int]]:
    """Return (slot, start, request): a batch starts when the one before has ended."""
    placed, start = [], 0
    for first in range(0, len(LENGTHS), SLOTS):
        batch = range(first, first + SLOTS)
        placed += [(i - first, start, i) for i in batch]
        start += max(LENGTHS[i] for i in batch)
    return placed


def continuous() -> list[tuple[int, int, int]]:
    """Return (slot, start, request): a request starts when any slot is free."""
    free, placed = [0] * SLOTS, []
    for i, length in enumerate(LENGTHS):
        slot = free.index(min(free))
        placed.append((slot, free[slot], i))
        free[slot] += length
    return placed


def draw(top: float, name: str, placed: list[tuple[int, int, int]], color: str) -> str:
    """Return one panel, with the steps it took and the share of working slots."""
    end = max(start + LENGTHS[i] for _, start, i in placed)
    share = round(100 * sum(LENGTHS) / (SLOTS * end))
    parts = [
        text(LEFT, top - 10, name, 16, color, weight="bold"),
        text(440, top - 10, f"{end} steps, {share}% at work", 15, INK, "end"),
        rect(LEFT, top, end * STEP, SLOTS * HIGH, PALE, ""),
    ]
    for slot in range(SLOTS):
        y = top + slot * HIGH
        parts.append(text(LEFT - 8, y + 18, str(slot + 1), 14, MUTED, "end"))
    for slot, start, i in placed:
        x, width = LEFT + start * STEP, LENGTHS[i] * STEP
        parts += [
            rect(x, top + slot * HIGH + 2, width, HIGH - 4, FILLS[i // SLOTS]),
            text(x + width / 2, top + slot * HIGH + 18, str(i + 1), 14, INK, "middle"),
        ]
    return "".join(parts)


bottom = 36 + 2 * (SLOTS * HIGH) + 44
save(
    "continuous-batching-and-paging",
    450,
    334,
    "Twelve requests in four slots: static batches need 24 steps with idle slots, "
    "continuous batching fills each slot as soon as it is free",
    [
        draw(36, "static", static(), BLUE),
        draw(36 + SLOTS * HIGH + 44, "continuous", continuous(), ORANGE),
        arrow([(LEFT, bottom + 14), (440, bottom + 14)], MUTED),
        text(LEFT, bottom + 36, "decoding steps; numbers are requests", 14, MUTED),
    ],
)
