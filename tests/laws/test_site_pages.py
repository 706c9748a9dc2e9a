"""Every page of a site is sound: ids stand once, one title, and no dead link."""

from collections import Counter
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest
from tests.cases import write_deck

from triptych.build.build import build
from triptych.deck.project import open_project

SAMPLE = Path(__file__).parents[1] / "sample"
ODD = """\
=== t/a.md
---
question: 'What is <b id="here">this</b>, [linked](https://a.example) $x$?'
summary: 'It has a <i id="sum">summary</i> and a [link](b.md).'
tags: [x, "y z", "c#", "50%"]
asked_at: [A & B]
related: [b]
hints: ['<u id="hint">One</u>', '<u id="tip">two</u>']
rubric: ['<u id="point">Point</u>']
---
# A title of its own {#title}

## Answer

Text[^1] and[^1] again <span id="there">here</span>, <a href="https://b.example">a
link</a> and [another](https://c.example).

## Main

[^1]: A note with a [link](#title).

## In depth

Text[^1].

### Answer

## Follow-ups

### Is [this](https://a.example) <b id="it">so</b>? {#so}

Yes[^1].
=== t/b.md
---
question: '<b id="here">That</b>?'
requires: [a]
---
See [a](a.md#title), [so](a.md#so).
=== guides/g.md
---
title: 'A <b id="here">guide</b> with a [link](../t/a.md)'
summary: '<b id="short">Short</b> [link](../t/a.md).'
---
Read [a](../t/a.md).
"""


class Page(HTMLParser):
    """The ids of a page, its links, its titles, and what it has wrong."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.titles = self.open_links = 0
        self.nested = False
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self.titles += tag == "h1"
        self.ids += [values["id"]] if "id" in values else []
        self.links += [values[key] for key in ("href", "src") if key in values]
        self.nested |= tag == "a" and self.open_links > 0
        self.open_links += tag == "a"

    def handle_endtag(self, tag: str) -> None:
        self.open_links -= tag == "a"


@pytest.fixture(scope="module", params=["sample", "odd"])
def pages(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> dict[Path, Page]:
    folder = tmp_path_factory.mktemp(request.param)
    content = SAMPLE if request.param == "sample" else write_deck(folder / "deck", ODD)
    report, emitted = build(open_project(content), folder / "dist", ("site",))
    assert emitted, report.diagnostics
    found = (folder / "dist/site").rglob("*.html")
    return {path: Page(path.read_text("utf-8")) for path in sorted(found)}


def test_an_id_stands_once_on_a_page(pages: dict[Path, Page]) -> None:
    for path, page in pages.items():
        twice = [name for name, count in Counter(page.ids).items() if count > 1]
        assert twice == [], path.name


def test_a_page_has_one_title(pages: dict[Path, Page]) -> None:
    assert {
        path.name: page.titles for path, page in pages.items() if page.titles != 1
    } == {}


def test_no_link_is_inside_a_link(pages: dict[Path, Page]) -> None:
    assert [path.name for path, page in pages.items() if page.nested] == []


def from_the_root(site: Path, link: str) -> str:
    """Return a link of the page for lost addresses, which is shown in any folder.

    It leads from the root of the host, or names a file at each place where it may be.
    """
    parts = [part for part in link.split("/") if part not in {"", ".."}]
    tails = ("/".join(parts[start:]) for start in range(len(parts)))
    return next((tail for tail in tails if (site / unquote(tail)).is_file()), link)


def test_every_link_of_a_page_leads_somewhere(pages: dict[Path, Page]) -> None:
    for path, page in pages.items():
        for link in page.links:
            if link.startswith(("https://", "http://", "mailto:", "data:")):
                continue
            target, _, fragment = link.partition("#")
            if path.name == "404.html":
                target = from_the_root(path.parent, target)
            file = (path.parent / unquote(target)).resolve() if target else path
            assert file.is_file(), (path.name, link)
            if fragment and "=" not in fragment and file in pages:
                assert unquote(fragment) in pages[file].ids, (path.name, link)
