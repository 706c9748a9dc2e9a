"""What is wider than its column: it scrolls, and one sees that it does."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.browser.conftest import Visit, Visitor, box_of, build_site
from tests.browser.test_pages import OPEN_ALL, OVERFLOW, SCHEMES, axe
from tests.cases import write_deck

if TYPE_CHECKING:
    from playwright.sync_api import FloatRect, Locator

WIDTHS = (320, 390, 768, 1280)
BOXES = ".math-display, .math-long, .table, :not(.table) > table, pre"

SUM = " + ".join(f"x_{{{n}}}" for n in range(40))
FRACTION = r"\frac{" + "+".join(f"a_{{{n}}}" for n in range(30)) + "}{b}"
MATRIX = r"\begin{pmatrix}" + " & ".join("abcdefghijklmnopqrst") + r"\end{pmatrix}"
SPACE = r"a \hspace{90em} b"
WORDS = r"\text{" + "wide " * 40 + "}"
MIDDLING = r"f(\widehat{AAAA}) = \frac{\vec{A}+bbbb}{\underbrace{g+y}_{j}} f"
FORMULAS = (SUM, FRACTION, MATRIX, SPACE, WORDS, MIDDLING)
CODE = "x = " + " + ".join(f"value_{n}" for n in range(30))


def _indented(text: str, by: str) -> str:
    return "".join(f"{by}{line}\n" for line in text.split("\n"))


def _prose() -> str:
    """Return all that can be wide, in all places where it can stand."""
    inline = "\n\n".join(f"before ${tex}$ after" for tex in FORMULAS)
    display = "\n\n".join(f"$$\n{tex}\n$$" for tex in FORMULAS)
    code = f"```python\n{CODE}\n```"
    cells = " | ".join(f"head{n}word" for n in range(20))
    table = f"| {cells} |\n{'|---' * 20}|\n| {cells} |"
    formulas = f"| a | b |\n|---|---|\n| ${FRACTION}$ | ${MIDDLING}$ |"
    every = f"{inline}\n\n{display}\n\n{code}\n\n{table}\n\n{formulas}"
    return "\n\n".join(
        (
            every,
            "- item\n\n" + _indented(every, "  "),
            "- one\n  - two\n    - three\n\n" + _indented(inline, "      "),
            _indented(every, "> "),
            f"term\n: ${SUM}$",
            f"[a link ${SUM}$ there](https://e.org) **bold ${SUM}$** ~~gone ${SUM}$~~",
            f"within $$ {SUM} $$ a line",
            f"<pre>{CODE}</pre>",
            f"<table><tr>{'<td>a word of some length</td>' * 40}</tr></table>",
        )
    )


def _question(tex: str, related: str) -> str:
    return (
        f"---\nquestion: 'What is ${tex}$ here?'\n"
        f"summary: 'A {{{{c1::gap ${SUM}$}}}} and ${tex}$ and $${tex}$$'\n"
        f"hints: ['See ${tex}$', 'See $${tex}$$']\nrubric: ['Says ${tex}$']\n"
        f"related: [{related}]\n---\n{_prose()}\n\n## In depth\n\n"
        f"### On ${tex}$ {{#on}}\n\nNote[^1].\n\n[^1]: See ${tex}$.\n\n"
        f"## Follow-ups\n### And ${tex}$? {{#and}}\n{_prose()}\n\n"
        f"## Pitfalls\n### So ${tex}$. {{#so}}\nNo: ${tex}$.\n"
    )


def _deck(folder: Path, language: str) -> Path:
    head = f'id = "wide"\ntitle = "Wide"\nlanguage = "{language}"\n'
    parts = {
        "deck.toml": f'{head}[[topics]]\nid = "t"\ntitle = "T"\n',
        "t/one.md": _question(SUM, "two"),
        "t/two.md": _question(FRACTION, "three"),
        "t/three.md": _question(SPACE, "one"),
        "guides/g.md": f"---\ntitle: 'On ${SUM}$'\nsummary: '${SUM}$'\n---\n{_prose()}",
        "CHANGELOG.md": f"# Changelog\n\n## Unreleased\n\n{_prose()}",
    }
    text = "\n".join(f"=== {name}\n{part}" for name, part in parts.items())
    return write_deck(folder, text)


@pytest.fixture(scope="module")
def wide(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the site of a deck where all is too wide."""
    folder = tmp_path_factory.mktemp("wide")
    return build_site(_deck(folder / "deck", "en"), folder / "dist", downloads=False)


