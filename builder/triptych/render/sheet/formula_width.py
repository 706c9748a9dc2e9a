"""How wide a display formula is at most.

Typst has to lay out a formula to measure it, and keeps that in memory: it takes 30 KB.
So it measures only formulas for which this is too wide.
"""

from collections.abc import Callable, Mapping
from math import ceil
from types import MappingProxyType

from triptych.values.tree import Node

UNKNOWN_EM = 999
"""The width of a formula whose width is hard to compute, such as that of a matrix."""

# In em of New Computer Modern Math, and a little more.
_NARROW_SIGNS = frozenset("()[]{}|/,;.!∣⟨⟩‖′")  # noqa: RUF001 - signs of formulas
_USUAL_SIGNS = frozenset("=+−±×·≤≥≈∈∼∝≠<>∪∩∧∨-:*∗∘⋅")  # noqa: RUF001 - as above
_SPACE_AROUND_EM = 0.56
_SCRIPT_FACTOR = 0.72
"""The size of a script, as a part of that of its base."""
_KERN_EM = 0.3
_WORD_SPACE_EM = 0.4


def most_em(tree: Node) -> int:
    """Return a width that the formula does not exceed, in em of its text.

    It is hardly higher than that either.

    >>> most_em(("row", "x", ("op", "="), ("text", "12")))
    4
    """
    return min(ceil(_most(tree)), UNKNOWN_EM)


def _most(node: Node) -> float:
    if isinstance(node, str):
        return letters_em(node)
    if not isinstance(node, tuple) or not node:
        return UNKNOWN_EM
    known = _KINDS.get(str(node[0]))
    return known(*node[1:]) if known else UNKNOWN_EM


def letters_em(text: str) -> float:
    """Return a width that letters and digits of a formula do not exceed, in em."""
    return sum(map(_letter, text))


def _letter(char: str) -> float:
    if char.isdigit() and char.isascii():
        return 0.52
    if char in " -":
        return 0.4
    if not (char.isascii() or "Α" <= char <= "ω"):  # noqa: RUF001 - Greek letters
        return 1.3
    if char in "mwMW":
        return 1.1
    return 0.95 if char.isupper() else 0.66


def _row(*nodes: Node) -> float:
    return sum(map(_most, nodes))


def _text(words: Node, *font: Node) -> float:
    width = letters_em(str(words)) * (1.25 if font else 1)
    return width if str(words).isdigit() else width + _WORD_SPACE_EM


def _sign(sign: Node, *_class: Node) -> float:
    if sign in _NARROW_SIGNS:
        return 0.5 + (_SPACE_AROUND_EM if _class else 0)
    return (0.78 if sign in _USUAL_SIGNS else 1.55) + _SPACE_AROUND_EM


def _wider(*nodes: Node) -> float:
    """Return the width of what stands under or over each other, on any level.

    A fraction is counted as wider than it is, so that a narrow formula is not high.
    """
    return max(map(_most, nodes)) + 1.5


def _scripts(base: Node, *scripts: Node) -> float:
    return _most(base) + _SCRIPT_FACTOR * max(map(_most, scripts)) + _KERN_EM


def _accent(_sign: Node, _is_wide: Node, body: Node) -> float:
    return _most(body) + _KERN_EM


def _space(width: Node) -> float:
    return max(0.0, float(width) / 1000) if isinstance(width, int) else UNKNOWN_EM


def _delimited(_left: Node, _right: Node, body: Node) -> float:
    return _most(body) + 2


def _body(*nodes: Node) -> float:
    return _most(nodes[-1])


_KINDS: Mapping[str, Callable[..., float]] = MappingProxyType(
    {
        "accent": _accent,
        "big": lambda *_: 1.6,
        "color": _body,
        "frac": _wider,
        "italic": _row,
        "limits": _scripts,
        "lr": _delimited,
        "op": _sign,
        "row": _row,
        "scripts": _scripts,
        "space": _space,
        "sqrt": lambda body: _most(body) + 1.2,
        "style": _body,
        "sum": _scripts,
        "text": _text,
        "up": _row,
    }
)
