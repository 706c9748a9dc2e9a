"""A table of estimates has the values that an evaluator of another kind finds."""

import ast
import math
import operator
import re
from collections.abc import Callable
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from triptych.parse.sizing import sizing
from triptych.typeset.sizing import written
from triptych.values.sizing import SizingRow

NAMES = ("users", "a", "b2", "per_day", "Peak")
numbers = st.one_of(
    st.integers(0, 10**6).map(str),
    st.decimals(0, 1000, places=3, allow_nan=False).map(lambda d: f"{d:f}"),
    st.sampled_from(["10_000", "2.5e3", "1e-3", "0", "1"]),
)


def formulas(names: tuple[str, ...]) -> st.SearchStrategy[str]:
    leaves = st.one_of(numbers, st.sampled_from(names)) if names else numbers
    return st.recursive(
        leaves,
        lambda inner: st.one_of(
            st.tuples(inner, st.sampled_from("+-*/"), inner).map(" ".join),
            st.tuples(inner, st.sampled_from("+-*/"), inner).map("".join),
            st.tuples(inner, st.integers(-3, 3)).map(lambda p: f"({p[0]})^{p[1]}"),
            st.tuples(leaves, st.integers(0, 2)).map(lambda p: f"-{p[0]}^{p[1]}^2"),
            inner.map(lambda f: f"({f})"),
            inner.map(lambda f: f"-{f}"),
            inner.map(lambda f: f"ceil({f})"),
            st.lists(inner, min_size=2, max_size=3).map(
                lambda f: f"max({','.join(f)})"
            ),
            st.lists(inner, min_size=2, max_size=3).map(
                lambda f: f"min({', '.join(f)})"
            ),
        ),
        max_leaves=8,
    )


FORMULAS = [formulas(NAMES[:number]) for number in range(len(NAMES))]


@st.composite
def tables(draw: st.DrawFn) -> list[tuple[str, str]]:
    """Return rows, each of which may need those before it, in any order."""
    rows = []
    for number, name in enumerate(NAMES[: draw(st.integers(1, len(NAMES)))]):
        rows.append((name, draw(FORMULAS[number])))
    return draw(st.permutations(rows))


def by_python(rows: list[tuple[str, str]]) -> dict[str, Fraction] | None:
    """Return the values as Python's own parser and operators see them."""
    trees = {name: tree_of(formula) for name, formula in rows}
    values: dict[str, Fraction] = {}
    try:
        for name in NAMES:
            if name in trees:
                values[name] = value_of(trees[name], values)
    except ZeroDivisionError:
        return None
    return values


def tree_of(formula: str) -> ast.expr:
    def quoted(match: re.Match[str]) -> str:
        return f'"{match[0]}"'

    number = r"(?<![\w.])\d[\d_]*(?:\.\d+)?(?:[eE][-+]?\d+)?"
    exact = re.sub(number, quoted, formula)
    return ast.parse(exact.replace("^", "**"), mode="eval").body


