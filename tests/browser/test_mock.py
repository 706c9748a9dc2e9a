"""The mock interview: the same seed, one clock, and no answer too early."""

import json
import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.browser.conftest import Visit, Visitor
from tests.browser.practice import run
from tests.browser.test_pages import OVERFLOW, SCHEMES, WIDTHS, axe
from tests.browser.test_practice import ROWS

from triptych.deck.templates import template
from triptych.dialect.rounds import ROUNDS
from triptych.render.site.shorten import shortened

if TYPE_CHECKING:
    from playwright.sync_api import Page

GUIDES = Path(__file__).parents[2] / "content/guides"
MOCK = "Object.entries(localStorage).find(([key]) => key.endsWith(':mock'))"


def played(page: "Page", code: str, value: object = None) -> Any:  # noqa: ANN401
    """Run `code` beside the part of the mock interview that needs no page."""
    return run(page, shortened(template("site/scripts/mock/plan.js")) + code, value)


def minutes(guide: str) -> list[tuple[str, int]]:
    """Return the rows of the table of minutes in a guide, the longest time of each."""
    text = (GUIDES / f"guide-{guide}-round.md").read_text("utf-8")
    rows = re.findall(r"^\| ([^|]+) \| (?:\d+ to )?(\d+) \| ", text, re.MULTILINE)
    return [(name, int(time)) for name, time in rows]


@pytest.mark.parametrize(
    ("name", "guide"), [("coding", "coding"), ("system-design", "design")]
)
def test_minutes_are_those_of_the_guides(name: str, guide: str) -> None:
    (round_,) = [one for one in ROUNDS if one["name"] == name]
    phases = [time for _, time in round_["phases"]]
    assert phases == [time for _, time in minutes(guide)]
    assert sum(phases) == round_["minutes"]


def test_minutes_of_the_loop_are_those_of_its_rounds() -> None:
    *rounds, loop = ROUNDS
    assert loop["minutes"] == sum(one["minutes"] for one in rounds)
    assert loop["kinds"] == {k: n for one in rounds for k, n in one["kinds"].items()}


def test_a_seed_draws_the_same_questions_whatever_their_order(blank: "Page") -> None:
    drawn = """
        const questions = Array.from({ length: 40 }, (_, n) =>
            ({ id: "q" + n, topic: n % 5, kind: n % 4 ? "concept" : "coding" }));
        const round = { name: "r", kinds: { concept: 8, coding: 2, behavioral: 1 } };
        const draw = (seed, list) => drawn(round, seed, list);
        return Array.from({ length: 60 }, (_, n) => [
            draw("seed" + n, questions), draw("seed" + n, [...questions].reverse()),
        ]);
    """
    found = played(blank, drawn)
    assert all(one == other for one, other in found)
    firsts = Counter(ids[0] for ids, _ in found)
    assert len(firsts) > 15
    for ids, _ in found:
        numbers = [int(id_[1:]) for id_ in ids]
        assert len(set(numbers)) == 10
        assert [n % 4 == 0 for n in numbers] == [False] * 8 + [True] * 2
        assert len({n % 5 for n in numbers[:5]}) == 5


def test_the_clock_runs_only_while_one_is_asked(blank: "Page") -> None:
    clock = """
        let mock = newMock({ name: "r", minutes: 45 }, "s", ["a", "b"]);
        const seen = [spentInAll(mock, 50)];
        mock = part(mock, "ask", 100);
        seen.push(spentInAll(mock, 700));
        mock = settled(mock, 900);
        mock = { ...JSON.parse(JSON.stringify(mock)), since: 5000 };
        seen.push(spentInAll(mock, 5100));
        mock = part(mock, "judge", 5200);
        seen.push(spentInAll(mock, 9999));
        mock = nextQuestion(mock, 20000);
        seen.push(spentInAll(mock, 20300), spentOn(mock, 1, 20300));
        mock = nextQuestion(mock, 20500);
        return [...seen, spentInAll(mock, 99999), mock.part];
    """
    assert played(blank, clock) == [0, 600, 900, 1000, 1300, 300, 1500, "end"]


def test_phases_follow_the_clock_of_the_question(blank: "Page") -> None:
    phases = """
        const all = [["a", 5], ["b", 20], ["c", 10]];
        return value.map((minutes) => phaseAt(all, minutes * MINUTE_MS));
    """
    assert played(blank, phases, [0, 4.9, 5, 24.9, 25, 34, 90]) == [0, 0, 1, 1, 2, 2, 2]


