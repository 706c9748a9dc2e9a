"""Code in Arabic, Hebrew and Persian runs from left to right on the sheet, too."""

from collections.abc import Callable
from html import unescape
from pathlib import Path, PurePosixPath

import pytest
from tests.cases import write_deck
from tests.right_to_left import SPANS, WORDS, Glyph, blocks, lines, seen, write
from tests.sheets import POPPLER, words

from triptych.build.build import build
from triptych.build.options import BuildOptions
from triptych.deck.project import open_project
from triptych.parse import markdown
from triptych.releases.package import read_package
from triptych.render.sheet.document_settings import title_name
from triptych.typeset.context import Context
from triptych.typeset.prose import typeset
from triptych.values.form import Form
from triptych.values.source import Media


def no_media(path: PurePosixPath) -> Media:
    raise AssertionError(path)


DECKS = [*((name, name) for name in WORDS), *((name, "en") for name in WORDS)]


@pytest.mark.parametrize(("language", "deck"), DECKS)
def test_code_runs_from_left_to_right_on_the_sheet(
    language: str, deck: str, requires: Callable[[str, str], None], tmp_path: Path
) -> None:
    requires("pdftotext", POPPLER)
    project = open_project(write(tmp_path / "deck", language, deck))
    build(project, tmp_path / "dist", ("sheet",))
    (sheet,) = (tmp_path / "dist/sheet").iterdir()
    found = words(sheet.read_bytes(), tmp_path)
    shown = lines(
        Glyph(unescape(w.text), w.left, (w.top + w.bottom) / 2) for w in found
    )
    for code in (*SPANS, *blocks(language)):
        times = 3 if code in SPANS else 1
        assert sum(line.count(seen(code)) for line in shown) >= times, code


def test_titles_in_the_contents_of_the_handbook_have_code_as_written(
    requires: Callable[[str, str], None], tmp_path: Path
) -> None:
    requires("pdftotext", POPPLER)
    content = write_deck(
        tmp_path / "content",
        "=== deck.toml\nid = 'd'\ntitle = 'D'\nlanguage = 'ar'\n"
        "=== t/a.md\n---\nquestion: تعليق `a++` تعليق؟\nrelated: [b]\n---\nتعليق\n"
        "=== t/b.md\n---\nquestion: تعليق `++b` تعليق؟\nrelated: [a]\n---\nتعليق\n",
    )
    options = BuildOptions(products=("handbook",))
    build(open_project(content), tmp_path / "dist", ("sheet",), options)
    (book,) = (tmp_path / "dist/sheet").iterdir()
    said = [unescape(word.text) for word in words(book.read_bytes(), tmp_path)]
    # In the list of contents, as a title, and where the other question names it.
    for code in ("a++", "++b"):
        assert sum(code in word for word in said) == len("123"), said


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("מהו ++ ומהו `++`?", "מהו ++ ומהו \u2066++\u2069?"),
        ("`a` או **a** או `a`", "\u2066a\u2069 או a או \u2066a\u2069"),
        ("$a^2$ או `a^2`", "a² או \u2066a^2\u2069"),
    ],
)
def test_code_in_a_name_is_what_the_author_marked(question: str, name: str) -> None:
    path, forms = PurePosixPath("t/q.md"), frozenset({Form.SITE, Form.TREE})
    context = Context(path, frozenset(), no_media, forms=forms)
    title = typeset(markdown.inline(question), context)
    assert title_name(title, "q", "rtl") == name


@pytest.mark.parametrize("element", ["code", "samp", "kbd"])
def test_code_in_html_runs_from_left_to_right(
    element: str, requires: Callable[[str, str], None], tmp_path: Path
) -> None:
    requires("pdftotext", POPPLER)
    said = f"مرحبا <{element}>a++</{element}> تعليق"
    content = write_deck(
        tmp_path / "content",
        "=== deck.toml\nid = 'd'\ntitle = 'D'\nlanguage = 'ar'\n"
        f"=== t/a.md\n---\nquestion: {said}؟\nsummary: {said}.\n---\n{said}\n\n"
        f"<p title='<{element}>'>{said}</p>\n",
    )
    project, dist = open_project(content), tmp_path / "dist"
    build(project, dist, ("site", "anki", "sheet"))
    page = (dist / "site/q/a.html").read_text("utf-8")
    assert page.count(f'<{element} dir="ltr">a++') >= 4
    assert f"<{element}>a" not in page
    package = read_package(next((dist / "anki").glob("*.apkg")))
    fields = "".join("".join(note.fields.values()) for note in package.notes)
    assert fields.count(f'<{element} dir="ltr">a++') >= 4
    assert f"<{element}>a" not in fields
    found = words(next((dist / "sheet").iterdir()).read_bytes(), tmp_path)
    shown = lines(
        Glyph(unescape(w.text), w.left, (w.top + w.bottom) / 2) for w in found
    )
    assert sum(line.count("a++") for line in shown) == 2
