"""What the scripts add: the theme, copying, hiding answers, use without a network."""

import os
import shutil
import time
from http.server import ThreadingHTTPServer
from pathlib import Path

import pytest
from tests.browser.conftest import Visitor, attribute, box_of, build_site, serving
from tests.browser.test_pages import axe
from tests.cases import write_deck

THEME = "document.documentElement.dataset.theme || ''"
PAPER = "getComputedStyle(document.documentElement).backgroundColor"


def test_the_theme_follows_the_system_until_one_is_chosen(
    visit: Visitor, sample: Path
) -> None:
    with visit() as it:
        it.open(f"{sample.as_uri()}/q/mean.html")
        light = it.page.evaluate(PAPER)
        button = it.page.get_by_role("button", name="Dark colours")
        assert button.get_attribute("aria-pressed") == "false"
        button.click()
        dark = it.page.evaluate(PAPER)
        assert light != dark
        assert button.get_attribute("aria-pressed") == "true"
        it.open(f"{sample.as_uri()}/index.html")
        assert it.page.evaluate(PAPER) == dark
        it.page.get_by_role("button", name="Dark colours").click()
        assert it.page.evaluate("localStorage.length") == 0
        it.page.emulate_media(color_scheme="dark")
        assert it.page.evaluate(PAPER) == dark
        button = it.page.get_by_role("button", name="Dark colours", pressed=True)
        button.wait_for()
    assert it.complaints == []


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("width", [320, 1280])
def test_the_masthead_ends_where_the_page_does(
    width: int, language: str, visit: Visitor, tmp_path: Path
) -> None:
    title = (
        "A title that a telephone has no room for in one line" if width < 640 else "D"
    )
    text = f'=== deck.toml\nid = "d"\ntitle = "{title}"\nlanguage = "{language}"\n'
    text += "=== t/q.md\n---\nquestion: What?\n---\nThis.\n"
    deck = write_deck(tmp_path / "deck", text)
    site = build_site(deck, tmp_path / "dist", downloads=False)
    # How far each stands from the end of the masthead.
    gaps = """() => [".masthead", ".masthead nav", ".theme"].map(name => {
        const box = document.querySelector(name).getBoundingClientRect();
        return document.dir === "rtl" ? box.left : innerWidth - box.right;
    })"""
    with visit(width) as it:
        it.open(f"{site.as_uri()}/q/q.html")
        masthead, menu, theme = it.page.evaluate(gaps)
        assert theme - masthead < 60
        if width > 640:
            assert menu - theme < 80


def test_a_chosen_theme_is_there_before_the_page_is(
    visit: Visitor, sample: Path
) -> None:
    with visit() as it:
        it.open(f"{sample.as_uri()}/index.html")
        it.page.evaluate("localStorage.setItem('triptych:theme', 'dark')")
        it.page.add_init_script(
            "new MutationObserver(() => {"
            f" if (document.body && window.first === undefined) window.first = {THEME};"
            "}).observe(document, {childList: true, subtree: true})"
        )
        it.open(f"{sample.as_uri()}/q/mean.html")
        assert it.page.evaluate("window.first") == "dark"


def test_a_page_without_storage_still_works(visit: Visitor, sample: Path) -> None:
    with visit() as it:
        it.page.add_init_script(
            "Object.defineProperty(window, 'localStorage',"
            " {get() { throw new Error('no storage'); }})"
        )
        it.open(f"{sample.as_uri()}/index.html")
        it.page.get_by_role("button", name="Dark colours").click()
        assert it.page.evaluate(THEME) == "dark"
    assert it.complaints == []


