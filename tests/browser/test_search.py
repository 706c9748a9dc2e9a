"""The search in a real browser: the hits of the reference, fast, and by keyboard."""

import functools
import random
import string
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any

import pytest
from tests.browser.conftest import Visit, Visitor, blocks_run, build_site
from tests.browser.test_pages import OVERFLOW, SCHEMES, WIDTHS, axe
from tests.browser.test_transfer import played
from tests.cases import write_deck
from tests.search_reference import ReferenceSearch, near

from triptych.render.site.search.terms import terms

if TYPE_CHECKING:
    from playwright.sync_api import Page

SEARCH = """async (queries) => {
    const field = document.querySelector('.finder input');
    const found = [];
    for (const query of queries) {
        field.value = query;
        field.dispatchEvent(new Event('input'));
        await new Promise((done) => setTimeout(done));
        const links = [...document.querySelectorAll('.hits a')];
        found.push(links.map((link) => link.pathname.split('/').pop().slice(0, -5)));
    }
    return found;
}"""


def reference(site: Path) -> ReferenceSearch:
    files = site.glob("search/*.js")
    return ReferenceSearch({f"search/{path.name}": path.read_bytes() for path in files})


def opened(it: Visit, site: Path, page: str = "index.html") -> None:
    it.open(f"{site.as_uri()}/{page}")
    it.page.keyboard.press("/")
    it.page.locator(".finder input").wait_for()


def with_a_wrong_letter(title: str, chance: random.Random) -> str | None:
    words = title.split()
    at = chance.randrange(len(words))
    letters = [place for place, letter in enumerate(words[at]) if letter.isalpha()]
    if not letters:
        return None
    place = chance.choice(letters)
    other = chance.choice(string.ascii_lowercase.replace(words[at][place].lower(), ""))
    words[at] = words[at][:place] + other + words[at][place + 1 :]
    return " ".join(words)


def odd_text(chance: random.Random, signs: str) -> str:
    """Return some of `signs`, in any order."""
    return "".join(chance.choices(signs, k=chance.randrange(1, 7)))


def test_the_script_and_its_twin_read_and_compare_words_alike(blank: "Page") -> None:
    chance = random.Random(5)  # noqa: S311 - the same words each time
    texts = [
        odd_text(chance, "aBé\u0301İß -'\u2019_2.木機械学のあกข𠀀ע\u05b4")
        for _ in range(1000)
    ]
    pairs = [(odd_text(chance, "abc"), odd_text(chance, "abc")) for _ in range(1000)]
    parts = ("search/terms", "search/rank")
    code = """
        const [texts, pairs] = value;
        return [
            texts.map((text) => termsOf(text)),
            pairs.map(([one, other]) => isNear(one, other)),
            pairs.map(([one, other]) => distance(one, other)),
        ];
    """
    found, is_near, distances = played(blank, parts, "", code, [texts, pairs])
    assert found == [list(terms(text)) for text in texts]
    assert is_near == [near(*pair) for pair in pairs]
    assert distances == [levenshtein(*pair) for pair in pairs]
    assert 100 < sum(is_near) < 900


@functools.cache
def levenshtein(one: str, other: str) -> int:
    """Return how many letters to change, add or leave out."""
    if not one or not other:
        return len(one or other)
    return min(
        levenshtein(one[1:], other) + 1,
        levenshtein(one, other[1:]) + 1,
        levenshtein(one[1:], other[1:]) + (one[0] != other[0]),
    )


def test_every_question_is_found_by_its_title_and_with_a_wrong_letter(
    visit: Visitor, real: Path
) -> None:
    known = reference(real)
    root: Any = known.root
    rows = root["pages"][: root["questions"]]
    chance = random.Random(12)  # noqa: S311 - the same letters each time
    wrong = [(with_a_wrong_letter(row[0], chance), row[1]) for row in rows * 3]
    typed = [(query, id_) for query, id_ in wrong if query]
    with visit() as it:
        opened(it, real)
        first = it.page.evaluate(SEARCH, [row[0] for row in rows])
        found = it.page.evaluate(SEARCH, [query for query, _ in typed])
    assert [hits[:1] for hits in first] == [[row[1]] for row in rows]
    near = [id_ in hits[:3] for (_, id_), hits in zip(typed, found, strict=True)]
    assert sum(near) >= 0.95 * len(near)
    # Python agrees, here on some of them: it decodes the index anew for each.
    for (query, _), hits in list(zip(typed, found, strict=True))[::40]:
        assert known.questions(query) == hits, query
    assert it.complaints == []


