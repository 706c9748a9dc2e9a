"""Draw the graph of f = a b + tanh a with its values, local slopes and gradients."""

from math import tanh

from svg import BLUE, INK, MUTED, ORANGE, PALE, PALE_BLUE, arrow, rect, save, text

a, b = 2.0, 3.0
product, squashed = a * b, tanh(a)
slope = 1 - squashed**2

WIDE, HIGH = 104, 70
NODES = {  # center, title, value, gradient
    "b": (70, 82, "b", b, a),
    "a": (70, 222, "a", a, b + slope),
    "product": (228, 82, "a · b", product, 1),
    "tanh": (228, 222, "tanh a", squashed, 1),
    "sum": (392, 152, "f, the sum", product + squashed, 1),
}
EDGES = [
    ("b", "product", a, (149, 72)),
    ("a", "product", b, (126, 142)),
    ("a", "tanh", slope, (149, 246)),
    ("product", "sum", 1, (318, 100)),
    ("tanh", "sum", 1, (318, 216)),
]


def short(number: float) -> str:
    """Return at most four decimals."""
    return f"{number:.4f}".rstrip("0").rstrip(".")


parts = []
for start, end, local, (x, y) in EDGES:
    x0, y0 = NODES[start][:2]
    x1, y1 = NODES[end][:2]
    right, left = x0 + WIDE / 2, x1 - WIDE / 2
    rise = -16 if (start, end) == ("a", "product") else 0
    shift = {"product": -14, "tanh": 14}.get(start, 0) if end == "sum" else 0
    lower = 16 if (start, end) == ("a", "product") else 0
    parts += [
        arrow([(right, y0 + rise), (left, y1 + lower + shift)], MUTED),
        text(x, y, short(local), 15, MUTED, "middle"),
    ]
for name, (x, y, title, value, gradient) in NODES.items():
    fill = PALE_BLUE if name == "sum" else PALE
    parts += [
        rect(x - WIDE / 2, y - HIGH / 2, WIDE, HIGH, fill, INK, 6),
        text(x, y - 14, title, 15, INK, "middle", "bold"),
        text(x, y + 6, short(round(value, 3)), 15, BLUE, "middle"),
        text(x, y + 26, f"grad {short(gradient)}", 15, ORANGE, "middle", "bold"),
    ]
parts += [
    text(18, 28, "values go right, gradients come back", 16, INK, weight="bold"),
    text(18, 296, "on the arrows: the slope of a node by its input", 15, MUTED),
    text(18, 316, "a: 1 · 3 + 1 · 0.0707, the sum over both uses", 15, ORANGE),
]
save(
    "code-autograd",
    460,
    332,
    "Graph of a times b plus tanh a at a = 2, b = 3: the value is 6.964, the gradient "
    "is 3.0707 by a, the sum over its two uses, and 2 by b",
    parts,
)
