"""The practice in Chromium: by keyboard, by thumb, and when storage fails."""

import json
from datetime import UTC, datetime
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.browser.conftest import Visit, Visitor, attribute, blocks_run
from tests.browser.test_pages import OVERFLOW, SIZES, axe

if TYPE_CHECKING:
    from playwright.sync_api import Page

START = 1_764_331_200_000
LOG = "Object.entries(localStorage).find(([key]) => key.endsWith(':progress'))"
ROWS = f"JSON.parse(({LOG} || [0, '{{\"rows\":[]}}'])[1]).rows"
FULL = """Storage.prototype.setItem = () => {
    throw new DOMException("full", "QuotaExceededError");
};"""
DENIED = """Object.defineProperty(window, "localStorage", { get() {
    throw new DOMException("denied", "SecurityError");
} });"""
CONTROLS = """[...document.querySelectorAll('.card-bar button')].map((one) => {
    const { top, height } = one.getBoundingClientRect();
    return [top, height];
})"""


def begin(it: Visit, site: Path, start: str = "start=new") -> "Page":
    it.open(f"{site.as_uri()}/practice.html#{start}")
    it.page.locator(".card-bar").wait_for()
    return it.page


def rows(page: "Page") -> list[list[Any]]:
    found: list[list[Any]] = page.evaluate(ROWS)
    return found


def prompt(page: "Page") -> str:
    return page.locator(".prompt").inner_text()


def test_ten_questions_by_keyboard_in_few_presses(visit: Visitor, real: Path) -> None:
    with visit() as it:
        page = begin(it, real)
        presses = 0
        for part in range(2):
            if part:
                it.open("about:blank")
                page = begin(it, real)
            for _ in range(5):
                page.locator(".grades .primary").wait_for()
                page.keyboard.press(" ")
                page.locator("[data-grade]").first.wait_for()
                page.keyboard.press(" ")
                presses += 2
            page.get_by_role("link", name="Done").wait_for()
        assert presses <= 25
        assert [row[2] for row in rows(page)] == [3] * 10
        assert len({row[1] for row in rows(page)}) == 10
    assert it.complaints == []


def test_a_press_too_many_judges_nothing_that_was_not_read(
    visit: Visitor, real: Path
) -> None:
    asked: list[Any] = []

    def hold(route: Any) -> None:  # noqa: ANN401 - a type of Playwright
        """Let the first cards through, and let those after them wait."""
        asked.append(route)
        if len(asked) == 1:
            route.continue_()

    with visit() as it:
        it.page.route("**/practice/cards-*.js", hold)
        page = begin(it, real, "ids=loss-functions.kv-cache-and-gqa.relu-vs-sigmoid")
        page.keyboard.down(" ")
        page.locator("[data-grade]").first.wait_for()
        for _ in range(5):
            page.keyboard.down(" ")
        page.keyboard.up(" ")
        assert rows(page) == []
        for key in "333s*":
            page.keyboard.press(key)
        page.wait_for_timeout(200)
        assert len(asked) == 2
        assert [row[2] for row in rows(page)] == [3]
        asked[1].continue_()
        page.locator(".grades .primary").wait_for()
        page.keyboard.press("s")
        page.wait_for_function(f"() => {ROWS}.length === 2")
    assert it.complaints == []


def test_points_suggest_and_the_learner_decides(visit: Visitor, real: Path) -> None:
    with visit(390) as it:
        page = begin(it, real)
        page.locator(".grades .primary").click()
        assert page.evaluate("document.activeElement.textContent") == (
            "What did you say?"
        )
        assert page.locator("[data-suggested]").count() == 0
        page.keyboard.press("r")
        page.keyboard.press(" ")
        suggested = page.locator("[data-suggested]").get_attribute("data-grade")
        assert suggested == "1"
        boxes = page.locator(".rubric input")
        for n in range(boxes.count()):
            boxes.nth(n).check()
        assert page.locator("[data-suggested]").get_attribute("data-grade") == "4"
        boxes.first.uncheck()
        page.keyboard.press("2")
        page.locator(".grades .primary").wait_for()
        ((moment, _, grade, missed, device),) = rows(page)
        assert moment > START
        assert (grade, len(missed)) == (2, 1)
        assert device.isalpha()
        page.get_by_role("button", name="End", exact=True).click()
        assert attribute(page.locator(".missed a"), "href").endswith("#Rubric")
        assert page.get_by_text("1 done in 1 minute").is_visible()
        assert "first" not in page.locator(".lead").all_inner_texts()


