"""Write a value where a number stands, in the way in which that number is written."""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Context, Decimal

from triptych.dialect.numbers import GROUP_MARKS, RAISED, decimal_mark
from triptych.parse.numbers import Number
from triptych.parse.readable import Readable

_EXACT = Context(prec=900, rounding=ROUND_HALF_EVEN)
_GROUP = re.compile(rf"\d([.,{GROUP_MARKS}])\d{{3}}(?!\d)")
_DIGITS = re.compile(r"[0-9]")
_GROUPED = re.compile(r"(?<=\d)(?=(?:\d{3})+$)")


@dataclass(frozen=True, slots=True)
class WrittenValue:
    """How a value reads where a number stood: the digits of both its parts."""

    mantissa: str
    exponent: str = ""


def rewritten(
    number: Number, text: str, value: Decimal, language: str, digits: int = 0
) -> WrittenValue | None:
    """Return `value` written as `number` is in `text`, without a percent sign.

    A decimal mark that the number did not have is that of `language`.

    It is None for what cannot be written so: a power, or digits of another script.
    """
    old = text[number.start : number.mantissa_end]
    if number.is_power or not _DIGITS.search(old):
        return None
    mantissa = _EXACT.divide(value, number.share)
    if not number.exponent:
        step = _step(number, mantissa, digits)
        shown = f"{mantissa.quantize(step, context=_EXACT):f}"
        return WrittenValue(_punctuated(shown, old, number, language))
    places = max(number.mantissa.adjusted(), 0)
    power = mantissa.adjusted() - places if mantissa else 0
    step = Decimal(1).scaleb(-number.decimals)
    factor = mantissa.scaleb(-power).quantize(step, context=_EXACT)
    if factor.adjusted() > places:
        power += 1
        factor = mantissa.scaleb(-power).quantize(step, context=_EXACT)
    raised = not _DIGITS.search(text[slice(*number.exponent)])
    shown = str(power).translate(RAISED) if raised else str(power)
    return WrittenValue(_punctuated(f"{factor:f}", old, number, language), shown)


def _step(number: Number, value: Decimal, digits: int) -> Decimal:
    """Return the worth of the last digit to write."""
    if digits and value:
        return Decimal(1).scaleb(value.adjusted() - digits + 1)
    count = len(abs(number.mantissa).normalize().as_tuple().digits)
    step = Decimal(1).scaleb(-number.decimals)
    if number.is_rough and value:
        # One digit would be further away than "about" allows.
        return Decimal(1).scaleb(value.adjusted() - max(count, 2) + 1)
    if value and not value.quantize(step, context=_EXACT):
        # Too small for the digits of before: as many significant ones instead.
        step = Decimal(1).scaleb(value.adjusted() - count + 1)
    return step


def _punctuated(plain: str, old: str, number: Number, language: str) -> str:
    """Return a number such as `-1234.5` with the marks of the `old` one."""
    sign = "-" if plain.startswith("-") else ""
    whole, _, fraction = plain.removeprefix("-").partition(".")
    group = _GROUP.search(old)
    if group and (not number.decimals or old.rindex(group[1]) < _fraction(old, number)):
        whole = _GROUPED.sub(group[1], whole)
    if not fraction:
        return sign + whole
    mark = old[_fraction(old, number)] if number.decimals else decimal_mark(language)
    return f"{sign}{whole}{mark}{fraction}"


def _fraction(old: str, number: Number) -> int:
    """Return where the decimal mark of a number stands in it."""
    return len(old) - number.decimals - 1


def replacements(
    number: Number, text: Readable, source: str, new: WrittenValue
) -> list[tuple[int, int, str]]:
    """Return what to replace in `source`, from where to where and by what.

    There is nothing where markup parts the digits, or an exponent lacks braces.
    """
    found = [
        _replacement(number.start, number.mantissa_end, text, source, new.mantissa)
    ]
    if number.exponent:
        start, end = number.exponent
        found.append(_replacement(start, end, text, source, new.exponent))
        braced = source[text.starts[start] - 1] == "{"
        caret = text.text[start - 1] == "^"
        if caret and len(new.exponent) > 1 and not braced:
            return []
    return [piece for piece in found if piece] if all(found) else []


def _replacement(
    start: int, end: int, text: Readable, source: str, new: str
) -> tuple[int, int, str] | None:
    pieces = range(start, end)
    if any(text.ends[at] != text.starts[at + 1] for at in pieces[:-1]):
        return None
    # In LaTeX `{,}` is written where a comma is read.
    marks = {
        text.text[at]: source[text.starts[at] : text.ends[at]]
        for at in pieces
        if not text.text[at].isdecimal()
    }
    comes = "".join(marks.get(character, character) for character in new)
    return text.starts[start], text.ends[end - 1], comes
