"""The laws of the site's pages, on decks made by hand."""

import json
import re
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from tests.pages import Site, ask, catalog, collect, prose, rich_catalog, site_files
from tests.pages import print_site as site

from triptych.errors import TriptychError
from triptych.render.output import RenderContext
from triptych.render.outputs import OUTPUTS
from triptych.render.settings import RenderSettings
from triptych.render.site.listings import MAX_ROWS_PER_PAGE
from triptych.values.artifact import Download
from triptych.values.catalog import Catalog
from triptych.values.deck import Release
from triptych.values.question import Part
from triptych.values.ui_strings import UiString

URL = "https://example.org/deck/"
HOSTILE = (
    "</script><script>alert(1)</script>\"'><img src=x onerror=alert(1)> & {{ 7 * 7 }}"
)


@pytest.fixture(scope="module")
def rich() -> Catalog:
    return rich_catalog()


@pytest.fixture(scope="module")
def shown(rich: Catalog) -> Site:
    return site(
        rich, downloads=[Download("deck.apkg", UiString("Anki deck"), b"x" * 12_345)]
    )


def test_the_links_of_the_missing_page_lead_from_the_root_of_the_host(
    rich: Catalog,
) -> None:
    # It is shown for any address, also for one in a folder that does not exist.
    links = site(rich, URL).page("404.html").links()
    pages = [link for link in links if not link.endswith((".css", ".js"))]
    assert len(pages) > 3
    assert [p for p in pages if not p.startswith(("/deck/", "https:", "#"))] == []
    # Opened as a file or under another address, it finds its style all the same.
    styles = (link.rpartition("/")[0] for link in links if link.endswith(".css"))
    assert [*dict.fromkeys(styles)] == ["/deck", "", ".."]


def test_every_relative_link_and_fragment_resolves(shown: Site, rich: Catalog) -> None:
    assert shown.dead_links() == []
    assert site(rich, URL).dead_links() == []


def test_every_page_forbids_what_it_does_not_need(shown: Site) -> None:
    for address, page in shown.pages().items():
        (policy,) = page.all("meta", **{"http-equiv": "Content-Security-Policy"})
        rules = dict(rule.split(" ", 1) for rule in policy["content"].split(";"))
        assert rules.pop("default-src") == "'none'", address
        assert rules.pop("base-uri") == rules.pop("form-action") == "'none'"
        assert set(rules.values()) == {"'self'"}


def test_no_page_has_inline_code_or_styles(shown: Site) -> None:
    for address, page in shown.pages().items():
        for tag, attrs in page.tags:
            assert "style" not in attrs, address
            assert tag != "style", address
            assert not [name for name in attrs if name.startswith("on")], address
        for attrs, text in page.scripts:
            data = attrs.get("type") == "application/ld+json"
            assert data or (attrs["src"] and not text.strip()), address


def test_nothing_is_loaded_from_elsewhere(shown: Site) -> None:
    for address, page in shown.pages().items():
        for tag, attrs in page.tags:
            loaded = attrs.get("href" if tag == "link" else "src", "")
            assert ":" not in loaded, address
            assert not loaded.startswith("/"), address
    assert not re.search(r"url\((?!\"fonts/)|@import", shown["style.css"])


def test_every_page_is_well_formed(shown: Site) -> None:
    for address, page in shown.pages().items():
        assert page.unbalanced == [], address
        assert len(page.ids) == len(set(page.ids)), address
        assert len(page.all("h1")) == 1, address
        assert len(page.all("main")) == 1, address
        assert shown[address].startswith("<!DOCTYPE html>\n<html lang="), address


def test_rendering_twice_gives_the_same_bytes(rich: Catalog, shown: Site) -> None:
    first, again = site(rich, URL), site(rich, URL)
    assert first.files == again.files
    assert shown.files.keys() > site(rich).files.keys()


def test_work_may_be_shared_out_in_any_order(rich: Catalog) -> None:
    output = OUTPUTS["site"]
    tasks = reversed(output.start(rich, RenderSettings()))
    backwards = RenderContext(
        tuple(artifact for task in tasks for artifact in task.work())
    )
    whole = collect(output.finish(rich, RenderSettings(), backwards))
    assert whole.files == site(rich).files


def test_a_question_shows_all_its_layers(shown: Site) -> None:
    html = shown["q/mean.html"]
    said = ["The sum over", "Add.", "More", "Add first.", "Names the sum.", "Why?"]
    said += [
        "Because.",
        "It is robust.",
        "It is not.",
        "A book",
        "2026-11-22",
        "2 minutes",
    ]
    positions = [html.index(words, html.index("<main")) for words in said]
    assert all(positions)
    assert '<details class="part" id="why" open>' in html
    assert "It is robust.</a></h3>" in html