def test_code_can_be_copied(
    visit: Visitor, served: tuple[str, ThreadingHTTPServer]
) -> None:
    url, _ = served
    with visit(permissions=["clipboard-read", "clipboard-write"]) as it:
        it.open(f"{url}q/code-mean.html")
        box = it.page.locator(".code").first
        box.hover()
        box.get_by_role("button", name="Copy").click()
        box.get_by_role("button", name="Copied").wait_for()
        copied = it.page.evaluate("navigator.clipboard.readText()")
        assert copied.startswith("def mean(xs: list[float]) -> float:\n    ")
        assert "Copy" not in copied


def test_the_button_for_copying_has_the_language_of_its_words(
    visit: Visitor, tmp_path: Path
) -> None:
    deck = write_deck(
        tmp_path / "deck",
        '=== deck.toml\nid = "d"\ntitle = "D"\nlanguage = "fi"\n'
        '=== strings.toml\n[fi.site]\ncopied = "Kopioitu"\n'
        "=== t/code.md\n---\nquestion: Mikä?\n---\n```\nx = 1\n```",
    )
    site = build_site(deck, tmp_path / "dist", downloads=False)
    with visit(permissions=["clipboard-read", "clipboard-write"]) as it:
        it.page.clock.install()
        it.open(f"{site.as_uri()}/q/code.html")
        it.page.locator(".code").hover()
        button = it.page.locator(".copy")
        assert button.text_content() == "Copy"
        assert button.get_attribute("lang") == "en"
        button.click()
        it.page.get_by_role("button", name="Kopioitu").wait_for()
        assert button.get_attribute("lang") is None
        it.page.clock.fast_forward(2500)
        it.page.get_by_role("button", name="Copy").wait_for()
        assert button.get_attribute("lang") == "en"


def test_answers_of_follow_ups_can_be_hidden_at_once(
    visit: Visitor, sample: Path
) -> None:
    with visit() as it:
        it.open(f"{sample.as_uri()}/q/mean.html")
        answer = it.page.get_by_text("It minimizes absolute")
        assert answer.is_visible()
        toggle = it.page.get_by_role("button", name="Hide the answers")
        toggle.click()
        assert not answer.is_visible()
        it.page.get_by_role("button", name="Show the answers").click()
        assert answer.is_visible()


def test_a_link_to_a_follow_up_shows_it(visit: Visitor, sample: Path) -> None:
    with visit(width=320) as it:
        it.open(f"{sample.as_uri()}/q/mean.html#three-points")
        box = box_of(it.page.locator("#three-points"))
        assert 0 <= box["y"] < 450


def test_the_keyboard_reaches_everything_and_shows_where_it_is(
    visit: Visitor, sample: Path
) -> None:
    with visit() as it:
        it.open(f"{sample.as_uri()}/q/mean.html")
        it.page.keyboard.press("Tab")
        assert box_of(it.page.locator(".skip"))["y"] >= 0
        it.page.keyboard.press("Enter")
        it.page.keyboard.press("Tab")
        focus = (
            "document.activeElement.closest('main') && document.activeElement.matches"
        )
        assert it.page.evaluate(f"{focus}(':focus-visible')")
        style = "getComputedStyle(document.activeElement).outlineStyle"
        assert it.page.evaluate(style) == "solid"


def test_print_shows_the_text_and_not_the_frame(visit: Visitor, sample: Path) -> None:
    with visit(scheme="dark") as it:
        it.open(f"{sample.as_uri()}/q/mean.html")
        it.page.emulate_media(media="print", color_scheme="dark")
        assert not it.page.locator(".masthead nav").is_visible()
        assert not it.page.locator(".turn").is_visible()
        assert it.page.evaluate(PAPER) == "rgb(255, 255, 255)"
        hint = it.page.get_by_text("Which loss has a linear")
        assert hint.is_visible()