def test_a_search_reads_little_and_takes_few_steps(visit: Visitor, real: Path) -> None:
    names = ("search.js", "search.css", "search/index.js")
    assert sum((real / name).stat().st_size for name in names) <= 80_000
    with visit(390) as it:
        it.open(f"{real.as_uri()}/index.html")
        opening = blocks_run(it.page, lambda: opened_by_link(it.page))
        searching = blocks_run(it.page, lambda: typed(it.page, "gradiant descent"))
    # Less than twice what it takes with 135 questions.
    assert opening < 4_000
    assert searching < 20_000


def opened_by_link(page: "Page") -> None:
    page.evaluate("document.querySelector('[data-search]').click()")
    page.locator(".finder input").wait_for()


def typed(page: "Page", query: str) -> None:
    page.evaluate(SEARCH, [query])
    assert page.locator(".hits a").count()


def test_a_search_by_keyboard(visit: Visitor, sample: Path) -> None:
    with visit() as it:
        it.open(f"{sample.as_uri()}/q/mean.html")
        link = it.page.get_by_role("link", name="Search")
        link.focus()
        it.page.keyboard.press("Enter")
        it.page.locator("dialog[open]").wait_for()
        assert it.page.get_by_role("link", name="Basics").count() > 1
        it.page.keyboard.type("compute")
        it.page.get_by_text("1 question", exact=True).wait_for()
        it.page.keyboard.press("ArrowDown")
        assert "Compute" in it.page.evaluate("document.activeElement.textContent")
        it.page.keyboard.press("ArrowUp")
        assert it.page.evaluate("document.activeElement.tagName") == "INPUT"
        it.page.keyboard.press("Escape")
        it.page.locator("dialog").wait_for(state="detached")
        focus = "document.activeElement.textContent"
        assert it.page.evaluate(focus) == "Search"
        it.page.keyboard.press("/")
        it.page.keyboard.type("compute")
        it.page.get_by_text("1 question", exact=True).wait_for()
        it.page.keyboard.press("Enter")
        it.page.wait_for_url("**/q/code-mean.html#Test")
    assert it.complaints == []


def test_words_are_searched_in_what_passes_the_filters(
    visit: Visitor, real: Path
) -> None:
    with visit() as it:
        it.open(f"{real.as_uri()}/search.html#topic=algorithms")
        it.page.locator(".hits > li").first.wait_for()
        every = set(it.page.locator(".hits a").all_inner_texts())
        it.page.locator(".finder input").first.fill("model")
        it.page.wait_for_function(
            f"() => document.querySelectorAll('.hits > li').length < {len(every)}"
        )
        found = it.page.locator(".hits a").all_inner_texts()
        assert found
        assert set(found) < every


def test_filters_stand_in_the_address(visit: Visitor, real: Path) -> None:
    with visit() as it:
        it.open(f"{real.as_uri()}/search.html#kind=coding&level=hard")
        count = it.page.locator(".status").inner_text()
        pressed = it.page.locator("[aria-pressed=true]")
        assert pressed.all_inner_texts() == ["Coding", "Hard"]
        assert int(count.split()[0]) == it.page.locator(".hits > li").count() > 0
        it.page.get_by_role("button", name="Hard").click()
        it.page.wait_for_function("() => !location.hash.includes('level')")
        assert int(it.page.locator(".status").inner_text().split()[0]) > int(
            count.split()[0]
        )
        it.page.get_by_role("combobox", name="Topics").select_option("algorithms")
        it.page.wait_for_function("() => location.hash.includes('topic=algorithms')")
        it.open(f"{real.as_uri()}/index.html")
        it.open(f"{real.as_uri()}/search.html#tag=regularization")
        tag = (real / "tags/regularization.html").read_text("utf-8")
        assert it.page.locator(".hits > li").count() == tag.count('<li><a href="../q/')
    assert it.complaints == []


