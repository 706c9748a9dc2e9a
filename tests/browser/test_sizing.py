"""Tables of estimates in the page: its parser agrees with that of the build."""

import math
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from tests.browser.conftest import Visitor, attribute
from tests.browser.test_pages import axe
from tests.laws.test_sizing import tables

from triptych.deck.templates import template
from triptych.parse.sizing import sizing
from triptych.render.site.shorten import shortened
from triptych.typeset.sizing import written

if TYPE_CHECKING:
    from playwright.sync_api import Page

PARTS = ("fraction", "formula", "written")
COMPUTE = """
    return value.map((rows) => {
        const values = valuesOf(new Map(rows));
        return Object.fromEntries([...values].map(([name, [top, bottom]]) =>
            [name, [String(top), String(bottom), written([top, bottom])]]));
    });
"""
Rows = list[tuple[str, str]]


def computed(page: "Page", asked: list[Rows]) -> list[dict[str, list[str]]]:
    code = "\n".join(template(f"site/scripts/sizing/{part}.js") for part in PARTS)
    found: list[dict[str, list[str]]] = page.evaluate(
        f"(value) => {{\n{shortened(code)}\n{COMPUTE}\n}}", asked
    )
    return found


def by_build(rows: Rows) -> dict[str, list[str]]:
    values, _ = sizing("\n".join(f"{name} = {formula}" for name, formula in rows))
    return {
        row.name: [
            str(row.value.numerator),
            str(row.value.denominator),
            written(row.value),
        ]
        for row in values
    }


@pytest.mark.parametrize("count", [100, pytest.param(1000, marks=pytest.mark.slow)])
def test_random_tables_have_the_values_of_the_build(count: int, blank: "Page") -> None:
    asked: list[Rows] = []

    @given(tables())
    @settings(
        max_examples=count,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def collect(rows: Rows) -> None:
        asked.append(rows)

    collect()
    assert len(asked) >= count
    for rows, ours in zip(asked, computed(blank, asked), strict=True):
        assert ours == by_build(rows), rows


@pytest.mark.parametrize(
    "formula",
    [
        *("2^0.5", "log2(10)", "log2(2^4000)", "3^(1/3)", "log2(1/3)", "1e300*1e300"),
        *("1/3", "2/3000000", "-7/2", "2.5", "999.96", "1234.5", "1e15", "1e-9", "0"),
        *("1e", "2 3", "(1", "max(1)", "1/0", "0^-1", "2^99999", "(-8)^0.5", "a", "b$"),
        *("1_000.5", "-2^2", "2^3^2", "ceil(1.1*10)", "min(3, 1, 2)", "12345678.5"),
        "--2",
        "(" * 50 + "1" + ")" * 50,
        "+".join(["1"] * 200),
    ],
)
def test_a_formula_means_the_same(formula: str, blank: "Page") -> None:
    (ours,) = computed(blank, [[("own", formula)]])
    theirs = by_build([("own", formula)])
    assert ours.keys() == theirs.keys()
    for name, (top, bottom, text) in ours.items():
        value = Fraction(int(top), int(bottom))
        expected = Fraction(int(theirs[name][0]), int(theirs[name][1]))
        assert text == theirs[name][2]
        exact = "log2" not in formula and "^0.5" not in formula and "^(" not in formula
        assert value == expected or (
            not exact and math.isclose(value, expected, rel_tol=1e-15)
        )


def test_a_number_can_be_changed_and_what_depends_on_it_follows(
    visit: Visitor, real: Path
) -> None:
    with visit(390) as it:
        page = it.page
        it.open(f"{real.as_uri()}/q/design-eta.html")
        table = page.locator("table[data-sizing]").first
        field = table.locator("input").first
        field.wait_for()
        values = "table => [...table.rows].map(row => row.cells[1].textContent)"
        before = table.evaluate(values)
        row = table.locator("tr").first
        formula = attribute(row, "data-formula")
        assert float(formula.replace("_", "")) > 0
        field.fill(f"{formula}0")
        after = table.evaluate(values)
        assert after != before
        field.fill("ten")
        assert field.get_attribute("aria-invalid") == "true"
        assert table.evaluate(values) == after
        assert axe(page) == []
        field.fill("")
        assert field.get_attribute("aria-invalid") == "false"
        assert table.evaluate(values) == before
    assert it.complaints == []