OPERATORS: dict[type[ast.operator], Callable[[Fraction, Fraction], Fraction]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: lambda base, power: base ** int(power),
}
FUNCTIONS: dict[str, Callable[[list[Fraction]], Fraction]] = {
    "ceil": lambda values: -Fraction(-values[0] // 1),
    "max": max,
    "min": min,
}


def value_of(node: ast.expr, values: dict[str, Fraction]) -> Fraction:
    match node:
        case ast.Constant(value=str(text)):
            return Fraction(text.replace("_", ""))
        case ast.Name(id=name):
            return values[name]
        case ast.UnaryOp(operand=operand):
            return -value_of(operand, values)
        case ast.Call(func=ast.Name(id=name), args=arguments):
            return FUNCTIONS[name]([value_of(each, values) for each in arguments])
        case ast.BinOp(left=left, op=op, right=right):
            parts = value_of(left, values), value_of(right, values)
            return Fraction(OPERATORS[type(op)](*parts))
    raise AssertionError(ast.dump(node))


def written_block(rows: list[tuple[str, str]]) -> str:
    return "".join(f"{name} = {formula}  # of {name}\n" for name, formula in rows)


@settings(max_examples=200)
@given(tables())
def test_values_are_those_of_an_independent_evaluator(
    rows: list[tuple[str, str]],
) -> None:
    wanted = by_python(rows)
    found, errors = sizing(written_block(rows))
    if wanted is None:
        assert "division by zero" in {error.message for error in errors}
        return
    if {error.message for error in errors} == {
        "the value is too large, or too small, to be computed"
    }:
        sizes = [
            max(v.numerator.bit_length(), v.denominator.bit_length())
            for v in wanted.values()
        ]
        assert max(sizes) > 500
        return
    assert errors == ()
    assert {row.name: row.value for row in found} == wanted
    assert [(row.name, row.comment) for row in found] == [
        (n, f"of {n}") for n, _ in rows
    ]


@given(st.fractions(min_value=Fraction(1, 1000), max_value=10**9))
def test_logarithms_and_roots_are_those_of_floats(value: Fraction) -> None:
    text = f"x = {value.numerator} / {value.denominator}\ny = log2(x)\nz = x^0.5\n"
    (_, y, z), errors = sizing(text)
    assert errors == ()
    assert math.isclose(y.value, math.log2(value), abs_tol=1e-12)
    assert math.isclose(z.value, math.sqrt(value), rel_tol=1e-12)


@given(st.fractions())
def test_what_is_shown_is_near_the_value(value: Fraction) -> None:
    text = written(value).replace("\u202f", "")
    factor, _, power = text.partition(" \u00d7 10")
    raised = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
    shown = Fraction(factor) * Fraction(10) ** int(power.translate(raised) or 0)
    assert abs(shown - value) <= abs(value) / 2000


@given(st.text(max_size=80))
def test_any_text_is_computed_or_reported(text: str) -> None:
    rows, errors = sizing(text)
    assert rows or errors
    for error in errors:
        assert 0 <= error.line <= text.count("\n") + 1
        assert error.column >= 1
        assert error.length >= 1


@given(st.text(st.sampled_from("ab=+-*/^()1.e_,# \n"), max_size=60))
def test_any_row_is_computed_or_reported(text: str) -> None:
    rows, errors = sizing(text)
    lines = [line for line in text.split("\n") if line.strip()]
    assert len(rows) <= len(lines)
    assert errors or len(rows) == len(lines)


@pytest.mark.parametrize(
    "text",
    [
        "x = 9^9^9",
        "x = 2^100000",
        "x = 1e999^100",
        "x = " + "(" * 140 + "1" + ")" * 140,
        "x = " + "-" * 280 + "1",
        "x = " + "^".join("2" * 100),
        "".join(f"a{n} = a{n + 1} * a{n + 1}\n" for n in range(60)) + "a60 = 10\n",
        "x = 1.5^1e300",
        "x = " + "1" * 5000,
    ],
)
def test_what_would_take_long_is_refused(text: str) -> None:
    rows, errors = sizing(text)
    assert errors
    assert len(rows) < 60


@pytest.mark.parametrize(
    "text", ["x = 0^1000000", "x = 1^123456789", "x = (0-1)^99999"]
)
def test_powers_of_one_are_small(text: str) -> None:
    (row,), errors = sizing(text)
    assert errors == ()
    assert row.value == {"0": 0, "1": 1, "(": -1}[text[4]]


def test_a_row_keeps_what_was_written() -> None:
    text = "peak =  3 # times the mean\n\nx=peak*2.5#\n"
    assert sizing(text)[0] == (
        SizingRow("peak", "3", "times the mean", Fraction(3), is_input=True),
        SizingRow("x", "peak*2.5", "", Fraction(15, 2), is_input=False),
    )
