"""The sheet: complete, reachable, the same everywhere, and safe from its content."""

import json
import os
import re
import subprocess
import sys
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from itertools import combinations, cycle
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.cases import write_or_delete
from tests.questions import changed
from tests.sheets import POPPLER, ask, cards, deck, pdf, read, spoken, text, words

from triptych.build.build import build
from triptych.deck import templates
from triptych.deck.project import open_project
from triptych.errors import TriptychError
from triptych.render.output import RenderContext
from triptych.render.settings import RenderSettings
from triptych.render.sheet.contents import contents
from triptych.render.sheet.document import Inputs
from triptych.render.sheet.fit import MAX_FITTED_QUESTIONS, SheetFit
from triptych.render.sheet.layout_report import LayoutReport
from triptych.render.sheet.render import render
from triptych.values.catalog import Catalog
from triptych.values.deck import PrintSettings, Release, SheetSettings
from triptych.values.diagnostics import Finding
from triptych.values.prose import Prose
from triptych.values.question import OnSheet
from triptych.values.tree import Node, kind, walk

MATH_A, MATH_B = "\N{MATHEMATICAL ITALIC SMALL A}", "\N{MATHEMATICAL ITALIC SMALL B}"
SAMPLE = Path(__file__).parent / "sample"
GOLDEN = Path(__file__).parent / "golden" / "sheet" / "contents.json"
A4, LETTER = (842, 595), (792, 612)
RICH = """---
question: What is a *mean* of `x`?
kind: coding
difficulty: hard
summary: The {{c1::balance point}} of $n$ numbers.
---
The answer.

$$
\\bar x = \\frac1n \\sum_i x_i
$$

```python solution
def mean(x):
    return sum(x) / len(x)  # the plain way
```

```python test
assert mean([1]) == 1
```
"""


@pytest.fixture(scope="module")
def rich() -> bytes:
    catalog = deck(
        ask(RICH, "mean", "basics"),
        ask(
            "---\nquestion: And the median?\nsummary: The middle.\n---\n", "b", "basics"
        ),
        ask("---\nquestion: Why?\nsummary: So.\n---\n", "why", "more"),
        title="Means & medians",
        description="All about the middle.",
        language="en-GB",
        license="CC-BY-4.0",
        sheet=SheetSettings(author="Ada"),
    )
    return pdf(catalog, RenderSettings(base_url="https://example.org/deck/"))


def test_a_card_shows_title_summary_and_key(rich: bytes) -> None:
    shown = text(rich)
    for part in (
        "What is a mean of x?",
        "The balance point of",
        "def mean(x): return sum(x) / len(x) # the plain way",
        "And the median? The middle.",
    ):
        assert part in shown
    assert "assert" not in shown
    assert "{{" not in shown


@pytest.mark.parametrize("kind", ["concept", "behavioral", "system-design"])
def test_other_kinds_show_the_formula_first(kind: str) -> None:
    data = pdf(deck(RICH.replace("coding", kind)))
    assert ("/Formula", "\\bar x = \\frac1n \\sum_i x_i") in spoken(data)
    assert "def mean" not in text(data)


def test_what_is_marked_is_shown_and_nothing_is_guessed() -> None:
    marked = (
        "More.\n\n## In depth\n\n$$\nd = 4\n$$ {.key}\n\n```python {.key}\nx = 5\n```\n"
    )
    data = pdf(deck(f"{RICH}\n{marked}"))
    formulas = [alt for kind, alt in spoken(data) if kind == "/Formula"]
    assert formulas == ["n", "d = 4"]
    assert "x = 5" in text(data)
    assert "def mean" not in text(data)


def test_long_code_and_long_formulas_are_left_to_the_page() -> None:
    code = "\n".join(f"line_{n} = {n}" for n in range(13))
    wide = " + ".join(f"x_{{{n}}}" for n in range(60))
    front = "---\nquestion: What?\nsummary: Short.\n---\n"
    shown = pdf(deck(f"{front}$$\n{wide}\n$$\n\n```python solution\n{code}\n```\n"))
    assert "line_" not in text(shown)
    assert not [kind for kind, _ in spoken(shown) if kind == "/Formula"]


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        (
            "The first words, long enough to stand alone on a sheet of paper.\n\nNo.",
            "alone",
        ),
        ("Yes:\n\n- because of this\n- and that", "because of this"),
        ("![a picture](media/none.svg)", "a picture"),
        ("```python\nprint(1)\n```", "print(1)"),
        ("| a | b |\n|---|---|\n| one | two |", "one two"),
        ("> quoted", "quoted"),
        ("## Heading\n\n```text\nonly code\n```", "Heading only code"),
        ("$$x + y$$", "\N{MATHEMATICAL ITALIC SMALL X} + "),
        ("<div>raw <b>text</b></div>", "raw text"),
        ("## In depth\n\nDeep words only.", "Deep words only"),
    ],
)
def test_without_a_summary_the_answer_begins(body: str, shown: str) -> None:
    found = text(pdf(deck(body)))
    assert shown in found
    assert "No." not in found


