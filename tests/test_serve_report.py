"""`serve` repeats what changed; its pages put errors first and lead to an editor."""

from pathlib import Path, PurePosixPath
from urllib.parse import unquote

import click
import pytest
from tests.cases import write_deck

from triptych.build.options import BuildOptions
from triptych.cli.problems import (
    EDITORS,
    MAX_PROBLEMS,
    editor_address,
    page_problems,
)
from triptych.cli.serve_verb import Reporter
from triptych.serve.building import Builder, BuildOutcome
from triptych.values.diagnostics import Diagnostic, Severity, Span

PATH = PurePosixPath("topic/a b&c#?.md")


def diagnostic(
    message: str, line: int = 1, severity: Severity = Severity.WARNING
) -> Diagnostic:
    return Diagnostic("rule", Span(PATH, line, 2), message, "mend it", severity)


def outcome(*diagnostics: Diagnostic, drafts: int = 0) -> BuildOutcome:
    return BuildOutcome(diagnostics, 1, drafts=drafts)


@pytest.fixture
def reporter(tmp_path: Path) -> Reporter:
    return Reporter(tmp_path, EDITORS["vscode"])


def test_a_reported_problem_is_not_reported_again(
    reporter: Reporter, capsys: pytest.CaptureFixture[str]
) -> None:
    reporter.report(outcome(diagnostic("one"), diagnostic("two", 3)))
    first = capsys.readouterr().out
    assert ("one" in first, "two" in first) == (True, True)
    assert first.endswith("; 2 warnings\n")
    # A line above was deleted, "two" was mended, and "three" is new.
    reporter.report(outcome(diagnostic("one", 9), diagnostic("three", 4)))
    second = capsys.readouterr().out
    assert ("one" in second, "three" in second) == (False, True)
    assert second.endswith("; 2 warnings (1 as before, 1 fixed)\n")
    reporter.report(outcome())
    assert capsys.readouterr().out.endswith("; no problems (2 fixed)\n")
    reporter.report(outcome())
    assert capsys.readouterr().out == "built in 0.00 s, 1 file changed\n"


def test_the_same_mistake_a_second_time_is_new(
    reporter: Reporter, capsys: pytest.CaptureFixture[str]
) -> None:
    reporter.report(outcome(diagnostic("one")))
    capsys.readouterr()
    reporter.report(outcome(diagnostic("one"), diagnostic("one", 5)))
    reported = capsys.readouterr().out
    assert reported.count("rule") == 1
    assert reported.endswith("; 2 warnings (1 as before)\n")


def test_drafts_are_counted_when_their_number_changes(
    reporter: Reporter, capsys: pytest.CaptureFixture[str]
) -> None:
    reported = []
    for drafts in (2, 2, 1):
        reporter.report(outcome(drafts=drafts))
        reported.append(capsys.readouterr().err)
    line = "{} (`triptych list --drafts`)\n"
    assert reported == [line.format("2 drafts"), "", line.format("1 draft")]


def test_a_preview_page_lists_errors_first_and_each_once(tmp_path: Path) -> None:
    found = [
        diagnostic("a"),
        diagnostic("b", 7, Severity.ERROR),
        *(diagnostic("c", n) for n in range(2, 9)),
    ]
    problems = page_problems(found, tmp_path, "content", EDITORS["vscode"])
    assert [(p.severity, p.message) for p in problems] == [
        ("error", "b"),
        ("warning", "a"),
        ("warning", "c"),
    ]
    assert problems[0].place == f"content/{PATH}:7:2"
    assert problems[2].others.startswith("and 6 more: ")


@pytest.mark.parametrize("editor", EDITORS)
def test_a_place_leads_to_its_line_in_each_editor(editor: str, tmp_path: Path) -> None:
    [problem] = page_problems([diagnostic("a", 7)], tmp_path, "", EDITORS[editor])
    if editor == "none":
        assert problem.link == ""
        return
    assert (tmp_path / PATH).as_posix() in unquote(problem.link)
    assert "7" in problem.link.rpartition("md")[2]
    assert not set(problem.link.partition(tmp_path.name)[2]) & set(" #")


def test_a_preview_page_gets_a_limited_list_of_problems(tmp_path: Path) -> None:
    # Messages that differ only in a number would be one.
    found = [diagnostic(f"x{'y' * n}") for n in range(MAX_PROBLEMS + 5)]
    problems = page_problems(found, tmp_path, "", "")
    assert len(problems) == MAX_PROBLEMS + 1
    assert problems[-1].message == "and 5 more: the terminal has them"


@pytest.mark.parametrize(
    "address", ["x", "javascript://{path}", "data://{path}", "vim {path}", "ed://open"]
)
def test_what_opens_no_file_is_no_editor(address: str) -> None:
    with pytest.raises(click.UsageError, match="is no editor"):
        editor_address(address)


def test_an_address_can_be_ones_own() -> None:
    assert editor_address("my-ed://open?f={path}") == "my-ed://open?f={path}"


def test_hints_are_on_the_page_and_counted_on_the_terminal(
    reporter: Reporter, capsys: pytest.CaptureFixture[str]
) -> None:
    hint = diagnostic("one", severity=Severity.HINT)
    shown = reporter.report(BuildOutcome(written=1, hints=(hint,)))
    printed = capsys.readouterr().out
    assert printed == "built in 0.00 s, 1 file changed; 1 hint on the page\n"
    assert [(p.severity, p.message) for p in shown] == [("hint", "one")]
    # A build that failed shows what stopped it alone.
    failed = BuildOutcome((diagnostic("two", severity=Severity.ERROR),), None)
    assert [p.message for p in reporter.report(failed)] == ["two"]


@pytest.mark.parametrize("learn", [False, True])
def test_serve_finds_hints_where_they_are_asked_for(
    tmp_path: Path, *, learn: bool
) -> None:
    deck = write_deck(
        tmp_path / "content", "---\nquestion: Is k-means robust?\n---\nNo.\n"
    )
    options = BuildOptions(jobs=1, learn=learn)
    with Builder(deck, tmp_path / "dist", options) as builder:
        outcome = builder.build()
    assert [d.rule for d in outcome.hints] == ["yes-no-question"] * learn
    assert outcome.diagnostics == ()


def test_a_build_goes_on_after_its_process_was_killed(tmp_path: Path) -> None:
    deck = write_deck(tmp_path / "content", "---\nquestion: What?\n---\nThis.\n")
    with Builder(deck, tmp_path / "dist", BuildOptions(jobs=1)) as builder:
        assert builder.build().written
        assert builder.process
        builder.process.kill()
        builder.process.join()
        outcome = builder.build()
        assert (outcome.error, outcome.written) == ("", 0)


def test_a_killed_build_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    deck = write_deck(tmp_path / "content", "---\nquestion: What?\n---\nThis.\n")
    with Builder(deck, tmp_path / "dist", BuildOptions(jobs=1)) as builder:
        builder.build()
        assert builder.process
        monkeypatch.setattr(builder.process, "is_alive", lambda: True)
        builder.process.kill()
        assert "broke down" in builder.build().error
        assert builder.build().written == 0
