"""What a learner reads moves the digest of prose; each heading has its own id."""

from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from triptych.ledger.verdicts import Verdict, block_hash
from triptych.parse.document import parse
from triptych.typeset.context import Context
from triptych.typeset.question import question
from triptych.values.prose import Prose
from triptych.values.source import Source

PATH = PurePosixPath("t/q.md")
CODE = "print('x')\n"
RUN = f"```python run\n{CODE}```\n"


def answer(body: str, printed: str = "") -> Prose:
    """Return the answer of a file whose `run` block printed this."""
    text = f"---\nquestion: What?\n---\n{body}"
    verdict = Verdict("q", "hash", "passed", outputs={block_hash(CODE): printed})
    context = Context(PATH, frozenset(), lambda _: pytest.fail("media"), verdict)
    return question(parse(Source(PATH, text)), context).answer


@given(st.text(max_size=5), st.text(max_size=5))
def test_what_code_printed_moves_the_digest(first: str, second: str) -> None:
    one, other = answer(RUN, first), answer(RUN, second)
    assert (one.digest == other.digest) is (first == second)
    assert (one.digest_v1 == other.digest_v1) is (first == second)


WORDS = ("a", "b", "*a*", "`a`", "$a$", "a b", "a\nb", "[a](https://a.example)", "&lt;")
SHAPES = ("{}", "- {}", "> {}", "1. {}", "### {}", "| x |\n|---|\n| {} |", "**{}**")


@given(*(st.tuples(st.sampled_from(SHAPES), st.sampled_from(WORDS)) for _ in range(2)))
def test_two_answers_that_read_otherwise_differ_in_digest(
    first: tuple[str, str], second: tuple[str, str]
) -> None:
    one, other = (answer(shape.format(word) + "\n") for shape, word in (first, second))
    if one.card.split() != other.card.split():
        assert one.digest != other.digest


TITLES = st.lists(
    st.sampled_from(
        ["A", "a", "A!", "a 2", "A-2", "", "B {#a}", "C {#a-2}", "É", "$x$"]
    ),
    min_size=1,
    max_size=8,
)


@given(TITLES)
def test_each_heading_has_an_id_of_its_own(titles: list[str]) -> None:
    own = [title for title in titles if "{#" in title]
    if len(own) != len(set(own)):
        return  # `duplicate-slug` reports those
    body = "\n\n".join(f"### {title}" for title in titles)
    document = parse(Source(PATH, f"---\nquestion: What?\n---\n{body}\n"))
    assert len(document.anchors) == len(titles)