def test_undo_leads_back_and_takes_the_review_back(visit: Visitor, real: Path) -> None:
    with visit() as it:
        page = begin(it, real)
        first = prompt(page)
        stored = "JSON.stringify(Object.entries(localStorage).sort())"
        page.keyboard.press("s")
        page.wait_for_function("() => !document.querySelector('.ask.open')")
        second = prompt(page)
        assert second != first
        before = page.evaluate(stored)
        page.keyboard.press(" ")
        page.keyboard.press("4")
        page.wait_for_function(f"() => {ROWS}.length === 2")
        page.locator(".grades .primary").wait_for()
        page.keyboard.press("u")
        page.locator("[data-grade]").first.wait_for()
        assert prompt(page) == second
        kept = json.loads(page.evaluate(stored))
        assert dict(kept) | {"x": 0} == dict(json.loads(before)) | {"x": 0}
        page.keyboard.press("u")
        page.keyboard.press("u")
        page.wait_for_function(f"() => {ROWS}.length === 0")
        assert prompt(page) == first


@pytest.mark.parametrize("is_open", [False, True])
def test_a_thumb_reaches_every_control(
    is_open: bool,  # noqa: FBT001 - a parameter of the test
    visit: Visitor,
    real: Path,
) -> None:
    with visit(390) as it:
        it.page.set_viewport_size({"width": 390, "height": 844})
        page = begin(it, real)
        if is_open:
            page.locator(".grades .primary").click()
            page.locator("[data-grade]").first.wait_for()
        controls = page.evaluate(CONTROLS)
        assert len(controls) >= 4
        assert all(top >= 0.6 * 844 and height >= 44 for top, height in controls)
        assert page.evaluate(OVERFLOW) <= 0


def test_a_review_that_is_shown_as_saved_outlives_the_page(
    visit: Visitor, real: Path
) -> None:
    with visit() as it:
        page = begin(it, real)
        for done in range(1, 4):
            page.keyboard.press(" ")
            page.keyboard.press("3")
            page.wait_for_function(f"() => {ROWS}.length === {done}")
            page.reload()
            page.locator(".card-bar").wait_for()
            assert len(rows(page)) == done


@pytest.mark.parametrize(
    ("broken", "said"),
    [(FULL, "storage is full"), (DENIED, "keeps nothing for this page")],
)
def test_without_storage_one_sentence_says_so_and_practice_goes_on(
    broken: str, said: str, visit: Visitor, real: Path
) -> None:
    with visit() as it:
        it.page.add_init_script(broken)
        page = begin(it, real)
        assert said in page.locator(".notice").inner_text()
        first = prompt(page)
        page.keyboard.press(" ")
        page.keyboard.press("3")
        page.wait_for_function("() => !document.querySelector('.ask.open')")
        assert prompt(page) != first
        page.keyboard.press("Escape")
        assert said in page.locator(".notice").inner_text()
        assert page.get_by_text("All of it is saved").count() == 0
        with page.expect_download() as download:
            page.get_by_role("button", name="Back up").click()
        assert len(json.loads(download.value.path().read_text())["rows"]) == 1


def test_a_damaged_log_is_said_and_what_can_be_read_is_kept(
    visit: Visitor, real: Path
) -> None:
    with visit() as it:
        page = begin(it, real)
        for _ in range(2):
            page.keyboard.press(" ")
            page.locator("[data-grade]").first.wait_for()
            page.keyboard.press("3")
            page.locator(".grades .primary").wait_for()
        assert len(rows(page)) == 2
        page.evaluate(f"localStorage.setItem({LOG}[0], {LOG}[1].slice(0, -4))")
        page.evaluate("location.hash = ''")
        page.reload()
        page.locator(".starts").wait_for()
        notice = page.locator(".notice").first.inner_text()
        assert notice.startswith("Your stored progress was damaged. 2 entries")
        assert len(rows(page)) == 2
        broken = "Object.keys(localStorage).filter((key) => key.endsWith(':broken'))"
        assert len(page.evaluate(broken)) == 1
        page.reload()
        page.locator(".starts").wait_for()
        assert page.locator(".notice").count() == 0


