"""The question first: nothing of the answer is there before one asks for it."""

import re
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.browser.conftest import Visit, Visitor, box_of, build_site
from tests.browser.test_pages import OVERFLOW, SIZES, axe
from tests.browser.test_transfer import played
from tests.cases import write_deck

if TYPE_CHECKING:
    from playwright.sync_api import Page

ANSWER = ("The mean minimizes", "It minimizes absolute", "Follow-ups", "Pitfalls")
SHOWN = "document.querySelector('main').innerText"


@pytest.fixture(scope="module")
def asked(sample: Path) -> str:
    return f"{sample.as_uri()}/q/mean.html#Test"


def tree(it: Visit) -> str:
    """Return all that assistive software gets of the page."""
    return it.page.locator("body").aria_snapshot()


@pytest.fixture(scope="module")
def secrets(real: Path) -> dict[str, str]:
    """Return the first words of each answer in short, by page."""
    found = {}
    for path in sorted(real.glob("q/*.html")):
        html = path.read_text("utf-8")
        summary = re.search(r'id="In-short".*?<p>([^<]{12,}?)[<.:,]', html, re.DOTALL)
        if summary:
            found[path.name] = " ".join(summary[1].split())
    return found


@pytest.mark.parametrize("key", ["Space", "tap"])
def test_an_answer_waits_until_it_is_asked_for(
    key: str, visit: Visitor, asked: str
) -> None:
    with visit(390) as it:
        it.open(asked)
        assert "Which loss has a linear" not in it.page.evaluate(SHOWN)
        before = tree(it) + it.page.evaluate(SHOWN)
        assert not [words for words in ANSWER if words in before]
        assert "Show answer" in before
        if key == "Space":
            it.page.keyboard.press("Space")
        else:
            it.page.get_by_role("button", name="Show answer").click()
        after = it.page.evaluate(SHOWN)
        assert [words for words in ANSWER if words not in after] == []
        assert "Show answer" not in after
        focus = it.page.evaluate("document.activeElement.textContent")
        assert focus == "In short"
        assert box_of(it.page.locator("#In-short"))["y"] < 450
        # There is nothing to show any more: the key is the browser's again.
        it.page.evaluate("document.activeElement.blur()")
        it.page.keyboard.press("Space")
        assert it.page.evaluate("document.activeElement.tagName") == "BODY"
    assert it.complaints == []


def test_no_answer_is_painted_first_on_a_slow_machine(
    visit: Visitor, asked: str
) -> None:
    with visit(390) as it:
        session = it.page.context.new_cdp_session(it.page)
        session.send("Emulation.setCPUThrottlingRate", {"rate": 4})
        it.page.add_init_script(
            "window.seen = [];"
            "(function look() {"
            "  const part = document.querySelector('.after');"
            "  if (part) seen.push(part.getClientRects().length);"
            "  requestAnimationFrame(look);"
            "})()"
        )
        it.open(asked)
        it.page.wait_for_timeout(200)
        seen = it.page.evaluate("seen")
        assert seen
        assert not any(seen)


@pytest.mark.slow
def test_every_real_question_fits_a_telephone_and_keeps_its_answer(
    visit: Visitor, real: Path, secrets: dict[str, str]
) -> None:
    assert len(secrets) >= 80
    with visit(390) as it:
        it.page.set_viewport_size({"width": 390, "height": 844})
        for path in sorted(real.glob("q/*.html")):
            it.open(f"{path.as_uri()}#Test")
            said = " ".join(it.page.evaluate(SHOWN).split())
            assert secrets.get(path.name, "\0") not in said, path.name
            button = box_of(it.page.locator("[data-show]"))
            title = box_of(it.page.locator("h1"))
            assert title["y"] + title["height"] < button["y"], path.name
            assert button["y"] + button["height"] <= 844, path.name
            assert it.page.evaluate(OVERFLOW) <= 0, path.name
    assert it.complaints == []


