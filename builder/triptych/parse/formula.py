"""The formulas of `sizing` blocks: a grammar of their own, since content runs nothing.

    sum     := product (("+" | "-") product)*
    product := signed (("*" | "/") signed)*
    signed  := ("+" | "-") signed | power
    power   := atom ("^" signed)?
    atom    := number | name | function "(" sum ("," sum)* ")" | "(" sum ")"

Values are fractions, so that `ceil(1.1 * 10)` is 11; only `log2` and roots are rounded.
"""

import math
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from fractions import Fraction
from types import MappingProxyType

MAX_FORMULA_CHARS = 300
_MAX_DEPTH = 40
_MAX_BITS = 8192
"""The bits of a numerator or a denominator; more would take long to compute."""
_TOKEN = re.compile(
    r"(?P<number>[0-9][0-9_]*(?:\.[0-9_]+)?(?:[eE][-+]?[0-9]{1,3})?(?![\w.]))"
    r"|(?P<name>[A-Za-z]\w*)|(?P<sign>[-+*/^(),])|(?P<blank>[ \t]+)|(?P<other>.)",
    re.ASCII | re.DOTALL,
)

Lookup = Callable[[str], Fraction | None]
"""Returns the value of a name, or None where there is no such name."""


class FormulaError(Exception):
    """A formula has no value; the place is counted from 0."""

    def __init__(self, message: str, hint: str, start: int, end: int) -> None:
        """Keep the message, the hint and the place."""
        super().__init__(message)
        self.message, self.hint, self.start, self.end = message, hint, start, end


@dataclass(frozen=True, slots=True)
class _Piece:
    kind: str
    text: str
    start: int
    end: int


def names_in(formula: str) -> Iterator[str]:
    """Yield the names that `formula` refers to, functions left out."""
    for match in _TOKEN.finditer(formula):
        if match["name"] and match["name"] not in FUNCTIONS:
            yield match["name"]


def evaluate(formula: str, lookup: Lookup, known: tuple[str, ...] = ()) -> Fraction:
    """Return the value of `formula`; `known` are names to suggest.

    Raises:
        FormulaError: It cannot be read or computed.

    """
    if len(formula) > MAX_FORMULA_CHARS:
        message = f"the formula has more than {MAX_FORMULA_CHARS} characters"
        raise FormulaError(message, "make two rows of it", 0, len(formula))
    pieces = list(_pieces(formula))
    reader = _Reader(pieces, lookup, known, len(formula))
    value = reader.sum()
    left = reader.peek()
    if left.kind != "end":
        raise _unexpected(left)
    return value


def _pieces(formula: str) -> Iterator[_Piece]:
    for match in _TOKEN.finditer(formula):
        kind = match.lastgroup or ""
        if kind == "other":
            hint = "a formula has names, numbers, `+ - * / ^ ( )` and functions"
            message = f"`{match[0]}` is no part of a formula"
            raise FormulaError(message, hint, match.start(), match.end())
        if kind != "blank":
            yield _Piece(kind, match[0], match.start(), match.end())


def _unexpected(piece: _Piece) -> FormulaError:
    if piece.kind == "end":
        message, hint = "the formula ends too early", "a number or a name is missing"
    else:
        message = f"`{piece.text}` cannot be here"
        hint = "two operands need `+`, `-`, `*`, `/` or `^` between them"
    return FormulaError(message, hint, piece.start, piece.end)