def test_a_visited_site_can_be_read_without_a_network(
    visit: Visitor, served: tuple[str, ThreadingHTTPServer]
) -> None:
    url, _ = served
    with visit() as it:
        it.open(f"{url}index.html")
        it.page.evaluate("navigator.serviceWorker.ready.then(() => true)")
        it.page.wait_for_function(
            "caches.keys().then(names => caches.open(names[0]))"
            ".then(cache => cache.keys()).then(keys => keys.length > 30)"
        )
        assert it.page.locator("link[rel=manifest]").count() == 1
        it.page.context.set_offline(True)
        it.open(f"{url}q/nasty.html")
        assert "traps" in it.page.locator("h1").inner_text()
        assert it.page.evaluate(PAPER) == "rgb(253, 252, 248)"
    assert it.complaints == []


def test_who_comes_back_gets_the_new_release(
    visit: Visitor, sample: Path, tmp_path: Path
) -> None:
    # A browser takes old files for fresh if the server says nothing of their age.
    ago = time.time() - 30 * 24 * 60 * 60
    names = ("practice.html", "practice/index.js", "sw.js", "site.webmanifest")
    kept = [*names, *(f.name for f in sample.iterdir() if f.suffix in {".js", ".css"})]
    site = tmp_path / "site"
    shutil.copytree(sample, site, ignore=shutil.ignore_patterns("downloads"))
    for name in kept:
        os.utime(site / name, (ago, ago))
    with serving(site) as (url, _), visit() as it:
        it.open(f"{url}practice.html")
        it.page.evaluate("navigator.serviceWorker.ready.then(() => true)")
        it.page.wait_for_function("() => navigator.serviceWorker.controller !== null")
        it.open(f"{url}practice.html#start=new")
        it.open(f"{url}search.html")
        for name in names[:2]:
            text = (site / name).read_text("utf-8")
            text = text.replace("Practise ·", "New ·").replace("Say your", "New: say")
            (site / name).write_text(text, "utf-8")
        it.open(f"{url}practice.html")
        it.page.locator(".lead").wait_for()
        assert it.page.title().startswith("New ·")
        assert it.page.locator(".lead").inner_text().startswith("New: say")


def test_the_worker_keeps_what_it_shows_and_leaves_the_rest_alone(
    visit: Visitor, sample: Path, tmp_path: Path
) -> None:
    site = tmp_path / "site"
    shutil.copytree(sample, site, ignore=shutil.ignore_patterns("downloads"))
    (site / "downloads").mkdir()
    (site / "downloads/deck.apkg").write_bytes(b"large")
    # A page that the worker cannot fetch does not keep it from the others.
    (site / "q/nasty.html").unlink()
    kept = """async () => {
        const [name] = (await caches.keys()).filter((own) => own.includes("sample"));
        const keys = await (await caches.open(name)).keys();
        return keys.map((request) => new URL(request.url).pathname);
    }"""
    with serving(site) as (url, _), visit() as it:
        # Nothing on this page asks for the worker.
        it.open(f"{url}style.css")
        for name in ("other", "triptych:other:1", "triptych:sample:old"):
            it.page.evaluate("name => caches.open(name).then(() => true)", name)
        it.open(f"{url}index.html")
        it.page.wait_for_function("() => navigator.serviceWorker.controller !== null")
        for path in ("downloads/deck.apkg", "q/nasty.html", "q/nowhere.html"):
            it.page.evaluate("path => fetch(path).then((one) => one.text())", path)
        names = it.page.evaluate("caches.keys()")
        assert {"other", "triptych:other:1"} < set(names)
        assert "triptych:sample:old" not in names
        paths = it.page.evaluate(kept)
        lost = ("/downloads/deck.apkg", "/q/nasty.html", "/q/nowhere.html")
        assert not [path for path in lost if path in paths]
        it.page.context.set_offline(True)
        it.open(f"{url}q/mean.html?from=elsewhere")
        assert "mean" in it.page.locator("h1").inner_text()


def test_from_a_folder_there_is_no_worker_and_no_manifest(
    visit: Visitor, sample: Path
) -> None:
    with visit() as it:
        it.open(f"{sample.as_uri()}/index.html")
        assert it.page.locator("link[rel=manifest]").count() == 0
    assert not [url for url in it.requests if url.endswith(("sw.js", ".webmanifest"))]


