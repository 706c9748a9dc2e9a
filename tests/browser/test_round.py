"""A round of the mock interview that is left and goes on, on an empty page."""

import json
from typing import TYPE_CHECKING

import pytest
from tests.browser.test_first_screen import opened

if TYPE_CHECKING:
    from playwright.sync_api import Page

ROUND = """
    deck.rounds = [{ name: "concept", minutes: 30, kinds: { concept: 2 } }];
    deck.questions.forEach((_, id) => {
        deck.cards[id] = { prompt: id, plain: id, rubric: [["a1", "A"], ["b2", "B"]] };
    });
    const one = { spent: 4 * MINUTE_MS, hints: 0, ticked: ["b2"], said: [] };
    one.shownFollowUps = 0;
    const both = [one, one].map((own) => ({ ...own, notes: "mine" }));
    const mock = { round: "concept", seed: "s", ids: ["late", "new"], minutes: 30,
        at: 0, part: "ask", since: ago(1), asked: both };
    const keep = () => remember("mock", JSON.stringify(mock));
    const sit = async () => {
        location.hash = "#mock=concept&seed=s";
        showMock("concept", { seed: "s" });
        await settled();
    };
"""


@pytest.mark.parametrize(
    ("change", "link"),
    [
        ("", "mock_continue minutes_left 22"),
        ("mock.part = 'judge';", "mock_continue minutes_left 22"),
        ("mock.minutes = 5;", "mock_continue minutes_left 0"),
        ("mock.part = 'ready';", "mock"),
        ("mock.part = 'end';", "mock"),
        ("mock.ids[1] = 'gone';", "mock"),
        ("delete mock.asked;", "mock"),
    ],
)
def test_a_round_that_is_not_over_is_offered(
    change: str, link: str, blank: "Page"
) -> None:
    code = "keep(); return mockLink(false).textContent;"
    code = 'deck.words.minutes_left = { other: "minutes_left {n}" };' + code
    assert opened(blank, f"{ROUND}{change}{code}") == link


@pytest.mark.parametrize(
    "change",
    ["mock.seed = 'other';", "mock.round = 'coding';", "mock.ids[0] = 'gone';"],
)
def test_another_round_begins_anew(change: str, blank: "Page") -> None:
    code = 'keep(); await sit(); return texts(".grades .primary");'
    assert opened(blank, f"{ROUND}{change}{code}") == ["begin"]


@pytest.mark.parametrize("event", ["pagehide", "hashchange"])
def test_a_round_goes_on_where_it_was_left(event: str, blank: "Page") -> None:
    code = f"""
        keep();
        await sit();
        const notes = app.querySelector("textarea");
        const seen = [...texts(".prompt, .grades .primary, .clock"), notes.value];
        notes.value = "more";
        notes.dispatchEvent(new Event("input"));
        dispatchEvent(new Event("{event}"));
        const [left] = JSON.parse(recall("mock")).asked;
        dispatchEvent(new Event("hashchange"));
        return [...seen, left.notes, Math.round(left.spent / MINUTE_MS)];
    """
    found = opened(blank, ROUND + code)
    assert found == ["8:00 / 30:00", "late", "finish", "mine", "more", 4]


# Earlier versions stored the number of follow-ups under the second name.
@pytest.mark.parametrize("key", ["shownFollowUps", "heard"])
def test_what_was_judged_in_a_round_is_shown_when_it_goes_on(
    key: str, blank: "Page"
) -> None:
    code = """
        Object.assign(deck.cards.late, {
            follow: [["a", "A?", "a"], ["b", "B?", "b"], ["c", "C?", "c"]],
            pitfalls: [["x", "X.", "Not X."], ["y", "Y.", "Not Y."]],
        });
        Object.assign(mock, { part: "judge" });
        delete one.shownFollowUps;
        Object.assign(one, { [KEY]: 2, said: ["y"] });
        mock.asked = [one, one].map((own) => ({ ...own, notes: "" }));
        keep();
        await sit();
        const fields = [...app.querySelectorAll(".rubric input")];
        return [
            fields.map((field) => field.checked), texts("details.part summary"),
            texts("[aria-pressed=true]"), texts(".claims .prose:not([hidden])"),
        ];
    """
    found = opened(blank, ROUND + code.replace("KEY", json.dumps(key)))
    assert found == [[False, True], ["A?", "B?"], ["yes"], ["Not Y."]]


def test_no_hint_is_paid_for_that_a_question_does_not_have(blank: "Page") -> None:
    code = """
        deck.cards.late.hints = ["One.", "Two."];
        keep();
        const seen = [];
        const buttons = () =>
            [...app.querySelectorAll("button")].filter((e) => e.textContent === name);
        const name = "hint_costs";
        await sit();
        for (let at = 0; at < 3; at += 1) {
            buttons().forEach((one) => one.click());
            seen.push([texts(".hint-list li").length, buttons().length]);
        }
        seen.push(document.activeElement.textContent);
        dispatchEvent(new Event("pagehide"));
        seen.push(JSON.parse(recall("mock")).asked[0].hints);
        await sit();
        dispatchEvent(new Event("hashchange"));
        return [...seen, texts(".hint-list li"), buttons().length];
    """
    found = opened(blank, ROUND + code)
    assert found == [[1, 1], [2, 0], [2, 0], "late", 2, ["One.", "Two."], 0]


def test_what_cannot_be_kept_is_said_wherever_one_is(blank: "Page") -> None:
    code = """
        const seen = [];
        const look = (name) => seen.push([name, ...texts(".notice, .facts")]);
        localStorage.setItem = () => {
            throw Object.assign(new Error(), { name: "QuotaExceededError" });
        };
        const round = JSON.stringify(mock);
        localStorage.getItem = (key) => key.endsWith("mock") ? round : null;
        remember("mock", "");
        await sit();
        look("ask");
        for (const [name, next] of [
            ["judge", "finish"], ["ask", "next_question"], ["judge", "finish"],
            ["scorecard", "see_scorecard"], ["counted", "count_reviews"],
        ]) {
            push(next);
            await settled();
            look(name);
        }
        startSession(["late"]);
        await settled();
        look("card");
        grade(3);
        await settled();
        await settled();
        look("end");
        leave();
        look("home");
        clearInterval(ticking);
        return seen;
    """
    found = opened(blank, ROUND + code)
    places = ["ask", "judge", "ask", "judge", "scorecard", "counted", "card"]
    assert [name for name, *_ in found] == [*places, "end", "home"]
    assert all("storage_full" in said for _, *said in found), found
    assert not [name for name, *said in found if "all_saved" in said]
