"""The numbers in a text, and how exactly each is written.

`131` says that the value lies within half a unit of its last digit, `1.50` half a
hundredth; after a word such as "about" the zeros at the end of a whole number are
rounded. A percentage is a share: `13%` is 0.13. Other units are the author's: `131 GB`
is 131. Digits in names (`H100`, `top-5`, `x_1`) and exponents (`n^2`) are none.
"""

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from types import MappingProxyType

from triptych.dialect.numbers import (
    APPROXIMATION_WORDS,
    GROUP_MARKS,
    PER_MILLE_MARK,
    PERCENT_MARKS,
    SUPERSCRIPTS,
    decimal_mark,
)

_LETTER = "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u0370-\u052f"
"""Letters of scripts that part words with spaces: a digit after one belongs to it."""
_IN_NAME = f"{_LETTER}0-9_"
_RAISED = "[⁻⁺]?[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,4}"
_EXPONENTS = ("times_plain", "times_raised", "e", "power_plain", "power_raised")
_MAX_POWER = 400
_MAX_APPROXIMATION_CHARS = 20
"""How far before a number a word for "about" begins, in characters."""
_DASHES = frozenset({"-", "\u2013", "\u2014"})
_PERCENT = Decimal("0.01")
_SHARES = MappingProxyType({PER_MILLE_MARK: Decimal("0.001")})
_ONE_TENTH = Decimal("0.1")
_HALF = Decimal("0.5")
_ROUNDING_ERROR = Decimal("1e-12")
"""The share of a value that binary fractions and sums may have lost."""
_MAX_ROUNDING_ERROR = Decimal("0.001")
"""The share of the last digit that this may be."""


@dataclass(frozen=True, slots=True)
class Number:
    """One number of a text."""

    start: int
    mantissa_end: int
    end: int
    """Where it stands in the text, its exponent included and its percent sign not."""
    mantissa: Decimal
    """The digits with their decimal mark and sign."""
    decimals: int = 0
    """How many digits follow the decimal mark."""
    exponent: tuple[int, int] | None = None
    """Where the digits of its exponent stand, such as the `23` of `7.2e23`."""
    power: int = 0
    """The exponent, 23 there."""
    is_power: bool = False
    """Whether the mantissa is raised to it, as in `2^30`."""
    share: Decimal = Decimal(1)
    """What it is a number of: 0.01 for a percentage."""
    is_rough: bool = False
    """Whether a word such as "about" stands before it."""

    @property
    def value(self) -> Decimal:
        """Return the value as written: 0.13 for `13%`."""
        if self.is_power:
            size = abs(self.mantissa) ** self.power if self.mantissa else self.mantissa
            return (size if self.mantissa > 0 else -size) * self.share
        return self.mantissa.scaleb(self.power) * self.share

    @property
    def unit(self) -> Decimal:
        """Return the worth of its last digit; 0 for a power, which is exact."""
        if self.is_power:
            return Decimal(0)
        return Decimal(1).scaleb(self.power - self.decimals) * self.share

    def matches(self, value: Decimal, digits: int = 0) -> bool:
        """Return whether `value` is this number once it is rounded as written.

        With `digits` that many significant digits are meant, whatever zeros follow.
        """
        rounding_error = abs(value) * _ROUNDING_ERROR
        if self.unit:
            rounding_error = min(rounding_error, self.unit * _MAX_ROUNDING_ERROR)
        return abs(value - self.value) <= self.tolerance(digits) + rounding_error

    def tolerance(self, digits: int = 0) -> Decimal:
        """Return how far a value may be from the number as it is written."""
        size = abs(self.value)
        if digits and size:
            return _HALF.scaleb(size.adjusted() - digits + 1)
        half = self.unit * _HALF
        if not (self.is_rough and size):
            return half
        last = _HALF.scaleb(int(size.normalize().as_tuple().exponent))
        return max(half, min(last, size * _ONE_TENTH))


def numbers(text: str, language: str) -> tuple[Number, ...]:
    """Return the numbers of `text`, which is in `language`, from left to right."""
    found: list[Number] = []
    for match in _pattern(decimal_mark(language)).finditer(text):
        if match["mantissa"] is None:
            continue
        number = _number(match, text)
        between = text[found[-1].end : match.start()] if found else ""
        if between.strip() in _DASHES:
            # From 3 to 5 percent, and about both.
            number = replace(number, is_rough=found[-1].is_rough or number.is_rough)
            if found[-1].share == 1:
                found[-1] = replace(found[-1], share=number.share)
        found.append(number)
    return tuple(found)


def _number(match: re.Match[str], text: str) -> Number:
    whole = "".join(filter(str.isdecimal, match["whole"] or "0"))
    fraction = match["fraction"] or match["bare"] or ""
    sign = "-" if match["sign"] else ""
    kind = next((name for name in _EXPONENTS if match[name] is not None), "")
    share = match["share"]
    return Number(
        start=match.start(),
        mantissa_end=match.end("mantissa"),
        end=match.end("end"),
        mantissa=Decimal(f"{sign}{whole}.{fraction}"),
        decimals=len(fraction),
        exponent=match.span(kind) if kind else None,
        power=_power(match[kind]) if kind else 0,
        is_power=kind.startswith("power"),
        share=_SHARES.get(share, _PERCENT) if share else Decimal(1),
        is_rough=_is_rough(
            text[max(0, match.start() - _MAX_APPROXIMATION_CHARS) : match.start()]
        ),
    )


def _power(exponent: str) -> int:
    power = int(exponent.translate(SUPERSCRIPTS))
    return max(-_MAX_POWER, min(power, _MAX_POWER))


def _is_rough(before: str) -> bool:
    """Return whether the text `before` a number ends with a word for "about"."""
    before = before.rstrip().lower()
    for word in APPROXIMATION_WORDS:
        if before.endswith(word):
            rest = before[: -len(word)]
            if not (word[0].isalpha() and word.isascii() and rest[-1:].isalnum()):
                return True
    return False


@lru_cache(maxsize=2)
def _pattern(mark: str) -> re.Pattern[str]:
    other = "," if mark == "." else "."
    groups = re.escape(GROUP_MARKS + other)
    # A point is a decimal mark everywhere, unless it parts groups of three digits.
    points = r"[.\u066b]" if mark == "." else r"[.,\u066b]"
    whole = rf"[1-9]\d{{0,2}}(?:[{groups}]\d{{3}})+(?!\d)|\d+"
    return re.compile(
        rf"""
        \\+[A-Za-z]+       # a command of LaTeX: a digit after it is no part of it
        | [{_LETTER}](?:[{_IN_NAME}]|[-.@^](?=[{_IN_NAME}]))*   # a name
        | [\^_]-?[{_IN_NAME}]+                   # an index or an exponent of a name
        | (?P<mantissa>
            (?P<sign>(?<![{_IN_NAME})\]])-)?
            (?:(?P<whole>{whole})(?:{points}(?P<fraction>\d+))?
              | (?<!\d)[.\u066b](?P<bare>\d+))
          )
          (?P<end>
            [ ]?\u00d7[ ]?10(?:
                \^(?P<times_plain>[-+]?\d{{1,4}})|(?P<times_raised>{_RAISED}))
            | [eE](?P<e>[-+]?\d{{1,4}})(?![{_IN_NAME}])
            | \^(?P<power_plain>[-+]?\d{{1,4}})(?![{_IN_NAME}])
            | (?P<power_raised>{_RAISED})
            |
          )
          (?:[ ]?(?P<share>[{PERCENT_MARKS}{PER_MILLE_MARK}]))?
        """,
        re.VERBOSE,
    )
