"""No text brings the marks of typesetting: they would forge what is filled in."""

import re
from pathlib import Path, PurePosixPath
from urllib.parse import quote

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tests.cases import write_deck

from triptych.build.build import build
from triptych.deck.project import open_project
from triptych.deck.read import normalized, source
from triptych.dialect.links import destination
from triptych.parse.document import parse
from triptych.parse.markdown import inline
from triptych.parse.settings import table
from triptych.typeset.card_media import put_media
from triptych.typeset.context import Context
from triptych.typeset.page_links import put_links
from triptych.typeset.plain import plain
from triptych.typeset.prose import typeset
from triptych.values.form import Form
from triptych.values.source import Media, Source

RESERVED = ["\x00", *map(chr, range(0xFDD0, 0xFDF0))]
ANYWHERE = re.compile("[\x00\ufdd0-\ufdef]")
TEXT = st.lists(st.text(max_size=4) | st.sampled_from([*RESERVED, "\r", "\n"]))
PATH = PurePosixPath("t/q.md")
CONTEXT = Context(
    PATH,
    frozenset({PurePosixPath("t/r.md"), PurePosixPath("t/e.wav")}),
    lambda path: Media(path, "e-0.wav", b""),
    forms=frozenset({Form.CARD, Form.SITE}),
)
FORGED = "\ufdd00\ufdd1 \ufdd3t/q.md\ufdd4x\ufdd5 \ufdd2"


@given(TEXT.map("".join))
def test_no_text_that_is_read_holds_a_reserved_character(text: str) -> None:
    assert not ANYWHERE.search(normalized(text))


@pytest.mark.parametrize("mark", RESERVED, ids=lambda mark: f"U+{ord(mark):04X}")
def test_no_file_that_is_read_holds_a_reserved_character(
    mark: str, tmp_path: Path
) -> None:
    (tmp_path / "x.md").write_text(f"a{mark}b", encoding="utf-8")
    found = source(tmp_path, PurePosixPath("x.md"))
    assert found.text == "a\ufffdb"


def _yaml(text: str) -> str:
    return '"' + "".join(f"\\u{ord(character):04X}" for character in text) + '"'


@pytest.mark.parametrize(
    "written", ["raw", "escaped", "entities"], ids=lambda way: f"{way}-marks"
)
def test_no_way_to_write_a_mark_fills_in_a_formula_twice(
    written: str, tmp_path: Path
) -> None:
    entities = "".join(f"&#x{ord(c):X};" if ANYWHERE.match(c) else c for c in FORGED)
    prompt = {
        "raw": f"'$x^2$ {FORGED}'",
        "escaped": f"{_yaml(f'$x^2$ {FORGED}')}",
        "entities": f"'$x^2$ {entities}'",
    }[written]
    body = entities if written == "entities" else FORGED
    title = _yaml(FORGED) if written == "escaped" else '"Deck"'
    deck = write_deck(
        tmp_path / "deck",
        f'=== deck.toml\nid = "d"\ntitle = {title}\n'
        f"=== t/q.md\n---\nquestion: {prompt}\nsummary: {prompt}\nhints: [{prompt}]\n"
        f"references: [{prompt}]\n---\n$y^2$ {body}\n"
        f"=== guides/g.md\n---\ntitle: {prompt}\n---\n{body}\n",
    )
    dist = tmp_path / "dist"
    _, emitted = build(open_project(deck), dist, ("site",))
    if emitted is None:
        return  # refused, which forges nothing
    for page in dist.rglob("*.html"):
        assert not ANYWHERE.search(page.read_text("utf-8")), page.name
    html = (dist / "site/q/q.html").read_text("utf-8")
    (heading,) = re.findall("<h1.*?</h1>", html, re.DOTALL)
    assert heading.count("<math") == 1


CONTROLS = [
    chr(n) for n in (*range(1, 9), *range(14, 28), *range(127, 160)) if n != 133
]


@pytest.mark.parametrize("odd", CONTROLS, ids=lambda odd: f"U+{ord(odd):04X}")
def test_no_prose_holds_a_control_character(odd: str) -> None:
    number = f"\\x{ord(odd):02x}"
    text = (
        f'---\nquestion: "a{number}b"\nsummary: "a{number}b"\nhints: ["a{number}b"]\n'
        f"---\na{odd}b &#{ord(odd)}; [x](https://e.org/{odd})\n\n"
        f"## Follow-ups\n\n### a{odd}b? {{#c}}\n\n`a{odd}b`\n"
    )
    document = parse(Source(PurePosixPath("t/q.md"), text))
    prose = [*document.prose.values(), document.tokens]
    written = plain(token for tokens in prose for token in tokens)
    assert written.count("a\ufffdb") == 6
    assert odd not in written


