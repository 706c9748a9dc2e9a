"""The self-test on paper: each question whole, with its signs and boxes to tick."""

from collections.abc import Callable
from pathlib import Path

from tests.sheets import POPPLER, deck, read, text, words
from tests.test_flashcards import asked
from tests.test_print_templates import printed


def test_the_self_test_has_three_boxes_and_the_signs_of_each_question() -> None:
    said = text(printed(asked(3), "self-test"))
    assert said.count("\N{BALLOT BOX}") == 3 * 3
    easy = "\N{BLACK CIRCLE}\N{WHITE CIRCLE}\N{WHITE CIRCLE}"
    assert said.count(easy) == 3 + 1  # and what they mean


def test_a_question_of_the_self_test_is_in_one_column(
    tmp_path: Path, requires: Callable[[str, str], None]
) -> None:
    requires("pdftotext", POPPLER)
    middle = " ".join(["so"] * 60)
    title = f"Begin{{0}} {middle} end{{0}}"
    data = printed(
        deck(*(f"---\nquestion: {title.format(n)}\n---\nIt." for n in range(40))),
        "self-test",
    )
    found = {w.text: w for w in words(data, tmp_path)}
    begins = [(found[f"Begin{n}"], found[f"end{n}"]) for n in range(40)]
    # A column that goes on would have the end of a question above its beginning.
    assert all(begin.top < end.top for begin, end in begins)
    assert len(read(data).pages) > 1
