"""Draw a frozen weight matrix and the low-rank update that is learned beside it."""

from svg import INK, MUTED, PALE, PALE_BLUE, PALE_ORANGE, rect, save, text

TOP, SIDE, THIN = 60, 180, 26

parts = [
    rect(50, TOP, SIDE, SIDE, PALE),
    text(140, TOP + 85, "W", 26, INK, "middle", "bold"),
    text(140, TOP + 112, "frozen", 16, MUTED, "middle"),
    text(140, TOP + SIDE + 28, "4096 by 4096", 16, INK, "middle"),
    text(140, TOP + SIDE + 50, "16.8 million", 15, MUTED, "middle"),
    text(282, TOP + 98, "+", 30, INK, "middle", "bold"),
    text(338, TOP + 84, "alpha", 17, INK, "middle"),
    text(338, TOP + 112, "r", 17, INK, "middle"),
    rect(312, TOP + 90, 52, 2, INK, ""),
    rect(400, TOP, THIN, SIDE, PALE_ORANGE),
    text(413, TOP + 96, "B", 20, INK, "middle", "bold"),
    text(413, TOP + SIDE + 28, "4096 by 8", 16, INK, "middle"),
    text(413, TOP + SIDE + 50, "starts at zero", 15, MUTED, "middle"),
    rect(470, TOP, SIDE, THIN, PALE_BLUE),
    text(560, TOP + 20, "A", 20, INK, "middle", "bold"),
    text(560, TOP + THIN + 26, "8 by 4096", 16, INK, "middle"),
    text(560, TOP + THIN + 48, "starts random", 15, MUTED, "middle"),
    text(575, TOP + 128, "learned:", 16, INK, "middle", "bold"),
    text(575, TOP + 152, "65,536 numbers, 0.4%", 16, INK, "middle"),
    text(140, 36, "pre-trained", 18, INK, "middle", "bold"),
    text(520, 36, "low-rank update", 18, INK, "middle", "bold"),
]
save(
    "lora",
    700,
    312,
    "LoRA adds to a frozen 4096 by 4096 matrix W the product of B, 4096 by 8, and A, "
    "8 by 4096, scaled by alpha over r",
    parts,
)
