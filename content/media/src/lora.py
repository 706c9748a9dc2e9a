"""Draw a frozen weight matrix and the low-rank update that is learned beside it."""

from svg import INK, MUTED, PALE, PALE_BLUE, PALE_ORANGE, rect, save, text

TOP, DOWN, SIDE, THIN = 52, 284, 170, 26

parts = [
    text(20, 34, "pre-trained", 18, INK, weight="bold"),
    rect(130, TOP, SIDE, SIDE, PALE),
    text(215, TOP + 80, "W", 26, INK, "middle", "bold"),
    text(215, TOP + 107, "frozen", 16, MUTED, "middle"),
    text(318, TOP + 80, "4096 by 4096", 16, INK),
    text(318, TOP + 102, "16.8 million", 15, MUTED),
    text(20, 266, "low-rank update", 18, INK, weight="bold"),
    text(32, DOWN + 96, "+", 30, INK, "middle", "bold"),
    text(84, DOWN + 78, "alpha", 17, INK, "middle"),
    text(84, DOWN + 106, "r", 17, INK, "middle"),
    rect(58, DOWN + 84, 52, 2, INK, ""),
    rect(130, DOWN, THIN, SIDE, PALE_ORANGE),
    text(143, DOWN + 92, "B", 20, INK, "middle", "bold"),
    text(143, DOWN + SIDE + 26, "4096 by 8", 16, INK, "middle"),
    text(143, DOWN + SIDE + 48, "starts at zero", 15, MUTED, "middle"),
    rect(220, DOWN, SIDE, THIN, PALE_BLUE),
    text(305, DOWN + 20, "A", 20, INK, "middle", "bold"),
    text(305, DOWN + THIN + 26, "8 by 4096", 16, INK, "middle"),
    text(305, DOWN + THIN + 48, "starts random", 15, MUTED, "middle"),
    text(320, DOWN + 148, "learned:", 16, INK, "middle", "bold"),
    text(320, DOWN + 172, "65,536 numbers, 0.4%", 16, INK, "middle"),
]
save(
    "lora",
    450,
    516,
    "LoRA adds to a frozen 4096 by 4096 matrix W the product of B, 4096 by 8, and A, "
    "8 by 4096, scaled by alpha over r",
    parts,
)
