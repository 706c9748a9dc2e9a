"""The site in a real browser, opened from a folder: how it fits, who can read it."""

import json
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.browser.conftest import Visitor, build_site

if TYPE_CHECKING:
    from playwright.sync_api import Page

WIDTHS = (320, 768, 1280)
BUDGET_BYTES = 40 * 1024
"""What a page of a question may load, even with long code and many formulas."""
MAX_SCRIPT_BYTES = 12_000
SCHEMES = ("light", "dark")
SIZES = [
    pytest.param(width, scheme, marks=[pytest.mark.slow] if width > 320 else [])
    for width in WIDTHS
    for scheme in SCHEMES
]
"""Every width in both schemes; the widest are for those who have the time."""
PAGES = (
    "index.html",
    "topics/basics.html",
    "tags.html",
    "sheet.html",
    "downloads.html",
    "guides/start.html",
    "q/mean.html",
    "q/code-mean.html",
    "q/nasty.html",
    "q/right-to-left.html",
    "tests/code-mean.html",
)
# Axe would fetch the style sheet, which the policy forbids.
AXE = {
    "preload": False,
    "resultTypes": ["violations"],
    "runOnly": [
        "wcag2a",
        "wcag2aa",
        "wcag21a",
        "wcag21aa",
        "wcag22aa",
        "best-practice",
    ],
}
OPEN_ALL = "document.querySelectorAll('details').forEach(part => part.open = true)"
HIDE_ALL = "document.querySelectorAll('main *, button').forEach(it => it.hidden = true)"
OVERFLOW = "document.documentElement.scrollWidth - innerWidth"


@pytest.mark.parametrize(("width", "scheme"), SIZES)
def test_pages_fit_load_nothing_from_elsewhere_and_satisfy_axe(
    width: int, scheme: str, visit: Visitor, sample: Path
) -> None:
    with visit(width, scheme) as it:
        for name in PAGES:
            it.open(f"{sample.as_uri()}/{name}")
            assert it.page.evaluate(OVERFLOW) <= 0, name
            it.page.evaluate(OPEN_ALL)
            assert axe(it.page) == [], name
    assert it.complaints == []
    assert [url for url in it.requests if not url.startswith(sample.as_uri())] == []
    # It looks for its files where they would be for any address, so some are missing.
    with visit(width, scheme) as it:
        it.open(f"{sample.as_uri()}/404.html")
        assert it.page.evaluate(OVERFLOW) <= 0
        assert axe(it.page) == []


@pytest.mark.slow
def test_every_real_question_fits_a_small_telephone(visit: Visitor, real: Path) -> None:
    with visit(320) as it:
        for path in sorted(real.glob("q/*.html")) + sorted(real.glob("guides/*.html")):
            it.open(path.as_uri())
            assert it.page.evaluate(OVERFLOW) <= 0, path.name
    assert it.complaints == []


@pytest.mark.parametrize("width", [320, 1000])
def test_a_number_and_its_level_stay_on_one_line(
    width: int, visit: Visitor, real: Path
) -> None:
    with visit(width) as it:
        it.open(f"{real.as_uri()}/sheet.html")
        heights: list[float] = it.page.evaluate(
            "[...document.querySelectorAll('.leaf dt > .place, .leaf dt > .signs')]"
            ".map(part => part.getBoundingClientRect().height)"
        )
    assert len(heights) > 100
    assert max(heights) < 30


def test_long_words_fit_a_small_telephone(visit: Visitor, tmp_path: Path) -> None:
    word = "scaled_dot_product_attention" * 4
    deck = f'id = "words"\ntitle = "{word}"\n[[topics]]\nid = "t"\ntitle = "{word}"\n'
    (tmp_path / "t").mkdir()
    (tmp_path / "deck.toml").write_text(deck)
    for name in "ab":
        others = [other for other in "ab" if other != name]
        (tmp_path / "t" / f"{name}.md").write_text(
            f"---\nquestion: {word} `{word}`\nsummary: {word} {{{{c1::{word}}}}}\n"
            f"tags: [{word}]\nasked_at: [{word}]\nhints: [{word}]\nrubric: [{word}]\n"
            f"references: [{{title: {word}, url: https://e.org/{word}}}]\n"
            f"related: [{others[0]}]\n---\n{word}\n\n- {word}\n\n> {word}\n\n"
            f"| {word} | {word} |\n|---|---|\n\n## Follow-ups\n### {word} {{#f}}\n"
            f"{word}[^1]\n\n[^1]: {word}\n## Pitfalls\n### {word} {{#p}}\n{word}\n"
        )
    site = build_site(tmp_path, tmp_path / "dist")
    with visit(320) as it:
        for path in sorted(site.rglob("*.html")):
            it.open(path.as_uri())
            assert it.page.evaluate(OVERFLOW) <= 0, path.name


@pytest.mark.parametrize(
    "name", ["q/code-k-means.html", "q/bias-variance-tradeoff.html"]
)
def test_axe_finds_nothing_on_long_pages(name: str, visit: Visitor, real: Path) -> None:
    with visit(320) as it:
        it.open(f"{real.as_uri()}/{name}")
        assert axe(it.page) == []


