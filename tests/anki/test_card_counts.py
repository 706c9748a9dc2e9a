"""The package holds the cards that Anki itself would make of each note."""

import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from tests.sheets import ask

from triptych.notes.history import History
from triptych.notes.plan import plan
from triptych.values.catalog import Catalog
from triptych.values.deck import Deck, Topic
from triptych.values.question import Question

Anki = Callable[..., list[Any]]
Pack = Callable[[Catalog], bytes]
SUMMARIES = (
    "none at all",
    "{{c1::one}}",
    "{{c3::three}} {{c1::one}} {{c3::three again}}",
    "{{c1::outer {{c2::inner}} outer}}",
    "{{c2::a {{c1::b {{c5::c}} d}} e}} {{c1::f}}",
    "{{c10::ten}} {{c499::many}}",
    "{{c1::$x^{2^{n}}$::a formula}} {{c2::`{{c7::no}}`}}",
    "{{c1::a::hint}} {{c1::b::other hint}} }} {{",
    "$E =$ {{c1::$mc^2$}} and {{c2::$a$}}{{c3::$b$}}",
    "{{c1::{x}}} {{c2::f(){}::{a {b}}}} {{c3::`x}}::y`::`}}`}}",
    "{{c1::vector<int>}} {{c2::a <b> c::List<T>}}",
    "{{c4::&#123;&#123;c8&#58;&#58;no&#125;&#125;}}",
)
CODE = (
    "x = 1  # cloze c2\ny = 2\nz = 3  # cloze c2: again",
    "s = '{{c3::no}}'  # cloze c1\nt = {1: {2: 3}}  # cloze c4",
    "pass",
)


def made(number: int, summary: str, code: str) -> Question:
    text = (
        f"---\nquestion: What is {number}?\nsummary: '{summary}'\n---\nAn answer.\n\n"
        f"```python solution\n{code}\n```\n\n## Follow-ups\n\n### A? {{#a}}\n\nB.\n"
    )
    return ask(text, f"q{number}", "t")


def test_the_cards_are_those_that_anki_makes(anki: Anki, pack: Pack) -> None:
    pairs = [(summary, code) for summary in SUMMARIES for code in CODE]
    questions = tuple(made(n, *pair) for n, pair in enumerate(pairs))
    catalog = Catalog(
        Deck("d", "D", topics=(Topic("t", "T"),)),
        questions,
        study_order=tuple(question.id for question in questions),
    )
    planned = {note.guid: list(note.cards) for note in plan(catalog, History()).notes}
    _, look, remade = anki(pack(catalog), {"do": "look"}, {"do": "remake"})
    held: dict[str, list[int]] = {}
    for card in look["cards"]:
        held.setdefault(card["guid"], []).append(card["ord"])
    assert {guid: sorted(cards) for guid, cards in held.items()} == remade
    assert planned == remade
    assert look["empty_cards"] == 0


@pytest.mark.parametrize(
    ("summary", "front", "back"),
    [
        ("$E =$ {{c1::$mc^2$}}.", r"\(E =\) [...].", r"\(E =\) \(mc^2\)."),
        ("{{c1::$E = mc^2$}}.", "[...].", r"\(E = mc^2\)."),
        (
            r"{{c2::$\frac{a}{b^{c}}$}} {{c1::$x_{y_{z}}$::a sum}}",
            r"\(\frac{a}{b^{c} }\) [a sum]",
            r"\(\frac{a}{b^{c} }\) \(x_{y_{z} }\)",
        ),
        ("{{c2::`a::b`}} {{c1::`c}}d`::type}}", "a::b [type]", "a::b c}}d"),
        ("{{c1::this::a {b}}}, {c}", "[a {b}], {c}", "this, {c}"),
        ("{{c1::{x}}} {y}", "[...] {y}", "{x} {y}"),
        ("{{c1::vector<int>}} here", "[...] here", "vector<int> here"),
    ],
)
def test_a_card_shows_its_gap_and_then_the_text(
    summary: str, front: str, back: str, anki: Anki, pack: Pack
) -> None:
    """See what a learner sees: formulas for MathJax, code, braces, no stray sign."""
    asked = made(0, summary, "pass")
    catalog = Catalog(Deck("d", "D", topics=(Topic("t", "T"),)), (asked,))
    render = {"do": "render", "note": f"{asked.id}/cloze"}
    _, sides = anki(pack(catalog), render)
    assert read(sides["front"]) == front
    assert read(sides["back"]) == back


def read(side: str) -> str:
    """Return the words of the text of a cloze card."""
    found = re.search(r'<div class="text"[^>]*>(.*?)</div>', side, re.DOTALL)
    assert found
    return unescape(re.sub(r"<!--.*?-->|<[^>]*>", "", found[1])).strip()
