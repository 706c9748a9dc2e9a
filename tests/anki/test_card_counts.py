"""The package holds the cards that Anki itself would make of each note."""

from collections.abc import Callable
from pathlib import PurePosixPath
from typing import Any

from triptych.notes.history import History
from triptych.notes.plan import plan
from triptych.parse.document import parse
from triptych.typeset.context import Context
from triptych.typeset.question import question
from triptych.values.catalog import Catalog
from triptych.values.deck import Deck, Topic
from triptych.values.question import Question
from triptych.values.source import Source

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
    "{{c4::&#123;&#123;c8&#58;&#58;no&#125;&#125;}}",
)
CODE = (
    "x = 1  # cloze c2\ny = 2\nz = 3  # cloze c2: again",
    "s = '{{c3::no}}'  # cloze c1\nt = {1: {2: 3}}  # cloze c4",
    "pass",
)


def made(number: int, summary: str, code: str) -> Question:
    path = PurePosixPath("t", f"q{number}.md")
    text = (
        f"---\nquestion: What is {number}?\nsummary: '{summary}'\n---\nAn answer.\n\n"
        f"```python solution\n{code}\n```\n\n## Follow-ups\n\n### A? {{#a}}\n\nB.\n"
    )
    context = Context(path, frozenset(), lambda _: None)  # type: ignore[arg-type,return-value]
    return question(parse(Source(path, text)), context)


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
