"""The cells of a table of estimates: name and formula, value, what it counts."""

from collections.abc import Iterator
from decimal import Context, Decimal
from fractions import Fraction
from html import escape

from markdown_it.token import Token

from triptych.dialect.numbers import RAISED
from triptych.values.sizing import SizingRow

_MAX_PLAIN = 10**15
_MIN_PLAIN = Fraction(1, 10_000)
_MIN_WHOLE, _MIN_GROUPED = 1000, 10_000
_FOUR_DIGITS = Context(prec=4)


def rows_of(token: Token) -> tuple[SizingRow, ...]:
    """Return the rows of a token `sizing`."""
    rows: tuple[SizingRow, ...] = token.meta["rows"]
    return rows


def formula(row: SizingRow) -> str:
    """Return the name of a row, with its formula unless that is a number alone."""
    return row.name if row.is_input else f"{row.name} = {row.formula}"


def written(value: Fraction) -> str:
    """Return `value` with four digits or more, in groups of three.

    Points and commas mean different things from country to country; a space does not.
    """
    size = abs(value)
    if size.denominator == 1 and size < _MAX_PLAIN:
        return _grouped(int(value))
    if _MIN_WHOLE <= size < _MAX_PLAIN:
        return _grouped(round(value))
    rounded = _FOUR_DIGITS.divide(Decimal(value.numerator), Decimal(value.denominator))
    if _MIN_PLAIN <= size < _MAX_PLAIN:
        return f"{rounded.normalize():f}"
    power = rounded.adjusted()
    factor = rounded.scaleb(-power).normalize()
    return f"{factor:f} \u00d7 10{str(power).translate(RAISED)}"


def table_html(
    token: Token, *, with_data: bool, code_attributes: str = "", line_break: str = "\n"
) -> str:
    """Return the table; `with_data` an input has its number as it was written."""
    rows = _rows(token, code_attributes, with_data=with_data)
    data = " data-sizing" if with_data else ""
    return line_break.join((f"<table{data}>", "<tbody>", *rows, "</tbody>", "</table>"))


def _rows(token: Token, code_attributes: str, *, with_data: bool) -> Iterator[str]:
    for row in rows_of(token):
        cells = (
            f"<td><code{code_attributes}>{escape(formula(row))}</code></td>",
            f'<td class="align-right">{written(row.value)}</td>',
            f"<td>{escape(row.comment)}</td>",
        )
        number = row.formula if with_data and row.is_input else ""
        data = f' data-formula="{escape(number)}"' if number else ""
        yield f"<tr{data}>{''.join(cells)}</tr>"


def _grouped(number: int) -> str:
    text = f"{number:,}"
    return str(number) if abs(number) < _MIN_GROUPED else text.replace(",", "\u202f")