def test_levels_stand_under_the_rubric(shown: Site) -> None:
    page = shown["q/mean.html"]
    levels = '<dl class="levels"><dt>Staff</dt><dd>Names the error.</dd></dl>'
    assert page.index("Names the sum.") < page.index(levels)
    assert page.index(levels) < page.index('id="In-depth"')
    assert "levels" not in shown["q/median.html"]


def test_a_page_says_how_the_deck_was_checked(shown: Site) -> None:
    page = shown["checked.html"]
    cells = re.findall(r"<(?:td|dd)>(?:<time>)?(.*?)</", page)
    totals, mean, median = cells[:4], cells[5:9], cells[10:]
    assert totals == ["1", "<bdi>Python 3.11, numpy 2.1", "1", "2"]
    assert mean == ["2026-11-23", "1", "2", "2026-11-22"]
    assert median == ["", "", "", ""]
    assert "gone" not in page
    assert 'href="checked.html"' in shown["downloads.html"]


def test_a_deck_without_code_says_nothing_of_checks() -> None:
    printed = site(catalog(ask("mean")))
    assert "checked.html" not in printed.files
    assert "checked.html" not in printed["downloads.html"]


def test_labels_become_links_to_their_pages(shown: Site) -> None:
    linked = set(shown.page("q/mean.html").links())
    assert {"../topics/basics.html", "../kinds/coding.html"} <= linked
    assert {"../difficulty/easy.html", "../tags/statistics.html"} <= linked
    assert sum(link.startswith("../tags/") for link in linked) == 4
    assert sum(link.startswith("../companies/example-co--") for link in linked) == 1
    assert "../tags/con.html" not in linked


def test_a_tag_of_one_question_leads_straight_to_it(rich: Catalog) -> None:
    shown = site(rich, URL)
    assert ", alone</p>" in shown["q/mean.html"]
    assert '<a href="q/mean.html">alone</a>' in shown["tags.html"]
    assert "tags/statistics.html" in shown["tags.html"]
    # The page stays, since it was published, and nothing names it.
    assert "tags/alone.html" in shown.files
    assert "tags/alone.html" not in shown["sitemap.xml"] + shown["sw.js"]
    assert "tags/statistics.html" in shown["sitemap.xml"]


def test_a_link_never_runs_code(shown: Site) -> None:
    assert "javascript:" not in shown["q/mean.html"]
    assert "<cite>A trap</cite>" in shown["q/mean.html"]


def test_questions_lead_to_each_other_in_both_directions(shown: Site) -> None:
    mean, median = shown["q/mean.html"], shown["q/median.html"]
    assert "elsewhere.html" not in mean
    assert 'id="After"' in mean
    assert 'id="Before"' in median
    assert '<a rel="next" href="median.html"' in mean
    assert '<a rel="prev" href="mean.html"' in median


def test_a_prompt_inside_a_link_has_no_link_of_its_own(shown: Site) -> None:
    for address in ("q/median.html", "topics/basics.html", "sheet.html"):
        assert "What is a mean?" in shown[address]
    assert 'What is a <a href="https://e.org">mean</a>?' in shown["q/mean.html"]


def test_a_retired_question_keeps_its_page_but_stands_in_no_list(shown: Site) -> None:
    assert "has left the deck" in shown["q/gone.html"]
    assert not [
        name for name, page in shown.pages().items() if "gone" in str(page.links())
    ]


def test_hostile_words_stay_words() -> None:
    text = prose(HOSTILE, HOSTILE.replace("&", "&amp;").replace("<", "&lt;"))
    asked = ask("x", prompt=text, summary=text, tags=(HOSTILE,), asked_at=(HOSTILE,))
    made = catalog(asked, title=HOSTILE, description=HOSTILE, license=HOSTILE)
    shown = site(replace(made, release=Release("3", 1)), URL)
    assert shown.dead_links() == []
    for address, page in shown.pages().items():
        assert page.unbalanced == [], address
        assert not [a for _, a in page.tags if "onerror" in a or a.get("src") == "x"]
        for attrs, script in page.scripts:
            if attrs.get("type"):
                assert HOSTILE in json.dumps(
                    json.loads(script), ensure_ascii=False
                ).replace('\\"', '"')
    assert "{{ 7 * 7 }}" in shown["q/x.html"]
    assert ET.fromstring(shown["feed.xml"]) is not None  # noqa: S314 - our own


