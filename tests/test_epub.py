"""The book: an EPUB 3.3 that opens anywhere, whatever the deck."""

import io
import unicodedata
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.books import OpenBook, build_book, open_book
from tests.pages import ask, catalog, prose

from triptych.build.build import build
from triptych.build.options import BuildOptions
from triptych.build.where import where
from triptych.deck.project import open_project
from triptych.render.epub.book import Book, files_of
from triptych.render.epub.chapters import pages
from triptych.render.epub.cover import cover
from triptych.render.epub.drawings import with_valid_ids
from triptych.render.epub.package import identifier
from triptych.render.epub.questions import question_page
from triptych.render.settings import RenderSettings
from triptych.typeset.epub.elements import Elements
from triptych.typeset.epub.raw import read
from triptych.typeset.epub.urls import valid_url
from triptych.values.catalog import Catalog
from triptych.values.deck import Deck, PrintSettings, Topic
from triptych.values.meta import Level
from triptych.values.prose import Prose
from triptych.values.question import LevelAnswer, Part, Question
from triptych.values.xhtml import PlaceLink

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "tests/sample"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    dist = tmp_path_factory.mktemp("dist")
    build(open_project(SAMPLE), dist, ["epub"], BuildOptions(jobs=1))
    return (dist / "epub/sample.epub").read_bytes()


@pytest.fixture(scope="module")
def book(made: bytes) -> OpenBook:
    return open_book(made)


