"""What the sheet shows of a question is chosen from its text."""

from pathlib import PurePosixPath

import pytest

from triptych.parse.document import parse
from triptych.typeset.context import Context
from triptych.typeset.question import question
from triptych.values.question import OnSheet
from triptych.values.source import Media, Source
from triptych.values.tree import kind, text

PATH = PurePosixPath("topic/a.md")
SUMMARY = "---\nquestion: What?\nsummary: It is so.\n---\n"


def load(path: PurePosixPath) -> Media:
    return Media(path, "x-1.mp3", b"ID3")


CONTEXT = Context(PATH, frozenset({PurePosixPath("x.mp3")}), load)


def chosen(body: str, head: str = SUMMARY) -> OnSheet:
    return question(parse(Source(PATH, f"{head}{body}\n")), CONTEXT).on_sheet


@pytest.mark.parametrize(("rows", "is_shown"), [(3, True), (4, False)])
def test_a_formula_of_more_than_three_rows_is_not_chosen(
    rows: int, *, is_shown: bool
) -> None:
    lines = r" \\ ".join(f"x &= {n}" for n in range(rows))
    body = f"So.\n\n$$\n\\begin{{aligned}} {lines} \\end{{aligned}}\n$$"
    assert bool(chosen(body).formulas) is is_shown


def test_a_pitfall_that_print_cannot_name_gives_way_to_the_next() -> None:
    body = (
        "So.\n\n## Pitfalls\n### ![](x.mp3) {#heard}\nNo.\n\n"
        "### It is *not* so. {#not}\nIt is. And more."
    )
    made = chosen(body)
    assert "".join(map(text, made.wrong.blocks)) == "It is not so."
    assert "".join(map(text, made.right.blocks)) == "It is."


def test_a_formula_that_is_marked_in_the_answer_of_a_level_is_chosen() -> None:
    head = SUMMARY.replace("---\n", "---\nlevels:\n  staff: 'So $$x = 1$$ {.key}'\n", 1)
    made = chosen("Text alone.", head)
    assert [kind(node) for node in made.formulas.blocks] == ["mathblock"]


def test_a_formula_in_the_words_for_a_picture_is_not_chosen() -> None:
    assert not chosen("So ![of $$x = 1$$](x.png), see.").formulas
    assert chosen("So $$x = 1$$, see.").formulas


@pytest.mark.parametrize(
    ("answer", "right"),
    [
        ("Use e.g. a mean. Or not.", "Use e.g. a mean."),
        ("It is i.e. so. Or not.", "It is i.e. so."),
        ("By J. Doe it is. Or not.", "By J. Doe it is."),
        ("It is 3.5. Or not.", "It is 3.5."),
    ],
)
def test_a_sentence_ends_at_no_abbreviation(answer: str, right: str) -> None:
    made = chosen(f"So.\n\n## Pitfalls\n### Wrong {{#a}}\n{answer}\n")
    assert "".join(map(text, made.right.blocks)) == right
