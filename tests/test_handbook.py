"""The handbook and the self-test: whole, in order, and with the right page numbers."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Any

import pytest
from tests.sheets import POPPLER, ask, deck, read, spoken, words

from triptych.deck import templates
from triptych.parse.document import parse
from triptych.render.settings import RenderSettings
from triptych.render.sheet import book_index, handbook
from triptych.render.sheet.pictures import for_print
from triptych.render.sheet.render import render
from triptych.typeset.context import Context
from triptych.typeset.question import guide
from triptych.values.artifact import Artifact
from triptych.values.catalog import Catalog
from triptych.values.deck import PrintSettings
from triptych.values.prose import Prose
from triptych.values.source import Media, Source

WHOLE = """---
question: What is {name}?
difficulty: hard
summary: Summary of {name}.
rubric: [Point of {name}]
tags: [tag-{name}, shared]
requires: [{other}]
related: [{other}, {name}]
references:
  - title: Book of {name}
    url: https://example.org/{name}
---
Answer of {name}.

```python solution
code_{name} = 1
```

```python test
assert test_{name}
```

## In depth

Depth of {name} with $$y = {name}$$.

## Follow-ups
### Why {name}? {{#why}}
Because {name}.

## Pitfalls
### Not {name}. {{#not}}
Rather {name}.
"""
NAMES = ("aa", "bb", "cc", "dd", "ee", "ff")
SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 40" width="90"'
    b' height="40" font-family="sans-serif"><rect x="0" y="0" width="90" height="40"'
    b' fill="#fbfaf7"/><text x="9" y="20" font-size="9">axis</text></svg>'
)


def book(*, depth: bool = True, large: bool = False) -> Catalog:
    others = (*NAMES[1:], NAMES[0])
    questions = [
        ask(WHOLE.format(name=name, other=other), name, "first" if name < "dd" else "z")
        for name, other in zip(NAMES, others, strict=True)
    ]
    settings = PrintSettings(products=("handbook",), depth=depth, large=large)
    return deck(*questions, print=settings)


def made(catalog: Catalog) -> list[Artifact]:
    return list(render(catalog, RenderSettings()))


def made_of(markdown: str, **options: str) -> bytes:
    """Return the handbook of a deck with one question."""
    printing = PrintSettings(products=("handbook",))
    (artifact,) = made(deck(markdown, print=printing, **options))
    return artifact.data


def pages(data: bytes) -> list[str]:
    """Return the text of each page, without spaces, which PDF does not keep."""
    texts = (page.extract_text() for page in read(data).pages)
    return [re.sub(r"\s", "", unicodedata.normalize("NFKC", text)) for text in texts]


@pytest.mark.parametrize("depth", [True, False])
@pytest.mark.parametrize("large", [True, False])
def test_every_part_of_every_question_is_there_once(
    *, depth: bool, large: bool
) -> None:
    (artifact,) = made(book(depth=depth, large=large))
    assert artifact.path == PurePosixPath("sheet/d-handbook.pdf")
    said = "".join(pages(artifact.data))
    for name in NAMES:
        for part, count in (
            (f"Summary of {name}.", 1),
            (f"Point of {name}", 1),
            (f"Answer of {name}.", 1),
            (f"code_{name} = 1", 1),
            (f"test_{name}", 0),
            (f"Depth of {name}", int(depth)),
            (f"Why {name}?", 1),
            (f"Because {name}.", 1),
            (f"Not {name}.", 1),
            (f"Rather {name}.", 1),
            (f"Book of {name}", 1),
            (f"example.org/{name}", 1),
        ):
            assert said.count(part.replace(" ", "")) == count, part
    alternatives = [alt for _, alt in spoken(artifact.data) if alt.startswith("y =")]
    assert alternatives == ([f"y = {name}" for name in NAMES] if depth else [])


def test_page_numbers_are_those_of_the_pages_that_they_name(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(book_index, "MIN_QUESTIONS", len(NAMES))
    (artifact,) = made(book())
    texts = [
        re.sub(r"[^\S\n]", "", page.extract_text())
        for page in read(artifact.data).pages
    ]
    where = {
        name: next(n for n, text in enumerate(texts, 1) if f"Summaryof{name}." in text)
        for name in NAMES
    }
    said = "\n".join(texts)
    for number, (name, page) in enumerate(where.items(), 1):
        # In the contents, where another question names it, and in the index.
        assert re.search(rf"{number}Whatis{name}\?[.\s]*{page}(?!\d)", said)
        named = re.findall(rf"{number}Whatis{name}\?\u00b7(\d+)(?!\d)", said)
        assert named == [str(page)]
        assert re.search(rf"tag-{name}{page}(?!\d)", said)


def test_pictures_are_shown_on_white_with_words_for_those_who_do_not_see_them() -> None:
    media = Media(PurePosixPath("media/p.svg"), "p.svg", SVG)
    shown = Prose(site="x", card="x", blocks=(("figure", "p.svg", "A picture"),))
    catalog = book()
    first, *rest = catalog.questions
    changed = (replace(first, answer=shown), *rest)
    (artifact,) = made(replace(catalog, questions=changed, media={"p.svg": media}))
    assert ("/Figure", "A picture") in spoken(artifact.data)
    assert "axis" in "".join(pages(artifact.data))
    assert b'fill="#ffffff"' in for_print(media, (), "")
    # The text of a page is in a serif: this is the picture's, which asks for another.
    fonts = set[str]().union(
        *(_fonts_of(page["/Resources"]) for page in read(artifact.data).pages)
    )
    assert any("NotoSans" in font for font in fonts)


def _within(resources: Any, kind: str) -> list[Any]:  # noqa: ANN401 - pypdf's
    found = resources.get_object().get(kind)
    return [item.get_object() for item in found.get_object().values()] if found else []


def _fonts_of(resources: Any) -> set[str]:  # noqa: ANN401 - pypdf's
    """Return the fonts of a form, and of the forms within it."""
    fonts = {str(font["/BaseFont"]) for font in _within(resources, "/Font")}
    forms = _within(resources, "/XObject")
    return fonts.union(*(_fonts_of(form.get("/Resources")) for form in forms))


def test_a_heading_in_an_answer_is_on_the_page_of_what_follows_it() -> None:
    blocks = [("h", 3, "Head"), ("p", "Text of it. " * 20)] * 40
    answer = Prose(site="x", card="x", blocks=tuple(blocks))
    catalog = book()
    changed = replace(catalog.questions[0], answer=answer)
    (artifact,) = made(replace(catalog, questions=(changed,)))
    texts = [page for page in pages(artifact.data) if "Textofit." in page]
    assert len(texts) > len("12")
    for page in texts:
        assert page.rindex("Head") < page.rindex("Textofit.")


def test_a_question_is_on_the_page_of_its_first_lines() -> None:
    text = "---\nquestion: Title {0}?\nsummary: Summary {0}.\n---\nStart {0}.\n\n{1}\n"
    questions = (
        ask(text.format(n, "Text. " * (n % 11 * 40)), f"q{n}") for n in range(1, 150)
    )
    (artifact,) = made(deck(*questions, print=PrintSettings(products=("handbook",))))
    starts = 0
    for page in pages(artifact.data):
        of_page = re.findall(r"Start(\d+)\.", page)
        assert re.findall(r"Summary(\d+)\.", page) == of_page
        assert not of_page or set(of_page) == set(re.findall(r"Title(\d+)\?", page))
        starts += bool(of_page)
    assert starts > len("12")


def with_drawing(before: int, announcement: str, after: int) -> list[str]:
    """Return the pages of a handbook with a high drawing among paragraphs."""
    svg = SVG.replace(b'"0 0 90 40" width="90" height="40"', b'"0 0 400 400"')
    media = Media(PurePosixPath("media/p.svg"), "p.svg", svg)
    blocks = (
        *(("p", f"Before {n}.") for n in range(before)),
        ("p", announcement),
        ("figure", "p.svg", "A picture"),
        *(("p", f"After {n}.") for n in range(after)),
    )
    answer = Prose(site="x", card="x", blocks=blocks)
    changed = replace(book().questions[0], answer=answer)
    catalog = replace(book(), questions=(changed,), media={"p.svg": media})
    (artifact,) = made(catalog)
    return pages(artifact.data)


def test_text_goes_on_where_a_page_has_no_room_for_a_drawing() -> None:
    found = with_drawing(25, "Said.", 20)
    at = next(n for n, page in enumerate(found) if "axis" in page)
    assert "Said." in found[at - 1]
    assert "After0." in found[at - 1]
    assert found[at].index("axis") < found[at].index("After")
    # With room it stands where the author put it, and never after its section.
    for after in (0, 1, 20):
        (page,) = (page for page in with_drawing(2, "Said.", after) if "axis" in page)
        assert page.index("Said.") < page.index("axis")
        if after:
            assert page.index("axis") < page.index("After0.")
        for page in with_drawing(30, "Said.", after):
            if "axis" in page and "Pointofaa" in page:
                assert page.index("axis") < page.index("Pointofaa")
    # What announces it is on the same page.
    for before in range(20, 32):
        for page in with_drawing(before, "Here it is:", 20):
            assert ("Hereitis:" in page) == ("axis" in page)


@pytest.mark.parametrize(("large", "size"), [(False, 9.6), (True, 16)])
def test_letters_of_a_drawing_keep_their_size_beside_the_text(
    size: float, tmp_path: Path, *, large: bool
) -> None:
    svg = SVG.replace(b'font-size="9"', b'font-size="16"')
    media = Media(PurePosixPath("media/p.svg"), "p.svg", svg)
    shown = Prose(site="x", card="x", blocks=(("figure", "p.svg", "A picture"),))
    catalog = book(large=large)
    changed = replace(catalog.questions[0], answer=shown)
    (artifact,) = made(replace(catalog, questions=(changed,), media={"p.svg": media}))
    (word,) = (word for word in words(artifact.data, tmp_path) if word.text == "axis")
    noto_sans = 1.362
    assert word.bottom - word.top == pytest.approx(noto_sans * size, rel=0.03)


@pytest.mark.parametrize("gap", ["\n", "\n\n\n"])
def test_code_begins_and_ends_on_a_page_with_a_few_of_its_lines(gap: str) -> None:
    lines = gap.join(f"line_{n} = '{60 * 'x'}'" for n in range(8))
    code = f"```python\n{lines}\n```"
    answers = (f"{'Text. ' * (n % 7 * 20 + 1)}\n\n{code}\n\n" for n in range(60))
    split = 0
    for page in map(
        re.compile(r"line_(\d)=").findall, pages(made_of("".join(answers)))
    ):
        if page:
            assert page[0] <= "5"
            assert page[-1] >= "2"
            split += (page[0], page[-1]) != ("0", "7")
    assert split


@pytest.mark.parametrize("cell", ["row", r"$\frac{x_1 + y_1}{x_2 + y_2}$ row"])
def test_what_announces_is_on_the_page_of_a_small_table_which_is_on_one(
    cell: str,
) -> None:
    rows = "".join(f"| {cell} {n} |\n" for n in range(5))
    table = f"Here is:\n\n| Head |\n|---|\n{rows}\n"
    answers = (f"{'Text. ' * (n % 7 * 20 + 1)}\n\n{table}" for n in range(40))
    found = pages(made_of("".join(answers)))
    assert len([page for page in found if "row0" in page]) > len("12")
    for page in found:
        assert page.count("Hereis:") == page.count("row0") == page.count("row4")


def test_no_row_of_a_table_without_a_head_is_alone_on_a_page() -> None:
    rows = "".join(f"| row {n} | {'Words. ' * 30} |\n" for n in range(14))
    table = f"| | |\n|---|---|\n{rows}\n"
    answers = (f"{'Text. ' * (n % 9 * 20 + 1)}\n\n{table}" for n in range(20))
    split = 0
    for page in pages(made_of("".join(answers))):
        found = [int(row) for row in re.findall(r"row(\d+)", page)]
        if found:
            assert found[0] != len("0123456789123")
            assert found[-1] != 0
            split += found[0] != 0
    assert split


SOURCES = """\
---
question: What?
references:
  - title: A book
    url: https://example.com/book
