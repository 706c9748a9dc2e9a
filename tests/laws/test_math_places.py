r"""A fault of a formula is shown where it stands, whatever stands before it."""

from pathlib import PurePosixPath
from typing import cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from triptych.parse.document import parse
from triptych.typeset.math.check import math_findings
from triptych.typeset.math.latex import expand, original_offset
from triptych.validate.content import bad_math
from triptych.validate.rule import FileScope
from triptych.values.source import Source

BEFORE = (
    *(r"\bm{x}", r"\pmb x", r"\bm\alpha", "x", r"\frac{a}{b}", r"\text{a\_b}", " "),
    *(r"\begin{aligned}a\\[4pt]b\end{aligned}", r"\begin{align}a\\b\end{align}"),
    *(r"\begin{gather*}a\\*[2pt]\bm b\\\end{gather*}", r"\begin{split}a&b\end{split}"),
    *(r"\begin{matrix}a\\[4pt]\\[1em]b\\\end{matrix}", r"\dotsb", r"\mbox{x}"),
)
BREAKS = (r"\\", r"\\[4pt]", r"\\*", r"\\*[1em]", "\\\\ [2mm]")
FAULTS = (
    *(r"\lmbda", r"\nosuchthing", r"\argmin", r"2\Var(X)", r"x \in \R", "x^a^b", "a}"),
    *(r"\frac{a}", "{a", r"\left( a", r"\begin{matrix} a", r"\sqrt[", r"\hat", "x_"),
    *(
        r"\newcommand{\loss}{L}",
        "50% of x",
        r"\bm{\nosuch}",
        r"\text{a",
        r"\end{align}",
    ),
)


def reported(tex: str, shift: int = 0) -> set[tuple[int, int, str]]:
    """Return what is wrong with a formula, each place moved by `shift`."""
    found = math_findings(tex, display=True)
    return {(fault.offset + shift, fault.length, fault.message) for fault in found}


@pytest.mark.parametrize("fault", FAULTS)
@given(pieces=st.lists(st.sampled_from(BEFORE), max_size=5))
@settings(max_examples=40, deadline=None)
def test_text_before_a_fault_changes_only_its_place(
    fault: str, pieces: list[str]
) -> None:
    before = "".join(f"{piece} " for piece in pieces)
    assert reported(fault)
    assert reported(before + fault) == reported(fault, len(before))


@given(
    st.lists(st.sampled_from(["a", r"\bm{x}", "x & y"]), min_size=1, max_size=4),
    st.sampled_from(BREAKS),
    st.sampled_from(["aligned", "align", "split", "matrix"]),
    st.sampled_from([r"\nosuch", r"\argmin", "x^a^b "]),
)
@settings(max_examples=60, deadline=None)
def test_a_fault_in_a_row_is_reported_at_its_line(
    rows: list[str], line_break: str, outer: str, fault: str
) -> None:
    above = line_break.join([*rows, ""])
    tex = f"\\begin{{{outer}}}{above}{fault}\\end{{{outer}}}"
    at = len(tex.partition(fault)[0])
    assert reported(tex) == reported(fault, at)


@given(st.lists(st.sampled_from([*BEFORE, *FAULTS, "é"]), max_size=6).map(" ".join))
def test_an_offset_goes_there_and_back(tex: str) -> None:
    expanded = expand(tex)
    places = [original_offset(tex, offset) for offset in range(len(expanded))]
    assert places == sorted(places)
    for offset, place in enumerate(places):
        # What no spelling replaced stands where it stood.
        if expanded[offset:] == tex[place:]:
            assert len(expanded) - offset == len(tex) - place
    if places and expanded[-1] == tex[-1]:
        assert places[-1] == len(tex) - 1


@given(
    st.lists(st.sampled_from(["word", "*em*", "$x$", r"$\bm{y}$", "`$`"]), max_size=4),
    st.sampled_from(["{}", "- {}", "> {}", "1. {}", "| a |\n|---|\n| {} |"]),
    st.lists(st.sampled_from(["word", "", "$z$"]), max_size=3),
)
@settings(deadline=None)
def test_the_place_of_a_fault_is_its_place_in_the_file(
    before: list[str], around: str, above: list[str]
) -> None:
    line = " ".join([*before, r"$\bm{a} + \nosuch$"])
    paragraphs = "".join(f"{text}\n\n" for text in above)
    text = f"---\nquestion: What?\n---\n{paragraphs}{around.format(line)}\n"
    source = Source(PurePosixPath("t/q.md"), text)
    (found,) = bad_math(parse(source), cast("FileScope", None))  # it looks at none
    shown = source.line(found.span.line)[found.span.column - 1 :]
    assert shown.startswith(r"\nosuch")
    assert found.span.length == len(r"\nosuch")