def test_readers_recognize_the_file_by_its_first_bytes(made: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        first = archive.infolist()[0]
    assert first.filename == "mimetype"
    assert first.compress_type == zipfile.ZIP_STORED
    assert made[30:58] == b"mimetypeapplication/epub+zip"


def test_every_question_and_guide_is_a_page_in_reading_order(book: OpenBook) -> None:
    assert book.pages == [
        *("cover.xhtml", "title.xhtml", "contents.xhtml", "guide-start.xhtml"),
        *("topic-basics.xhtml", "q-mean.xhtml", "q-code-mean.xhtml"),
        *("topic-traps.xhtml", "q-minimal.xhtml", "q-right-to-left.xhtml"),
        "q-nasty.xhtml",
    ]


def test_all_pages_are_well_formed_and_no_link_is_broken(book: OpenBook) -> None:
    assert list(book.broken_links()) == []


def test_a_build_makes_the_book_only_where_it_is_named(tmp_path: Path) -> None:
    project = open_project(SAMPLE)
    build(project, tmp_path / "usual", options=BuildOptions(jobs=1))
    assert not (tmp_path / "usual/epub").exists()
    build(project, tmp_path / "named", ["epub", "site"], BuildOptions(jobs=1))
    book = (tmp_path / "named/epub/sample.epub").read_bytes()
    assert (tmp_path / "named/site/downloads/sample.epub").read_bytes() == book
    files = (tmp_path / "named/site/downloads.html").read_text()
    assert "Book for e-readers" in files


def test_an_edition_says_what_it_is(tmp_path: Path) -> None:
    options = BuildOptions(jobs=1, where=where("topic=traps"), edition="Traps alone")
    build(open_project(SAMPLE), tmp_path, ["epub"], options)
    book = open_book((tmp_path / "epub/sample-traps-alone.epub").read_bytes())
    assert "Traps alone" in book.text("title.xhtml")
    assert b"<dc:title>Sample: Traps alone</dc:title>" in book.files["package.opf"]
    assert "q-mean.xhtml" not in book.pages
    assert list(book.broken_links()) == []


def of_questions(*questions: Question, **more: Any) -> Book:  # noqa: ANN401
    words = RenderSettings().strings.section("site", "en")
    deck = replace(catalog(*questions), **more)
    return Book(deck, "T", "", words, files_of(deck))


PAGES = {"t/b.md": "q/b.html", "t/b.md#an-id": "q/b.html#other", "t/c.md": "q/c.html"}


@pytest.mark.parametrize(
    ("path", "fragment", "url"),
    [
        ("t/b.md", "", "q-b.xhtml"),
        ("t/b.md", "part", "q-b.xhtml#part"),
        ("t/b.md", "ö", "q-b.xhtml#%C3%B6"),
        # The site has another id for that heading of GitHub's.
        ("t/b.md", "an-id", "q-b.xhtml#other"),
        # A page that the book does not have, and no page.
        ("t/c.md", "part", None),
        ("t/d.md", "", None),
    ],
)
def test_a_link_leads_to_its_place_in_the_book(
    path: str, fragment: str, url: str | None
) -> None:
    assert of_questions(ask("b"), pages=PAGES).url_of(path, fragment) == url


def said(text: str) -> Prose:
    return replace(prose(text), epub=(text,)) if text else Prose()


@pytest.mark.parametrize("answer", ["", "The answer."])
@pytest.mark.parametrize("summary", ["", "In short."])
@pytest.mark.parametrize("point", ["", "A point."])
@pytest.mark.parametrize("level", ["", "A level."])
@pytest.mark.parametrize("card", ["", "A card."])
def test_a_chapter_has_all_that_a_question_has(
    answer: str, summary: str, point: str, level: str, card: str
) -> None:
    question = ask(
        "b",
        answer=said(answer),
        summary=said(summary),
        rubric=(said(point),) if point else (),
        levels=(LevelAnswer(Level.MID, said(level)),) if level else (),
        cards=(Part("c", said("Front."), said(card), 1),) if card else (),
    )
    book = of_questions(question)
    page = question_page(book, question, Topic("t", "<T>"), {})
    text = "".join(part for part in page.body if isinstance(part, str))
    assert all(part in text for part in (answer, summary, point, level, card))
    assert (book.words["no_answer"].html in text) == (not (answer or summary or card))
    assert ('aria-labelledby="Rubric"' in text) == bool(point or level)
    assert "&lt;T&gt;" in text


def test_no_words_of_a_deck_become_markup_of_its_book() -> None:
    odd = '<b title="&">'
    deck = Deck(
        id="d",
        title=odd,
        description=odd,
        license=odd,
        topics=(Topic("t", odd, odd),),
        print=PrintSettings(author=odd),
    )
    book = replace(of_questions(ask("b", topic="t"), deck=deck), edition=odd)
    found = [*pages(book)]
    text = "".join(
        part for page in found for part in page.body if isinstance(part, str)
    )
    assert odd not in text
    # The licence, the author, the edition, the deck twice, the topic three times.
    assert text.count("&lt;b title=") == 8


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("a<br>b&nbsp;c", "a<br/>b\xa0c"),
        ("<ul>x<li>a</ul>", "<ul><li>x</li><li>a</li></ul>"),
        ("<b><p>x</p></b>", '<div class="b"><p>x</p></div>'),
        ("<mark>a<b>b</mark>c</b>", "<mark>a<b>b</b></mark>c"),
        ("<details>x</details>", "<details><summary>…</summary>x</details>"),
        ("<li>x</li>", "<div>x</div>"),
        ('<li value="2">x</li>', "<div>x</div>"),
        ('<h2><ol type="a">x</ol></h2>', "<h2><span>x</span></h2>"),
        ('<a href="#a">x <a href="#b">y</a></a>', '<a href="#a">x y</a>'),
        ('<td colspan="0">x</td>', "<table><tr><td>x</td></tr></table>"),
        ('<p onclick="x" style="y">z</p>', "<p>z</p>"),
        ("\x07", "\ufffd"),
    ],
)
def test_html_becomes_what_the_schema_of_books_allows(html: str, expected: str) -> None:
    elements = Elements()
    read(html, elements)
    parts = elements.xhtml()
    assert "".join(p if isinstance(p, str) else shown(p) for p in parts) == expected


def shown(part: object) -> str:
    assert isinstance(part, PlaceLink)
    return f' href="#{part.name}"'


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://e.org/a b?c=%z#d", "https://e.org/a%20b?c=%25z#d"),
        ("http://", ""),
        ("https://[bad", ""),
        ("https://e.org:99999/", ""),
        ("javascript:alert(1)", ""),
        ("ftp://e.org/a", ""),
        ("#place", "#place"),
    ],
)
def test_an_address_is_valid_or_left_out(url: str, expected: str) -> None:
    assert valid_url(url) == expected