def test_an_empty_answer_is_a_title() -> None:
    assert "What?" in text(pdf(deck("")))


def test_code_alone_is_cut_where_the_reader_sees_it() -> None:
    code = "\n".join(f"line_{n}" for n in range(40))
    shown = text(pdf(deck(f"```text\n{code}\n```\n")))
    assert "line_11 …" in shown
    assert "line_12" not in shown


def test_a_table_of_estimates_is_drawn() -> None:
    rows = "users = 10_000_000  # a day\nrate = users / 8  # a shard"
    asked = f"---\nquestion: How many?\n---\n```sizing\n{rows}\n```\n"
    shown = text(pdf(deck(ask(asked, "many", "basics")), RenderSettings()))
    for part in (
        "users",
        "10 000 000",
        "rate = users / 8",
        "1 250 000",
        "a shard",
    ):
        assert part in shown


def test_bookmarks_lead_from_topic_to_question(rich: bytes) -> None:
    outline: Any = read(rich).outline
    names = [
        [leaf.title for leaf in item] if isinstance(item, list) else item.title
        for item in outline
    ]
    assert names == [
        "Basics",
        ["What is a mean of x?", "And the median?"],
        "More",
        ["Why?"],
    ]


def test_the_document_says_what_it_is(rich: bytes) -> None:
    pdf_file = read(rich)
    about: Any = pdf_file.metadata
    assert about.title == "Means & medians"
    assert about.author == "Ada"
    assert about.subject == "All about the middle."
    assert about["/Keywords"] == "Basics, More"
    root: Any = pdf_file.root_object
    assert root["/Lang"] == "en-GB"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    metadata = root["/Metadata"].get_data().decode()
    assert re.search(r"pdfuaid:part[=>]\W*1", metadata)


def test_headings_formulas_and_code_are_tagged(rich: bytes) -> None:
    kinds = [kind for kind, _ in spoken(rich)]
    assert kinds.count("/H1") == 2
    assert kinds.count("/H2") == 3
    assert {"/Title", "/P", "/Link", "/Code", "/Formula"} <= set(kinds)


def test_every_font_is_embedded(rich: bytes) -> None:
    pages: Any = read(rich).pages
    fonts = [
        font.get_object()
        for page in pages
        for font in page["/Resources"]["/Font"].values()
    ]
    assert fonts
    for font in fonts:
        descriptor = font["/DescendantFonts"][0].get_object()["/FontDescriptor"]
        assert {"/FontFile", "/FontFile2", "/FontFile3"} & set(descriptor)
        assert "/ToUnicode" in font


def links(data: bytes) -> list[str]:
    found = [
        note.get_object()
        for page in read(data).pages
        for note in page.get("/Annots", [])
    ]
    return [str(note.get("/A", {}).get("/URI", "here")) for note in found]


def test_titles_lead_to_their_pages_where_the_site_is_known(rich: bytes) -> None:
    pages = [f"https://example.org/deck/q/{name}.html" for name in ("mean", "b", "why")]
    assert links(rich) == pages
    assert links(pdf(deck(RICH))) == []


def test_a_link_between_questions_stays_on_the_sheet() -> None:
    catalog = deck(
        "See [that](q2.md), [a guide](../guides/g.md), [nothing](gone.md).", "x"
    )
    assert links(pdf(catalog)) == ["here"]
    with_guide = replace(catalog, pages={"guides/g.md": "guides/g.html"})
    found = links(pdf(with_guide, RenderSettings(base_url="https://e.org/")))
    assert found == ["here", "https://e.org/guides/g.html"]