def test_a_tag_is_not_what_else_has_its_name(visit: Visitor, tmp_path: Path) -> None:
    text = '=== deck.toml\nid = "d"\ntitle = "D"\n[[topics]]\nid = "t"\n'
    text += 'title = "acme"\n'
    for name, labels in (
        ("tagged", "tags: [acme]"),
        ("asked", "asked_at: [acme]"),
        ("asked-tagged", "tags: [what, tagged]\nsummary: What, tagged"),
        ("other", "tags: [2 acme, acmes]"),
        ("plain", "summary: acme"),
    ):
        text += f"=== t/{name}.md\n---\nquestion: What {name}?\n{labels}\n---\nThis.\n"
    deck = write_deck(tmp_path / "deck", text)
    site = build_site(deck, tmp_path / "dist", downloads=False)
    with visit() as it:
        it.open(f"{site.as_uri()}/search.html#tag=acme")
        it.page.locator(".hits a").first.wait_for()
        assert it.page.locator(".hits a").all_inner_texts() == ["What tagged?"]
        it.page.get_by_role("button", name="acme", pressed=True).click()
        it.page.wait_for_function("() => !location.hash.includes('tag')")
        opened(it, site)
        # Two questions have these words, and one has no others.
        assert it.page.evaluate(SEARCH, ["what tagged"])[0][0] == "tagged"
        it.page.evaluate(SEARCH, ["xtaged"])
        assert it.page.locator(".status button").all_inner_texts() == ["tagged"]
        it.page.locator(".finder input").click()
        assert it.page.locator("dialog").count() == 1
        # Beside the dialog.
        it.page.mouse.click(3, 3)
        it.page.locator("dialog").wait_for(state="detached")
    assert it.complaints == []


def test_no_hit_suggests_words(visit: Visitor, real: Path) -> None:
    with visit() as it:
        opened(it, real)
        it.page.keyboard.type("regulrizaton")
        status = it.page.locator(".status")
        assert status.inner_text() == "Nothing found. Did you mean regularization?"
        it.page.get_by_role("button", name="regularization").click()
        it.page.locator(".hits a").first.wait_for()
        assert it.page.evaluate("document.activeElement.value") == "regularization"
        marks = it.page.locator(".hits mark").all_inner_texts()
        assert "regularization" in [mark.lower() for mark in marks]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("Suchten Sie {words} hier?", "Suchten Sie answer hier?"),
        ("Suchten Sie", "Suchten Sie answer"),
    ],
)
def test_the_words_of_a_deck_say_where_suggestions_stand(
    words: str, said: str, visit: Visitor, tmp_path: Path
) -> None:
    text = f'=== strings.toml\n[de.site]\ndid_you_mean = "{words}"\n'
    text += '=== deck.toml\nid = "d"\ntitle = "D"\nlanguage = "de"\n'
    text += "=== t/q.md\n---\nquestion: What answer?\n---\nThis.\n"
    site = build_site(write_deck(tmp_path / "deck", text), tmp_path / "dist")
    with visit() as it:
        opened(it, site)
        it.page.keyboard.type("answzz")
        it.page.locator(".status button").wait_for()
        shown = it.page.locator(".status").inner_text()
        assert shown == f"Nichts gefunden. {said}"


def test_what_is_found_alone_is_called_one(visit: Visitor, tmp_path: Path) -> None:
    text = '=== deck.toml\nid = "d"\ntitle = "D"\n=== guides/g.md\n---\n'
    text += "title: Travel\n---\nGo.\n=== verbs/q.md\n---\nquestion: What?\n"
    text += "difficulty: easy\ntags: [mood]\nasked_at: [Acme]\n---\nThis.\n"
    site = build_site(write_deck(tmp_path / "deck", text), tmp_path / "dist")
    names = {
        "travel": "Guide",
        "verbs": "Topic",
        "concept": "Kind",
        "easy": "Difficulty",
        "mood": "Tag",
        "acme": "Company",
    }
    with visit() as it:
        opened(it, site)
        for word, name in names.items():
            it.page.fill(".finder input", word)
            it.page.wait_for_function(
                "(word) => document.querySelector('.places a')?.innerText"
                ".toLowerCase() === word",
                arg=word,
            )
            assert it.page.locator(".places small").all_inner_texts() == [name]
        link = it.page.locator(".further a")
        assert link.inner_text() == "Practise this question"
        # A place is found by all words, and a question by some of them.
        assert it.page.evaluate(SEARCH, ["mood travel", "mood"]) == [["q"], ["q"]]
        assert it.page.locator(".places a").count() == 1
        it.page.evaluate(SEARCH, ["mood travel"])
        assert it.page.locator(".places a").count() == 0
    for page in ("topics/verbs.html", "tags/mood.html"):
        assert "Practise this question" in (site / page).read_text("utf-8")
    assert it.complaints == []