def test_the_weakest_are_to_be_studied(blank: "Page") -> None:
    study = """
        const ids = ["a", "b", "c", "d", "e", "f"];
        const mock = newMock({ name: "r", minutes: 1 }, "s", ids);
        const ticks = [4, 1, 0, 4, 2, 0];
        mock.asked.forEach((one, at) => { one.ticked = Array(ticks[at]).fill("p"); });
        mock.asked[3].said = ["claim"];
        const weakest = toStudy(mock, [4, 4, 4, 4, 4, 0]);
        // A claim that is wrong is to be studied, too, though every point was said.
        mock.asked.forEach((one) => { one.ticked = Array(4).fill("p"); });
        return [weakest, toStudy(mock, [4, 4, 4, 4, 4, 0])];
    """
    assert played(blank, study) == [["c", "b", "e"], ["d"]]


@pytest.mark.parametrize(
    ("change", "is_whole"),
    [
        ("", True),
        ("mock.asked.pop();", False),
        ("mock.ids.pop();", False),
        ("mock.at = 2;", False),
        ("mock.part = 'over';", False),
        ("mock.minutes = NaN;", False),
        ("mock.asked[1].said = 'x';", False),
        ("mock.asked[0].spent = undefined;", False),
    ],
)
def test_a_round_goes_on_only_if_all_of_it_is_there(
    change: str, *, is_whole: bool, blank: "Page"
) -> None:
    begun = 'const mock = newMock({ name: "r", minutes: 1 }, "s", ["a", "b"]);'
    assert played(blank, f"{begun}{change} return isWhole(mock);") is is_whole


def sit(it: Visit, site: Path, name: str, seed: str) -> "Page":
    it.open("about:blank")
    it.open(f"{site.as_uri()}/practice.html#mock={name}&seed={seed}")
    it.page.get_by_role("button", name="Begin").click()
    it.page.locator(".card-bar").wait_for()
    return it.page


def test_a_round_from_its_first_question_to_the_scorecard(
    visit: Visitor, real: Path
) -> None:
    with visit(390) as it:
        page = sit(it, real, "behavioral", "balone")
        shown = page.locator("main").inner_text
        prompts = []
        for number in range(1, 5):
            assert f"Question {number} of 4" in shown()
            assert "In short" not in shown()
            assert page.locator(".rubric, .prose").count() == 0
            prompts.append(page.locator(".prompt").inner_text())
            page.locator("textarea").fill(f"My own story {number}")
            page.get_by_role("button", name="I am done").click()
            page.locator(".rubric input").first.check()
            asked = page.get_by_role("button", name="Next follow-up")
            before = page.locator("details.part").count()
            asked.click()
            assert page.locator("details.part").count() == before + 1
            page.get_by_role("button", name="Yes").first.click()
            page.locator(".grades .primary").click()
        page.locator(".scorecard").wait_for()
        assert page.locator(".scorecard tbody tr").count() == 4
        page.evaluate(
            "navigator.clipboard.writeText = async (t) => { window.said = t; }"
        )
        page.get_by_role("button", name="Copy as Markdown").click()
        text = page.evaluate("window.said")
        assert text.startswith("# Behavioral round, Machine Learning Interviews\n")
        assert "Seed balone. 0 of 30 minutes." in text
        assert "My own story" not in text
        assert [line.split(" | ")[0][2:] for line in text.split("\n")[6:10]] == prompts
        page.get_by_role("checkbox", name="With my notes").check()
        page.get_by_role("button", name="Copied").click()
        assert page.evaluate("window.said").count("My own story") == 4
        assert page.evaluate(ROWS) == []
        page.get_by_role("button", name="Count as reviews").click()
        page.get_by_text("All of it is saved").wait_for()
        rows = page.evaluate(ROWS)
        assert [row[2] for row in rows] == [1] * 4
        assert "story" not in json.dumps(rows)
        again = sit(it, real, "behavioral", "balone")
        assert again.locator(".prompt").inner_text() == prompts[0]
        sit(it, real, "behavioral", "other")
    assert it.complaints == []


