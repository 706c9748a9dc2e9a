"""The first screen of the practice, and where its addresses lead, on an empty page."""

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import pytest
from tests.browser.test_store import DECK, START
from tests.browser.test_transfer import played

from triptych.render.site.scripts import SCRIPTS, scripts

if TYPE_CHECKING:
    from playwright.sync_api import Page

PARTS = tuple(part for part in SCRIPTS["practice.js"] if part != "practice/common")
WORDS = {
    **{f"state_{state}": f"{{n}} {state}" for state in ("known", "weak", "unseen")},
    "next_due": "{day}",
    "backup_reminder": "{n} reviews",
}
BEFORE = """
    document.body.innerHTML = "<main data-practice></main>";
    const [hash, given] = value;
    const location = { hash, protocol: "https:", pathname: "/", search: "" };
    const history = { replaceState: () => 0 };
    const page = document.createElement("html");
    const root = "../";
    const heard = {};
    const addEventListener = (name, action) => { heard[name] = action; };
    const scrollTo = () => 0;
    window.triptychShown = () => 0;
    window.triptychInterview = (line) => { line.textContent = "reported"; };
    const ago = (days) => Date.now() - days * 86_400_000;
    const rows = given.map(([days, ...row]) => [ago(days), ...row, [], "b"]);
    const log = (own) => JSON.stringify(
        { format: "triptych-progress", version: 1, deck: "d", rows: own });
    kept["triptych:d:progress"] = log(rows);
    kept["triptych:d:device"] = "balone";
    const cards = { late: { prompt: "Late?" }, new: { prompt: "New?" } };
    const later = LATER;
    const loadOnce = async (name) => {
        if (Object.hasOwn(later, name)) {
            new Function(later[name])();
        }
        if (name === "practice/index.js") {
            window.triptychPractice({ ...DECK, cards });
            const word = (own, key) => own[key] || { other: WORDS[key] || String(key) };
            deck.words = new Proxy(deck.words, { get: word });
        }
    };
    const settled = () => new Promise((done) => setTimeout(done));
    const texts = (what) => [...app.querySelectorAll(what)].map((e) => e.textContent);
    const push = (name) =>
        [...app.querySelectorAll("button")].find((e) => e.textContent === name).click();
"""
LATER = {name: scripts()[name] for name in ("end.js", "mock.js", "transfer.js")}
BEFORE = START + BEFORE.replace("DECK", json.dumps(DECK)).replace(
    "WORDS", json.dumps(WORDS)
).replace("LATER", json.dumps(LATER))
SEEN = [[60, "late", 3], [1, "out", "star"]]


def opened(
    page: "Page", code: str, rows: Sequence[Sequence[object]] = (), address: str = ""
) -> Any:  # noqa: ANN401
    """Return what `code` returns where the practice is opened with these rows."""
    start = "await settled();\nclearInterval(ticking);\n"
    return played(page, PARTS, BEFORE, start + code, [address, rows])


@pytest.mark.parametrize(
    ("address", "kinds", "topic"),
    [
        ("", ["due", "new", "weak", "starred"], ""),
        ("#topic=t", ["due", "new", "weak", "starred"], "&topic=t"),
        ("#topic=u", ["new"], "&topic=u"),
    ],
)
def test_what_can_be_started_is_offered(
    address: str, kinds: list[str], topic: str, blank: "Page"
) -> None:
    code = """
        const links = [...app.querySelectorAll(".starts a")];
        return links.map((link) => link.getAttribute("href"));
    """
    offered = [*(f"#start={kind}{topic}" for kind in kinds), "#mock"]
    assert opened(blank, code, SEEN, address) == offered


@pytest.mark.parametrize(
    ("address", "next_"), [("", "late"), ("#topic=t", "late"), ("#topic=u", "new")]
)
def test_the_next_that_is_due_is_of_those_that_are_asked(
    address: str, next_: str, blank: "Page"
) -> None:
    rows = [[1, "late", 4], [0, "new", 4], [3, "out", 4], [2, "out", "suspend"]]
    code = """
        const due = ["late", "new", "out"].map((id) =>
            [id, dayName(store.all.cards.get(id).memory.due)]);
        const said = nothingDue(asked()).textContent;
        return due.filter(([, day]) => day === said).map(([id]) => id);
    """
    assert opened(blank, code, rows, address) == [next_]