# A box that cuts something off must be one of ours, which are all drawn alike; and all
# that there is must stand in such a box or within the window.
LOST = """boxes => {
    const lost = [];
    for (const it of document.querySelectorAll("body *")) {
        if (it.closest("math") || it.matches(".unseen, .skip, .anchor")) continue;
        const style = getComputedStyle(it);
        const cuts = style.overflowX !== "visible";
        const is_wide = it.clientWidth && it.scrollWidth > it.clientWidth + 1;
        if (cuts && is_wide && !it.matches(boxes)) lost.push(`cut: ${it.outerHTML}`);
        const holder = it.parentElement.closest(boxes) || document.documentElement;
        const edge = it.getBoundingClientRect();
        if (holder === document.documentElement && edge.width
            && (edge.right > innerWidth + 1 || edge.left < -1))
            lost.push(`out: ${it.outerHTML}`);
    }
    return lost.map(html => html.slice(0, 120));
}"""
# What the keyboard reaches, and what it should.
STOPS = """boxes => [...document.querySelectorAll(boxes)].filter(it => {
    const is_wide = it.scrollWidth > it.clientWidth + 1;
    const reached = it.getAttribute("tabindex") === "0";
    return it.clientWidth && reached !== (is_wide && !it.closest("a"));
}).map(it => `${it.outerHTML.slice(0, 80)} ${it.scrollWidth} ${it.clientWidth}`)"""


@pytest.mark.parametrize("width", WIDTHS)
def test_all_that_is_wide_scrolls_in_a_box_of_its_own(
    width: int, visit: Visitor, wide: Path
) -> None:
    with visit(width) as it:
        for name in _pages(wide):
            it.open(f"{wide.as_uri()}/{name}")
            it.page.evaluate(OPEN_ALL)
            assert it.page.evaluate(OVERFLOW) <= 0, name
            assert it.page.evaluate(LOST, BOXES) == [], name
            it.page.wait_for_timeout(50)
            assert it.page.evaluate(STOPS, BOXES) == [], name
    assert it.complaints == []


def _pages(site: Path) -> list[str]:
    pages = {path.relative_to(site).as_posix() for path in site.rglob("*.html")}
    assert {"index.html", "news.html", "sheet.html", "guides/g.html"} <= pages
    # It shows nothing of the deck, and looks for its files in more places than one.
    return sorted(pages - {"404.html"})


# Each is seen in one place; what the boxes hold is made invisible.
PLACES = (
    ("q/one.html", "h1 .math-long"),
    ("q/one.html", ".hints .math-long"),
    ("q/one.html", ".hints .math-display"),
    ("q/one.html", ".summary mark .math-long"),
    ("q/one.html", ".summary > p > .math-long"),
    ("q/one.html", ".summary .math-display"),
    ("q/one.html", ".rubric .math-long"),
    ("q/one.html", ".prose > .math-display"),
    ("q/one.html", ".prose > p > .math-long"),
    ("q/one.html", ".prose li .math-display"),
    ("q/one.html", ".prose blockquote .math-display"),
    ("q/one.html", ".prose blockquote .table"),
    ("q/one.html", ".prose > .table"),
    ("q/one.html", ".prose > table"),
    ("q/one.html", ".prose > .code pre"),
    ("q/one.html", ".prose > pre"),
    ("q/one.html", ".part summary .math-long"),
    ("q/one.html", ".pitfall h3 .math-long"),
    ("q/one.html", ".footnotes .math-long"),
    ("q/one.html", ".turn a .math-long"),
    ("sheet.html", "dt .math-long"),
    ("sheet.html", "dd .math-long"),
    ("index.html", ".chapters p .math-long"),
    ("topics/t.html", ".rows .math-long"),
    ("guides/g.html", "h1 .math-long"),
    ("news.html", ".prose > .math-display"),
)
BARE = """boxes => document.querySelectorAll(boxes).forEach(box => {
    box.style.borderColor = "transparent";
    box.querySelectorAll("*").forEach(it => { it.style.visibility = "hidden"; });
    box.style.color = "transparent";
})"""
UNSIGNED = """box => {
    const colour = getComputedStyle(box).backgroundColor;
    box.style.background = colour;
}"""