def test_pages_are_numbered_and_headed_by_their_topics() -> None:
    many = [ask(f"{n} " * 80, f"a{n}", "first") for n in range(60)]
    data = pdf(deck(*many, ask("x", "b", "second"), license="CC0-1.0"))
    pages = [page.extract_text() for page in read(data).pages]
    assert len(pages) > 1
    assert all(f"{n} / {len(pages)}" in page for n, page in enumerate(pages, 1))
    assert all("First" in page and "CC0-1.0" in page for page in pages)
    assert "First \N{EN DASH} Second" in pages[-1]


@pytest.mark.parametrize(
    ("sheet", "size"),
    [
        (SheetSettings(), A4),
        (SheetSettings(paper="us-letter"), LETTER),
        (SheetSettings(landscape=False, columns=2), A4[::-1]),
        (SheetSettings(paper="us-letter", columns=4), LETTER),
    ],
)
def test_paper_and_columns_are_options(
    sheet: SheetSettings,
    size: tuple[int, int],
    tmp_path: Path,
    requires: Callable[[str, str], None],
) -> None:
    requires("pdftotext", POPPLER)
    data = pdf(deck(*["word " * 60] * 50, sheet=sheet))
    box = read(data).pages[0].mediabox
    assert (round(box.width), round(box.height)) == size
    found = words(data, tmp_path)
    numbers = [w for w in found if w.text.isdigit() and 60 < w.top < size[1] - 40]
    starts = {round(w.left) for w in numbers}
    assert len(starts) == sheet.columns


def test_a_font_that_is_not_there_is_named_with_those_that_are() -> None:
    with pytest.raises(TriptychError, match=r"deck\.toml: `font` .* is `Comic Sans`"):
        pdf(deck("x", sheet=SheetSettings(font="Comic Sans")))


def test_the_sheet_is_printed_in_greys(rich: bytes) -> None:
    pages: Any = read(rich).pages
    for page in pages:
        operators = page.get_contents().get_data().decode("latin-1")
        assert not re.search(r"[\d.]+ [\d.]+ [\d.]+ (rg|RG)\b", operators)
        for colour in re.findall(r"((?:[\d.]+ )+)(?:scn|SCN)\b", operators):
            assert len(set(colour.split())) == 1


def test_the_time_is_the_releases_and_never_the_clock() -> None:
    catalog = replace(deck("x"), release=Release("1.2", 1_700_000_000))
    assert pdf(catalog) == pdf(catalog)
    assert "v1.2" in text(pdf(catalog))
    assert b"CreationDate" not in pdf(deck("x"))


SCRIPT = """
import sys
import unicodedata
from tests.sheets import deck, pdf
from tests.test_sheet import RICH
catalog = deck(RICH, "\\u2615 \\u4e2d `x` *\\u2713* \\u0627", "- a\\n- b")
sys.stdout.buffer.write(pdf(catalog))
"""


def test_another_process_makes_the_same_bytes() -> None:
    made = {
        subprocess.run(
            [sys.executable, "-c", SCRIPT],
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone},
            capture_output=True,
            check=True,
        ).stdout
        for seed, zone in (("1", "UTC"), ("2", "Asia/Tokyo"))
    }
    assert len(made) == 1
    assert made.pop().startswith(b"%PDF")


def without_math_trees(node: object) -> object:
    """Return a tree with formulas as LaTeX: their trees have tests of their own."""
    if isinstance(node, dict):
        return {key: without_math_trees(value) for key, value in node.items()}
    if not isinstance(node, (list, tuple)):
        return node
    if node[:1] in (("math",), ("mathblock",)):
        return [node[0], node[2]]
    return [without_math_trees(item) for item in node]


def test_the_sheet_of_the_sample_deck_is_as_recorded(
    *, update: bool, tmp_path: Path
) -> None:
    report, _ = build(open_project(SAMPLE), tmp_path, ("sheet",))
    assert report.catalog
    shown = without_math_trees(
        contents(report.catalog, RenderSettings(base_url="https://example.org/"))
    )
    said = json.dumps(shown, ensure_ascii=False, indent=1) + "\n"
    if update:
        GOLDEN.parent.mkdir(parents=True, exist_ok=True)
        GOLDEN.write_text(said, encoding="utf-8")
    assert GOLDEN.read_text(encoding="utf-8") == said


@pytest.mark.parametrize(
    "body",
    [
        "> " * 40 + "deep",
        "- " * 25 + "deep",
        "*a **b " * 60 + "deep" + "** c*" * 60,
        "> - 1. " * 9 + "$deep$",
        "> " * 11 + "term\n" + "> " * 11 + ": deep",
        "> " * 11 + "| a |\n" + "> " * 11 + "|---|\n" + "> " * 11 + "| deep |",
    ],
)
def test_text_nested_too_deeply_for_typst_is_still_printed(body: str) -> None:
    assert "deep" in unicodedata.normalize("NFKC", text(pdf(deck(body))))