def test_progress_leaves_as_a_file_and_comes_back_once(
    visit: Visitor, real: Path, tmp_path: Path
) -> None:
    file = tmp_path / "progress.json"
    with visit() as it:
        page = begin(it, real)
        page.keyboard.press(" ")
        page.keyboard.press("3")
        page.wait_for_function(f"() => {ROWS}.length === 1")
        page.keyboard.press("Escape")
        with page.expect_download() as download:
            page.get_by_role("button", name="Back up").click()
        page.get_by_role("button", name="Backed up").wait_for()
        download.value.save_as(file)
        own = rows(page)
        assert json.loads(file.read_text())["rows"] == own
    with visit() as it:
        it.open(f"{real.as_uri()}/practice.html")
        page = it.page
        for said in (
            "Entries: 0 here, 1 in the file, 1 together.",
            "All of it is here",
        ):
            with page.expect_file_chooser() as chooser:
                page.get_by_role("button", name="Bring in").click()
            chooser.value.set_files(file)
            page.locator(".notice").get_by_text(said).wait_for()
            merge = page.get_by_role("button", name="Merge")
            if merge.count():
                assert rows(page) == []
                merge.click()
            else:
                page.get_by_role("button", name="Cancel").click()
            page.get_by_role("button", name="Bring in").wait_for()
            assert rows(page) == own
        file.write_text(file.read_text().replace("ml-interview", "french-verbs"))
        with page.expect_file_chooser() as chooser:
            page.get_by_role("button", name="Bring in").click()
        chooser.value.set_files(file)
        page.locator(".notice").get_by_text("“french-verbs”").wait_for()
        assert page.get_by_role("button", name="Merge").count() == 0
    assert it.complaints == []


def test_home_says_what_is_due_and_leads_to_it(
    visit: Visitor, served: tuple[str, ThreadingHTTPServer]
) -> None:
    with visit(390) as it:
        page = it.page
        it.open(f"{served[0]}index.html")
        page.get_by_role("link", name="Practise a few questions").click()
        page.get_by_role("button", name="Show answer").click()
        page.get_by_role("button", name="Again").click()
        page.wait_for_function(f"() => {ROWS}.length === 1")
        it.open(f"{served[0]}index.html")
        page.get_by_role("link", name="1 due today").click()
        page.wait_for_url("**/practice.html#start=due")


def test_practice_starts_from_a_question_a_topic_a_tag_and_a_search(
    visit: Visitor, real: Path
) -> None:
    with visit() as it:
        page = it.page
        it.open(f"{real.as_uri()}/q/overfitting.html")
        page.get_by_role("link", name="Practise this question").click()
        page.locator(".card-bar").wait_for()
        assert "overfitting" in prompt(page)
        for address, lists in (("topics/algorithms", 8), ("tags/regularization", 2)):
            it.open(f"{real.as_uri()}/{address}.html")
            page.get_by_role("link", name="Practise these questions").click()
            page.locator(".starts").wait_for()
            assert page.get_by_text("Learn 5 new").count() or lists < 5
            text = page.locator(".from select option:checked").inner_text()
            assert text in {"Algorithms and data structures", "regularization"}
        it.open(f"{real.as_uri()}/search.html#q=model")
        hits = page.locator(".hits > li")
        hits.first.wait_for()
        expected = hits.count()
        page.get_by_role("link", name="Practise these questions").click()
        page.locator(".card-bar").wait_for()
        assert page.locator("progress").get_attribute("max") == str(expected)
    assert it.complaints == []


def test_small_cards_come_by_a_switch(visit: Visitor, sample: Path) -> None:
    with visit() as it:
        page = it.page
        it.open(f"{sample.as_uri()}/practice.html")
        page.get_by_role("switch", name="Small cards too").click()
        page.get_by_role("switch", name="Small cards too", checked=True).wait_for()
        page.evaluate("location.hash = 'start=all'")
        page.locator(".card-bar").wait_for()
        seen = []
        while page.locator(".prompt").count():
            seen.append(prompt(page))
            page.keyboard.press(" ")
            page.locator("[data-grade]").first.wait_for()
            page.keyboard.press("3")
            page.wait_for_function("() => !document.querySelector('.ask.open')")
        assert any("/" in row[1] for row in rows(page))
        assert len(seen) > len({row[1].split("/")[0] for row in rows(page)})
    assert it.complaints == []