def test_a_link_with_a_script_is_still_a_link(visit: Visitor, sample: Path) -> None:
    pressed = """([what, key]) => {
        let isTaken;
        addEventListener("click", (event) => {
            isTaken = event.defaultPrevented;
            event.preventDefault();
        }, { once: true });
        document.querySelector(what).dispatchEvent(new MouseEvent("click",
            { bubbles: true, cancelable: true, [key]: true }));
        return isTaken;
    }"""
    with visit() as it:
        it.page.route("**/search.js", lambda route: route.abort())
        it.page.route("**/figure.js", lambda route: route.abort())
        it.open(f"{sample.as_uri()}/q/mean.html")
        for what in ("[data-search]", "a.zoom img"):
            for key in ("ctrlKey", "metaKey", "shiftKey"):
                assert not it.page.evaluate(pressed, [what, key]), (what, key)
        # Without its script it leads to a page.
        it.page.locator("a.zoom").click()
        it.page.wait_for_url("**/media/*.svg")
        it.page.go_back()
        it.page.keyboard.press("/")
        it.page.wait_for_url("**/search.html")


def test_a_telephone_shows_what_this_is_and_where_to_start(
    visit: Visitor, real: Path
) -> None:
    with visit(390) as it:
        it.page.set_viewport_size({"width": 390, "height": 844})
        it.open(f"{real.as_uri()}/index.html")
        menu = box_of(it.page.get_by_role("navigation", name="Main"))
        assert menu["y"] + menu["height"] == 844
        assert menu["height"] >= 48
        for part in ("h1", ".lead", ".cover .facts", ".start"):
            box = box_of(it.page.locator(part).first)
            assert box["y"] + box["height"] < menu["y"], part
        it.page.get_by_role("link", name="Start here").click()
        it.page.wait_for_url("**/q/*.html#Test")
        for name in ("Learn", "Search", "Files"):
            link = box_of(it.page.get_by_role("link", name=name, exact=True))
            assert link["y"] > 750
            assert link["height"] >= 44
    assert it.complaints == []


def test_a_figure_opens_at_a_size_that_can_be_read(
    visit: Visitor, real: Path, sample: Path
) -> None:
    with visit(390, "dark") as it:
        it.open(f"{real.as_uri()}/q/rlhf-dpo-grpo.html")
        link = it.page.locator("a.zoom").first
        natural = int(attribute(link.locator("img"), "width"))
        link.focus()
        it.page.keyboard.press("Enter")
        image = it.page.locator("dialog.figure img")
        assert box_of(image)["width"] >= natural
        assert axe(it.page) == []
        field = it.page.locator("dialog.figure > div")
        it.page.keyboard.press("End")
        it.page.keyboard.press("ArrowRight")
        it.page.wait_for_function(
            "() => document.querySelector('.figure > div').scrollLeft > 0"
        )
        assert field.evaluate("box => document.activeElement === box")
        it.page.keyboard.press("Escape")
        it.page.locator("dialog").wait_for(state="detached")
        assert link.evaluate("link => document.activeElement === link")
        link.click()
        it.page.get_by_role("button", name="Close").click()
        it.page.locator("dialog").wait_for(state="detached")
        dim = "getComputedStyle(document.querySelector('.prose img')).filter"
        assert it.page.evaluate(dim) == "brightness(0.84)"
        it.page.get_by_role("button", name="Dark colours").click()
        assert it.page.evaluate(dim) == "none"
        it.page.emulate_media(media="print")
        assert it.page.evaluate(dim) == "none"
    assert it.complaints == []
    with visit(java_script_enabled=False) as it:
        it.open(f"{sample.as_uri()}/q/mean.html")
        it.page.locator("a.zoom").click()
        it.page.wait_for_url("**/media/*.svg")