@pytest.mark.parametrize(
    ("hints", "ticks", "counted"),
    [(0, [], (1, 0)), (0, [0], (1, 4)), (1, [0, 1, 2, 3, 4], (3, 0))],
)
def test_a_round_counts_what_was_said_and_what_was_missed(
    hints: int, ticks: list[int], counted: tuple[int, int], visit: Visitor, real: Path
) -> None:
    with visit() as it:
        page = sit(it, real, "coding", "balone")
        for _ in range(hints):
            page.get_by_role("button", name="Hint").click()
        page.get_by_role("button", name="I am done").click()

        def kept() -> Any:  # noqa: ANN401
            return json.loads(page.evaluate(MOCK)[1])["asked"][0]

        claim = page.locator(".claims li").first
        correction = claim.locator(".prose")
        assert not correction.is_visible()
        for answer, said in (("Yes", 1), ("No", 0), ("Yes", 1)):
            claim.get_by_role("button", name=answer).click()
            assert correction.is_visible()
            assert len(kept()["said"]) == said
        points = page.locator(".rubric input")
        points.first.check()
        points.first.uncheck()
        assert kept()["ticked"] == []
        for number in ticks:
            points.nth(number).check()
        page.get_by_role("button", name="See the scorecard").click()
        page.get_by_role("button", name="Count as reviews").click()
        page.get_by_text("All of it is saved").wait_for()
        ((_, _, grade, missed, *_),) = page.evaluate(ROWS)
        assert (grade, len(missed)) == counted
    assert it.complaints == []


def test_a_round_that_is_left_at_its_scorecard_is_over(
    visit: Visitor, real: Path
) -> None:
    with visit() as it:
        page = sit(it, real, "coding", "balone")
        page.get_by_role("button", name="I am done").click()
        page.get_by_role("button", name="See the scorecard").click()
        page.locator(".scorecard").wait_for()
        page.locator(".card-bar a").last.click()
        page.locator(".starts").wait_for()
        assert page.get_by_text("Continue the mock interview").count() == 0
        assert page.evaluate(MOCK + "?.[1] || ''") == ""


def test_a_round_that_is_stopped_counts_what_was_answered_alone(
    visit: Visitor, real: Path
) -> None:
    with visit(390) as it:
        page = sit(it, real, "behavioral", "balone")
        page.get_by_role("button", name="Stop").click()
        page.locator(".scorecard").wait_for()
        assert page.locator(".scorecard tbody tr").count() == 1
        assert page.get_by_role("button", name="Count as reviews").count() == 0
        page = sit(it, real, "behavioral", "other")
        page.get_by_role("button", name="I am done").click()
        page.locator(".rubric input").first.check()
        page.locator(".grades .primary").click()
        page.get_by_role("button", name="Stop").click()
        page.locator(".scorecard").wait_for()
        assert page.locator(".scorecard tbody tr").count() == 2
        page.get_by_role("button", name="Count as reviews").click()
        page.get_by_text("All of it is saved").wait_for()
        assert [row[2] for row in page.evaluate(ROWS)] == [1]
    assert it.complaints == []


@pytest.mark.parametrize(
    "damage",
    ["mock.asked = []", "mock.part = 'x'", "mock.minutes = '?'", "mock.at = 7"],
)
def test_a_damaged_round_begins_anew(visit: Visitor, real: Path, damage: str) -> None:
    with visit() as it:
        page = sit(it, real, "coding", "balone")
        page.wait_for_function(f"() => {MOCK}")
        key, text = page.evaluate(MOCK)
        it.open(f"{real.as_uri()}/index.html")
        change = """([key, text]) => {
            const mock = JSON.parse(text);
            %s;
            localStorage.setItem(key, JSON.stringify(mock));
        }"""
        page.evaluate(change % damage, [key, text])
        it.open(f"{real.as_uri()}/practice.html#mock=coding&seed=balone")
        page.get_by_role("button", name="Begin").wait_for()
    assert it.complaints == []


