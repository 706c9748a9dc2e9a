"""The style sheet: contrast in both schemes, its size, and what it must not do."""

import re
from dataclasses import replace
from itertools import product

import pytest
from tests.pages import ask, catalog, print_site, prose

from triptych.render.settings import RenderSettings
from triptych.render.site.style import page_style
from triptych.render.site.templates import site_of

SCHEMES = ("light", "dark")
PAPERS = ("paper", "code-paper", "tint", "pen")
ON_CODE = ("ink", "keyword", "name", "string", "constant", "comment", "soft", "accent")


@pytest.fixture(scope="module")
def css() -> str:
    return page_style(site_of(catalog(ask("x")), RenderSettings()), with_math=True)


@pytest.fixture(scope="module")
def colours(css: str) -> dict[str, tuple[str, str]]:
    pairs = re.findall(r"--([\w-]+):light-dark\((#\w+),(#\w+)\)", css)
    return {name: (light, dark) for name, light, dark in pairs}


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) > 4 else "".join(c * 2 for c in colour[1:])
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [
        p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts
    ]
    return sum(w * p for w, p in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    low, high = sorted(map(luminance, (one, other)))
    return (high + 0.05) / (low + 0.05)


def test_contrast_is_what_the_guidelines_compute() -> None:
    assert contrast("#000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#fff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_text_can_be_read_on_every_paper(
    scheme: str, colours: dict[str, tuple[str, str]]
) -> None:
    at = SCHEMES.index(scheme)
    pairs = [*product(("ink",), PAPERS), *product(("soft", "accent"), PAPERS[:3])]
    pairs += [*product(ON_CODE, ("code-paper", "tint"))]
    weak = {
        (text, paper): round(contrast(colours[text][at], colours[paper][at]), 2)
        for text, paper in pairs
        if contrast(colours[text][at], colours[paper][at]) < 4.5
    }
    assert weak == {}


@pytest.mark.parametrize("scheme", SCHEMES)
def test_coloured_formulas_can_be_read(
    scheme: str, css: str, colours: dict[str, tuple[str, str]]
) -> None:
    at = SCHEMES.index(scheme)
    found = re.findall(r"\.math-\w+\{color:light-dark\((#\w+),(#\w+)\)", css)
    assert found
    assert not [
        pair for pair in found if contrast(pair[at], colours["paper"][at]) < 4.5
    ]


def test_every_colour_of_code_stands_among_the_tested_ones(css: str) -> None:
    rules = re.findall(r"\.code [^{}]*\{[^}]*?color:([^;}]+)", css)
    assert len(rules) >= 5
    assert set(rules) <= {f"var(--{name})" for name in ON_CODE}


def test_hidden_things_stay_hidden(css: str) -> None:
    assert "[hidden]{display:none!important}" in css


def test_directions_are_logical(css: str) -> None:
    physical = (
        r"(?:margin|padding|border|inset)-(?:left|right)|text-align:(?:left|right)"
    )
    ours = [
        rule for rule in css.split("}") if ".math" not in rule and "pre{" not in rule
    ]
    assert not [rule for rule in ours if re.search(physical, rule)]


def test_shortening_keeps_what_counts(css: str) -> None:
    assert "/*" not in css
    assert "  " not in css.replace('"', "")
    assert 'content:"+"' in css
    assert "calc(58rem + 2 * var(--edge))" in css
    assert css.count("{") == css.count("}")


def test_the_shared_files_stay_within_their_budget(css: str) -> None:
    formula = prose("x", "<math><mi>x</mi></math>")
    shown = print_site(catalog(ask("x", answer=formula)))
    assert len(css.encode()) < 17_500
    assert len(shown.files["style.css"]) < 15_000
    assert len(shown.files["script.js"]) + len(shown.files["theme.js"]) < 12_000
    assert len(shown.files["q/x.html"]) < 4_500


def test_rules_for_formulas_come_only_where_a_formula_needs_them() -> None:
    formula = '<math><mi class="math-vec">x</mi></math>'
    boxed = replace(prose("x", formula), glyphs="x", math_classes=("math-vec",))
    css = print_site(catalog(ask("x", answer=boxed)))["style.css"]
    assert ".math-vec{" in css
    assert "math{" in css
    assert ".math-box" not in css
    assert css.count("{") == css.count("}")


def test_rules_that_few_decks_need_come_only_where_one_does() -> None:
    plain = print_site(catalog(ask("x", answer=prose("x"))))["style.css"]
    rare = replace(prose("x"), rare=("alert", "blockquote", "hr"))
    css = print_site(catalog(ask("x", answer=rare)))["style.css"]
    for rule in (".alert{", ".alert:is(", "blockquote{", "}hr{"):
        assert rule in css
        assert rule not in plain
    for rule in (".cards{", ".footnotes{", "audio{", "li.task{"):
        assert rule not in css
    for kept in ("p,ul,ol,dl,figure,blockquote,pre,table{", ",pre,.math-display,"):
        assert kept in plain
    assert css.count("{") == css.count("}")
    assert plain.count("{") == plain.count("}")
