"""The laws of the site, on decks made by hand."""

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from builder.config import Settings
from builder.errors import TriptychError
from builder.model import (
    Catalog,
    Difficulty,
    Download,
    Guide,
    Kind,
    Media,
    Part,
    Reference,
    Release,
)
from builder.render.site import landing, pages, render
from builder.render.site.listings import PAGE
from tests.pages import Site, ask, catalog, collect, prose

URL = "https://example.org/deck/"
HOSTILE = (
    "</script><script>alert(1)</script>\"'><img src=x onerror=alert(1)> & {{ 7 * 7 }}"
)


def site(deck: Catalog, url: str = "", downloads: Sequence[Download] = ()) -> Site:
    return collect(render(deck, Settings(base_url=url), downloads))


@pytest.fixture(scope="module")
def rich() -> Catalog:
    """A deck that uses all that a page can show."""
    path = ask("x").path
    mean = ask(
        "mean",
        kind=Kind.CODING,
        difficulty=Difficulty.EASY,
        prompt=prose("What is a mean?", 'What is a <a href="https://e.org">mean</a>?'),
        summary=prose("The sum over the count."),
        answer=prose("Add.", '<h3 id="how">How</h3><p>Add.</p>'),
        depth=prose("More.", "<p>More <math><mi>x</mi></math>.</p>"),
        tags=("statistics", "C++", "機械学習", "con"),
        asked_at=("Example & Co",),
        hints=(prose("Add first."),),
        rubric=(prose("Names the sum."),),
        follow_ups=(Part("why", prose("Why?"), prose("Because."), 1),),
        pitfalls=(Part("robust", prose("It is robust."), prose("It is not."), 2),),
        references=(
            Reference("A book", "https://e.org/book", "Author", "2001"),
            Reference("A trap", "javascript:alert(1)"),
        ),
        related=("median", "elsewhere"),
        aliases=("average",),
        renamed={"reason": "why"},
        reviewed="2026-11-22",
    )
    median = ask("median", "more", requires=("mean",), difficulty=Difficulty.HARD)
    gone = ask("gone", "more", retired=True)
    guide = Guide("start", path, prose("Start here"), prose("How."), prose("Read."))
    made = catalog(mean, median, gone, license="CC-BY-4.0", description="A sample.")
    media = Media(path, "plot-12.svg", b"<svg/>")
    return replace(made, guides=(guide,), media={media.name: media})


@pytest.fixture(scope="module")
def shown(rich: Catalog) -> Site:
    return site(rich, downloads=[Download("deck.apkg", "Anki deck", b"x" * 12_345)])


def test_every_relative_link_and_fragment_resolves(shown: Site, rich: Catalog) -> None:
    assert shown.dead_links() == []
    assert site(rich, URL).dead_links() == []


def test_every_page_forbids_what_it_does_not_need(shown: Site) -> None:
    for address, page in shown.pages().items():
        (policy,) = page.all("meta", **{"http-equiv": "Content-Security-Policy"})
        rules = dict(rule.split(" ", 1) for rule in policy["content"].split("; "))
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
        assert shown[address].startswith("<!doctype html>\n<html lang="), address


def test_rendering_twice_gives_the_same_bytes(rich: Catalog, shown: Site) -> None:
    first, again = site(rich, URL), site(rich, URL)
    assert first.files == again.files
    assert shown.files.keys() > site(rich).files.keys()


def test_work_may_be_shared_out_in_any_order(rich: Catalog) -> None:
    tasks = pages(rich, Settings())
    backwards = [artifact for task in reversed(tasks) for artifact in task()]
    whole = collect([*backwards, *landing(rich, Settings(), ())])
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
    assert "<s>It is robust.</s>" in html
    assert '<h3 id="how"><a href="#how">How</a></h3>' in html


def test_the_prompt_is_the_only_title_of_a_page() -> None:
    html = '<h1 id="a">A</h1><h2 id="b"></h2><h3 id="c"><a href="#x">C</a></h3>'
    shown = site(catalog(ask("x", answer=prose("A", html))))["q/x.html"]
    assert '<h2 id="a"><a href="#a">A</a></h2><h2 id="b"></h2>' in shown
    assert '<h3 id="c"><a href="#x">C</a></h3>' in shown
    assert shown.count("<h1") == 1


def test_labels_become_links_to_their_pages(shown: Site) -> None:
    linked = set(shown.page("q/mean.html").links())
    assert {"../topics/basics.html", "../kinds/coding.html"} <= linked
    assert {"../difficulty/easy.html", "../tags/statistics.html"} <= linked
    assert sum(link.startswith("../tags/") for link in linked) == 4
    assert sum(link.startswith("../companies/example-co--") for link in linked) == 1
    assert "../tags/con.html" not in linked


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


def test_a_former_address_leads_to_the_page(shown: Site) -> None:
    html = shown["q/average.html"]
    assert '<meta http-equiv="refresh" content="0; url=mean.html">' in html
    assert '<a href="mean.html">' in html
    assert '<span id="reason"></span>' in shown["q/mean.html"]


def test_a_retired_question_keeps_its_page_but_stands_in_no_list(shown: Site) -> None:
    assert "has left the deck" in shown["q/gone.html"]
    assert not [
        name for name, page in shown.pages().items() if "gone" in str(page.links())
    ]