def test_odd_decks_make_a_sheet_too() -> None:
    assert "Deck" in text(pdf(deck()))
    long = deck(f"---\nquestion: {'word ' * 3000}\n---\n[x](https://{'a' * 9000}.org)")
    assert len(read(pdf(long)).pages) > 1
    assert links(pdf(long)) == []


# Content is data: whatever an author writes is printed as written.

HOSTILE = [
    '#read("/etc/passwd")',
    '#eval("1+1")',
    "#panic(1)",
    "$x^2$ @ref <lbl>",
    "]] )) }} */ // /* --",
    '"; #sys.version; "',
    "= heading",
    "\\u{41} \\n ~ -- --- ...",
    '#image("a.svg") #include "x.typ"',
    '#import "@preview/cetz:0.1.0"',
    "{{ 7 * 7 }}",
]


def _prose(text: str) -> Prose:
    return Prose(
        site="x",
        card="x",
        plain=text,
        blocks=(("p", text),),
    )


def _said(hostile: str) -> Catalog:
    """Return a deck that says `hostile` in every place where there is text."""
    question = ask("x")
    blocks: tuple[Node, ...] = (
        ("p", hostile, ("code", hostile), ("em", hostile), ("img", "n.png", hostile)),
        ("p", ("link", f"https://e.org/{hostile}", hostile), ("note", ("p", hostile))),
        ("p", ("math", ("text", hostile), hostile)),
        ("fence", hostile, "", (("run", "k", hostile),), (("run", hostile, "x"),)),
        ("ul", (("box", True), ("p", hostile))),
        ("table", ("left",), (("p", hostile),), ((("p", hostile),),)),
        ("dl", (("p", hostile), ((("p", hostile),),))),
        ("ol", 3, (("quote", ("h", 3, hostile)),)),
    )
    said = Prose(
        site="x",
        card="x",
        blocks=blocks,
    )
    said_question = changed(
        question, prompt=_prose(hostile), on_sheet=OnSheet(body=said)
    )
    return deck(said_question, title=hostile, description=hostile, license=hostile)


@pytest.mark.parametrize("hostile", HOSTILE)
def test_typst_code_in_content_is_text(hostile: str) -> None:
    shown = text(pdf(_said(hostile)))
    plain = re.sub(r"\s+", " ", hostile)
    assert shown.count(plain) >= 12, shown


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30))
@settings(max_examples=60, deadline=None)
def test_any_text_makes_a_sheet(said: str) -> None:
    assert pdf(_said(said)).startswith(b"%PDF")


def test_typst_reads_only_the_files_that_it_is_given(tmp_path: Path) -> None:
    (tmp_path / "sheet").mkdir()
    own = tmp_path / "sheet" / "math.typ"
    for path in ("/etc/passwd", "../../etc/passwd", "pyproject.toml", "/main.txt"):
        own.write_text(f'#let x = read("{path}")\n#let formula(..a) = []')
        with pytest.raises(TriptychError, match="cannot be typeset"):
            pdf(deck("x"), RenderSettings(templates=tmp_path))


@pytest.mark.parametrize(
    ("product", "name", "source", "place"),
    [
        ("handbook", "handbook", "#let x = 1\n#bad(", "handbook.typ:2: .*: unclosed"),
        ("sheet", "cheatsheet", "#no-name", r"cheatsheet.typ:1: .*: no-name \(if you"),
        ("cards", "content", "\n#panic()", "content.typ:2: .*: panicked"),
        ("sheet", "math", '#set text(font: "No")', "math.typ:1: .*: unknown font"),
    ],
)
def test_a_mistake_in_a_template_has_its_place_and_what_typst_advises(
    tmp_path: Path, product: str, name: str, source: str, place: str
) -> None:
    own = tmp_path / "sheet" / f"{name}.typ"
    own.parent.mkdir()
    text = templates.template(f"sheet/{name}.typ") if name == "math" else ""
    own.write_text(f"{source}\n{text}")
    settings_ = RenderSettings(templates=tmp_path, products=(product,))
    with pytest.raises(TriptychError, match=f"^templates/sheet/{place}"):
        list(render(deck("x"), settings_))


