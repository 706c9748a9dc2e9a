"""Law: what an import writes is read back as the same words, whatever their signs."""

import re
from pathlib import Path
from urllib.parse import unquote

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it.token import Token

from triptych.imports.cells import Cells, labelled
from triptych.imports.media import LinkedFiles, MediaNames
from triptych.imports.one_line import one_line
from triptych.imports.signs import address, code_span, escaped
from triptych.imports.tag_lines import tag_lines
from triptych.imports.yaml_text import items, scalar
from triptych.parse.markdown import blocks, inline
from triptych.typeset.plain import plain

MANY = settings(max_examples=400, deadline=None, derandomize=True)
SIGNS = (
    *("a", "b", "1", " ", "é", *"!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"),
    *("&amp;", "&#42;", "_a_", "__a__", "](a)", "``", "[ ]", "[^1]", "<b>", "=="),
    "%20",
)
LINE = st.lists(st.sampled_from(SIGNS), min_size=1, max_size=7).map(
    lambda signs: " ".join("".join(signs).split())
)
NON_EMPTY = LINE.filter(bool)
TEXT = st.lists(NON_EMPTY, min_size=1, max_size=3).map("\n".join)
PARAGRAPH = ["paragraph_open", "inline", "paragraph_close"]


def types(tokens: list[Token] | tuple[Token, ...]) -> list[str]:
    return [token.type for token in tokens]


def words(text: str) -> str:
    return re.sub(r"\s", "", text)


@MANY
@example("__a__")
@example("_(a) b_")
@example("a_)")
@example("1) a")
@example("&amp;")
@example("[a [b] c](d)")
@example("a\n=")
@example("a|b\n-|-")
@given(TEXT)
def test_text_is_a_paragraph_of_the_same_words(text: str) -> None:
    tokens = blocks(escaped(text, frozenset()))
    assert types(tokens) == PARAGRAPH
    assert set(types(tokens[1].children or [])) <= {"text", "text_special", "softbreak"}
    assert words(plain(tokens)) == words(text)


@MANY
@example("`a")
@example("a`")
@example("`` a")
@given(NON_EMPTY)
def test_code_is_the_same_between_its_backticks(code: str) -> None:
    (line,) = inline(f"words {code_span(code)} words")
    assert types(line.children or []) == ["text", "code_inline", "text"]
    assert (line.children or [])[1].content == code


@MANY
@example("<a>")
@example("a)")
@example("a b")
@example("a\\")
@example("a?b&lt;c")
@example("a\tb\nc")
@given(NON_EMPTY)
def test_a_link_leads_to_the_same_address(target: str) -> None:
    url = f"https://a.example/{target}"
    (line,) = inline(f"[words]({address(url)})")
    assert types(line.children or []) == ["link_open", "text", "link_close"]
    # Browsers leave out ends of lines, too.
    same = unquote(re.sub(r"[\t\n]", "", url))
    assert unquote(str((line.children or [])[0].attrs["href"])) == same


@MANY
@example("a_b_ *c* ~~d~~")
@example("&amp;")
@given(NON_EMPTY)
def test_the_name_of_a_column_is_a_label_of_the_same_words(name: str) -> None:
    tokens = blocks(labelled(name, "words"))
    assert types(tokens) == PARAGRAPH
    inner = [kind for kind in types(tokens[1].children or []) if kind != "text"]
    assert inner == ["strong_open", "strong_close"]
    assert words(plain(tokens)) == words(f"{name}:words")


BLOCKS = (
    *("words", "*a* b", "`a`", "- a", "* a", "+ a", "1. a", "1) a", "1.", "> a", "# a"),
    *("#", "***", "___", "---", "```\na\n```", "~~~\na\n~~~", "$$\na\n$$"),
    *("| a |\n|-|", "<div>a</div>", "[^1]: a", "[a]: b"),
)


@pytest.mark.parametrize("text", BLOCKS)
def test_what_a_label_stands_before_is_the_same_block(text: str) -> None:
    alone, after = blocks(text), blocks(labelled("N", text))
    assert [kind for kind in types(after) if kind not in PARAGRAPH] == [
        kind for kind in types(alone) if kind not in PARAGRAPH
    ]
    assert words(plain(after)) == f"N:{words(plain(alone))}"


@pytest.mark.parametrize("marks", ["```", "~~~", "$$"])
def test_lines_of_code_in_a_cell_end_as_they_are(marks: str) -> None:
    text = f"a\n\n{marks}\nb\nc\n{marks}"
    here = Path("/nowhere")
    cells = Cells(LinkedFiles(here, MediaNames()), here, "here", [], is_html=False)
    assert cells.blocks(text) == text
    assert cells.blocks("b\nc") == "b\\\nc"


MARKS = ("", "> ", ">", "- ", "1) ", "2. ")


@pytest.mark.parametrize("inner", [*MARKS, "## "])
@pytest.mark.parametrize("outer", MARKS)
def test_a_line_has_the_words_of_the_blocks_around_it(outer: str, inner: str) -> None:
    markdown = f"{outer}{inner}*words*"
    assert plain(blocks(markdown)) == "words"
    for text in (markdown, f"{markdown}\n\n{markdown}"):
        assert set(one_line(text).split()) == {"*words*"}


@pytest.mark.parametrize("line", ["#include", "#a #b", "#!a", "# a", "#1", "#1 #2"])
@pytest.mark.parametrize("fence", ["```", "~~~"])
def test_only_a_line_of_words_outside_code_has_tags(line: str, fence: str) -> None:
    code = f"{fence}\n{line}\n{fence}\n"
    assert tag_lines(code).text == code
    found = tag_lines(f"{line}\n")
    is_tags = line in {"#include", "#a #b"}
    assert found.text == ("\n" if is_tags else f"{line}\n")
    assert bool(found.tags) is is_tags


@MANY
@example("a\u2028b")
@example("a\x85b")
@example("a ")
@example("a: b")
@given(
    st.lists(
        st.sampled_from((*SIGNS, "no", "\u2028", "\x85", "\ufeff", "\n", "\t", "\0")),
        max_size=7,
    ).map("".join)
)
def test_a_value_is_read_back_as_the_same_text(text: str) -> None:
    read = yaml.safe_load(f"one: {scalar(text)}\nmany: {items([text, text])}\n")
    assert read == {"one": text, "many": [text, text]}
