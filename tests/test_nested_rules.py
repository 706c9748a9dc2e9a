"""Style sheets as they are sent: rules within rules, and short names."""

import re

import pytest
from tests.pages import ask, catalog, print_site

from triptych.deck.templates import template
from triptych.render.settings import RenderSettings
from triptych.render.site.nested_rules import nested
from triptych.render.site.short_properties import with_short_properties
from triptych.render.site.style import page_style, shortened
from triptych.render.site.templates import site_of

SHEETS = ("lists", "search", "figure", "practice", "sizing")
RULE = re.compile(r"([^{};]+)\{|([^{};]*)(;|(?=\}))|\}")


def flat(css: str) -> list[tuple[str, str]]:
    """Return each declaration with the selectors that it stands in, outermost first."""
    found, around = [], []
    for rule in RULE.finditer(css):
        if rule[1]:
            around.append(rule[1])
        elif rule[0] == "}":
            around.pop()
        elif rule[2]:
            found.append((_selector(around), rule[2]))
    return found


def _selector(around: list[str]) -> str:
    whole = ""
    for part in around:
        if whole.startswith("@media") and "|" not in whole:
            whole = f"{whole}|{part}"
        elif not whole:
            whole = part
        else:
            before = whole.rpartition("|")[2]
            starts = [_below(before, one) for one in re.split(r",(?![^(]*\))", part)]
            whole = f"{whole.removesuffix(before)}{','.join(starts)}"
    return whole


def _below(outer: str, inner: str) -> str:
    if inner.startswith("&"):
        return f"{outer}{inner[1:]}"
    return f"{outer}{inner}" if inner[0] in ">+~" else f"{outer} {inner}"


@pytest.mark.parametrize("name", ["page", *SHEETS])
def test_nested_rules_select_the_same_in_the_same_order(name: str) -> None:
    site = site_of(catalog(ask("x")), RenderSettings())
    css = (
        page_style(site, with_math=True)
        if name == "page"
        else shortened(template(f"site/{name}.css"))
    )
    short = nested(css)
    assert len(short) <= len(css)
    assert flat(short) == [(one.replace(" + ", "+"), two) for one, two in flat(css)]


@pytest.mark.parametrize(
    ("css", "short"),
    [
        (".a b{x:1}.a i{x:2}", ".a{b{x:1}i{x:2}}"),
        (".code{x:1}.code:hover{x:2}", ".code{x:1;&:hover{x:2}}"),
        (".code>b,.code i{x:1}.code + .code{x:2}", ".code{>b,i{x:1}+.code{x:2}}"),
        (".code b,.part b{x:1}.code i{x:2}", ".code b,.part b{x:1}.code i{x:2}"),
        (".code b{x:1}.codes b{x:2}", ".code b{x:1}.codes b{x:2}"),
        ("@media print{.code b{x:1}.code i{x:2}}", "@media print{.code{b{x:1}i{x:2}}}"),
        (".code b{x:calc(1px + 2px)}", ".code b{x:calc(1px + 2px)}"),
    ],
)
def test_neighbours_that_begin_the_same_are_in_one_rule(css: str, short: str) -> None:
    assert nested(css) == short


def test_a_theme_keeps_its_own_properties_and_reaches_ours() -> None:
    ours = {"style.css": ":root{--accent:red;--line:1px}a{color:var(--accent)}"}
    theme = ":root{--accent:blue;--a:2px;--own:3px}.x--line{width:var(--line)}"
    css = with_short_properties(ours, theme)["style.css"]
    assert css == (
        ":root{--b:red;--c:1px}a{color:var(--b)}"
        ":root{--b:blue;--a:2px;--own:3px}.x--line{width:var(--c)}"
    )


def test_a_property_that_saves_nothing_is_written_out() -> None:
    ours = {
        "style.css": ":root{--a-size:1.6;--line:1px;--ink:var(--pen);--pen:#123456}"
        "p{line-height:var(--a-size);margin:var(--line)}i{color:var(--ink)}",
        "lists.css": "@media print{:root{--line:2px}}b{color:var(--pen)}",
    }
    assert with_short_properties(ours, "") == {
        "style.css": ":root{--a:1px;--b:#123456}"
        "p{line-height:1.6;margin:var(--a)}i{color:var(--b)}",
        "lists.css": "@media print{:root{--a:2px}}b{color:#123456}",
    }
    known = with_short_properties(ours, "p{--a-size:2}")["style.css"]
    assert "line-height:var(--" in known


def test_every_property_that_a_style_uses_is_declared() -> None:
    files = print_site(catalog(ask("x"))).files
    sheets = [data.decode() for name, data in files.items() if name.endswith(".css")]
    declared = set(re.findall(r"(--\w+):", sheets[0] + "".join(sheets)))
    used = set(re.findall(r"var\((--\w+)", "".join(sheets)))
    assert used
    assert used <= declared