def test_where_nothing_is_found_the_topics_are(visit: Visitor, real: Path) -> None:
    with visit(320) as it:
        opened(it, real)
        for nothing in ("zzqqx", "regulrizatoin"):
            it.page.fill(".finder input", nothing)
            it.page.wait_for_function("() => document.querySelector('.places a')")
            links = it.page.locator(".places a")
            assert links.count() == len(list(real.glob("topics/*.html")))
            assert it.page.locator(".hits a").count() == 0
    assert it.complaints == []


def test_no_hit_shows_latex_or_parts_a_number_from_its_unit(
    visit: Visitor, real: Path
) -> None:
    root: Any = reference(real).root
    assert [row for row in root["pages"][: root["questions"]] if "\\" in row[3]] == []
    with visit(390) as it:
        opened(it, real)
        it.page.fill(".finder input", "request has another length")
        it.page.locator(".hits small").first.wait_for()
        heights = "spans => spans.map((span) => span.getClientRects().length)"
        assert set(it.page.locator(".hits small > span").evaluate_all(heights)) == {1}
    assert it.complaints == []


def test_a_hit_reads_in_the_direction_of_its_words(visit: Visitor, real: Path) -> None:
    with visit(390) as it:
        opened(it, real)
        it.page.fill(".finder input", "variance")
        it.page.locator(".hits p").first.wait_for()
        end = it.page.evaluate(
            """() => {
              const link = document.querySelector(".hits a");
              link.textContent = "\u05d0\u05d1 \u05d2?";
              const range = document.createRange();
              range.setStart(link.firstChild, 4);
              range.setEnd(link.firstChild, 5);
              const sign = range.getBoundingClientRect();
              range.setStart(link.firstChild, 0);
              range.setEnd(link.firstChild, 1);
              return sign.x < range.getBoundingClientRect().x;
            }"""
        )
        assert end


LATE = """
    const index = { root: { kinds: {}, levels: {}, topics: [], words: {} } };
    const saying = (element) => element;
    const named = saying;
    const FILTERS = [];
    const answers = {};
    const results = (query) => new Promise((done) => { answers[query] = done; });
"""


def test_an_answer_that_comes_late_is_not_shown(blank: "Page") -> None:
    code = """
        const told = [];
        const { box, field } = view({ q: "first" }, ({ q }) => told.push(q));
        field.value = "second";
        field.dispatchEvent(new Event("input"));
        for (const query of ["second", "first"]) {
            answers[query]({ hits: [make("li", "", query)], count: 0 });
            await new Promise((done) => setTimeout(done));
        }
        return [box.querySelector(".hits").textContent, told];
    """
    found = played(blank, ("make", "search/view"), LATE, code)
    assert found == ["second", ["second"]]


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("is it k-means", ["K-means"]),
        ("what", ["What", "what"]),
        ("\u673a", []),
        ("\u6a5f\u68b0", ["\u6a5f\u68b0\u5b66\u7fd2"]),
    ],
)
def test_words_that_were_asked_for_are_marked_unless_they_are_short(
    query: str, words: list[str], blank: "Page"
) -> None:
    code = """
        const parts = marked(value[0], new Set(termsOf(value[1])));
        const text = make("p", "", ...parts);
        return [text.textContent, [...text.children].map((one) => one.textContent)];
    """
    title = "What is it? K-means is what \u6a5f\u68b0\u5b66\u7fd2 is."
    parts = ("make", "search/terms", "search/results")
    assert played(blank, parts, "", code, [title, query]) == [title, words]