# What Typst would lose without a word, one by one.


def spoiled(folder: Path, old: str, new: str) -> RenderSettings:
    """Return settings with a template where `old` is `new`."""
    (folder / "sheet").mkdir(exist_ok=True)
    found = False
    for stem in ("basics", "cheatsheet", "code", "content", "math", "tables"):
        name = f"{stem}.typ"
        source = templates.template(f"sheet/{name}")
        found |= old in source
        (folder / "sheet" / name).write_text(source.replace(old, new))
    assert found, f"no template says `{old}`"
    return RenderSettings(templates=folder)


def test_a_formula_within_a_paragraph_is_not_dropped(tmp_path: Path) -> None:
    catalog = deck("Before\n$$\nE = mc^2\n$$\nand after.")
    assert ("/Formula", "E = mc^2") in spoken(pdf(catalog))
    paragraph = "=> inline(draw, nodes.pos()) + parbreak(),"
    wrong = spoiled(tmp_path, paragraph, "=> par(inline(draw, nodes.pos())),")
    with pytest.raises(TriptychError, match="cannot be typeset"):
        pdf(deck("Before $$E = mc^2$$ and after."), wrong)


def test_a_card_taller_than_a_column_is_not_cut(
    tmp_path: Path, requires: Callable[[str, str], None]
) -> None:
    requires("pdftotext", POPPLER)

    def on_paper(data: bytes) -> set[str]:
        found = words(data, tmp_path)
        return {w.text for w in found if w.text.startswith("item") and w.bottom < A4[1]}

    catalog = deck("\n".join(f"- item{n} " + "x " * 60 for n in range(80)))
    assert len(on_paper(pdf(catalog))) == 80
    wrong = spoiled(tmp_path, "breakable: card.breakable", "breakable: false")
    assert len(on_paper(pdf(catalog, wrong))) < 60


def _reach(data: bytes, folder: Path) -> float:
    """Return how far the text of a one-column sheet goes beyond it, in points."""
    found = words(data, folder)
    body = [word for word in found if 90 < word.top < 560]
    margin, gutter, columns = 31.2, 17.0, 3
    width = (A4[0] - 2 * margin - (columns - 1) * gutter) / columns
    return max(word.right for word in body) - margin - width


def test_a_wide_formula_shrinks_into_its_column(
    tmp_path: Path, requires: Callable[[str, str], None]
) -> None:
    requires("pdftotext", POPPLER)
    wide = " + ".join(f"x_{{{n}}}" for n in range(30))
    catalog = deck(f"$$\n{wide}\n$$\n")
    assert _reach(pdf(catalog), tmp_path) < 2
    wrong = spoiled(tmp_path, "= if factor == 1 {", "= if true {")
    assert _reach(pdf(catalog, wrong), tmp_path) > 50


def _with_reports(catalog: Catalog) -> tuple[bytes, list[str]]:
    """Return the sheet, and what it reports to the author."""
    said: list[str] = []

    def report(rule: str, found: Finding) -> None:
        said.append(f"{rule} {found.span.path}:{found.span.line}")

    (sheet,) = render(catalog, RenderSettings(), RenderContext(report=report))
    return sheet.data, said


def test_a_formula_wider_than_its_column_breaks_before_it_is_tiny(
    tmp_path: Path, requires: Callable[[str, str], None]
) -> None:
    requires("pdftotext", POPPLER)
    wide = " + ".join(f"x_{{{n}}} y^{{{n}}}" for n in range(40))
    data, reports = _with_reports(deck(f"$$\n{wide} = {wide}\n$$\n"))
    assert _reach(data, tmp_path) < 2
    assert reports == []
    lines = {
        round(w.top) for w in words(data, tmp_path) if "\N{MINUS SIGN}" not in w.text
    }
    assert len(lines) > 6


@pytest.mark.parametrize(("allow", "is_reported"), [("", True), ("allow", False)])
def test_front_matter_allows_a_warning_that_printing_gives(
    tmp_path: Path, allow: str, *, is_reported: bool
) -> None:
    row = " & ".join(f"x_{{{n}}}" for n in range(60))
    front = "allow: {tiny-formula: all of it is asked for}\n" if allow else ""
    body = f"$$\n\\begin{{pmatrix}} {row} \\end{{pmatrix}}\n$$"
    write_or_delete(tmp_path, "deck.toml", 'id = "d"\ntitle = "D"\n')
    write_or_delete(tmp_path, "t/a.md", f"---\nquestion: What?\n{front}---\n{body}\n")
    report, _ = build(open_project(tmp_path), tmp_path / "dist", ("sheet",))
    rules = {found.rule for found in report.diagnostics}
    assert ("tiny-formula" in rules) is is_reported


