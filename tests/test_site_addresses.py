"""Every link of a site leads to a file, whatever a deck calls things."""

import json
import re
from pathlib import Path
from urllib.parse import parse_qsl, unquote

import pytest
from tests.pages import Site, ask, catalog, print_site

from triptych.build.build import build
from triptych.build.options import BuildOptions
from triptych.deck.project import open_project
from triptych.render.site import listings
from triptych.values.addresses import ADDRESSES, HOME, Address

ROOT = Path(__file__).parents[1]
URL = "https://example.org/deck/"
REPOSITORY = "https://github.com/me/deck"
TOPICS = ["a b", "a&b;", "it's", "con", "\u6570\u5b66", "x=1,2", "(x)", "\u00e9t\u00e9"]
LABELS = [
    "C++",
    "c#",
    "a/b",
    "..",
    "50%",
    "q?x#y",
    "<b>",
    '"',
    "&amp;",
    "\u6570",
    "index",
]

NAMES = {"topic": TOPICS, "tag": LABELS}


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Return the site of a deck whose topics, tags and companies have odd names."""
    deck = tmp_path_factory.mktemp("odd") / "deck"
    labels = json.dumps(LABELS, ensure_ascii=False)
    front = f"kind: coding\ndifficulty: easy\ntags: {labels}\nasked_at: {labels}\n"
    files = {
        "deck.toml": f'id = "d"\ntitle = "D"\n[site]\nbase_url = "{URL}"\n'
        f'repository = "{REPOSITORY}"\n',
        "guides/g.md": "---\ntitle: G\n---\nSee [one](../a%20b/q0.md) and"
        " [here](#\u6570-100).\n\n## \u6570 100%\n\n[there](../a%20b/q0.md#\u6570).\n",
        "CHANGELOG.md": "# News\n\n## 1.0.0\n\nAll.\n",
    }
    for number, topic in enumerate(TOPICS):
        files[f"{topic}/q{number}.md"] = (
            f"---\nquestion: Which?\n{front}aliases: [old{number}]\nsummary: This.\n"
            f"related: [q{(number + 1) % len(TOPICS)}]\n---\n"
            "[guide](../guides/g.md#\u6570-100)\n\n## \u6570\n\nMore.\n"
        )
    for name, text in files.items():
        (deck / name).parent.mkdir(parents=True, exist_ok=True)
        (deck / name).write_text(text, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(listings, "MAX_ROWS_PER_PAGE", 4)
        options = BuildOptions(jobs=1)
        report, emitted = build(
            open_project(deck), deck.parent / "dist", options=options
        )
    assert emitted, report.diagnostics
    root = deck.parent / "dist/site"
    found = (path for path in root.rglob("*") if path.is_file())
    return Site(
        {path.relative_to(root).as_posix(): path.read_bytes() for path in found}
    )


def test_every_link_of_a_deck_with_odd_names_leads_to_a_file(odd: Site) -> None:
    assert odd.dead_links() == []
    assert {f"topics/{topic}.html" for topic in TOPICS} <= odd.files.keys()
    linked = {link for page in odd.pages().values() for link in page.links()}
    assert {"topics/it%27s.html", "../topics/a%26b%3B.html"} <= linked
    assert any(link.startswith("tags/c--") for link in linked)
    assert any("--2.html" in link for link in linked)
    assert {"downloads/d.apkg", "news.html", "../q/q0.html"} <= linked


def test_the_practice_is_told_the_names_that_the_deck_has(odd: Site) -> None:
    links = (link for page in odd.pages().values() for link in page.links())
    practice = (link.partition("practice.html#")[2] for link in links)
    told = {pair for fragment in practice for pair in parse_qsl(fragment)}
    topics, tags = ({(key, name) for name in names} for key, names in NAMES.items())
    assert topics | tags <= told
    assert {pair for pair in told if pair[0] in NAMES} == topics | tags


def test_what_an_author_links_to_is_quoted(odd: Site) -> None:
    place = "%E6%95%B0"
    links = {link for page in odd.pages().values() for link in page.links()}
    assert {f"#{place}-100", f"../q/q0.html#{place}"} <= links
    assert f"../guides/g.html#{place}-100" in links


def test_every_page_is_linked_from_another(odd: Site) -> None:
    targets = {
        unquote(link.partition("#")[0]).rpartition("/")[2]
        for page in odd.pages().values()
        for link in page.links()
    }
    former = {f"old{number}.html" for number in range(len(TOPICS))}
    names = {address.rpartition("/")[2] for address in odd.pages()}
    assert names - targets == former | {"404.html"}


def test_addresses_that_machines_read_are_quoted_too(odd: Site) -> None:
    places = re.findall("<loc>(.*?)</loc>", odd["sitemap.xml"])
    canonical = [
        link["href"]
        for page in odd.pages().values()
        for link in page.all("link", rel="canonical")
    ]
    kept = re.findall(r"^const (?:CORE|PAGES) = (.*);$", odd["sw.js"], re.MULTILINE)
    named = [URL + name for part in kept for name in json.loads(part)]
    for url in [*places, *canonical, *named]:
        assert re.fullmatch(r"[\w/.:%~-]+", url, re.ASCII), url
        assert (unquote(url.removeprefix(URL)) or "index.html") in odd.files
    assert f"{URL}topics/a%20b.html" in {*places} & {*canonical} & {*named}


def test_the_file_of_a_question_is_linked_whatever_its_folder_is_called(
    odd: Site,
) -> None:
    (link,) = (link for link in odd.pages()["q/q0.html"].links() if "/blob/" in link)
    assert link == f"{REPOSITORY}/blob/HEAD/content/a%20b/q0.md"


@pytest.mark.parametrize("topic", ["c#", "50%ab", "per%20cent", "q?x", '<b>"'])
def test_links_are_sound_even_where_a_rule_refuses_the_name(topic: str) -> None:
    shown = print_site(catalog(ask("x", topic), ask("y")), URL)
    assert f"topics/{topic}.html" in shown.files
    assert shown.dead_links() == []


def test_an_address_says_how_to_reach_it() -> None:
    there = Address("topics/c#.html")
    assert (there.url, there.name, there.root) == (
        "topics/c%23.html",
        "c%23.html",
        "../",
    )
    assert there.page(1) == there
    assert there.page(2).path == "topics/c#--2.html"
    assert HOME.root == ""


def test_only_the_address_book_spells_addresses() -> None:
    for path in (ROOT / "templates/site").glob("*.html"):
        text = path.read_text(encoding="utf-8")
        assert not re.findall(r'(?:href|url)="?[^"]*?\w\.html', text), path.name
    folders = {
        ADDRESSES.question("x").path,
        ADDRESSES.guide("x").path,
        ADDRESSES.topic("x").path,
    }
    folders |= {
        ADDRESSES.tag("x").path,
        ADDRESSES.company("x").path,
        ADDRESSES.kind("x").path,
    }
    starts = "|".join(path.partition("/")[0] for path in folders)
    for path in (ROOT / "builder/triptych/render/site").glob("*.py"):
        if path.name != "addresses.py":
            spelled = re.findall(rf'"(?:{starts})/', path.read_text(encoding="utf-8"))
            assert not spelled, path.name
