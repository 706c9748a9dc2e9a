"""Words in angle brackets are never lost: each is found in card, page and sheet."""

import re
from html import unescape
from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from triptych.dialect.html_policy import ELEMENTS
from triptych.parse.document import parse
from triptych.render.sheet.nodes import text
from triptych.typeset.context import Context
from triptych.typeset.question import question
from triptych.values.question import Prose, Question
from triptych.values.source import Source

PATH = PurePosixPath("topic/a.md")
NAMES = st.sampled_from(
    [
        "int",
        "set",
        "list",
        "vector",
        "max",
        "mean",
        "path",
        "text",
        "line",
        "filter",
        "use",
        "view",
        "pattern",
        "string",
        "T",
        "name",
        "K",
        "V",
        "T1",
        "your-name",
        "std::vector",
        "foreignObject",
        "mi",
        "mrow",
        "annotation-xml",
    ]
)


def ask(markdown: str, **keys: str) -> Question:
    front = "".join(f"{key}: {value}\n" for key, value in keys.items())
    source = Source(PATH, f"---\nquestion: W\n{front}---\n{markdown}\n")
    context = Context(PATH, frozenset(), lambda _: pytest.fail("no media"))
    return question(parse(source), context)


def shown(html: str) -> str:
    return unescape(re.sub(r"<!--.*?-->|<[^>]*>", "", html, flags=re.DOTALL))


def forms(prose: Prose) -> list[str]:
    """Return what a reader sees in each form."""
    sheet = "".join(text(block) for block in prose.blocks)
    return [shown(prose.site), shown(prose.card), sheet]


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("A vector<int> holds ints.", "vector<int> holds"),
        ("Use List<Object> here.", "List<Object> here"),
        ("Run git show <object> now.", "show <object> now"),
        ("<T> is a type.", "<T> is a type"),
        ("<int>\nalone", "<int>"),
        ("<T>\n**bold**", "<T>"),
        ("- <string> in *a* list", "<string> in"),
        ("| a | b |\n|---|---|\n| <T> | x |", "<T>"),
        ("### On <T>", "On <T>"),
        ("Map<K, V> and <K> twice <K>", "<K> twice <K>"),
        ("<div>a vector<int></div>", "vector<int>"),
        ("a <max> b </max> c", "<max> b </max> c"),
        ("a <b> b", "a <b> b"),
        ("x <object data=y> z </object> w", "w"),
    ],
)
def test_words_in_angle_brackets_are_shown(written: str, kept: str) -> None:
    for form in forms(ask(written).answer):
        assert kept in " ".join(form.split())


@pytest.mark.parametrize(
    ("written", "html"),
    [
        ("a <b>bold</b> word", "<b>bold</b>"),
        ("<details>\n<summary>S</summary>\n\nmore\n\n</details>", "<details>"),
        ("H<sub>2</sub>O", "<sub>2</sub>"),
        ("one<br>two", "<br>"),
        ("<kbd>x</kbd>", "<kbd>x</kbd>"),
    ],
)
def test_elements_of_html_stay_elements(written: str, html: str) -> None:
    made = ask(written).answer
    assert html in made.site
    assert html in made.card


@pytest.mark.parametrize(
    "written", ["a <font color=red>red</font> b", "<center>red</center>"]
)
def test_an_element_off_the_list_keeps_its_words(written: str) -> None:
    for form in forms(ask(written).answer):
        assert "red" in form


def test_a_cloze_keeps_its_gap() -> None:
    asked = ask("x", summary="'A {{c1::vector<int>}} holds ints.'")
    assert asked.summary_cloze is not None
    assert asked.summary_cloze.card == "A {{c1::vector&lt;int&gt;}} holds ints."


@given(
    st.lists(
        st.tuples(st.text("abcxyz ", min_size=1), NAMES, st.booleans()), min_size=1
    )
)
def test_every_word_is_found_in_card_page_and_sheet(
    pieces: list[tuple[str, str, bool]],
) -> None:
    assert all(name.lower() not in ELEMENTS for _, name, _ in pieces)
    words = [
        f"w{n}{word}<{'/' * end}{name}>" for n, (word, name, end) in enumerate(pieces)
    ]
    written = " ".join(f"Begin {' '.join(words)} end".split())
    asked = ask(written, summary=f"'{written}'")
    for prose in (asked.answer, asked.summary):
        for form in forms(prose):
            assert " ".join(form.split()) == written
