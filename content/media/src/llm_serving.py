"""Draw the path of an answer through a serving system, with the load on its arrows."""

from svg import (
    DASHED,
    INK,
    MUTED,
    PALE,
    PALE_BLUE,
    PALE_GREEN,
    PALE_ORANGE,
    arrow,
    box,
    save,
    text,
)

parts = [
    box(12, 12, 130, 62, ["Users", "10 M a day"], PALE),
    box(292, 12, 146, 62, ["Gateway", "quotas in tokens"], PALE_ORANGE),
    arrow([(142, 34), (292, 34)]),
    text(217, 26, "2,778 answers/s", 14, INK, "middle"),
    arrow([(292, 56), (142, 56)], MUTED),
    text(217, 74, "1.11 M tokens/s", 14, MUTED, "middle"),
    box(292, 124, 146, 62, ["Router", "class, affinity"], PALE_ORANGE),
    arrow([(345, 74), (345, 124)]),
    text(335, 104, "4.17 M tokens/s in", 14, INK, "end"),
    arrow([(385, 124), (385, 74)], MUTED),
    text(393, 104, "stream", 14, MUTED),
    box(12, 124, 150, 62, ["Conversations", "outside the engine"], PALE),
    arrow([(292, 155), (162, 155)], MUTED, 2, DASHED),
    box(
        12,
        246,
        270,
        118,
        [
            "Chat pool: 295 replicas",
            "prefill 33.2 ms an answer",
            "(half of the input is cached)",
            "decode 41.1 ms an answer",
            "13.5 answers/s each at most",
        ],
        PALE_BLUE,
    ),
    box(
        302,
        246,
        136,
        118,
        ["Long pool", "prefill in chunks", "100,000 tokens:", "8.6 s"],
        PALE_GREEN,
    ),
    arrow([(320, 186), (320, 216), (147, 216), (147, 246)]),
    arrow([(385, 186), (385, 246)]),
    text(230, 236, "almost all", 14, INK, "middle"),
    text(393, 222, "few", 14, INK),
]
save(
    "llm-serving",
    450,
    376,
    "The path of a chat answer through gateway, router and two pools",
    parts,
)
