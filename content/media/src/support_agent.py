"""Draw a support agent whose proposals pass a policy engine before any tool runs."""

from svg import (
    DASHED,
    INK,
    MUTED,
    ORANGE,
    PALE,
    PALE_BLUE,
    PALE_GREEN,
    PALE_ORANGE,
    arrow,
    box,
    save,
    text,
)

LEFT, RIGHT, WIDTH = 12, 232, 168
left, right = LEFT + 64, RIGHT + WIDTH / 2
parts = [
    box(LEFT, 12, 128, 80, ["Customer", "200,000", "contacts a day"], PALE),
    box(RIGHT, 12, WIDTH, 80, ["Model", "reads orders, policies", "42 calls/s peak"], PALE_BLUE),
    box(RIGHT, 146, WIDTH, 80, ["Policy engine", "code: rights, limits", "reads no prose"], PALE_ORANGE),
    box(RIGHT, 280, WIDTH, 80, ["Execute once", "idempotency key,", "log"], PALE_GREEN),
    box(LEFT, 280, 128, 80, ["Person", "gets summary", "and proposal"], PALE),
    arrow([(140, 40), (RIGHT, 40)]),
    arrow([(RIGHT, 64), (140, 64)]),
    arrow([(right, 92), (right, 146)]),
    text(right + 10, 124, "proposal", 14, INK),
    arrow([(right, 226), (right, 280)]),
    text(right + 10, 258, "low risk", 14, INK),
    arrow([(RIGHT, 186), (186, 186), (186, 320), (140, 320)], ORANGE),
    text(178, 246, "the rest", 14, INK, "end"),
    arrow([(left, 92), (left, 280)], MUTED, 2, DASHED),
    text(left + 8, 130, "can always ask", 14, MUTED),
    arrow([(400, 320), (424, 320), (424, 52), (400, 52)]),
    text(442, 186, "result, or refusal", 14, INK, "middle", turn=-90),
]
save(
    "support-agent",
    450,
    372,
    "A support agent with a policy engine between the model and the tools",
    parts,
)