def test_each_topic_shows_how_far_one_has_come_in_it(blank: "Page") -> None:
    found = opened(blank, 'return texts(".topics small");', SEEN)
    assert found == ["1 weak · 1 unseen", "29 unseen"]


def test_an_interview_is_kept_shown_and_taken_back(blank: "Page") -> None:
    code = """
        const seen = [];
        const field = () => app.querySelector("input[type=date]");
        for (const day of ["2030-01-02", ""]) {
            field().value = day;
            field().dispatchEvent(new Event("change"));
            await settled();
            const line = texts(".interview [role=status]");
            showHome();
            await settled();
            seen.push([store.all.interview, field().value, ...line]);
        }
        return seen;
    """
    assert opened(blank, code) == [
        ["2030-01-02", "2030-01-02", "reported"],
        ["", "", ""],
    ]


@pytest.mark.parametrize(("reviews", "said"), [(19, []), (20, ["20 reviews"])])
def test_a_backup_is_asked_for_after_some_reviews_and_once_a_week(
    reviews: int, said: list[str], blank: "Page"
) -> None:
    code = """
        const before = texts(".notice > p:first-child");
        if (before.length) {
            push("later");
        }
        const rests = [6, 8].map((days) => ago(-days) < (backup().quiet || 0));
        return [before, texts(".notice"), rests];
    """
    rows = [[30 - day, "late", 3] for day in range(reviews)]
    found = opened(blank, code, rows)
    assert found == [said, [], [bool(said), False]]


def test_a_backup_is_noted_once_there_is_one(blank: "Page") -> None:
    code = """
        const seen = [];
        noteBackup({ quiet: 7 });
        for (const isDone of [false, true]) {
            later["transfer.js"] = "";
            window.triptychTransfer = { backUp: async () => isDone };
            push("back_up");
            await settled();
            seen.push([backup(), texts(".notice button")[0]]);
        }
        showHome();
        return [...seen, texts(".notice")];
    """
    rows = [[30 - day, "late", 3] for day in range(20)]
    noted = {"quiet": 7, "reviews": 20}
    assert opened(blank, code, rows) == [
        [{"quiet": 7}, "back_up"],
        [noted, "backed_up"],
        [],
    ]


def test_a_tag_of_the_address_is_offered_as_it_is_written(blank: "Page") -> None:
    code = """
        const select = app.querySelector(".from select");
        const [own] = select.selectedOptions;
        return [own.textContent, Object.fromEntries(new URLSearchParams(own.value))];
    """
    tag = "c++ & more = all"
    address = "#" + urlencode({"tag": tag})
    assert opened(blank, code, (), address) == [tag, {"tag": tag}]


def test_moments_grow_though_the_clock_is_set_back(blank: "Page") -> None:
    code = """
        const { now } = Date;
        const start = now();
        startSession(["late"]);
        const moments = [];
        for (const [time, value] of [[0, 1], [0, 1], [-DAY_MS, 1], [-DAY_MS, 3]]) {
            Date.now = () => start + time;
            await settled();
            grade(value);
        }
        Date.now = now;
        await settled();
        clearInterval(ticking);
        const card = store.all.cards.get("late");
        return [store.rows.map((row) => row[2]), card.reviews, card.grade];
    """
    assert opened(blank, code) == [[1, 1, 1, 3], 4, 3]


def test_the_end_says_what_was_missed_and_reminds_of_a_backup(blank: "Page") -> None:
    code = """
        deck.cards.late = { prompt: "Late?", plain: "Late", rubric: [
            ["a1", "A"], ["b2", "B"], ["c3", "C"]] };
        startSession(["late"]);
        for (const [value, ...points] of [[1, "a1"], [3, "a1", "c3"]]) {
            await settled();
            points.forEach((point) => { session = ticked(session, point); });
            grade(value);
        }
        await settled();
        await settled();
        const addresses = [...app.querySelectorAll(".missed a")].map((link) =>
            link.getAttribute("href"));
        return [texts(".missed li"), addresses, texts("main > .facts"),
            texts(".notice > p:first-child"), texts(".card-bar button")];
    """
    rows = [[30 - day, "new", 3] for day in range(18)]
    missed, addresses, facts, notice, acts = opened(blank, code, rows)
    assert missed == ["B timesLate", "C Late"]
    assert addresses == ["../q/late.html#Rubric"] * 2
    assert (facts, notice, acts) == (["all_saved"], ["20 reviews"], ["undo"])