LETTERS = (*"abWI é中&<>'\"-", " ", "e\u0301", "\u0915\u0940")
"""With marks that belong to the letter before, and letters that are wide."""
WORDS = st.lists(st.sampled_from(LETTERS), max_size=160).map("".join)


@given(WORDS.filter(str.strip), WORDS)
@settings(max_examples=60, deadline=None)
@example("e\u0301" * 60, "")
@example("W" * 90, "&")
@example("x" + "e\u0301" * 60, "")
def test_a_cover_has_the_title_in_lines_that_fit(title: str, edition: str) -> None:
    tree = ET.fromstring(cover(Deck("d", title), edition))  # noqa: S314 - ours
    texts = [e for e in tree if e.tag.endswith("}text")]
    assert tree.findtext("{http://www.w3.org/2000/svg}title") == title
    lines = [e.text or "" for e in texts if e.get("font-size") != "26"]
    whole = "".join(title.split())
    said = "".join("".join(lines).split())
    assert said == whole or (lines[-1] == "…" and whole.startswith(said[:-1]))
    for element in texts:
        line, size = element.text or "", int(element.get("font-size", ""))
        wide = sum(0.55 + 0.45 * (sign == "中") for sign in line)
        assert wide * size <= 480
        assert not unicodedata.category(line[0]).startswith("M")


def test_a_book_has_an_identifier_that_only_its_edition_changes() -> None:
    def named(edition: str, time: int, deck: str = "d") -> str:
        release = replace(Catalog(Deck(deck, "D"), ()).release, time=time)
        catalog = Catalog(Deck(deck, "D"), (), release=release)
        return identifier(Book(catalog, "D", edition, {}))

    assert named("", 1) == named("", 2)
    names = [named("", 1), named("Traps", 1), named("Basics", 1), named("", 1, "e")]
    assert len(set(names)) == len(names)


def test_a_book_in_arabic_is_read_from_the_right(tmp_path: Path) -> None:
    for language, is_rtl in (("ar", True), ("en", False)):
        deck = (
            f'=== deck.toml\nid = "d"\ntitle = "D"\nlanguage = "{language}"\n'
            'license = "MIT & <more>"\n=== t/q.md\n---\nquestion: Q?\n---\nA.\n'
        )
        book = open_book(build_book(tmp_path / language, deck).read_bytes())
        package = book.files["package.opf"].decode()
        assert ('page-progression-direction="rtl"' in package) == is_rtl
        assert "<dc:rights>MIT &amp; &lt;more&gt;</dc:rights>" in package


def test_pages_of_the_deck_come_after_the_questions_and_the_title_has_its_licence(
    tmp_path: Path,
) -> None:
    path = build_book(
        tmp_path,
        '=== deck.toml\nid = "d"\ntitle = "D"\nlicense = "MIT & <more>"\n'
        "=== guides/g.md\n---\ntitle: Before\n---\nA.\n"
        "=== pages/p.md\n---\ntitle: After\n---\nA.\n"
        "=== t/q.md\n---\nquestion: Q?\n---\nA.\n",
    )
    book = open_book(path.read_bytes())
    texts = [book.text(name) for name in book.pages]
    (question,) = (n for n, name in enumerate(book.pages) if name == "q-q.xhtml")
    assert [n for n, text in enumerate(texts) if text == "After A."] == [question + 1]
    assert [n < question for n, text in enumerate(texts) if text == "Before A."] == [
        True
    ]
    assert "MIT & <more>" in book.text("title.xhtml")


def test_references_in_a_drawing_follow_its_ids() -> None:
    svg = (
        '<svg id="1"><g id="1"></g><use href="#1"></use><a fill="url(#1)"></a>"#1"'
        '<g aria-labelledby="b 1" fill="#1"></g><b id="b">&lt;</b>'
        "<style>x{fill:url( '#1')}</style></svg>"
    )
    new = "id-6b86b273ff34fce1"
    assert with_valid_ids(svg.encode()).decode() == (
        f'<svg id="{new}"><g></g><use href="#{new}"></use><a fill="url(#{new})"></a>'
        f'"#1"<g aria-labelledby="b {new}" fill="#1"></g><b id="b">&lt;</b>'
        f"<style>x{{fill:url( '#{new}')}}</style></svg>"
    )
    assert with_valid_ids(b'<svg id="a"/>') == b'<svg id="a"/>'