@dataclass(slots=True)
class _Reader:
    """Reads a formula from left to right."""

    pieces: list[_Piece]
    lookup: Lookup
    known: tuple[str, ...]
    length: int
    position: int = 0
    depth: int = field(default=0)

    def peek(self) -> _Piece:
        if self.position < len(self.pieces):
            return self.pieces[self.position]
        return _Piece("end", "", max(0, self.length - 1), max(1, self.length))

    def take(self, *texts: str) -> _Piece | None:
        piece = self.peek()
        if piece.kind != "sign" or piece.text not in texts:
            return None
        self.position += 1
        return piece

    def expect(self, text: str) -> _Piece:
        piece = self.take(text)
        if piece is None:
            raise _unexpected(self.peek())
        return piece

    def sum(self) -> Fraction:
        value = self.product()
        while sign := self.take("+", "-"):
            other = self.product()
            value = value + other if sign.text == "+" else value - other
            value = _bounded(value, sign)
        return value

    def product(self) -> Fraction:
        value = self.signed()
        while sign := self.take("*", "/"):
            other = self.signed()
            if sign.text == "/" and not other:
                end = self.pieces[self.position - 1].end
                hint = "the divisor is 0"
                raise FormulaError("division by zero", hint, sign.start, end)
            value = value * other if sign.text == "*" else value / other
            value = _bounded(value, sign)
        return value

    def signed(self) -> Fraction:
        self.depth += 1
        if self.depth > _MAX_DEPTH:
            piece = self.peek()
            message = f"the formula is nested more than {_MAX_DEPTH} levels deep"
            raise FormulaError(message, "make two rows of it", piece.start, piece.end)
        sign = self.take("+", "-")
        if sign:
            value = self.signed()
            value = -value if sign.text == "-" else value
        else:
            value = self.power()
        self.depth -= 1
        return value

    def power(self) -> Fraction:
        base = self.atom()
        sign = self.take("^")
        return _raised(base, self.signed(), sign) if sign else base

    def atom(self) -> Fraction:
        piece = self.peek()
        self.position += 1
        if piece.kind == "number":
            return Fraction(piece.text.replace("_", ""))
        if piece.kind == "name" and piece.text in FUNCTIONS:
            return self.call(piece)
        if piece.kind == "name":
            return self.value_of_name(piece)
        if piece.text == "(":
            value = self.sum()
            self.expect(")")
            return value
        raise _unexpected(piece)

    def value_of_name(self, piece: _Piece) -> Fraction:
        value = self.lookup(piece.text)
        if value is None:
            near = get_close_matches(piece.text, (*self.known, *FUNCTIONS), n=1)
            hint = f"did you mean `{near[0]}`?" if near else "give it a row of its own"
            message = f"no row has the name `{piece.text}`"
            raise FormulaError(message, hint, piece.start, piece.end)
        return value

    def call(self, name: _Piece) -> Fraction:
        self.expect("(")
        values = [self.sum()]
        while self.take(","):
            values.append(self.sum())
        end = self.expect(")").end
        least, most, function = FUNCTIONS[name.text]
        if not least <= len(values) <= most:
            needed = "one value" if most == 1 else "two values or more"
            message = f"`{name.text}` needs {needed}"
            raise FormulaError(message, "", name.start, end)
        try:
            return function(values)
        except ValueError as error:
            raise FormulaError(str(error), "", name.start, end) from error


def _raised(base: Fraction, exponent: Fraction, sign: _Piece) -> Fraction:
    if not base and exponent < 0:
        message, hint = "division by zero", "0 has no power below 0"
        raise FormulaError(message, hint, sign.start, sign.end)
    if exponent.denominator == 1:
        bits = max(base.numerator.bit_length(), base.denominator.bit_length())
        # Of 0, 1 and -1 every power is small.
        if bits > 1 and abs(exponent) * (bits - 1) > _MAX_BITS:
            raise _too_large(sign)
        small = base in {0, 1, -1}
        power = int(exponent) % 2 + 2 if small and exponent else int(exponent)
        return _bounded(base**power, sign)
    if base < 0:
        message = "a number below 0 has no root"
        raise FormulaError(message, "raise it to a whole number", sign.start, sign.end)
    try:
        return Fraction(float(base) ** float(exponent))
    except OverflowError as error:
        raise _too_large(sign) from error


def _bounded(value: Fraction, sign: _Piece) -> Fraction:
    bits = max(value.numerator.bit_length(), value.denominator.bit_length())
    if bits > _MAX_BITS:
        raise _too_large(sign)
    return value


def _too_large(sign: _Piece) -> FormulaError:
    message = "the value is too large, or too small, to be computed"
    return FormulaError(message, "check the exponents", sign.start, sign.end)


def _log2(values: list[Fraction]) -> Fraction:
    (value,) = values
    if value <= 0:
        raise ValueError("`log2` needs a value above 0")
    # Both parts are whole numbers of any size, a float is not.
    return Fraction(math.log2(value.numerator) - math.log2(value.denominator))


FUNCTIONS: Mapping[str, tuple[int, float, Callable[[list[Fraction]], Fraction]]] = (
    MappingProxyType(
        {
            "ceil": (1, 1, lambda values: Fraction(math.ceil(values[0]))),
            "log2": (1, 1, _log2),
            "max": (2, math.inf, max),
            "min": (2, math.inf, min),
        }
    )
)
"""The least and the largest number of values of each function, and what it does."""