def test_a_session_leads_back_to_its_topic(blank: "Page") -> None:
    code = """
        const seen = [];
        history.replaceState = (_, __, address) => seen.push(address);
        for (const hash of ["#start=all&topic=t&tag=x", "#start=all"]) {
            location.hash = hash;
            route();
            await settled();
            endSession();
            seen.push(Boolean(session), texts(".starts").length);
        }
        clearInterval(ticking);
        return seen;
    """
    kept = "/#topic=t&tag=x"
    assert opened(blank, code) == [kept, False, 1, "/", False, 1]


def test_what_is_suspended_comes_back_by_a_button(blank: "Page") -> None:
    code = """
        const before = suspendedIds();
        push("resume");
        return [before, suspendedIds()];
    """
    assert opened(blank, code, [[2, "out", "suspend"]]) == [["out"], []]


@pytest.mark.parametrize(
    ("address", "queue"),
    [
        ("#start=mixed&topic=t", ["late", "out"]),
        ("#start=all&topic=t", ["late", "out"]),
        ("#start=due", ["late"]),
        ("#ids=new", ["new"]),
        ("#start=mixed&tag=none", None),
        ("#start=weak&topic=u", None),
    ],
)
def test_an_address_starts_a_session(
    address: str, queue: list[str] | None, blank: "Page"
) -> None:
    code = """
        remember("small", "1");
        route();
        await settled();
        clearInterval(ticking);
        return session ? session.queue.filter((id) => !id.includes("/")) : null;
    """
    assert opened(blank, code, SEEN, address) == queue


def test_all_of_a_topic_are_asked_where_none_is_due_or_new(blank: "Page") -> None:
    rows = [[0, "late", 4], [0, "out", 4]]
    code = "return session && session.queue;"
    assert opened(blank, code, rows, "#start=mixed&topic=t") == ["late", "out"]


def test_what_is_chosen_by_name_comes_without_its_parts(blank: "Page") -> None:
    code = """
        remember("small", "1");
        return [chosen("all", { ids: "late" }), chosen("all", { topic: "t" })];
    """
    assert opened(blank, code) == [["late"], ["late", "late/part", "out"]]


@pytest.mark.parametrize("address", ["", "#start=due"])
def test_reviews_of_another_tab_are_taken_in_between_sessions(
    address: str, blank: "Page"
) -> None:
    code = """
        const before = session;
        store.rows = merged(store.rows, [[1, "out", 3, [], "b"]]);
        kept["triptych:d:progress"] = log([...rows, [2, "new", 3, [], "c"]]);
        heard.storage({ key: "triptych:d:other" });
        heard.storage({ key: "triptych:d:progress" });
        return [store.rows.map((row) => row[1]), before === session];
    """
    ids, same = opened(blank, code, SEEN, address)
    assert sorted(ids) == sorted(["late", "out", "out", *([] if address else ["new"])])
    assert same


def test_storage_that_is_free_again_is_no_trouble_any_more(blank: "Page") -> None:
    code = """
        const seen = [store.device];
        const setItem = localStorage.setItem;
        for (const name of ["QuotaExceededError", "SecurityError", ""]) {
            localStorage.setItem = (...own) => {
                if (name) {
                    throw Object.assign(new Error(), { name });
                }
                setItem(...own);
            };
            const isKept = record([[Date.now(), "new", 3, [], "b"]]);
            seen.push([isKept, store.trouble]);
        }
        return seen;
    """
    assert opened(blank, code) == [
        "balone",
        [False, "storage_full"],
        [False, "storage_off"],
        [True, ""],
    ]