@pytest.mark.parametrize("scheme", SCHEMES)
def test_axe_finds_nothing_in_the_news(scheme: str, visit: Visitor, real: Path) -> None:
    for width in WIDTHS:
        with visit(width, scheme) as it:
            it.open(f"{real.as_uri()}/news.html")
            assert it.page.locator("main h2").count() > 0
            assert axe(it.page) == []


def test_everything_can_be_read_without_scripts(visit: Visitor, sample: Path) -> None:
    with visit(java_script_enabled=False) as it:
        it.page.goto(f"{sample.as_uri()}/q/mean.html")
        for words in ("It minimizes the sum", "It minimizes absolute", "One outlier"):
            assert it.page.get_by_text(words).first.is_visible()
        assert it.page.locator("button:visible").count() == 0
        it.page.goto(f"{sample.as_uri()}/q/average.html")
        it.page.wait_for_url("**/q/mean.html")


def test_what_is_hidden_is_not_seen(visit: Visitor, sample: Path) -> None:
    with visit() as it:
        for name in PAGES:
            it.open(f"{sample.as_uri()}/{name}")
            it.page.evaluate(HIDE_ALL)
            assert it.page.locator("[hidden]:visible").count() == 0


def test_the_policy_stops_injected_code(visit: Visitor, sample: Path) -> None:
    with visit() as it:
        it.open(f"{sample.as_uri()}/q/mean.html")
        it.page.evaluate(
            """() => {
                const script = document.createElement("script");
                script.textContent = "window.broken = true";
                const picture = new Image();
                picture.src = "https://example.org/picture.png";
                document.body.append(script, picture);
            }"""
        )
        assert it.page.evaluate("window.broken") is None
        assert (
            len([said for said in it.complaints if "Content Security Policy" in said])
            == 2
        )


def test_formulas_are_set_in_the_font_that_came_along(
    visit: Visitor, sample: Path
) -> None:
    with visit() as it:
        it.open(f"{sample.as_uri()}/q/mean.html")
        fonts = "[...document.fonts].map(font => [font.family, font.status])"
        assert it.page.evaluate(fonts) == [["Triptych Math", "loaded"]]


def test_the_parts_of_a_date_keep_their_places_in_arabic(
    visit: Visitor, tmp_path: Path
) -> None:
    (tmp_path / "t").mkdir()
    (tmp_path / "deck.toml").write_text('id = "d"\ntitle = "D"\nlanguage = "ar"\n')
    text = "---\nquestion: \u0645\u0627\nreviewed: 2026-11-22\n---\n\u0644\u0627\n"
    (tmp_path / "t/q.md").write_text(text, "utf-8")
    site = build_site(tmp_path, tmp_path / "dist", downloads=False)
    with visit(390) as it:
        it.open(f"{site.as_uri()}/q/q.html")
        lefts = it.page.locator("time").evaluate(
            """time => [0, 5, 8].map(at => {
                const range = document.createRange();
                range.setStart(time.firstChild, at);
                range.setEnd(time.firstChild, at + 1);
                return range.getBoundingClientRect().left;
            })"""
        )
        assert lefts == sorted(lefts)


def test_the_site_works_from_a_folder_with_an_awkward_name(
    visit: Visitor, sample: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "a deck (50% off) #1 ✓"
    shutil.copytree(sample, folder)
    with visit() as it:
        it.open((folder / "index.html").as_uri())
        it.page.click("text=Basics")
        it.page.click("text=Compute a mean")
        it.page.click("text=Learn")
        assert it.page.locator("h1").inner_text() == "Sample"
    assert it.complaints == []


def axe(page: "Page") -> list[str]:
    """Return what axe complains about."""
    from axe_playwright_python.sync_playwright import Axe  # noqa: PLC0415

    found = Axe().run(page, options=AXE)
    return [
        f"{rule['id']}: {json.dumps(node['target'])} {node['html'][:200]}"
        for rule in found.response["violations"]
        for node in rule["nodes"]
    ]


def test_question_pages_stay_small(real: Path) -> None:
    """Count what a published page of a question loads, without font, icons, figures."""
    sizes = {}
    for path in sorted(real.glob("q/*.html")):
        html = path.read_text("utf-8")
        styles = re.findall(r'<link rel="stylesheet" href="([^"]+)"', html)
        scripts = re.findall(r'<script src="([^"]+)"', html)
        assert len(styles) == 1, path.name
        assert len(scripts) == 2, path.name
        code = sum((path.parent / name).stat().st_size for name in scripts)
        assert code <= MAX_SCRIPT_BYTES, path.name
        style = sum((path.parent / name).stat().st_size for name in styles)
        sizes[path.name] = len(html.encode()) + code + style
    assert len(sizes) >= 135
    assert {name: size for name, size in sizes.items() if size > BUDGET_BYTES} == {}