def test_who_comes_from_elsewhere_or_by_an_anchor_reads(
    visit: Visitor, sample: Path
) -> None:
    with visit() as it:
        it.open(f"{sample.as_uri()}/q/mean.html")
        assert it.page.get_by_text("It minimizes absolute").is_visible()
        it.page.evaluate("localStorage.setItem('triptych:mode', 'test')")
        it.open(f"{sample.as_uri()}/index.html")
        it.open(f"{sample.as_uri()}/q/mean.html#three-points")
        assert it.page.get_by_text("It minimizes absolute").is_visible()
        it.open(f"{sample.as_uri()}/index.html")
        it.open(f"{sample.as_uri()}/q/mean.html")
        assert not it.page.get_by_text("It minimizes absolute").is_visible()
        it.page.evaluate("location.hash = 'three-points'")
        it.page.get_by_text("It minimizes absolute").wait_for()


@pytest.mark.parametrize("way", ["list", "next", "key"])
def test_lists_and_the_next_page_ask(way: str, visit: Visitor, sample: Path) -> None:
    with visit() as it:
        if way == "list":
            it.open(f"{sample.as_uri()}/topics/basics.html")
            it.page.click("main .rows a")
        else:
            it.open(f"{sample.as_uri()}/q/mean.html")
            if way == "next":
                it.page.click("a[rel=next]")
            else:
                it.page.keyboard.press("n")
        it.page.wait_for_url("**/q/*.html#Test")
        assert it.page.get_by_role("button", name="Show answer").is_visible()
        if way == "key":
            it.page.keyboard.press("Space")
            it.page.keyboard.press("p")
            it.page.wait_for_url("**/q/mean.html#Test")


@pytest.mark.parametrize("way", ["index", "search"])
def test_a_label_that_leads_to_its_one_question_asks(
    way: str, visit: Visitor, tmp_path: Path
) -> None:
    text = '=== deck.toml\nid = "d"\ntitle = "D"\n=== t/q.md\n---\n'
    text += "question: What?\nsummary: Short.\ntags: [single]\n---\nThis.\n"
    deck = write_deck(tmp_path / "deck", text)
    site = build_site(deck, tmp_path / "dist", downloads=False)
    with visit() as it:
        page = "tags.html" if way == "index" else "search.html#q=single"
        it.open(f"{site.as_uri()}/{page}")
        it.page.locator("main li a", has_text="single").click()
        it.page.wait_for_url("**/q/q.html#Test")
        assert not it.page.locator("#In-short").is_visible()


def test_the_choice_is_kept(
    visit: Visitor, served: tuple[str, ThreadingHTTPServer]
) -> None:
    url, _ = served
    with visit() as it:
        it.open(f"{url}topics/basics.html")
        it.page.click("main .rows a")
        switch = it.page.get_by_role("switch", name="Ask me first", checked=True)
        switch.click()
        switch = it.page.get_by_role("switch", name="Ask me first")
        assert switch.get_attribute("aria-checked") == "false"
        assert it.page.locator("#In-short").is_visible()
        it.page.click("a[rel=next], a[rel=prev]")
        it.page.wait_for_load_state()
        assert not it.page.url.endswith("#Test")
        assert it.page.locator("#In-short").is_visible()
        it.page.get_by_role("switch").click()
        it.open(f"{url}index.html")
        it.open(f"{url}q/mean.html")
        assert not it.page.locator("#In-short").is_visible()


def test_from_a_folder_the_choice_travels_in_the_links(
    visit: Visitor, sample: Path
) -> None:
    with visit() as it:
        # As in a browser that keeps what a file stores from all other files.
        it.page.add_init_script("Storage.prototype.getItem = () => null")
        it.open(f"{sample.as_uri()}/q/mean.html#Test")
        it.page.get_by_role("switch").click()
        it.page.click(".kicker a")
        it.page.wait_for_url("**/topics/basics.html#Read")
        it.page.click("main .rows a")
        it.page.wait_for_url("**/q/*.html#Read")
        assert it.page.locator("#Answer").is_visible()