@contextmanager
def hosted(site: Path) -> Iterator[str]:
    """Serve a site in a folder, with its page for lost addresses; yield its address."""

    class Host(SimpleHTTPRequestHandler):
        def send_error(self, *_: object, **__: object) -> None:
            body = (site / "404.html").read_bytes()
            self.send_response(404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    handler = functools.partial(Host, directory=str(site.parent))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/{site.name}/"
    finally:
        server.shutdown()
        server.server_close()


def test_a_lost_address_is_searched_for(visit: Visitor, sample: Path) -> None:
    with hosted(sample) as url:
        for path in ("compute-a-maen.html", "q/compute-a-maen.html"):
            with visit() as it:
                it.open(f"{url}{path}")
                it.page.locator(".hits a").first.click()
                it.page.wait_for_url("**/q/code-mean.html#Test")


def test_the_page_for_lost_addresses_leads_on_from_any_folder(
    visit: Visitor, tmp_path: Path
) -> None:
    text = '=== deck.toml\nid = "d"\ntitle = "D"\n=== t/q.md\n---\nquestion: What?\n'
    deck = write_deck(tmp_path / "deck", f"{text}---\nThis.\n")
    site = build_site(deck, tmp_path / "dist", downloads=False)
    names = {"index.html", "practice.html", "search.html"}
    with hosted(site) as url:
        for path, words in (
            ("404.html", ""),
            ("q/404.html", ""),
            ("lost", "lost"),
            ("q/%E0%A4%A.html", "E0 A4 A"),
        ):
            with visit() as it:
                it.open(f"{url}{path}")
                field = it.page.locator(".finder input")
                field.wait_for()
                assert field.input_value() == words
                links = it.page.locator("body a[href]").evaluate_all(
                    "(all) => all.map((one) => one.href.split('#')[0])"
                )
                assert {url + name for name in names} <= {*links}, path
                # All but the one to a place on the page itself.
                own = {link.removeprefix(url) for link in links if link != it.page.url}
                assert [name for name in own if not (site / name).is_file()] == []


def test_keys_are_listed_and_can_be_switched_off(visit: Visitor, sample: Path) -> None:
    with visit() as it:
        it.open(f"{sample.as_uri()}/q/mean.html")
        it.page.keyboard.press("?")
        it.page.locator("dialog.keys").wait_for()
        it.page.keyboard.press("n")
        it.page.get_by_role("switch", name="Use single keys").click()
        assert axe(it.page) == []
        it.page.get_by_role("button", name="Close").click()
        it.page.keyboard.press("/")
        it.page.keyboard.press("n")
        it.page.wait_for_timeout(200)
        assert it.page.locator("dialog").count() == 0
        assert it.page.url.endswith("mean.html")
        it.open(f"{sample.as_uri()}/index.html")
        it.page.keyboard.press("/")
        it.page.wait_for_timeout(200)
        assert it.page.locator("dialog").count() == 0
        it.page.get_by_role("button", name="Keys").click()
        it.page.get_by_role("switch", name="Use single keys").click()
        it.page.keyboard.press("Escape")
        it.page.keyboard.press("/")
        it.page.locator(".finder input").wait_for()


def test_a_large_deck_is_searched_in_shards(
    visit: Visitor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "triptych.render.site.search.index.MAX_QUESTIONS_IN_ONE_FILE", 10
    )
    monkeypatch.setattr("triptych.render.site.search.index._SHARD_BYTES", 300)
    texts = ['=== deck.toml\nid = "d"\ntitle = "D"\n']
    texts += [
        f"=== t/q{n}.md\n---\nquestion: What is term{n} of 機械学習?\n"
        f"difficulty: {'hard' if n % 2 else 'easy'}\ntags: [group{n % 7}]\n---\nIt.\n"
        for n in range(60)
    ]
    deck = write_deck(tmp_path / "deck", "".join(texts))
    site = build_site(deck, tmp_path / "dist", downloads=False)
    queries = ["term17", "what is term41", "group3", "機械", "terms5"]
    with visit() as it:
        opened(it, site)
        for query in queries:
            it.page.locator(".finder input").fill(query)
            expected = reference(site).questions(query)
            assert expected
            it.page.locator(
                f'.hits li:first-child a[href$="/{expected[0]}.html"]'
            ).wait_for()
            hits = it.page.evaluate(SEARCH, [query])[0]
            assert hits == expected, query
        it.page.locator(".finder input").fill("")
        it.page.get_by_role("button", name="Hard").click()
        it.page.get_by_text("30 questions").wait_for()
    assert it.complaints == []


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", WIDTHS)
def test_axe_finds_nothing_in_any_state(
    width: int, scheme: str, visit: Visitor, sample: Path
) -> None:
    with visit(width, scheme) as it:
        opened(it, sample)
        for query in ("", "mean", "xxxxxx"):
            it.page.locator(".finder input").fill(query)
            it.page.wait_for_timeout(60)
            assert axe(it.page) == [], query
        it.page.keyboard.press("Escape")
        it.open(f"{sample.as_uri()}/search.html#q=mean")
        it.page.locator(".hits a").first.wait_for()
        assert axe(it.page) == []
        assert it.page.evaluate(OVERFLOW) <= 0
