"""Anki finds the deletions that an author wrote, whatever stands around them."""

import re
from html.parser import HTMLParser
from pathlib import PurePosixPath

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from triptych.notes.sides import fill
from triptych.parse.document import parse
from triptych.typeset.cloze import guard
from triptych.typeset.context import Context
from triptych.typeset.question import question
from triptych.values.question import Question
from triptych.values.source import Source

PIECES = (
    *("{", "}", ":", "{{", "}}", "::", "}}}", "{{{", ":::", "::::", "}}}}", "{{c1::"),
    *("<b>", "</b>", '<a href="https://a::b/{{c1::x}}">', "</a>", "<i title='::}}'>"),
    *(
        r"\(a}}}b\)",
        r"\({{x}}::y\)",
        r"\[\frac{a}{{b}}\]",
        r"\(c1::\)",
        "&lt;",
        " ",
        "a",
    ),
)
HTML = st.lists(st.sampled_from(PIECES), max_size=8).map("".join)


class Seen(HTMLParser):
    """What a reader sees of HTML, and the attributes: comments say nothing."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.parts.append(f"<{tag} {attrs}>")

    def handle_endtag(self, tag: str) -> None:
        self.parts.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self.parts.append(data)


class Words(Seen):
    """The text alone."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Leave tags out, but not those that a reader must see as text."""
        assert tag in {"span", "div", "pre", "code"}, (tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        """Leave tags out."""


def seen(html: str) -> str:
    """Return what is seen, without spaces: in LaTeX they mean nothing."""
    return "".join("".join(Seen(html).parts).split())


@given(HTML)
def test_what_is_guarded_holds_no_cloze_syntax(html: str) -> None:
    made = guard(html)
    assert not re.search(r"\{\{|\}\}|::", made)
    assert seen(made) == seen(html)


WORDS = ("word", "`x::y`", "`{{c3::z}}`", "$x^{2^{n}}$", r"$\frac{a}{b^{c}}$", "a::b")
ENTITIES = ("a&#58;&#58;b", "&#125;&#125;&#125;", "&#123;&#123;c1&#58;&#58;")
LINKS = tuple(f"[link](https://a.example/?{entity})" for entity in ENTITIES)
COLONS = (
    *("[a::b](https://a.example/)", "[`c`](https://a.example/(a::b)/c::d)"),
    *('[a](https://a.example/ "b::c")', "[a [b::c]](<https://a.example/a::b>)"),
    *("![p::q](https://a.example/a::b)", "<https://a.example/a::b>"),
    *("[a](https://a.example/a::b) \\[", '<b title="a::b">raw</b>'),
)
"""What is hidden as a whole: no hint begins in it."""
BRACES = ("{x}", "f(){}", "{{x}}", "{a {b}}")
INNER = (
    *WORDS[:5],
    *ENTITIES,
    *LINKS,
    *COLONS,
    *BRACES,
    "**bold**",
    "}",
    "<b>raw</b>",
    "A<T>",
)
PLAIN = (*WORDS, *ENTITIES, *LINKS, "}}", "}}}", ":::", "{{x}}")
HINTS = (
    "",
    "hint",
    "a: b",
    "[a](b)",
    "`code`",
    "<b>",
    '"quoted"',
    "{x}",
    "{a {b}}",
    "`x}}y`",
)


@st.composite
def summaries(draw: st.DrawFn) -> tuple[str, list[tuple[int, str]]]:
    """Draw a summary, with the number and the hint of each deletion."""
    text, expected = [], []
    for _ in range(draw(st.integers(1, 4))):
        text.append(draw(st.sampled_from(PLAIN)))
        number = draw(st.integers(1, 12))
        hint = draw(st.sampled_from(HINTS))
        hidden = " ".join(
            draw(st.lists(st.sampled_from(INNER), min_size=1, max_size=3))
        )
        ending = f"::{hint}" if hint else ""
        text.append(f"{{{{c{number}::{hidden}{ending}}}}}")
        expected.append((number, hint))
    return " ".join(text), expected


DELETION = re.compile(r"\{\{c(\d+)::(.*?)\}\}", re.DOTALL)


def typeset(summary: str, answer: str = "An answer.") -> Question:
    path = PurePosixPath("t/q.md")
    written = summary.replace("'", "''")
    text = f"---\nquestion: What?\nsummary: '{written}'\n---\n{answer}\n"
    context = Context(path, frozenset(), lambda p: pytest.fail(str(p)))
    return question(parse(Source(path, text)), context)


def check_deletions(summary: str, expected: list[tuple[int, str]]) -> None:
    """Read the card of `summary` as Anki does, and see just these deletions."""
    cloze = typeset(summary).summary_cloze
    assert cloze
    found = DELETION.findall(cloze.card)
    assert [int(number) for number, _ in found] == [number for number, _ in expected]
    assert cloze.numbers == tuple(sorted({number for number, _ in expected}))
    for (_, hidden), (_, hint) in zip(found, expected, strict=True):
        # Anki takes what follows the first `::` for the hint.
        text, colons, shown = hidden.partition("::")
        assert bool(colons) is bool(hint)
        assert Seen(shown).parts == ([hint] if hint else [])
        assert "{{" not in text
    assert not re.search(r"\{\{|\}\}", DELETION.sub("", cloze.card))


def test_a_formula_in_a_deletion_is_hidden_as_a_whole() -> None:
    check_deletions("{{c1::$a::b$ c}} d", [(1, "")])
    check_deletions("{{c1::$a::b$ c::hint}} d", [(1, "hint")])


@given(summaries())
@settings(deadline=None)
def test_anki_reads_the_deletions_that_were_written(
    made: tuple[str, list[tuple[int, str]]],
) -> None:
    check_deletions(*made)


@pytest.mark.parametrize("hint", HINTS)
@pytest.mark.parametrize("hidden", INNER)
def test_anki_reads_a_deletion_of_anything(hidden: str, hint: str) -> None:
    ending = f"::{hint}" if hint else ""
    check_deletions(f"{{{{c1::{hidden}{ending}}}}}", [(1, hint)])
    check_deletions(f"a {{{{c2::b {hidden} c{ending}}}}} d", [(2, hint)])


@pytest.mark.parametrize("number", ["0", "00", "01", "1000", "", "x", "-1", "1.5", "²"])
def test_what_is_numbered_otherwise_is_no_deletion(number: str) -> None:
    # Anki makes no card of a deletion 0, and would make one more of the others.
    found = typeset(f"A {{{{c{number}::word}}}}.")
    assert found.summary_cloze is None
    assert "word" in found.summary.plain


SHOWN = r'<mark class="cloze">\1</mark>'


CODE = (
    "x = {1: {2: 3}}",
    "}",
    "if x:",
    "a::b",
    "{{c1::x}}",
    "<b>",
    "&lt;",
    "  y}}}",
    "z",
)
CODE_HINTS = ("", "hint", "a < b", "<b>bold</b>", "{x}", ":colon", "&amp;", "end}")


@given(
    st.sampled_from(["python", "text", "json", "cpp", ""]),
    st.lists(st.tuples(st.sampled_from(CODE), st.sampled_from(CODE_HINTS)), min_size=1),
)
@settings(deadline=None)
def test_a_hidden_line_of_code_is_shown_to_the_letter(
    language: str, lines: list[tuple[str, str]]
) -> None:
    written = [
        f"{code} # cloze c{number}{': ' if hint else ''}{hint}"
        for number, (code, hint) in enumerate(lines, 1)
    ]
    fence = f"```{language or 'text'} solution"
    cloze = typeset("", "\n".join([fence, *written, "```"])).fill_in
    assert cloze
    # Around a gap some lines may be left out; the whole program has them all.
    whole = cloze.card.rpartition("</section>")[2]
    card = re.sub(r"<summary.*?</summary>|</?details[^>]*>", "", whole)
    found = DELETION.findall(card)
    assert len(found) == len(lines)
    for (_, hidden), (code, hint) in zip(found, lines, strict=True):
        text, _, shown = hidden.partition("::")
        assert "".join(Words(text).parts) == code.strip()
        assert "".join(Words(shown).parts) == hint
    assert "".join(Words(DELETION.sub("", card)).parts).strip() == ""
    # The page to practise on shows the same with marks.
    marked = DELETION.sub(lambda gap: f"<mark>{gap[2].partition('::')[0]}</mark>", card)
    site = re.sub(r"<summary.*?</summary>|</?details[^>]*>", "", cloze.site)
    assert seen(site.rpartition("</section>")[2]) == seen(marked)


@given(summaries())
@settings(deadline=None)
def test_a_card_reads_as_the_site_does(made: tuple[str, list[tuple[int, str]]]) -> None:
    found = typeset(made[0].replace("$", "`"))  # formulas are written otherwise there
    assert found.summary_cloze
    card = re.sub(
        r"\{\{c\d+::(.*?)(?:::(.*?))?\}\}",
        SHOWN,
        found.summary_cloze.card,
        flags=re.DOTALL,
    )
    shown = seen(card).replace("<a ", "<").replace("</a>", "")
    assert shown == seen(found.summary.site).replace("<a ", "<").replace("</a>", "")


def test_a_side_shows_the_hint_of_its_gap_and_the_words_of_others() -> None:
    fields = {"Text": "{{c1::Paris::city}}, {{c2::France}}"}
    shown = '<span class="cloze">{}</span>'
    front = fill("{{cloze:Text}}", fields, 1)
    assert front == f"{shown.format('[city]')}, France"
    assert fill("{{cloze:Text}}", fields, 2) == f"Paris, {shown.format('[...]')}"
    back = fill("{{cloze:Text}}", fields, 1, is_back=True)
    assert back == f"{shown.format('Paris')}, France"