---
{}

## Pitfalls

### One thing {{#one}}

Right.

### Last thing {{#last}}

Correct.
"""


def test_sources_are_never_alone_at_the_end_of_a_chapter() -> None:
    seen = set()
    for lines in range(34, 39):
        *_, before, last = pages(made_of(SOURCES.format("Line.\n\n" * lines)))
        seen.add("Abook" in last and "Line." not in last)
        if "Abook" in last:
            assert "Lastthing" in last or "Line." in last
            assert "Lastthing" not in before or "Abook" in before
    assert True in seen


def test_an_address_in_a_deck_read_from_the_right_is_read_from_the_left(
    tmp_path: Path, requires: Callable[[str, str], None]
) -> None:
    requires("pdftotext", POPPLER)
    address = f"example.com/{'a/' * 30}end.html"
    asked = SOURCES.format("نص").replace("example.com/book", address)
    data = made_of(asked.replace("What?", "ما هذا؟"), language="ar")
    assert address in {word.text for word in words(data, tmp_path)}


def test_guides_come_before_the_questions() -> None:
    path = PurePosixPath("guides/g.md")
    source = Source(
        path, "---\ntitle: How to `use` it\n---\nFirst **this**.\n\n## Then\n\nRest."
    )
    context = Context(path, frozenset(), _no_media)
    catalog = replace(book(), guides=(guide(parse(source), context),))
    (artifact,) = made(catalog)
    said = "".join(pages(artifact.data))
    for part in ("Firstthis.", "Then", "Rest."):
        assert said.count(part) == 1
    # In the contents and where it stands.
    assert said.count("Howtouseit") == 2
    assert said.index("Firstthis.") < said.index("Summaryofaa.")
    names = [kind for kind, _ in spoken(artifact.data)]
    assert names.count("/H2") == 1 + len(NAMES)


def _no_media(path: PurePosixPath) -> Media:
    raise AssertionError(path)


def test_a_large_deck_is_a_pdf_for_each_topic(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(handbook, "MAX_CHARS", 500)
    first, second = made(book())
    assert str(first.path) == "sheet/d-handbook-first.pdf"
    assert "Answerofaa." in "".join(pages(first.data))
    assert "Answerofff." not in "".join(pages(first.data))
    assert "4Whatisdd?" in "".join(pages(second.data))
    assert [file.title for file in (first, second)] == [
        ("handbook", "=First"),
        ("handbook", "=Z"),
    ]


def test_the_contents_take_as_many_pages_as_are_expected(tmp_path: Path) -> None:
    long = "And then what is one to say of it, of all things that can be said, at last"
    fact = "---\nquestion: {}?\n---\nSaid.\n"
    questions = [fact.format(long if n % 3 else "Which") for n in range(220)]
    catalog = deck(*questions, print=PrintSettings(products=("handbook",)))
    (known,) = made(catalog)
    (tmp_path / "sheet").mkdir()
    source = templates.template("sheet/handbook.typ")
    changed = source.replace("query(heading).len() == 0", "true")
    assert changed != source
    (tmp_path / "sheet" / "handbook.typ").write_text(changed)
    (expected,) = render(catalog, RenderSettings(templates=tmp_path))
    begins = [
        next(n for n, page in enumerate(pages(made_.data)) if "Said." in page)
        for made_ in (known, expected)
    ]
    assert begins[0] == begins[1] > len("1234")


def test_the_self_test_asks_and_answers_nothing() -> None:
    catalog = book()
    settings = RenderSettings(products=("self-test",))
    (artifact,) = render(catalog, settings)
    assert str(artifact.path) == "sheet/d-self-test.pdf"
    said = "".join(pages(artifact.data))
    for number, name in enumerate(NAMES, 1):
        assert f"{number}Whatis{name}?" in said
        assert f"Summaryof{name}" not in said
    about: Any = read(artifact.data).metadata
    assert about.title == "Deck"


@pytest.mark.parametrize("product", ["sheet", "cards", "handbook", "self-test"])
@pytest.mark.parametrize("language", ["ar", "ja", "th"])
def test_any_language_makes_every_product(product: str, language: str) -> None:
    words = {"ar": "\u0645\u0627 \u0647\u0648", "ja": "\u904e\u5b66\u7fd2\u3068\u306f"}
    word = words.get(language, "\u0e01\u0e32\u0e23\u0e40\u0e23\u0e35\u0e22\u0e19")
    front = (
        f"---\nquestion: '{word} `x++`?'\nsummary: '{word}'\nrubric: ['{word}']\n---\n"
    )
    catalog = deck(
        f"{front}{word}\n\n## Pitfalls\n\n### {word} {{#p}}\n{word}\n",
        language=language,
    )
    (artifact,) = render(catalog, RenderSettings(products=(product,)))
    root: Any = read(artifact.data).root_object
    assert root["/Lang"] == language
    said = "".join(pages(artifact.data))
    assert "x++" in said
    assert "\u25a1" not in said
