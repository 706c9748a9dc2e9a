"""Words in angle brackets are never lost: each is found in card, page and sheet."""

import re
from html import unescape
from pathlib import PurePosixPath

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from triptych.dialect.html_policy import ELEMENTS, OPTIONAL_END, TAGS, VOID
from triptych.parse.document import parse
from triptych.typeset.context import Context
from triptych.typeset.question import question
from triptych.values.prose import Prose
from triptych.values.question import Question
from triptych.values.source import Source
from triptych.values.tree import text

PATH = PurePosixPath("topic/a.md")
NAMES = [
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
def test_an_element_that_is_not_allowed_keeps_its_text(written: str) -> None:
    for form in forms(ask(written).answer):
        assert "red" in form


def test_a_cloze_keeps_its_gap() -> None:
    asked = ask("x", summary="'A {{c1::vector<int>}} holds ints.'")
    assert asked.summary_cloze is not None
    assert asked.summary_cloze.card == "A {{c1::vector&lt;int&gt;}} holds ints."


UNKNOWN = [name for name in NAMES if name.lower() not in ELEMENTS]
# `<br>` is a line that ends; an item of a list may begin a block without its list.
NEVER_ALONE = sorted(ELEMENTS - (VOID & TAGS))
BEGINS_A_BLOCK = OPTIONAL_END & TAGS
TAG = st.one_of(
    st.builds("<{}>".format, st.sampled_from(UNKNOWN)),
    st.builds("</{}>".format, st.sampled_from(UNKNOWN)),
    st.builds('<{} and="x">'.format, st.sampled_from(UNKNOWN)),
    st.builds("<{}>".format, st.sampled_from(NEVER_ALONE)),
    st.builds("<{} and c>".format, st.sampled_from(NEVER_ALONE)),
    st.sampled_from(["<?php x ?>", "<!DOCTYPE x>", "<![CDATA[ x ]]>"]),
)
WORDS = st.lists(st.tuples(TAG, st.text("abcxyz ")), min_size=1, max_size=6)
PLACES = {
    "block": "{}",
    "paragraph": "Begin {}\ngoes on *here*.",
    "emphasis": "**x {} y**",
    "heading": "### On {}",
    "bullet": "- {}",
    "number": "1. one\n2. {}",
    "task": "- [x] x {}",
    "quotation": "> {}",
    "cell": "| x {} | b |\n|---|---|\n| x {} | c |",
    "term": "x {}\n: y {}",
    "footnote": "It[^1].\n\n[^1]: x {}",
    "link": "[x {}](https://example.org)",
    "picture": "![x {}](https://example.org/x.png)",
}


def spaced(text: str) -> str:
    return " ".join(text.split())


@given(WORDS, st.sampled_from(sorted(PLACES)))
def test_every_word_is_found_in_card_page_and_sheet(
    pieces: list[tuple[str, str]], place: str
) -> None:
    first = re.match("<([^ >]+)", pieces[0][0])
    assume(not (first and first[1] in BEGINS_A_BLOCK))
    written = spaced("".join(f"{tag}{words}" for tag, words in pieces))
    for form in forms(ask(PLACES[place].replace("{}", written)).answer):
        assert written in spaced(form)


@given(WORDS)
def test_every_word_is_found_in_prompts_summaries_and_clozes(
    pieces: list[tuple[str, str]],
) -> None:
    written = spaced("".join(f"{tag}{words}" for tag, words in pieces))
    asked = ask(
        f"It.\n\n## Follow-ups\n\n### {written} {{#a}}\n\n{written}",
        title=f"'{written}'",
        summary=f"'{{{{c1::{written}::type}}}} is {written}'",
        rubric=f"['{written}']",
        hints=f"['{written}']",
    )
    part = asked.follow_ups[0]
    for prose in (asked.summary, *asked.rubric, *asked.hints, part.prompt):
        for form in forms(prose):
            assert written in spaced(form)
    assert asked.summary_cloze is not None
    card = asked.summary_cloze.card
    assert card.startswith("{{c1::")
    assert card.count("::type}}") == 1
    assert spaced(shown(card)) == f"{{{{c1::{written}::type}}}} is {written}"


@pytest.mark.parametrize("name", sorted(ELEMENTS - (VOID & TAGS)))
def test_the_name_of_an_element_is_shown_in_prose(name: str) -> None:
    for form in forms(ask(f"Use the <{name}> element, or *not*.").answer):
        assert spaced(form) == f"Use the <{name}> element, or not."


@pytest.mark.parametrize(
    "name", [*sorted(ELEMENTS - VOID - OPTIONAL_END), "T", "link", "input", "?php"]
)
def test_what_a_line_begins_with_takes_no_markdown_along(name: str) -> None:
    made = ask(f"<{name}> is *one*.\n\n## More\n\nText.").answer
    for html in (made.site, made.card):
        assert f"&lt;{name}&gt; is <em>one</em>." in html
        assert "<h2" in html


def test_an_unclosed_comment_removes_no_other_text() -> None:
    made = ask("<!-- to do\n\n## More\n\nText <!-- hidden --> on.").answer
    # The comment below would end it.
    assert "More" not in shown(made.site)
    made = ask("<!-- to do\n\n## More\n\nText.").answer
    for form in forms(made):
        assert spaced(form).startswith("<!-- to do")
        assert "More" in form


@pytest.mark.parametrize(
    ("written", "html"),
    [
        ("<div>\n\nx</div>", "<div>"),
        ("<details open>\n<summary>S</summary>\n\nx</details>", "<details open"),
        ("<ul><li>a<li>b</ul>", "<li>b</li>"),
        ("x <ul><li>a<li>b</ul>", "<li>b</li>"),
        ("<table>\n<tr><td>a<td>b\n</table>", "<td>b"),
    ],
)
def test_an_end_may_be_elsewhere_or_left_out(written: str, html: str) -> None:
    made = ask(written).answer
    assert html in made.site
    assert "&lt;" not in made.site
    assert "&lt;" not in made.card