def test_a_formula_that_no_break_makes_legible_is_reported_with_its_line(
    tmp_path: Path, requires: Callable[[str, str], None]
) -> None:
    requires("pdftotext", POPPLER)
    row = " & ".join(f"x_{{{n}}}" for n in range(60))
    matrix = f"\\begin{{pmatrix}} {row} \\end{{pmatrix}}"
    data, reports = _with_reports(deck(f"Below.\n\n$$\n{matrix}\n$$\n"))
    assert reports == ["tiny-formula topic/q1.md:6"]
    assert _reach(data, tmp_path) < 2


def test_a_sheet_with_the_names_of_earlier_versions_is_the_same(
    tmp_path: Path,
) -> None:
    own = tmp_path / "sheet" / "cheatsheet.typ"
    own.parent.mkdir()
    code = templates.template("sheet/cheatsheet.typ").replace("report", "tell")
    own.write_text(code.replace("<tell>", "<told>"))
    assert pdf(deck("A."), RenderSettings(templates=tmp_path)) == pdf(deck("A."))


@pytest.mark.parametrize(("columns", "rows"), [(3, False), (14, True)])
def test_a_table_that_does_not_fit_becomes_rows(
    columns: int, *, rows: bool, tmp_path: Path, requires: Callable[[str, str], None]
) -> None:
    requires("pdftotext", POPPLER)
    head = [f"headword{n}" for n in range(columns)]
    lines = [head, ["---"] * columns, [f"celltext{n}" for n in range(columns)]]
    table = "\n".join(f"| {' | '.join(line)} |" for line in lines)
    data = pdf(deck(table))
    assert ("headword0: celltext0" in text(data)) == rows
    assert _reach(data, tmp_path) < 2
    shown = [w for w in words(data, tmp_path) if w.text.startswith(("head", "cell"))]
    assert len(shown) == 2 * columns
    for one, other in combinations(shown, 2):
        beside = one.right <= other.left + 0.1 or other.right <= one.left + 0.1
        assert beside or abs(one.top - other.top) > 5, (one, other)


def test_a_paragraph_that_ends_in_a_colon_has_what_it_announces() -> None:
    long = "These are the three things that one has to know about this matter"
    for announced in ("- first\n- second", "```text\nfirst\n```", "$$first$$"):
        for colon in (":", "\N{FULLWIDTH COLON}"):
            shown = text(pdf(deck(f"{long}{colon}\n\n{announced}\n\nNo.")))
            shown = unicodedata.normalize("NFKC", shown)
            assert "first" in shown.replace(" ", "")
            assert "No." not in shown


def test_a_heading_with_nothing_below_it_is_left_out() -> None:
    assert "Nothing" not in text(pdf(deck("## Nothing\n\n## Neither")))
    code = "```text\ncode\n```"
    assert "Something" in text(pdf(deck(f"## Nothing\n\n## Something\n\n{code}")))


def test_code_does_not_decide_the_language_of_a_card() -> None:
    arabic = "\u0645\u0627 \u0647\u0648 `Array.prototype.reduce`\u061f"
    (card,) = cards(deck(ask(f"---\nquestion: {arabic}\n---\n"), language="ar"))
    assert card["dir"] == "rtl"
    english = ask("---\nquestion: What is `\u0645\u0627 \u0647\u0648`?\n---\n")
    (card,) = cards(deck(english))
    assert card["lang"] == "en"


def test_letters_next_to_each_other_stay_slanted() -> None:
    assert f"{MATH_A}{MATH_B}" in text(pdf(deck("$$ab$$")))


def test_a_formula_right_after_text_is_displayed() -> None:
    for body in ("so\n$$\nx\n$$\n", "so $$x$$ and", "- so\n  $$x$$\n"):
        nodes = [node for block in ask(body).answer.blocks for node in walk(block)]
        assert "mathblock" in map(kind, nodes)


