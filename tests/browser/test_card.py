"""What a card of the practice shows and keeps, without the page around it."""

import json
from typing import TYPE_CHECKING, Any

import pytest
from tests.browser.test_store import DECK, START
from tests.browser.test_transfer import ASKED, played

if TYPE_CHECKING:
    from playwright.sync_api import Page

CARD = {
    "prompt": "What?",
    "plain": "What?",
    "summary": "It is […].",
    "answer": "It is this.",
    "fill": "x = …",
    "hints": ["Think.", "Think again."],
    "rubric": [["a1", "This"], ["b2", "That"]],
    "follow": [["why", "Why?", "So."]],
    "pitfalls": [["trap", "It is that.", "It is not."]],
}
BEFORE = f"""{START}
    document.body.innerHTML = "<main data-practice></main>";
    const page = document.createElement("html");
    const root = "../";
    const scrollTo = () => 0;
    const waiting = [];
    const loadOnce = () => new Promise((_, fail) => waiting.push(fail));
    window.triptychShown = () => 0;
"""
OPENED = """
    window.triptychPractice(DECK);
    const known = deck.words;
    const word = (_, key) => known[key] || { other: String(key) };
    deck.words = new Proxy({}, { get: word });
    deck.cards.late = CARD;
    openStore();
    const texts = (what) => [...app.querySelectorAll(what)].map((e) => e.textContent);
    const shown = async (next) => {
        session = next;
        await showCard();
        clearInterval(ticking);
    };
    await shown(begun([value], Date.now()));
""".replace("DECK", json.dumps(DECK)).replace("CARD", json.dumps(CARD))


def asked(page: "Page", id_: str, code: str) -> Any:  # noqa: ANN401
    """Return what `code` returns where the card `id_` is asked."""
    return played(page, (*ASKED, "practice/end"), BEFORE, OPENED + code, id_)


@pytest.mark.parametrize(
    ("id_", "question", "answer"),
    [
        ("late", ["What?"], ["It is […].", "It is this."]),
        ("late/why", ["What?", "Why?"], ["So."]),
        # A claim that is wrong is never shown without a word that says so.
        ("late/trap", ["What?", "is_wrong", "It is that."], ["It is not."]),
        ("late/cloze", ["It is […]."], []),
        ("late/fill-in", ["What?", "x = …"], []),
    ],
)
def test_a_card_asks_before_it_answers(
    id_: str, question: list[str], answer: list[str], blank: "Page"
) -> None:
    code = """
        const parts = ".ask > :is(.facts + .facts, .kicker, .prompt, .prose)";
        const before = [texts(parts), texts(".ask section")];
        await shown(opened(session));
        return [...before, texts(parts), texts("section > :is(.in-short, .prose)")];
    """
    assert asked(blank, id_, code) == [question, [], question, answer]


def test_hints_come_one_by_one_and_cost(blank: "Page") -> None:
    code = """
        const seen = [];
        const look = () => seen.push([texts(".hint-list li"), texts("[data-hint]")]);
        look();
        await shown(hinted(session));
        look();
        await shown(hinted(session));
        look();
        await shown(opened(session));
        app.querySelectorAll(".rubric input").forEach((field) => field.click());
        const suggested = () => app.querySelector("[data-suggested]").dataset.grade;
        const fields = [...app.querySelectorAll(".rubric input")];
        return [seen, suggested(), fields.map((field) => field.checked)];
    """
    seen, suggested, checked = asked(blank, "late", code)
    assert seen == [
        [[], ["hint_of"]],
        [["Think."], ["hint_of"]],
        [["Think.", "Think again."], []],
    ]
    assert (suggested, checked) == ("3", [True, True])


def test_undoing_shows_what_was_ticked_and_what_it_suggests(blank: "Page") -> None:
    code = """
        await shown(opened(session));
        app.querySelector(".rubric input").click();
        grade(GOOD);
        undo();
        await new Promise((done) => setTimeout(done));
        clearInterval(ticking);
        const checked = [...app.querySelectorAll(":checked + span")];
        const { dataset } = app.querySelector("[data-suggested]");
        return [checked.map((one) => one.textContent), dataset.grade, store.rows];
    """
    assert asked(blank, "late", code) == [["This"], "2", []]


def test_a_clock_that_was_hidden_stays_so(blank: "Page") -> None:
    code = """
        const seen = [];
        for (let n = 0; n < 2; n += 1) {
            app.querySelector(".clock").click();
            seen.push(...texts(".clock"));
            await shown(opened(session));
            seen.push(...texts(".clock"));
        }
        return seen;
    """
    assert asked(blank, "late", code) == ["clock", "clock", "0:00", "0:00"]


def test_a_card_has_the_direction_of_its_words(blank: "Page") -> None:
    code = """
        deck.cards.late.dir = "rtl";
        await shown(hinted(opened(session)));
        const own = ".prompt, .hint-list li, .rubric span, .in-short, .prose, summary";
        const parts = [...app.querySelectorAll(own)].filter((one) => one.innerHTML);
        return [parts.length, parts.filter((one) => one.dir !== "rtl").length];
    """
    assert asked(blank, "late", code) == [8, 0]


def test_grades_say_when_the_card_comes_back(blank: "Page") -> None:
    code = """
        await shown(opened(session));
        const first = texts(".grades small");
        record([[Date.now() - 30 * DAY_MS, "late", GOOD, [], "b"]]);
        await shown(session);
        return [first, texts(".grades small")];
    """
    first, second = asked(blank, "late", code)
    assert first == ["10 minutes", "15 minutes", "2 days", "8 days"]
    assert second == ["10 minutes", "23 days", "37 days", "2 months"]


def test_a_star_is_set_and_taken_back(blank: "Page") -> None:
    code = """
        const own = app.querySelector("[data-star]");
        const pressed = [0, 1].map(() => {
            own.click();
            return own.getAttribute("aria-pressed");
        });
        return [pressed, store.rows.map((row) => row[2]), isStarred("late")];
    """
    assert asked(blank, "late", code) == [["true", "false"], ["star", "unstar"], False]


def test_a_part_takes_a_minute(blank: "Page") -> None:
    code = (
        'return [["late"], ["late/why"], ["late", "late/why", "words/w1"]].map(minutes)'
    )
    assert asked(blank, "late", code) == [5, 1, 6]


def test_a_card_that_comes_late_is_not_shown_in_the_place_of_another(
    blank: "Page",
) -> None:
    code = """
        session = begun(["new"], 0);
        const slow = showCard();
        await shown(begun(["late"], 0));
        waiting[0]();
        await slow;
        return [texts(".prompt"), texts(".notice"), current === deck.cards.late];
    """
    assert asked(blank, "late", code) == [["What?"], [], True]