LINKS = """
    const root = "ROOT/";
    const { origin } = new URL(root);
    const location = { origin };
    const choice = { mode: value.mode };
    const protocol = new URL(root).protocol;
    const heard = {};
    const addEventListener = (name, action) => { heard[name] = action; };
"""
FOLLOWED = """
    const list = document.createElement("ul");
    return value.links.flatMap(([address, className]) => {
        list.className = className;
        return ["click", "auxclick"].map((name) => {
            const link = document.createElement("a");
            link.href = address;
            const inner = document.createElement("b");
            link.append(inner);
            list.replaceChildren(link);
            heard[name]({ target: inner });
            return link.hash;
        });
    });
"""


@pytest.mark.parametrize(
    ("root", "mode", "hashes"),
    [
        ("https://e.org/d", "", ["#Test", "", "#Points", "", ""]),
        ("https://e.org/d", "test", ["#Test", "", "#Points", "", ""]),
        ("https://e.org/d", "read", ["", "", "#Points", "", ""]),
        # With a link of another site no choice goes along.
        ("file:///d", "", ["#Test", "", "#Points", "", ""]),
        ("file:///d", "test", ["#Test", "#Test", "#Points", "", "#Test"]),
        ("file:///d", "read", ["#Read", "#Read", "#Points", "", "#Read"]),
    ],
)
def test_a_link_says_whether_the_question_is_asked_first(
    root: str, mode: str, hashes: list[str], blank: "Page"
) -> None:
    links = [
        (f"{root}/q/mean.html", "asks"),
        (f"{root}/q/mean.html", "rows"),
        (f"{root}/q/mean.html#Points", "asks"),
        ("https://other.org/d/q/mean.html", "asks"),
        (f"{root}/topics/basics.html", "asks"),
    ]
    before = LINKS.replace("ROOT", root)
    found = played(blank, ("links",), before, FOLLOWED, {"mode": mode, "links": links})
    assert found == [one for one in hashes for _ in range(2)]


def test_without_scripts_and_in_print_everything_is_there(
    visit: Visitor, asked: str
) -> None:
    with visit(java_script_enabled=False) as it:
        it.open(asked)
        assert it.page.get_by_text("It minimizes absolute").is_visible()
        assert not it.page.get_by_role("button", name="Show answer").is_visible()
        assert not it.page.get_by_role("switch").is_visible()
    with visit() as it:
        it.open(asked)
        it.page.emulate_media(media="print")
        assert it.page.get_by_text("It minimizes absolute").is_visible()
        assert not it.page.locator(".asking").is_visible()


def test_keys_leave_alone_what_has_the_focus(visit: Visitor, asked: str) -> None:
    with visit() as it:
        it.open(asked)
        hint = it.page.locator(".hints summary").first
        hint.focus()
        it.page.keyboard.press("Space")
        assert not it.page.locator("#In-short").is_visible()
        assert it.page.get_by_text("Which loss has a linear").is_visible()
        hint.blur()
        it.page.keyboard.press("Control+ ")
        assert not it.page.locator("#In-short").is_visible()
        it.page.evaluate("document.documentElement.dataset.keys = 'off'")
        it.page.keyboard.press("Space")
        assert not it.page.locator("#In-short").is_visible()


def test_points_can_be_ticked_and_contents_stand_where_there_is_room(
    visit: Visitor, sample: Path
) -> None:
    with visit() as it:
        it.open(f"{sample.as_uri()}/q/mean.html")
        box = it.page.get_by_role("checkbox").first
        box.check()
        assert box.is_checked()
        link = it.page.locator(".contents").get_by_role("link", name="Pitfalls")
        assert link.is_visible()
        it.page.set_viewport_size({"width": 390, "height": 844})
        it.page.locator(".contents:not([open])").wait_for()
        assert not link.is_visible()
        it.page.locator(".contents summary").click()
        link.click()
        assert box_of(it.page.locator("#Pitfalls"))["y"] < 400


@pytest.mark.parametrize(("width", "scheme"), SIZES)
def test_axe_finds_nothing_before_and_after(
    width: int, scheme: str, visit: Visitor, asked: str
) -> None:
    with visit(width, scheme) as it:
        it.open(asked)
        assert axe(it.page) == []
        it.page.keyboard.press("Space")
        it.page.evaluate("document.querySelector('main input').click()")
        assert axe(it.page) == []
        assert it.page.evaluate(OVERFLOW) <= 0
