"""A number says its value rounded as it is written, whichever way it is written."""

from decimal import ROUND_HALF_UP, Decimal

from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from triptych.parse.numbers import Number, numbers
from triptych.parse.readable import readable
from triptych.parse.rewrite import replacements, rewritten

STYLES = [
    "cache of {} GB",
    "it is **{}**",
    "$x = {}$",
    "| {} | a |",
    "about {}",
    "x is\n> {}, and",
    "{}%",
    r"${}\%$",
    r"${}\cdot10^{{5}}$",
    "{}e-7",
    "{} × 10⁻³",  # noqa: RUF001 - as authors write it
]
GROUPS = [("en", ",", "."), ("de", ".", ","), ("fr", "\u202f", ","), ("en", "{,}", ".")]

styles = st.sampled_from(STYLES)
values = st.decimals(-(10**9), 10**9, allow_nan=False, allow_infinity=False, places=9)


def written(value: Decimal, places: int, group: str, mark: str) -> str:
    whole, _, fraction = f"{abs(value):,.{places}f}".partition(".")
    sign = "-" if value < 0 else ""
    whole = whole.replace(",", group)
    return f"{sign}{whole}{mark}{fraction}" if fraction else f"{sign}{whole}"


def only(text: str, language: str) -> Number:
    (number,) = [n for n in numbers(readable(text).text, language) if not n.is_power]
    return number


@settings(max_examples=400)
@given(styles, st.sampled_from(GROUPS), values, st.integers(0, 6))
def test_it_fits_its_value_and_not_that_of_another_digit(
    style: str, marks: tuple[str, str, str], value: Decimal, places: int
) -> None:
    language, group, mark = marks
    step = Decimal(1).scaleb(-places)
    rounded = value.quantize(step, rounding=ROUND_HALF_UP) + 0
    text = style.format(written(rounded, places, group, mark))
    number = only(text, language)
    assume(rounded)
    factor = number.value / rounded
    assert number.matches(value * factor)
    if not number.is_rough:
        for other in (rounded + step, rounded - step):
            assert not number.matches(other * factor)
            assert not number.matches((rounded + other * 2) / 3 * factor)


@settings(max_examples=400)
@example("about {}", ("de", ".", ","), Decimal(1000), Decimal(1), 0)
@given(styles, st.sampled_from(GROUPS), values.filter(bool), values, st.integers(0, 6))
def test_what_is_written_in_its_place_fits_the_new_value(
    style: str, marks: tuple[str, str, str], old: Decimal, new: Decimal, places: int
) -> None:
    language, group, mark = marks
    step = Decimal(1).scaleb(-places)
    source = style.format(written(old.quantize(step), places, group, mark))
    text = readable(source)
    number = only(source, language)
    put = rewritten(number, text.text, new, language)
    assert put is not None
    pieces = replacements(number, text, source, put)
    # An exponent that lacks braces is left to its author.
    assert pieces or "^" in text.text
    for start, end, piece in sorted(pieces, reverse=True):
        source = source[:start] + piece + source[end:]
    if pieces:
        assert only(source, language).matches(new)
        around = [piece for piece in style.format("\0").split("\0") if piece.isalpha()]
        assert all(piece in source for piece in around)
