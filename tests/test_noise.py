"""However much is wrong, what is said of it stays short, and is soon said."""

import json
from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path, PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.cases import write_deck

from triptych.build.build import check
from triptych.cli import report
from triptych.cli.report import FORMATS, concise, count_text, full
from triptych.deck.project import open_project
from triptych.validate import names
from triptych.validate.names import Names
from triptych.values.diagnostics import Diagnostic, Severity, Span

PATH = PurePosixPath("topic/question.md")
MANY = 300


def findings(number: int, *, message: str = "it is so") -> list[Diagnostic]:
    spans = (Span(PATH, line) for line in range(1, number + 1))
    return [Diagnostic("rule", span, message, "mend it") for span in spans]


@pytest.mark.parametrize("name", ["full", "concise"])
def test_what_says_the_same_is_printed_once_with_the_first_places(name: str) -> None:
    reported = FORMATS[name](findings(6), "content", colour=False)
    assert reported.count("rule") == 1
    place = "content/topic/question.md"
    assert f"{place}:1:1: error[rule]: it is so" in reported
    assert f"and 5 more: {place}:2, {place}:3, {place}:4, …" in reported


@pytest.mark.parametrize(("number", "said"), [(1, ""), (2, "and 1 more: x.md:2")])
def test_few_findings_are_all_named(number: int, said: str) -> None:
    found = [
        Diagnostic("r", Span(PurePosixPath("x.md"), n + 1), "m") for n in range(number)
    ]
    expected = (
        f"x.md:1:1: error[r]: m ({said})\n" if said else "x.md:1:1: error[r]: m\n"
    )
    assert concise(found, "", colour=False) == expected


@pytest.mark.parametrize("name", ["json", "github"])
def test_machine_readable_reports_are_complete(name: str) -> None:
    reported = FORMATS[name](findings(MANY), "", colour=False)
    lines = (
        len(json.loads(reported)["diagnostics"])
        if name == "json"
        else reported.count("\n")
    )
    assert lines == MANY


def test_diagnostics_that_differ_in_more_than_their_place_are_not_merged() -> None:
    first = findings(1)[0]
    others = [
        Diagnostic("other", first.span, first.message, first.hint),
        Diagnostic("rule", first.span, "another", first.hint),
        Diagnostic("rule", first.span, first.message, "another"),
        Diagnostic("rule", first.span, first.message, first.hint, Severity.WARNING),
    ]
    reported = concise([first, *others], "", colour=False)
    assert reported.count("\n") == 5
    assert count_text([first, *others]) == "4 errors and 1 warning"


@pytest.mark.parametrize(("number", "lines"), [(20, 20), (21, 1), (1_560, 1)])
def test_many_that_differ_in_a_name_are_one_line(number: int, lines: int) -> None:
    found = [
        Diagnostic(
            "missing-media",
            Span(PATH, n),
            f"there is no file `{n}.png`",
            f"did you mean `a{n}.png`?" if n % 2 else "add it",
        )
        for n in range(1, number + 1)
    ]
    other = Diagnostic("missing-media", Span(PATH, 9), "`x.png` leads elsewhere")
    reported = concise([*found, other], "content", colour=False)
    assert reported.count("\n") == lines + 1
    assert "`x.png` leads elsewhere\n" in reported
    if lines == 1:
        place = "content/topic/question.md"
        assert (
            f"{place}:1:1: error[missing-media]: there is no file `1.png`" in reported
        )
        assert f"(and {number - 1:,} more like it: {place}:2, {place}:3, " in reported
        as_json = json.loads(FORMATS["json"](found, "", colour=False))
        assert len(as_json["diagnostics"]) == number


def test_a_line_as_long_as_a_file_is_cut_before_it_is_looked_at(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    looked_at: list[int] = []

    def printable(text: str) -> str:
        looked_at.append(len(text))
        return text

    monkeypatch.setattr(report, "printable", printable)
    line = "x" * 100_000
    found = [
        Diagnostic("r", Span(PATH, 1, column), f"{column} {line}", line, excerpt=line)
        for column in range(1, 100_000, 1_000)
    ]
    reported = full(found, "", colour=False)
    assert max(looked_at) < 1_000
    assert len(reported) < 2_000 * len(found)


@given(st.integers(1, 500), st.integers(1, 500), st.integers(0, 500))
def test_the_place_is_always_in_the_part_of_the_line_that_is_shown(
    column: int, length: int, width: int
) -> None:
    excerpt = "".join(chr(0x4E00 + n) for n in range(width))
    found = Diagnostic("r", Span(PATH, 1, column, length), "m", excerpt=excerpt)
    reported = full([found], "", colour=False).split("\n")
    if width:
        shown, carets = reported[1].partition("| ")[2], reported[2].partition("| ")[2]
        assert len(shown) <= 160
        start = carets.index("^")
        if column <= width:
            assert shown[start] in {excerpt[column - 1], "…"}
        assert len(carets) <= len(shown) + 1


def test_a_tab_in_a_line_is_shown_as_a_space() -> None:
    found = Diagnostic("r", Span(PATH, 1, 3), "m", excerpt="a\tb")
    assert full([found], "", colour=False).split("\n")[1] == "   1 | a b"


@pytest.fixture
def compared(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Count how many names words are compared with."""
    counts: list[int] = []

    def counting(word: str, known: Sequence[str], n: int, cutoff: float) -> list[str]:
        counts.append(len(known))
        return get_close_matches(word, known, n, cutoff)

    monkeypatch.setattr(names, "get_close_matches", counting)
    return counts


def test_many_missing_pictures_are_compared_with_few_files(
    tmp_path: Path, compared: list[int]
) -> None:
    shown = "\n\n".join(f"![A](media/figure-{n}.png)" for n in range(MANY))
    write_deck(tmp_path, f"---\nquestion: What?\n---\n{shown}")
    (tmp_path / "media").mkdir()
    for n in range(MANY):
        (tmp_path / f"media/figure-{n}-old.png").write_bytes(b"")
    found = check(open_project(tmp_path)).diagnostics
    assert [d.rule for d in found] == ["missing-media"] * MANY
    assert len(compared) == MANY
    assert max(compared) <= 60


def test_many_dangling_references_are_compared_with_few_ids(
    tmp_path: Path, compared: list[int]
) -> None:
    wanted = ", ".join(f"question-{n}-x" for n in range(MANY))
    for n in range(MANY):
        (tmp_path / "topic").mkdir(exist_ok=True)
        text = f"---\nquestion: What is {n}?\n---\n{n}.\n"
        (tmp_path / f"topic/question-{n}.md").write_text(text)
    write_deck(tmp_path, f"---\nquestion: What?\nrelated: [{wanted}]\n---\nA.")
    found = check(open_project(tmp_path)).diagnostics
    assert [d.rule for d in found] == ["dangling-reference"] * MANY
    assert max(compared) <= 60


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("media/picture-77.png", "topic/media/picture-77.png"),
        ("MEDIA/picture-7.PNG", "topic/media/picture-7.png"),
        ("pictre-912.png", "topic/media/picture-912.png"),
        ("nothing-like-it", ""),
    ],
)
def test_the_same_base_name_is_found_among_many(word: str, meant: str) -> None:
    known = Names(f"topic/media/picture-{n}.png" for n in range(1_000))
    assert known.closest(word) == meant