def test_an_interview_on_no_day_says_nothing(visit: Visitor, real: Path) -> None:
    log = {"format": "triptych-progress", "version": 1, "deck": "ml-interview"}
    log["rows"] = [[5, "", "interview", ["soon"], "abc"]]
    with visit() as it:
        page = it.page
        it.open(f"{real.as_uri()}/practice.html")
        page.evaluate(
            "log => localStorage.setItem('triptych:ml-interview:progress', log)",
            json.dumps(log),
        )
        with page.expect_request("**/interview.js"):
            page.reload()
        page.locator(".interview").wait_for()
        page.wait_for_timeout(200)
        assert page.locator(".interview [role=status]").inner_text() == ""
    assert it.complaints == []


def test_what_is_suspended_can_be_brought_back(visit: Visitor, real: Path) -> None:
    with visit() as it:
        page = begin(it, real)
        first = prompt(page)
        page.keyboard.press("s")
        page.wait_for_function(f"() => {ROWS}.length === 1")
        page.keyboard.press("Escape")
        page.get_by_role("button", name="Bring back 1 suspended one").click()
        page.get_by_role("button", name="Bring back").wait_for(state="detached")
        assert [row[2] for row in rows(page)] == ["suspend", "resume"]
        it.open("about:blank")
        assert prompt(begin(it, real)) == first


def test_practice_works_without_a_network(
    visit: Visitor, served: tuple[str, ThreadingHTTPServer]
) -> None:
    with visit() as it:
        page = it.page
        it.open(f"{served[0]}index.html")
        page.evaluate("navigator.serviceWorker.ready.then(() => true)")
        page.wait_for_function(
            "async () => Boolean(await caches.match('practice/cards-0.js'))"
        )
        page.context.set_offline(True)
        it.open(f"{served[0]}practice.html#start=new")
        page.get_by_role("button", name="Show answer").click()
        page.get_by_role("button", name="Good").click()
        page.wait_for_function(f"() => {ROWS}.length === 1")
        it.open(f"{served[0]}practice.html#mock=concept&seed=balone")
        page.get_by_role("button", name="Begin").click()
        page.locator(".card-bar").wait_for()


def test_scripts_stay_small_and_the_first_card_takes_few_steps(
    visit: Visitor, real: Path
) -> None:
    names = ("theme.js", "script.js", "practice.js")
    assert sum((real / name).stat().st_size for name in names) < 40_000
    with visit(390) as it:
        page = begin(it, real)
        page.evaluate("location.hash = ''")
        page.locator(".starts").wait_for()

        def first_card() -> None:
            page.evaluate("location.hash = 'start=all&topic=language-models'")
            page.locator(".card-bar").wait_for()

        # It takes 430 at most; to look at each question of the topic would show.
        assert blocks_run(page, first_card) < 800


def test_keys_are_listed_and_can_be_switched_off(visit: Visitor, real: Path) -> None:
    with visit() as it:
        page = begin(it, real)
        page.keyboard.press("?")
        keys = page.locator("dialog.keys")
        keys.get_by_text("Again, Hard, Good, Easy").wait_for()
        page.get_by_role("switch", name="Use single keys").click()
        page.keyboard.press("Escape")
        keys.wait_for(state="detached")
        page.keyboard.press(" ")
        page.wait_for_timeout(100)
        assert page.locator("[data-grade]").count() == 0
        page.get_by_role("button", name="Show answer").click()
        page.get_by_role("button", name="Good").click()
        page.wait_for_function(f"() => {ROWS}.length === 1")


@pytest.mark.parametrize(("width", "scheme"), SIZES)
def test_axe_finds_nothing_in_any_state(
    width: int, scheme: str, visit: Visitor, real: Path
) -> None:
    def look(name: str) -> None:
        assert page.evaluate(OVERFLOW) <= 0, name
        assert axe(page) == [], name

    with visit(width, scheme) as it:
        page = it.page
        it.open(f"{real.as_uri()}/practice.html")
        page.locator(".starts").wait_for()
        look("first")
        page = begin(it, real, "ids=bias-variance-tradeoff")
        look("card")
        page.keyboard.press(" ")
        page.locator("[data-grade]").first.wait_for()
        page.locator(".rubric input").first.check()
        look("answer")
        page.keyboard.press("1")
        page.locator(".grades .primary").wait_for()
        page.keyboard.press("Escape")
        page.locator(".missed").wait_for()
        look("end")
        page.get_by_role("link", name="Done").click()
        page.locator(".topics").wait_for()
        page.locator("input[type=date]").fill("2030-01-01")
        look("home")
    assert it.complaints == []