REFERENCES = ["&#x{:X};", "&#x{:x}", "&#X000{:x};", "&#{};", "&#{}", "&#00000000{};"]


BODIES = [
    ("<div>\nMARKS\n</div>", 1),
    ("$x$ <b>MARKS</b> and <i lang='MARKS'>b</i>", 2),
    ("$x$ <abbr title='MARKS'>b</abbr>", 2),
    ("<img src='https://a.example/MARKS' alt='MARKS' title='MARKS'>\n\n$x$", 2),
    ("$x$ [a](https://a.example/#MARKS) ![MARKS](https://a.example/b 'MARKS')", 2),
    ("<details>\n<summary>MARKS</summary>\n\n$x$\n\n</details>", 2),
    ("<!-- MARKS -->\n<p id='MARKS'>MARKS</p>", 1),
]
"""Raw HTML with forged marks, and how many formulas it has besides."""


@pytest.mark.parametrize("form", REFERENCES)
def test_no_reference_in_html_fills_in_a_formula_twice(
    form: str, tmp_path: Path
) -> None:
    apart = "" if form.endswith(";") else " "
    marks = ANYWHERE.sub(lambda mark: form.format(ord(mark[0])) + apart, FORGED)
    bodies = [html.replace("MARKS", marks) for html, _ in BODIES]
    questions = (
        f"=== t/q{n}.md\n---\nquestion: What?\n---\n$x^2$ and\n\n{body}\n"
        for n, body in enumerate(bodies)
    )
    deck = write_deck(
        tmp_path / "deck",
        f'=== deck.toml\nid = "d"\ntitle = "D"\n{"".join(questions)}',
    )
    dist = tmp_path / "dist"
    report, _ = build(open_project(deck), dist, ("site",))
    assert report.catalog is not None
    compiled = {question.id: question for question in report.catalog.questions}
    for n, (html, formulas) in enumerate(BODIES):
        site = (dist / f"site/q/q{n}.html").read_text("utf-8")
        prose = compiled[f"q{n}"].answer
        assert not ANYWHERE.search(site + prose.card + prose.plain), html
        assert site.count("<math") == prose.card.count("\\(") == formulas, html
        assert ">x</a>" not in site, html


HTML_AROUND_LINKS = (
    *("[a ", "](r.md) ", "[b](r.md#c) ", "![d](e.wav) ", "$x$ ", "x ", "\n\n"),
    *('<p title="', '<i class="y">', "</i>", "<textarea>", "</textarea>"),
    *("<script>", "</script>", "<details>", "<!--", "-->"),
)
HALF_A_LINK = ('<p title="', "\n\n", "[a ", '<i class="y">', "](r.md) ")
"""The attribute ends at the next quotation mark, so it has swallowed the start."""


@example([*HALF_A_LINK, "[b](r.md#c) "])
@example(["[b](r.md#c) ", "\n\n", *HALF_A_LINK])
@example(["[a ", "<script>", "](r.md) ", "</script>", "[b](r.md#c) "])
@given(st.lists(st.sampled_from(HTML_AROUND_LINKS), max_size=12))
def test_no_half_of_a_link_is_left_where_html_is_dropped(pieces: list[str]) -> None:
    text = "".join(pieces)
    for prose in (
        typeset(parse(Source(PATH, f"---\nquestion: Q?\n---\n{text}")).tokens, CONTEXT),
        typeset(inline(text), CONTEXT),
    ):
        for html in (prose.site, prose.label):
            assert not ANYWHERE.search(put_links(html, "", lambda _: "r.html"))
        assert not ANYWHERE.search(put_media(prose.card))


def test_no_setting_in_a_list_holds_a_control_character() -> None:
    text = 'a = ["x\\u0007"]\n[[b]]\nc = "A\\u0000\\uFDD0"\nd = [["\\u001B"]]\n'
    data = table(Source(PurePosixPath("deck.toml"), text))
    assert data == {
        "a": ["x\ufffd"],
        "b": [{"c": "A\ufffd\ufffd", "d": [["\ufffd"]]}],
    }


@pytest.mark.parametrize("mark", RESERVED, ids=lambda mark: f"U+{ord(mark):04X}")
def test_no_encoded_link_holds_a_reserved_character(mark: str) -> None:
    encoded = quote(mark)
    for href in (f"#{encoded}", f"q.md#a{encoded}b", f"{encoded}.md#{encoded}"):
        found = destination(href, PurePosixPath("t/q.md"))
        assert not ANYWHERE.search(found.fragment)
