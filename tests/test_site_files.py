"""What stands around the pages: addresses, feeds, downloads, the worker, templates."""

import json
import re
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from fontTools.ttLib import TTFont
from tests.pages import Site, collect, prose, rich_catalog, site_files
from tests.pages import print_site as site
from tests.questions import changed

from triptych.build.build import build
from triptych.deck.project import open_project
from triptych.render.settings import RenderSettings
from triptych.values.artifact import Download
from triptych.values.catalog import Catalog
from triptych.values.deck import Release
from triptych.values.ui_strings import UiString

URL = "https://example.org/deck/"


@pytest.fixture(scope="module")
def rich() -> Catalog:
    return rich_catalog()


@pytest.fixture(scope="module")
def shown(rich: Catalog) -> Site:
    return site(
        rich, downloads=[Download("deck.apkg", UiString("Anki deck"), b"x" * 12_345)]
    )


def test_a_former_address_leads_to_the_page(shown: Site) -> None:
    html = shown["q/average.html"]
    assert '<meta http-equiv="refresh" content="0; url=mean.html">' in html
    assert '<a href="mean.html">' in html
    assert '<span id="reason"></span>' in shown["q/mean.html"]


def test_addresses_are_given_only_where_the_site_has_one(rich: Catalog) -> None:
    without, reported = site(rich), site(rich, URL)
    assert not {"sitemap.xml", "feed.xml"} & without.files.keys()
    assert "og:" not in without["q/mean.html"]
    assert not without.page("q/mean.html").all("link", rel="canonical")
    (canonical,) = reported.page("q/mean.html").all("link", rel="canonical")
    assert canonical["href"] == f"{URL}q/mean.html"
    listed = ET.fromstring(reported["sitemap.xml"])  # noqa: S314 - our own
    places = {place.text for place in listed.iter() if place.tag.endswith("loc")}
    assert {URL, f"{URL}q/mean.html", f"{URL}topics/more.html"} <= places
    assert f"{URL}q/average.html" not in places
    assert {place.removeprefix(URL) or "index.html" for place in places if place} <= {
        *reported.files
    }
    assert f"Sitemap: {URL}sitemap.xml" in reported["robots.txt"]


def test_programs_find_every_question_with_its_summary(rich: Catalog) -> None:
    without, reported = site(rich), site(rich, URL)
    lines = without["llms.txt"].splitlines()
    assert lines[0] == f"# {rich.deck.title}"
    assert [line for line in lines if line.startswith("## ")] == [
        *(f"## {topic.title}" for topic in rich.topics),
        "## Guides",
    ]
    links = re.findall(
        r"^- \[.+?\]\((.+?)\)(?:: (.+))?$", "\n".join(lines), re.MULTILINE
    )
    pages = [f"q/{question.id}.html" for question in rich.current]
    assert [page for page, _ in links] == [
        *pages,
        *(g.address.url for g in rich.guides),
    ]
    assert {page for page, _ in links} <= {*without.files}
    mean = next(q for q in rich.current if q.id == "mean")
    assert dict(links)["q/mean.html"].replace("\\", "") == mean.summary.plain
    assert f"]({URL}q/mean.html)" in reported["llms.txt"]


def test_a_title_is_no_markdown_in_the_index_for_programs(rich: Catalog) -> None:
    title = "A]( #x)\n<b> `c` *d*"
    deck = replace(rich.deck, title=title)
    first = site(replace(rich, deck=deck))["llms.txt"].splitlines()[0]
    assert first == r"# A\]( #x) \<b\> \`c\` \*d\*"


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
    assert released.page("index.html").all("link", type="application/atom+xml")


def test_search_engines_read_what_people_read(rich: Catalog) -> None:
    page = site(rich, URL).page("q/mean.html")
    (text,) = [text for attrs, text in page.scripts if attrs.get("type")]
    quiz = json.loads(text)
    (card,) = quiz["hasPart"]
    assert card["text"] == "What is a mean?"
    assert "name" not in quiz
    assert card["acceptedAnswer"]["text"] == "The sum over the count."
    assert quiz["timeRequired"] == "PT2M"
    assert page.all("a", rel="license")


def test_the_one_description_is_for_all_who_look_for_one(rich: Catalog) -> None:
    (reported,) = site(rich, URL).page("q/mean.html").all("meta", name="description")
    assert reported["property"] == "og:description"
    (alone,) = site(rich).page("q/mean.html").all("meta", name="description")
    assert "property" not in alone


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
        version = re.search(r'const CACHE = CACHE_PREFIX \+ "(.*?)"', made["sw.js"])
        names = re.findall(
            r"^const (?:CORE|PAGES) = (.*);$", made["sw.js"], re.MULTILINE
        )
        assert version
        return version[1], [name for part in names for name in json.loads(part)]

    first, names = lists(site(rich))
    assert set(names) <= site(rich).files.keys()
    assert {"q/mean.html", "media/plot-12.svg", "index.html"} <= set(names)
    question = changed(rich.questions[0], answer=prose("Another."))
    guide = replace(rich.guides[0], summary=prose("Another."))
    others = [
        replace(rich, questions=(question, *rich.questions[1:])),
        replace(rich, guides=(guide, *rich.guides[1:])),
        replace(rich, deck=replace(rich.deck, description="Another.")),
        replace(rich, deck=replace(rich.deck, description="Anothor.")),
        replace(rich, news=prose("Another.")),
    ]
    versions = {first, *(lists(site(other))[0] for other in others)}
    assert len(versions) == 1 + len(others)


def test_a_deck_may_bring_templates_of_its_own(rich: Catalog, tmp_path: Path) -> None:
    own = tmp_path / "site"
    own.mkdir()
    (own / "footer.html").write_text("<footer>{{ deck.title }}, ours</footer>")
    html = collect(site_files(rich, RenderSettings(templates=tmp_path)))["q/mean.html"]
    assert "<footer>Sample, ours</footer>" in html


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("t/a.md", "---\nquestion: What is $\\lambda$?\n---\nA number.\n"),
        (
            "t/a.md",
            "---\nquestion: What?\nrubric:\n  - Names $\\lambda$.\n---\nA number.\n",
        ),
        ("guides/g.md", "---\ntitle: The $\\lambda$\n---\nA guide.\n"),
        ("guides/g.md", "---\ntitle: G\nsummary: About $\\lambda$.\n---\nA guide.\n"),
        ("guides/g.md", "---\ntitle: G\n---\nA guide to $\\lambda$.\n"),
        ("CHANGELOG.md", "# Changelog\n\n## Later\n\n- Says $\\lambda$.\n"),
    ],
    ids=["question", "rubric", "title", "summary", "guide", "changelog"],
)
def test_the_font_draws_each_formula_that_a_page_shows(
    file: str, text: str, tmp_path: Path
) -> None:
    deck = {
        "deck.toml": 'id = "d"\ntitle = "D"\n',
        "t/a.md": "---\nquestion: What?\n---\nA number.\n",
        file: text,
    }
    for name, content in deck.items():
        (tmp_path / "deck" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "deck" / name).write_text(content, encoding="utf-8")
    build(open_project(tmp_path / "deck"), tmp_path / "dist", ("site",))
    font = TTFont(tmp_path / "dist/site/fonts/math.woff2")
    assert ord("λ") in font.getBestCmap()