def _ends(visit: Visit, box: "Locator") -> tuple[bytes, bytes]:
    """Return pictures of the two ends of a box."""
    box.scroll_into_view_if_needed()
    edge = box_of(box)
    left, right = edge.copy(), edge.copy()
    for end in (left, right):
        end["width"], end["height"] = 12, min(edge["height"], 400) - 4
        end["y"] += 2
    left["x"] += 2
    right["x"] += edge["width"] - 14
    return visit.page.screenshot(clip=left), visit.page.screenshot(clip=right)


@pytest.mark.parametrize(
    ("width", "scheme"),
    [
        pytest.param(width, scheme, marks=[pytest.mark.slow] if width != 390 else [])
        for width, scheme in zip(WIDTHS, SCHEMES * 2, strict=True)
    ],
)
def test_one_sees_at_which_end_there_is_more(
    width: int, scheme: str, visit: Visitor, wide: Path
) -> None:
    with visit(width, scheme) as it:
        shown = ""
        for name, place in PLACES:
            if name != shown:
                it.open(f"{wide.as_uri()}/{name}")
                it.page.evaluate(OPEN_ALL)
                it.page.evaluate(BARE, BOXES)
                shown = name
            box = it.page.locator(place).first
            begin = _ends(it, box)
            box.evaluate("box => { box.scrollLeft = box.scrollWidth; }")
            end = _ends(it, box)
            box.evaluate(UNSIGNED)
            bare = _ends(it, box)
            where = f"{name} {place}"
            assert (begin[0] == bare[0], begin[1] == bare[1]) == (True, False), where
            assert (end[0] == bare[0], end[1] == bare[1]) == (False, True), where


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_fits_bears_no_sign_and_is_not_cut(
    scheme: str, visit: Visitor, wide: Path
) -> None:
    with visit(1280, scheme) as it:
        it.open(f"{wide.as_uri()}/q/three.html")
        for place in (".prose > .math-display", ".prose > p > .math-long"):
            box = it.page.locator(place).filter(has_text="AAAA").first
            box.scroll_into_view_if_needed()
            edge = box_of(box)
            around: FloatRect = {
                "x": edge["x"] - 9,
                "y": edge["y"] - 9,
                "width": edge["width"] + 18,
                "height": edge["height"] + 18,
            }
            pictures = [it.page.screenshot(clip=around)]
            for change in (UNSIGNED, "box => { box.style.overflow = 'visible'; }"):
                box.evaluate(change)
                pictures.append(it.page.screenshot(clip=around))
            assert len({*pictures}) == 1


STARTS = """boxes => boxes.map(box => {
    const [outer, inner] = [box, box.firstChild].map(it => it.getBoundingClientRect());
    return Math.round(inner.x - outer.x);
})"""


@pytest.mark.parametrize("scripts", [True, False])
def test_the_keyboard_scrolls_and_shows_what(
    visit: Visitor, wide: Path, *, scripts: bool
) -> None:
    with visit(390, java_script_enabled=scripts) as it:
        it.page.goto(f"{wide.as_uri()}/q/one.html")
        for place in (".summary > p > .math-long", ".prose > .math-display"):
            box = it.page.locator(place).first
            box.click(position={"x": 2, "y": 2})
            it.page.keyboard.press("Tab")
            it.page.keyboard.press("Shift+Tab")
            assert box.evaluate("box => document.activeElement === box")
            assert box.evaluate("box => box.matches(':focus-visible')")
            assert box.evaluate("box => getComputedStyle(box).outlineStyle") == "solid"
            it.page.keyboard.press("ArrowRight")
            it.page.wait_for_timeout(300)
            assert box.evaluate("box => box.scrollLeft") > 0


