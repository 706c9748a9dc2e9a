"""Markdown becomes the tree that the sheet draws."""

import json

import pytest
from markdown_it.token import Token
from tests.cases import FOLDER, Case, read_cases
from tests.sheets import ask

from triptych.typeset.context import Context
from triptych.typeset.tree import blocks

CASES = read_cases(FOLDER / "markup" / "tree.md")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_markdown_becomes_this_tree(case: Case) -> None:
    found = ask(case.input).answer.blocks
    shown = [json.dumps(b, ensure_ascii=False, separators=(",", ":")) for b in found]
    assert "\n".join(shown) == case.expected


def test_a_summary_is_one_paragraph_with_its_deletions_marked() -> None:
    asked = ask("---\nquestion: W\nsummary: A {{c1::b *c*::hint}} d.\n---\n")
    (block,) = asked.summary.blocks
    assert block == ("p", "A ", ("mark", "b ", ("em", "c")), " d.")


def test_a_token_that_nothing_draws_stops_the_build() -> None:
    context = Context(
        ask("x").meta.path, frozenset(), lambda _: pytest.fail("no media")
    )
    with pytest.raises(KeyError, match="mystery"):
        blocks([Token("mystery", "", 0)], context)
