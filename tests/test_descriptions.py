"""What lists and search engines show of a question in a line, and what was checked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.pages import ask, catalog, prose

from triptych.render.site.checks import totals, was_checked
from triptych.render.site.rows import plain_description
from triptych.values.question import Checked, Code, Question

WORDS = st.lists(st.sampled_from(["a", "words", "cut,", "end.", "\n", "b;", "é"]))


@given(words=WORDS, chars=st.integers(12, 60))
def test_a_description_is_as_long_as_it_may_be_and_ends_with_a_word(
    words: list[str], chars: int
) -> None:
    whole = " ".join(" ".join(words).split())
    reported = plain_description(ask("x", answer=prose(" ".join(words))), chars)
    assert len(reported) <= chars
    if len(whole) <= chars:
        assert reported == whole
    else:
        kept = reported.removesuffix("…")
        assert reported != kept
        assert whole.startswith(kept)
        assert whole[len(kept)] in " ,;."
        assert kept == kept.rstrip(" ,;:.")
        assert len(kept) > chars - len("…words, end.")


@pytest.mark.parametrize("chars", [160, 390, 500, 900])
def test_a_description_is_of_as_much_of_the_answer_as_it_takes(chars: int) -> None:
    reported = plain_description(ask("x", answer=prose("word " * 1000)), chars)
    assert chars - 6 < len(reported) <= chars


def checked(name: str, role: str, *, ran: bool) -> Question:
    code = Code(role, "python", "x = 1", (), 1)
    versions = {"python": "3.11", "abc": "2"} if ran else {}
    return ask(name, code=(code,), checked=Checked(versions=versions))


def test_only_a_solution_that_ran_is_an_answer_that_was_checked() -> None:
    deck = catalog(
        checked("a", "solution", ran=True),
        checked("b", "solution", ran=False),
        checked("c", "test", ran=True),
    )
    assert totals(deck).code_answers == 1
    assert totals(deck).versions == ("Python 3.11", "abc 2")
    assert was_checked(deck)
    assert not was_checked(catalog(checked("b", "solution", ran=False)))