def test_addresses_are_given_only_where_the_site_has_one(rich: Catalog) -> None:
    without, told = site(rich), site(rich, URL)
    assert not {"sitemap.xml", "feed.xml"} & without.files.keys()
    assert "og:" not in without["q/mean.html"]
    assert not without.page("q/mean.html").all("link", rel="canonical")
    (canonical,) = told.page("q/mean.html").all("link", rel="canonical")
    assert canonical["href"] == f"{URL}q/mean.html"
    listed = ET.fromstring(told["sitemap.xml"])  # noqa: S314 - our own
    places = {place.text for place in listed.iter() if place.tag.endswith("loc")}
    assert {URL, f"{URL}q/mean.html", f"{URL}topics/more.html"} <= places
    assert f"{URL}q/average.html" not in places
    assert {place.removeprefix(URL) or "index.html" for place in places if place} <= {
        *told.files
    }
    assert f"Sitemap: {URL}sitemap.xml" in told["robots.txt"]


def test_there_is_a_feed_once_there_was_a_release(rich: Catalog) -> None:
    assert "feed.xml" not in site(rich, URL).files
    released = site(replace(rich, release=Release("3", 1_700_000_000)), URL)
    feed = ET.fromstring(released["feed.xml"])  # noqa: S314 - our own
    space = "{http://www.w3.org/2005/Atom}"
    assert feed.findtext(f"{space}updated") == "2023-11-14T22:13:20Z"
    first = feed.find(f"{space}entry")
    assert first is not None
    assert first.findtext(f"{space}updated") == "2026-11-22T00:00:00Z"
    assert "Release 3" in released["index.html"]


def test_search_engines_read_what_people_read(rich: Catalog) -> None:
    page = site(rich, URL).page("q/mean.html")
    (text,) = [text for attrs, text in page.scripts if attrs.get("type")]
    quiz = json.loads(text)
    (card,) = quiz["hasPart"]
    assert card["text"] == quiz["name"] == "What is a mean?"
    assert card["acceptedAnswer"]["text"] == "The sum over the count."
    assert quiz["timeRequired"] == "PT2M"
    assert quiz["license"] == "https://creativecommons.org/licenses/by/4.0/"


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


def test_a_long_list_goes_on_on_further_pages() -> None:
    made = catalog(*(ask(f"q{number}") for number in range(PAGE + 1)))
    shown = site(made)
    assert shown.dead_links() == []
    assert shown["topics/basics.html"].count("<li><a ") == PAGE
    assert shown["topics/basics--2.html"].count("<li><a ") == 1


def test_a_deck_from_right_to_left_says_so_and_marks_english_words() -> None:
    made = catalog(ask("x", prompt=prose("ما هو؟"), answer=prose("هذا")), language="ar")
    html = site(made)["q/x.html"]
    assert '<html lang="ar" dir="rtl"' in html
    assert '<span lang="en" dir="ltr">Answer</span>' in html
    assert '<article class="question">' in html


def test_a_question_may_run_against_its_deck() -> None:
    made = catalog(ask("x", prompt=prose("ما هو؟"), answer=prose("هذا")), ask("y"))
    shown = site(made)
    assert '<article class="question" dir="rtl">' in shown["q/x.html"]
    assert '<article class="question">' in shown["q/y.html"]
    assert '<a href="../q/x.html" dir="rtl">' in shown["topics/basics.html"]


def test_downloads_show_their_size_and_checksum(shown: Site, rich: Catalog) -> None:
    html = shown["downloads.html"]
    assert "12 kB" in html
    assert sha256(b"x" * 12_345).hexdigest() in html
    assert shown.files["downloads/deck.apkg"] == b"x" * 12_345
    bare = site(rich, URL)
    assert f'href="{URL}downloads.html"' in bare["downloads.html"]
    assert not [name for name in bare.files if name.startswith("downloads/")]


def test_the_worker_keeps_files_that_exist_and_notices_changes(rich: Catalog) -> None:
    def lists(made: Site) -> tuple[str, list[str]]:
        version = re.search(r'const CACHE = FAMILY \+ "(.*?)"', made["sw.js"])
        names = re.findall(
            r"^const (?:CORE|PAGES) = (.*);$", made["sw.js"], re.MULTILINE
        )
        assert version
        return version[1], [name for part in names for name in json.loads(part)]

    first, names = lists(site(rich))
    assert set(names) <= site(rich).files.keys()
    assert {"q/mean.html", "media/plot-12.svg", "index.html"} <= set(names)
    changed = replace(rich.questions[0], answer=prose("Another."))
    other, _ = lists(site(replace(rich, questions=(changed, *rich.questions[1:]))))
    assert first != other


def test_a_deck_may_bring_templates_and_words_of_its_own(
    rich: Catalog, tmp_path: Path
) -> None:
    own = tmp_path / "site"
    own.mkdir()
    (own / "footer.html").write_text("<footer>{{ deck.title }}, ours</footer>")
    (own / "strings.toml").write_text('[de]\nanswer = "Antwort"\n')
    deck = replace(rich, deck=replace(rich.deck, language="de-AT"))
    html = collect(render(deck, Settings(templates=tmp_path)))["q/mean.html"]
    assert "<footer>Sample, ours</footer>" in html
    assert '<a href="#Answer">Antwort</a>' in html
    assert '<span lang="en">In depth</span>' in html


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("footer.html", "{{ deck.titel }}"),
        ("footer.html", "{% if %}"),
        ("footer.html", "{{ deck.__class__.__mro__ }}"),
        ("strings.toml", "[en"),
        ("strings.toml", "[en]\nanswer = 3"),
    ],
)
def test_a_broken_template_is_named(
    name: str, text: str, rich: Catalog, tmp_path: Path
) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / name).write_text(text)
    with pytest.raises(TriptychError, match=name):
        collect(render(rich, Settings(templates=tmp_path)))


def test_a_bare_question_makes_a_whole_site() -> None:
    shown = site(catalog(ask("x", answer=prose("")), title="T"))
    assert shown.dead_links() == []
    assert "no answer yet" in shown["q/x.html"]
    assert "fonts/math.woff2" not in shown.files