def test_a_closed_page_goes_on_where_it_was(visit: Visitor, real: Path) -> None:
    with visit() as it:
        page = sit(it, real, "coding", "balone")
        page.locator("textarea").fill("half a thought")
        page.wait_for_timeout(1500)
        page.evaluate(
            f"""() => {{
                const [key, text] = {MOCK};
                const mock = JSON.parse(text);
                mock.asked[0].spent = 8 * 60_000;
                window.dispatchEvent(new Event("pagehide"));
                Storage.prototype.setItem.call(localStorage, key, JSON.stringify(mock));
                Storage.prototype.setItem = () => {{}};
            }}"""
        )
        it.open("about:blank")
        page.wait_for_timeout(2500)
        it.open(f"{real.as_uri()}/practice.html")
        link = page.get_by_role("link", name="Continue the mock interview")
        assert "37 minutes left" in link.inner_text()
        link.click()
        page.locator(".card-bar").wait_for()
        assert page.locator("textarea").input_value() == "half a thought"
        shown = page.locator(".clock").inner_text().split(" / ")[0]
        assert shown in {"8:00", "8:01", "8:02"}
        assert page.locator("[aria-current=step]").inner_text() == "Agree 5"
        page.get_by_role("button", name="5 more minutes").click()
        page.get_by_text("/ 50:00").wait_for()
    assert it.complaints == []


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.slow
def test_axe_finds_nothing_in_any_state(
    width: int, scheme: str, visit: Visitor, real: Path
) -> None:
    def look(name: str) -> None:
        assert page.evaluate(OVERFLOW) <= 0, name
        assert axe(page) == [], name

    with visit(width, scheme) as it:
        page = it.page
        it.open(f"{real.as_uri()}/practice.html#mock")
        page.locator(".starts").wait_for()
        look("rounds")
        sit(it, real, "coding", "balone")
        look("asked")
        page.get_by_role("button", name="I am done").click()
        page.get_by_role("button", name="Next follow-up").click()
        page.get_by_role("button", name="Yes").first.click()
        look("judged")
        page.locator(".grades .primary").click()
        page.locator(".scorecard").wait_for()
        look("scorecard")
    assert it.complaints == []


def test_a_whole_round_by_keyboard_alone(visit: Visitor, real: Path) -> None:
    with visit(390) as it:
        page = it.page
        page.set_viewport_size({"width": 390, "height": 844})
        it.open(f"{real.as_uri()}/practice.html#mock=coding&seed=balone")
        page.locator(".card-bar").wait_for()

        def press(name: str, key: str = "Enter") -> None:
            for _ in range(60):
                page.keyboard.press("Tab")
                if page.evaluate("document.activeElement.textContent").startswith(name):
                    break
            focused = page.evaluate(
                """() => {
                    const { top, height } =
                        document.activeElement.getBoundingClientRect();
                    return [top, height];
                }"""
            )
            assert focused[1] >= 44, name
            assert page.evaluate(
                "document.activeElement.closest('.card-bar, .ask') !== null"
            ), name
            page.keyboard.press(key)

        press("Begin")
        page.get_by_role("button", name="I am done").wait_for()
        press("Hint")
        assert page.locator("[aria-live] li").count() == 1
        press("I am done", " ")
        page.get_by_role("button", name="See the scorecard").wait_for()
        press("Next follow-up")
        assert page.evaluate("document.activeElement.tagName") == "SUMMARY"
        press("No")
        assert (
            page.get_by_role("group")
            .filter(has_text="Yes")
            .first.get_attribute("aria-label")
        )
        press("See the scorecard")
        page.get_by_role("button", name="Count as reviews").wait_for()
        press("Count as reviews")
        page.get_by_text("All of it is saved.").wait_for()
        assert page.evaluate("document.activeElement.textContent") == (
            "All of it is saved."
        )
        press("Copy as Markdown")
        copied = page.get_by_text("Copied").or_(page.locator(".to-copy"))
        copied.wait_for()
        press("Done")
        page.locator(".starts").wait_for()
        assert page.get_by_text("Continue the mock interview").count() == 0
        assert page.evaluate("document.activeElement.matches('.starts a')")


def test_a_new_phase_is_read_aloud(visit: Visitor, real: Path) -> None:
    with visit() as it:
        page = it.page
        page.clock.install()
        it.open(f"{real.as_uri()}/practice.html#mock=coding&seed=balone")
        page.get_by_role("button", name="Begin").click()
        page.get_by_role("button", name="I am done").wait_for()
        assert page.get_by_role("status").inner_text() == ""
        page.clock.fast_forward("08:00")
        page.get_by_role("status").get_by_text("Agree", exact=True).wait_for()
        assert page.locator(".phases [aria-current]").inner_text() == "Agree 5"


def test_a_scorecard_can_be_copied_by_hand_and_after_it_was_counted(
    visit: Visitor, real: Path
) -> None:
    with visit() as it:
        page = it.page
        page.add_init_script(
            "navigator.clipboard.writeText = async () => { throw new Error('no'); }"
        )
        it.open(f"{real.as_uri()}/practice.html#mock=coding&seed=balone")
        page.get_by_role("button", name="Begin").click()
        page.get_by_role("button", name="I am done").click()
        page.get_by_role("button", name="See the scorecard").click()
        page.get_by_role("button", name="Count as reviews").click()
        page.get_by_role("button", name="Copy as Markdown").click()
        shown = page.locator(".to-copy").input_value()
        assert shown.startswith("# Coding round, Machine Learning Interviews\n")
        assert "Seed balone" in shown
    assert it.complaints == []
