"""Write a formula as plain text on one line, as people type it: `x² ≤ (a + b)/2`."""

import unicodedata
from collections.abc import Callable, Mapping
from functools import lru_cache
from types import MappingProxyType
from xml.etree import ElementTree as ET

from triptych.patterns import lazy_pattern
from triptych.typeset.math.latex import convert
from triptych.typeset.math.leaves import SUMS

_APPLICATION = "\u2061"
_ENTITIES = {"&ApplyFunction;": _APPLICATION, "&InvisibleTimes;": "\u2062"}
_UNSEEN = str.maketrans("", "", "\u2062\u2063\u2064\ufe00\ufe01")
_APPLIED = lazy_pattern(_APPLICATION + r"\s*(?=[(\[{|])")
"""Between the name of a function and its argument in brackets."""
_INNER_SPACE = lazy_pattern(r"(?<=[(\[{⌊⌈⟨])\s+|\s+(?=[)\]}⌋⌉⟩,;])")
_OPERATOR_SPACE = lazy_pattern(r" ?([^\w\s]) ?")
_PRIMES = "\u2032\u2033\u2034"
_MARKS = f"\u0300-\u036f\u20d7{_PRIMES}"
_TERM = lazy_pattern(rf"√?(?:[\d.]+|[^\W\d_]+[{_MARKS}]*(?:[_^]\w+)*)|.")
"""What needs no parentheses as a part of something else."""
_BRACKETS = {"(": ")", "[": "]", "{": "}", "⟨": "⟩", "⌊": "⌋", "⌈": "⌉", "‖": "‖"}
_BRACKET_ENDS = frozenset(_BRACKETS.values())
_CLOSING = _BRACKET_ENDS | frozenset(f"|!…⋯{_PRIMES}")
_WORD = lazy_pattern(r"[A-Za-z]{2}")
_RAISED = str.maketrans("0123456789+-\u2212()nijkT\u22a4", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁽⁾ⁿⁱʲᵏᵀᵀ")
_LOWERED = str.maketrans("0123456789+-\u2212()aijknt", "₀₁₂₃₄₅₆₇₈₉₊₋₋₍₎ₐᵢⱼₖₙₜ")
_ACCENTS = MappingProxyType(
    {
        **dict.fromkeys("^\u02c6\u0302", "\u0302"),
        **dict.fromkeys("~\u02dc\u0303", "\u0303"),
        **dict.fromkeys("\u00af\u203e\u0304", "\u0304"),
        **dict.fromkeys("\u2192\u20d7", "\u20d7"),
        **dict.fromkeys(".\u02d9\u0307", "\u0307"),
        **dict.fromkeys("\u00a8\u0308", "\u0308"),
    }
)
_UNSPACED = frozenset("|¬∂∇∞/\u2016")
"""Signs of mathematics that stand close to what is beside them."""


@lru_cache(maxsize=8192)
def plain_text(tex: str) -> str:
    """Return the formula `tex` as text; what has no signs of its own is `^` and `_`."""
    markup = convert(tex, display=False)
    for entity, sign in _ENTITIES.items():
        markup = markup.replace(entity, sign)
    text = _text(ET.fromstring(markup))  # noqa: S314 - math-core wrote it
    text = _APPLIED.sub("", unicodedata.normalize("NFC", text))
    text = text.replace(_APPLICATION, " ")
    return _INNER_SPACE.sub("", " ".join(text.split())).replace("...", "…")


def _text(element: ET.Element) -> str:
    return _WRITERS.get(element.tag, _row)(element)


def _leaf(element: ET.Element) -> str:
    return "".join(element.itertext()).translate(_UNSEEN)


def _row(element: ET.Element, *, after_term: bool = False) -> str:
    """Return the parts of `element` in a row, which may stand after a term."""
    parts: list[str] = []
    for child in element:
        text = _text(child)
        is_operator = child.tag == "mo"
        if is_operator and after_term and _is_spaced(text):
            parts.append(f" {text} ")
        elif text in {",", ";"}:
            parts.append(f"{text} ")
        elif child.tag == "mfrac" and parts and parts[-1].endswith(_APPLICATION):
            parts.append(f"({text})")
        elif text[:1] in SUMS or child.tag == "mfrac":
            before = parts[-1][-1:] if parts else ""
            parts.append(f" {text} " if before.isalnum() else f"{text} ")
        else:
            parts.append(f" {text}" if _is_parted(parts, text) else text)
        if text.strip():
            after_term = not is_operator or text[-1] in _CLOSING
    return "".join(parts)


def _is_parted(parts: list[str], text: str) -> bool:
    """Return whether a word, such as `log`, would run into another term."""
    last = next((part.strip() for part in reversed(parts) if part.strip()), "")
    if not (text[:1].isalnum() and (last[-1:].isalnum() or last[-1:] in _BRACKET_ENDS)):
        return False
    return bool(_WORD.match(text) or (_WORD.match(last) and last[-1:].isalnum()))


def _is_spaced(sign: str) -> bool:
    """Return whether an operator between two terms has spaces around it."""
    return (
        len(sign) == 1 and sign not in _UNSPACED and unicodedata.category(sign) == "Sm"
    )


def _children(element: ET.Element) -> list[str]:
    return [_text(child).strip() for child in element]


def _fraction(element: ET.Element) -> str:
    above, below = map(_operand, _children(element))
    if element.get("linethickness", "").startswith("0"):
        return f"{above}, {below}"  # a binomial coefficient
    return f"{above}/{below}"


def _operand(text: str) -> str:
    """Return `text` in parentheses, unless it is a single term or has brackets."""
    is_term = not text or _TERM.fullmatch(text) or _is_in_brackets(text)
    return text if is_term else f"({text})"


def _is_in_brackets(text: str) -> bool:
    """Return whether the bracket that begins `text` is closed by its last character."""
    opening, closing = text[0], _BRACKETS.get(text[0])
    if closing != text[-1]:
        return False
    depth = 0
    for character in text[1:-1]:
        depth += (character == opening) - (character == closing)
        if depth < 0:
            return False
    return opening != closing or closing not in text[1:-1]


def _root(element: ET.Element) -> str:
    if element.tag == "msqrt":
        return f"√{_operand(_row(element).strip())}"
    body, degree = _children(element)
    return f"{_raised(degree, '')}√{_operand(body)}"


def _raised(text: str, sign: str = "^") -> str:
    return _script(text, sign, _RAISED)


def _lowered(text: str) -> str:
    return _script(text, "_", _LOWERED)


def _script(text: str, sign: str, letters: Mapping[int, int]) -> str:
    text = _OPERATOR_SPACE.sub(r"\1", text)
    if set(text) <= {*_PRIMES, "'", "†"}:
        return text
    if all(ord(character) in letters for character in text):
        return text.translate(letters)
    return f"{sign}{_operand(text)}"


def _scripts(element: ET.Element) -> str:
    base, *scripts = _children(element)
    if element[0].tag == "mrow" and not base.replace(" ", "").isalpha():
        base = _operand(base)
    if element.tag in {"msup", "mover"}:
        return base + _raised(scripts[0])
    if element.tag in {"msub", "munder"}:
        return base + _lowered(scripts[0])
    return base + _lowered(scripts[0]) + _raised(scripts[1])


def _over_or_under(element: ET.Element) -> str:
    base, mark = _children(element)
    if mark in _ACCENTS and element[1].tag == "mo":
        return base + _ACCENTS[mark] if len(base) == 1 else base
    if element[1].tag == "mo":
        return base
    return _scripts(element) + (
        _APPLICATION if len(base) > 1 and base[-1].isalpha() else ""
    )


def _table(element: ET.Element) -> str:
    return "; ".join(
        " ".join(_row(cell, after_term=n > 0).strip() for n, cell in enumerate(line))
        for line in element
    )


def _space(element: ET.Element) -> str:
    width = element.get("width", "0em")
    return "" if width.startswith(("-", "0em", "0.1")) else " "


_WRITERS: Mapping[str, Callable[[ET.Element], str]] = MappingProxyType(
    {
        **dict.fromkeys(("mi", "mn", "mo", "mtext"), _leaf),
        "mfrac": _fraction,
        **dict.fromkeys(("msqrt", "mroot"), _root),
        **dict.fromkeys(("msup", "msub", "msubsup", "munderover"), _scripts),
        **dict.fromkeys(("mover", "munder"), _over_or_under),
        "mtable": _table,
        "mspace": _space,
    }
)