def test_code_that_goes_on_below_is_further_in_than_its_line(
    tmp_path: Path, requires: Callable[[str, str], None]
) -> None:
    requires("pdftotext", POPPLER)
    lines = ["if found:", f"    first = {'one + ' * 9}last", "    second = 2"]
    code = "\n".join(("```python {.key}", *lines, "```"))
    catalog = deck(f"{code}\n\nText.", sheet=SheetSettings(columns=4))
    shown = words(pdf(catalog), tmp_path)
    found = {word.text: word for word in shown}
    assert found["first"].top < found["last"].top < found["second"].top
    below = [word for word in shown if word.top == found["last"].top]
    assert found["if"].left < found["first"].left < min(w.left for w in below)
    assert found["first"].left == found["second"].left


def test_a_long_word_breaks_within_its_column(
    tmp_path: Path, requires: Callable[[str, str], None]
) -> None:
    requires("pdftotext", POPPLER)
    word = "0123456789" * 20
    catalog = deck(f"{word} `{word}`\n\n```text\n{word}\n```\n\n- {word}\n")
    data = pdf(catalog)
    assert text(data).replace(" ", "").count(word) >= 2
    assert _reach(data, tmp_path) < 2
    wrong = spoiled(tmp_path, "in-boxes(body)", "body")
    assert _reach(pdf(catalog, wrong), tmp_path) > 50


def test_a_soft_break_is_one_space() -> None:
    assert "one two three" in text(pdf(deck("one\ntwo\n*three*")))


def test_a_warning_of_typst_stops_the_build(tmp_path: Path) -> None:
    wrong = spoiled(tmp_path, '"DejaVu Sans Mono"', '"No Such Font"')
    with pytest.raises(TriptychError, match="unknown font family"):
        pdf(deck("`x`"), wrong)


MARKS = [
    c for c in map(chr, range(0x300, 0xE01F0)) if unicodedata.category(c)[0] == "M"
]
STYLES = ("{}", "**{}**", "*{}*", "`{}`", "~~{}~~")


def test_every_mark_on_a_digit_or_a_letter_makes_a_sheet() -> None:
    words = [base + mark for mark in MARKS for base in ("0", "é")]
    said = [style.format(word) for word, style in zip(words, cycle(STYLES))]
    questions = [
        f"---\nquestion: '{words[start]}?'\nsummary: This.\n---\n"
        f"```python\n{words[start]}\n```\n"
        for start in range(0, len(said), 40)
    ]
    starts = range(0, len(said), 400)
    questions += [" ".join(said[start : start + 400]) for start in starts]
    questions.append("---\nquestion: Last?\nsummary: It is 0, a.é.\n---\nIt is.\n")
    sheet = text(pdf(deck(*questions)))
    shown = re.sub("|".join(MARKS), "", sheet)
    assert "Last?" in shown
    # A glyph of a PDF has one text, so that of a letter may name a mark elsewhere.
    assert "It is 0, a.é." in shown


@pytest.mark.parametrize("mark", ["\u1dc0", "\u1dff", "\u0359", "\u20e3", "\u180f"])
@pytest.mark.parametrize("base", ["0", "5", "a", ".", "é", "א", "中"])
def test_any_mark_on_any_letter_makes_a_sheet(base: str, mark: str) -> None:
    word = base + mark
    sheet = text(
        pdf(
            deck(
                f'---\nquestion: "**{word}** `{word}`?"\n'
                f"summary: It is `{word}`, 05a, and {base}{base} or so.\n---\n"
                f"```\n{word}\n```\n\n| {word} |\n|--|\n| *{word}* |\n"
            )
        )
    )
    shown = sheet.replace(mark, "")
    assert "a, and" in shown
    assert f"{base}{base}" in shown


@pytest.mark.parametrize("word", ["הערה", "تعليق", "注释", "टिप्पणी", "σχόλιο"])
@pytest.mark.parametrize("code", ["# {}", "k = '{}'", "def {}(): 4", "{}"])
def test_code_has_words_of_any_script(word: str, code: str) -> None:
    asked = f"---\nquestion: What?\nsummary: This.\n---\n```python\n{code}; n = 5\n```"
    sheet = text(pdf(deck(asked.format(word))))
    assert "5" in sheet
    assert "□" not in sheet


def _end(data: bytes) -> float:
    """Return how low the text of the last page reaches, as a part of its height."""
    page = read(data).pages[-1]
    lowest = float(page.mediabox.height)

    def visit(said: str, cm: list[float], tm: list[float], *_: object) -> None:
        nonlocal lowest
        height = cm[5] + tm[5] * cm[3]
        if said.strip() and height > 34:
            lowest = min(lowest, height)

    page.extract_text(visitor_text=visit)
    return lowest