def test_labels_are_by_initial_in_the_index() -> None:
    tags = ("Zoo", "3d", "zebra", "état", "+more", "exam", "Über", "öl", "Åse")

    def index(language: str) -> list[str]:
        made = catalog(ask("x", tags=tags), ask("y", tags=tags), language=language)
        found = re.findall(
            r"<h3[^>]*>(.)</h3>|<a href=.tags/[^>]*>([^<]*)</a>",
            site(made)["tags.html"],
        )
        return ["".join(pair) for pair in found]

    # As in dictionaries: an accent makes no letter, or one after Z.
    assert index("en") == [
        *("#", "+more", "3d", "A", "Åse", "E", "état", "exam", "O", "öl"),
        *("U", "Über", "Z", "zebra", "Zoo"),
    ]
    assert index("sv") == [
        *("#", "+more", "3d", "E", "état", "exam", "U", "Über"),
        *("Z", "zebra", "Zoo", "Å", "Åse", "Ö", "öl"),
    ]


def test_a_long_list_goes_on_on_further_pages() -> None:
    made = catalog(*(ask(f"q{number}") for number in range(MAX_ROWS_PER_PAGE + 1)))
    shown = site(made)
    assert shown.dead_links() == []
    assert shown["topics/basics.html"].count("<li><a ") == MAX_ROWS_PER_PAGE
    assert shown["topics/basics--2.html"].count("<li><a ") == 1


def test_a_deck_from_right_to_left_says_so_and_marks_english_words() -> None:
    made = catalog(ask("x", prompt=prose("چیست؟"), answer=prose("این")), language="fa")
    html = site(made)["q/x.html"]
    assert '<html lang="fa" dir="rtl"' in html
    assert '<span lang="en" dir="ltr">Answer</span>' in html
    assert '<article class="question">' in html


@pytest.mark.parametrize(
    ("prompt", "answer"),
    [("ما هو؟", "هذا"), ("BERT?", "نموذج لغوي مدرب على نصوص كثيرة")],
)
def test_a_question_may_run_against_its_deck(prompt: str, answer: str) -> None:
    made = catalog(ask("x", prompt=prose(prompt), answer=prose(answer)), ask("y"))
    shown = site(made)
    assert '<article class="question" dir="rtl">' in shown["q/x.html"]
    assert '<article class="question">' in shown["q/y.html"]
    assert '<a href="../q/x.html" dir="rtl">' in shown["topics/basics.html"]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("footer.html", "{{ deck.titel }}"),
        ("footer.html", "{% if %}"),
        ("footer.html", "{{ deck.__class__.__mro__ }}"),
    ],
)
def test_a_broken_template_is_named(
    name: str, text: str, rich: Catalog, tmp_path: Path
) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / name).write_text(text)
    with pytest.raises(TriptychError, match=name):
        collect(site_files(rich, RenderSettings(templates=tmp_path)))


def test_a_bare_question_makes_a_whole_site() -> None:
    shown = site(catalog(ask("x", answer=prose("")), title="T"))
    assert shown.dead_links() == []
    assert "no answer yet" in shown["q/x.html"]
    assert "fonts/math.woff2" not in shown.files


def test_notes_that_moved_are_led_to_from_where_they_were() -> None:
    part = Part("d", prose("What is d?"), prose("It."), 1)
    new = ask(
        "new", moved={"a/b": "", "a/b2": "", "gone": "d", "a": "d"}, follow_ups=(part,)
    )
    made = site(catalog(ask("a"), new))
    anchors = '<span id="b"></span><span id="b2"></span>'
    link = '<a href="new.html">What is new?</a>'
    assert f"<li>{anchors}{link}</li>" in made["q/a.html"]
    assert '<li><a href="new.html#d">What is d?</a></li>' in made["q/a.html"]
    # What has a page of its own keeps it; a small note never had one.
    assert "What is a?" in made["q/a.html"]
    assert "url=new.html#d" in made["q/gone.html"]
    assert {name for name in made.files if name.startswith("q/")} == {
        "q/a.html",
        "q/new.html",
        "q/gone.html",
    }
    assert made.dead_links() == []


def test_tests_stand_on_a_page_of_their_own() -> None:
    code = '<div class="code"><pre><code>assert f(1)</code></pre></div>'
    own = replace(prose("a"), tests=(("Tests: 2 pass", code),))
    part = Part("p", prose("p"), replace(own, tests=(("Tests", code),)), line=1)
    made = site(catalog(ask("a", answer=own, follow_ups=(part,)), ask("b")))
    assert made["tests/a.html"].count(code) == 2
    assert '<p class="facts">Tests: 2 pass</p>' in made["tests/a.html"]
    assert "assert f" not in made["q/a.html"]
    assert "tests/b.html" not in made.files
