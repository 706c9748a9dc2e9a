"""The preview in a browser: it reloads after a build, and shows what is wrong."""

from pathlib import Path

from tests.browser.conftest import Visitor
from tests.cases import write_deck
from tests.previews import serving

from triptych.deck.templates import template

DECK = "---\nquestion: What is <b>one</b>?\n---\nThe answer is one."


def test_a_page_reloads_and_shows_mistakes(tmp_path: Path, visit: Visitor) -> None:
    deck = write_deck(tmp_path / "content", DECK)
    question = deck / "topic/question.md"
    with serving(deck) as server, visit() as it:
        it.open(f"{server.url}q/question.html")
        problems = it.page.locator(".triptych-problems")
        question.write_text(DECK.replace("is one", "is 1"))
        it.page.get_by_text("The answer is 1.").wait_for()
        assert problems.count() == 0
        # A preview keeps nothing: what is shown is the last build.
        assert it.page.locator("link[rel=manifest]").count() == 0
        workers = "navigator.serviceWorker.getRegistrations().then((all) => all.length)"
        assert it.page.evaluate(workers) == 0
        question.write_text(DECK.replace("question:", "qustion <img src=x>:"))
        problems.wait_for()
        assert "nothing reads the key `qustion <img src=x>`" in problems.inner_text()
        assert problems.get_by_role("heading").inner_text() == "2 errors"
        place = problems.get_by_role("link").last
        assert place.get_attribute("href") == f"vscode://file{question}:2:1"
        assert problems.locator("img").count() == 0
        assert it.page.get_by_text("The answer is 1.").is_visible()
        it.page.get_by_role("button", name="Hide").click()
        assert problems.count() == 0
        question.write_text(DECK)
        it.page.get_by_text("The answer is one.").wait_for()
        it.page.wait_for_timeout(200)
        assert problems.count() == 0
    complaints = [said for said in it.complaints if "events" not in said]
    assert complaints == []


def test_a_deck_without_a_build_turns_into_its_site(
    tmp_path: Path, visit: Visitor
) -> None:
    deck = write_deck(tmp_path / "content", "no front matter")
    with serving(deck) as server, visit() as it:
        it.open(server.url)
        it.page.locator(".triptych-problems").wait_for()
        (deck / "topic/question.md").write_text(DECK)
        it.page.locator("main").wait_for()
        assert it.page.title() == "Test"


def test_hints_wait_in_a_corner_and_mistakes_do_not(visit: Visitor) -> None:
    error, hint = (
        {"severity": name, "count": count, "message": name, "place": "", "link": ""}
        for name, count in (("error", 1), ("hint", 2))
    )
    more = {"severity": "", "count": 1, "message": "and 9 more: the terminal has them"}
    script = """
        window.EventSource = class {
            constructor() { window.stream = this; this.isOpen = true; }
            addEventListener(_, action) {
                this.say = (problems) => action({ data: JSON.stringify({ problems }) });
            }
            close() { this.isOpen = false; }
        };
    """
    shown = """(problems) => {
        stream.say(problems);
        return [...document.querySelectorAll("section h2, summary")].map((one) =>
            [one.parentNode.localName, one.textContent]);
    }"""
    with visit() as it:
        it.page.add_script_tag(content=script + template("serve/live.js"))
        for problems, found in (
            ([hint], [["details", "2 hints"]]),
            ([hint, error], [["section", "1 error and 2 hints"]]),
            ([hint, more], [["details", "2 hints"]]),
            ([hint, error, more], [["section", "1 error and 2 hints"]]),
            ([], []),
            ([hint], [["details", "2 hints"]]),
        ):
            assert it.page.evaluate(shown, problems) == found
        # Hints that are being read stay open when the next build has some, too.
        it.page.locator("summary").click()
        it.page.evaluate(shown, [hint])
        assert it.page.locator("details[open]").count() == 1
        it.page.evaluate("dispatchEvent(new Event('pagehide'))")
        assert it.page.evaluate("[stream.isOpen]") == [False]
        it.page.evaluate("dispatchEvent(new Event('pageshow'))")
        assert it.page.evaluate("[stream.isOpen]") == [True]
    assert it.complaints == []