FOCUS = "document.activeElement.textContent.trim()"
BELOW = """[...document.querySelectorAll("main :is(a, button, input, select, summary)")]
    .filter((one) => one.checkVisibility())
    .map((one) => one.matches("[type=checkbox]") ? one.closest("label") : one)
    .map((one) => [one.textContent, one.getBoundingClientRect()])
    .filter(([, { height }]) => height < 44).map(([text]) => text)"""


def test_the_focus_goes_where_one_goes_on(visit: Visitor, real: Path) -> None:
    with visit() as it:
        page = it.page
        it.open(f"{real.as_uri()}/practice.html")
        page.get_by_label("From").select_option(index=2)
        page.wait_for_function("() => document.activeElement.matches('.from select')")
        page.get_by_role("switch", name="Small cards too").press("Enter")
        assert page.evaluate(FOCUS) == "Small cards too"
        page.get_by_role("switch", name="Small cards too").press("Enter")
        # A question with hints: the focus goes to what is new.
        it.open(f"{real.as_uri()}/practice.html#ids=entropy-cross-entropy-kl")
        page.get_by_role("button", name="Hint 1").press("Enter")
        hint = page.locator(".hint-list li:last-child")
        hint.wait_for()
        assert page.evaluate(FOCUS) == hint.inner_text()
        page.keyboard.press("Escape")
        page.locator(".starts").wait_for()
        assert page.evaluate("document.activeElement.matches('.starts a')")


def test_every_state_has_targets_for_a_thumb(visit: Visitor, real: Path) -> None:
    with visit(390) as it:
        page = it.page
        it.open(f"{real.as_uri()}/practice.html")
        page.locator(".starts").wait_for()
        assert page.evaluate(BELOW) == []
        page = begin(it, real)
        assert page.evaluate(BELOW) == []
        page.keyboard.press(" ")
        page.keyboard.press("r")
        page.keyboard.press(" ")
        assert page.evaluate(BELOW) == []
        page.keyboard.press("1")
        page.locator(".grades .primary").wait_for()
        page.keyboard.press("Escape")
        page.locator(".missed").wait_for()
        assert page.evaluate(BELOW) == []
        assert all(top >= 0.6 * 844 for top, _ in page.evaluate(CONTROLS))
        page.get_by_role("link", name="Done").click()
        page.locator(".topics").wait_for()
        assert page.evaluate(BELOW) == []
        assert page.get_by_text("The next one comes in 10 min").is_visible()


def test_a_short_step_over_midnight_is_still_minutes_away(
    visit: Visitor, sample: Path
) -> None:
    with visit(390, timezone_id="UTC") as it:
        page = it.page
        page.clock.install(time=datetime(2026, 5, 5, 23, 55, tzinfo=UTC))
        page = begin(it, sample)
        page.keyboard.press(" ")
        page.keyboard.press("1")
        page.wait_for_function(f"() => {ROWS}.length === 1")
        page.keyboard.press("Escape")
        page.get_by_role("link", name="Done").click()
        page.get_by_text("The next one comes in 10 min").wait_for()


def test_a_question_that_cannot_be_loaded_is_said(visit: Visitor, real: Path) -> None:
    with visit() as it:
        page = it.page
        page.route("**/practice/cards-*.js", lambda route: route.abort())
        it.open(f"{real.as_uri()}/practice.html#start=new")
        page.get_by_text("This question cannot be loaded").wait_for()
        assert page.evaluate(FOCUS) == "Try again"
        it.open(f"{real.as_uri()}/practice.html#mock=coding&seed=balone")
        page.get_by_role("button", name="Try again").wait_for()
        page.unroute("**/practice/cards-*.js")
        page.keyboard.press("Enter")
        page.get_by_role("button", name="Begin").wait_for()


def test_a_newer_release_with_other_cards_is_said_and_loaded(
    visit: Visitor, real: Path
) -> None:
    with visit() as it:
        page = it.page
        empty = 'triptychPractice({"shard":0,"cards":{}})'
        page.route(
            "**/practice/cards-*.js",
            lambda route: route.fulfill(body=empty, content_type="text/javascript"),
        )
        it.open(f"{real.as_uri()}/practice.html#start=new")
        again = page.get_by_role("button", name="Try again")
        again.wait_for()
        page.unroute("**/practice/cards-*.js")
        again.click()
        page.get_by_role("button", name="Show answer").wait_for()