LINKED = """\
=== t/a.md
---
question: A
---
# One {#one}

<div id="twice">1</div><div id="twice">2</div>

[b](b.md) [two](b.md#two) [none](b.md#none) [one](#one) [nowhere](#nowhere)

[retired](c.md) is no page
=== t/b.md
---
question: B
---
# Two {#two}

[a](a.md#one) ![p](../media/p.svg) x[^n] y[^n]

[^n]: A note.
=== t/c.md
---
question: C
retired: true
---
"""


def test_links_and_ids_fit_the_pages_that_there_are(tmp_path: Path) -> None:
    drawing = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>'
    book = open_book(
        build_book(tmp_path, LINKED, {"media/p.svg": drawing}).read_bytes()
    )
    links = {
        words: attributes.get("href")
        for page in ("q-a.xhtml", "q-b.xhtml")
        for words, attributes in book.links(page)
    }
    assert links == {
        "T": "topic-t.xhtml",
        "b": "q-b.xhtml",
        "two": "q-b.xhtml#two",
        "none": "q-b.xhtml",
        "one": "#one",
        "nowhere": None,
        "a": "q-a.xhtml#one",
        "1": "#fn-answer-1",
        "↩": "#fnref-answer-1",
    }
    page = book.files["q-a.xhtml"].decode()
    assert '<div id="twice">1</div><div>2</div>' in page
    assert "<p>retired is no page</p>" in page
    [picture] = (name for name in book.files if name.startswith("media/"))
    page = book.files["q-b.xhtml"].decode()
    assert f'src="{picture}"' in page
    assert page.count('id="fnref-answer-1"') == 1 < page.count('href="#fn-answer-1"')
    assert list(book.broken_links()) == []


RAW = """\
<table><tfoot><tr><td>f</tfoot><thead><tr><th>h<h3>H</h3></thead></table>

<dl><dd>a</dd></dl><summary>s</summary><ruby>a<rp>(</rp></ruby>

<a href="http://[bad">c</a> <div id="1x">one</div><div id="1x">two</div>

![a](media/a.avif) ![b](media/b.svg)

[a](#nowhere) [^1]

[^1]: note $\\texttt{x} \\boxed{y}$
"""


def test_epubcheck_finds_nothing_in_an_odd_book(
    epubcheck: Callable[[Path], str], tmp_path: Path
) -> None:
    avif = b"\0\0\0\x1cftypavif\0\0\0\0avifmif1miaf"
    drawing = (
        b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><g id="1a"/>'
        b'<use href="#1a"/><rect id="b"/><rect id="b"/><rect id="c d"/></svg>'
    )
    files = {"media/a.avif": avif, "media/b.svg": drawing}
    text = f"---\nquestion: Q <b>x</b> & $y$?\n---\n{RAW}"
    assert epubcheck(build_book(tmp_path, text, files)) == ""


@pytest.mark.slow
@pytest.mark.parametrize("folder", ["content", "tests/sample"])
def test_epubcheck_finds_nothing_in_whole_decks(
    epubcheck: Callable[[Path], str], tmp_path: Path, folder: str
) -> None:
    project = open_project(ROOT / folder)
    build(project, tmp_path, ["epub"], BuildOptions(jobs=1))
    [book] = (tmp_path / "epub").iterdir()
    assert epubcheck(book) == ""


_ARABIC = """\
=== deck.toml
id = "a"
title = "مقابلات"
language = "ar"
=== t/q.md
---
question: ما هو `x++`؟
---
```js
a
```
"""
_JAPANESE = """\
=== deck.toml
id = "j"
title = "機械学習"
language = "ja"
=== t/q.md
---
question: 過学習とは
---
## 見出し

[x](#見出し)
"""
_GUIDES = "=== guides/g.md\n---\ntitle: Alone\n---\n# Head\n\ntext"


@pytest.mark.slow
@pytest.mark.parametrize("text", [_ARABIC, _JAPANESE, _GUIDES], ids=["ar", "ja", "g"])
def test_epubcheck_finds_nothing_in_small_decks(
    epubcheck: Callable[[Path], str], tmp_path: Path, text: str
) -> None:
    assert epubcheck(build_book(tmp_path, text)) == ""