def _asked(count: int) -> Catalog:
    words_ = "An answer of some length that says what there is to say about it. "
    questions = [
        ask(
            f"---\nquestion: Number {n}?\nsummary: {words_ * (1 + n % 3)}\n---\n",
            f"q{n}",
        )
        for n in range(count)
    ]
    return deck(*questions)


@pytest.mark.parametrize("paper", ["a4", "us-letter"])
def test_the_last_page_is_full(paper: str) -> None:
    catalog = _asked(110)
    settings_ = PrintSettings(papers=(paper,))
    data = pdf(replace(catalog, deck=replace(catalog.deck, print=settings_)))
    height = float(read(data).pages[-1].mediabox.height)
    assert _end(data) < 34 + 0.2 * height


def test_few_pages_leave_things_out_one_by_one_and_say_so() -> None:
    marked = "$$y = 1$$ {.key}\n\n$$z = 2$$ {.key}\n\n```python {.key}\ncode()\n```\n"
    pitfall = '\n## Pitfalls\n\n### "Wrong." {#p}\nRight is right. More.\n'
    front = f"---\nquestion: What?\nsummary: {'word ' * 30}\n---\n"
    catalog = deck(*[f"{front}{marked}{pitfall}"] * 90)

    def made(pages: int) -> tuple[bytes, list[str]]:
        chosen = replace(catalog.deck, print=PrintSettings(pages=pages))
        return _with_reports(replace(catalog, deck=chosen))

    data, reports = made(9)
    assert reports == []
    assert "code()" in text(data)
    assert len(read(data).pages) <= 9
    for pages in (4, 3):
        data, reports = made(pages)
        assert len(read(data).pages) <= pages
        assert reports == ["left-out-of-print deck.toml:1"]
        assert "code()" not in text(data)
        formulas = [alt for kind, alt in spoken(data) if kind == "/Formula"]
        assert ("z = 2" in formulas) is (pages == 4)
        assert "y = 1" in formulas
        assert "Right is right." in text(data)
    with pytest.raises(TriptychError, match="needs 3"):
        made(1)


def test_a_pitfall_is_struck_and_corrected() -> None:
    pitfall = (
        '## Pitfalls\n\n### "It is *so*." {#p}\nIt is $x$ instead, e.g. here. More.\n'
    )
    front = "---\nquestion: What?\nsummary: Short.\n---\n"
    shown = text(pdf(deck(f"{front}{pitfall}")))
    shown = unicodedata.normalize("NFKC", shown)
    assert '"It is so." \N{RIGHTWARDS ARROW} It is x instead, e.g. here.' in shown
    assert "More" not in shown


def test_an_edition_says_what_it_is() -> None:
    settings_ = RenderSettings(edition="Means, up to medium")
    (made,) = render(deck(RICH), settings_)
    assert str(made.path) == "sheet/d-means-up-to-medium-cheatsheet.pdf"
    about: Any = read(made.data).metadata
    assert about.title == "Deck: Means, up to medium"
    assert "Means, up to medium" in text(made.data)


def test_each_paper_is_a_file_and_the_first_has_the_plain_name() -> None:
    catalog = deck(RICH, print=PrintSettings(papers=("a4", "us-letter")))
    made = list(render(catalog, RenderSettings()))
    assert [(str(a.path), a.title) for a in made] == [
        ("sheet/d-cheatsheet.pdf", ("cheatsheet", "a4")),
        ("sheet/d-cheatsheet-letter.pdf", ("cheatsheet", "us-letter")),
    ]
    sizes = [read(a.data).pages[0].mediabox for a in made]
    assert [(round(s.width), round(s.height)) for s in sizes] == [A4, LETTER]


def test_a_sheet_too_large_to_be_fitted_is_the_same_without_marks(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    catalog = deck(*(f"Answer {number}: $$x = {number}$$" for number in range(9)))
    sizes = iter(({"size": "7.9", "marks": "no"}, {"size": "7.9"}))
    monkeypatch.setattr(SheetFit, "__call__", lambda *_: next(sizes))
    assert pdf(catalog) == pdf(catalog)


def test_a_large_sheet_is_set_once() -> None:
    def measure(_: Inputs) -> LayoutReport:
        raise AssertionError

    fit = SheetFit("fit", 3, MAX_FITTED_QUESTIONS + 1)
    assert fit(measure, "") == {"size": "7.9", "marks": "no"}