def test_a_formula_begins_at_its_left_in_every_language(
    visit: Visitor, tmp_path: Path
) -> None:
    site = build_site(_deck(tmp_path, "ar"), tmp_path / "dist", downloads=False)
    with visit(390) as it:
        it.open(f"{site.as_uri()}/q/one.html")
        it.page.evaluate(OPEN_ALL)
        assert it.page.evaluate(OVERFLOW) <= 0
        assert it.page.evaluate("document.documentElement.dir") == "rtl"
        places = it.page.locator(".math-display, .math-long").evaluate_all(STARTS)
        assert len(places) > 20
        assert min(places) >= 0


def test_a_printed_formula_grows_away_from_where_a_line_begins(
    visit: Visitor, tmp_path: Path
) -> None:
    text = '=== deck.toml\nid = "d"\ntitle = "D"\nlanguage = "ar"\n'
    formulas = "\n\n".join(f"قبل ${tex}$\n\n$$\n{tex}\n$$" for tex in FORMULAS)
    text += f"=== t/q.md\n---\nquestion: ما هو؟\n---\n{'كلمات ' * 200}\n\n{formulas}\n"
    site = build_site(write_deck(tmp_path, text), tmp_path / "dist", downloads=False)
    with visit(700) as it:
        it.open(f"{site.as_uri()}/q/q.html")
        it.page.emulate_media(media="print")
        shown = it.page.locator(".math-display, .math-long")
        assert shown.count() == 2 * len(FORMULAS)
        ends = "boxes => boxes.map(box => box.firstChild.getBoundingClientRect().right)"
        assert max(shown.evaluate_all(ends)) <= 700
        # What a box holds may begin and end where it does.
        over = "boxes => boxes.map(box => box.scrollWidth - box.clientWidth)"
        assert max(it.page.locator(".math-display").evaluate_all(over)) <= 1


@pytest.mark.slow
def test_axe_finds_nothing_where_all_is_too_wide(visit: Visitor, wide: Path) -> None:
    with visit(320) as it:
        for name in ("q/one.html", "sheet.html", "index.html"):
            it.open(f"{wide.as_uri()}/{name}")
            it.page.evaluate(OPEN_ALL)
            it.page.wait_for_timeout(50)
            assert axe(it.page) == [], name


def test_forced_colours_leave_a_sign(visit: Visitor, wide: Path) -> None:
    outline = "box => getComputedStyle(box).outlineStyle"
    with visit(390, forced_colors="active") as it:
        it.open(f"{wide.as_uri()}/q/one.html")
        it.page.wait_for_timeout(50)
        assert (
            it.page.locator(".prose > .math-display").first.evaluate(outline)
            == "dashed"
        )
        scrolls = "box => getComputedStyle(box).overflowX"
        assert it.page.locator(".turn .math-long").first.evaluate(scrolls) == "auto"


def test_print_cuts_nothing_without_a_sign(visit: Visitor, wide: Path) -> None:
    seen = "box => getComputedStyle(box).overflowX"
    with visit(760) as it:
        it.open(f"{wide.as_uri()}/q/one.html")
        it.page.emulate_media(media="print")
        for place in (".prose > .math-display", ".prose > .table"):
            assert it.page.locator(place).first.evaluate(seen) == "visible"
        it.open(f"{wide.as_uri()}/sheet.html")
        box = it.page.locator(".leaf .math-long").first
        assert box.evaluate(seen) == "hidden"
        assert box.evaluate("box => getComputedStyle(box).printColorAdjust") == "exact"
