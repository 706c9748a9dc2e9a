"""A number of thousands of digits is a finding, or text; it is never a bug."""

from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.cases import write_deck

from triptych.build.build import build, check
from triptych.cli.main import cli
from triptych.cli.report import concise
from triptych.deck.project import open_project

LONG = "9" * 5000
QUESTION = "---\nquestion: What?\n{}\n---\n{}\n"


def found(deck: Path) -> str:
    text = concise(check(open_project(deck)).diagnostics, "", colour=False)
    return text.replace(LONG, "N").strip()


@pytest.mark.parametrize(
    ("key", "body", "expected"),
    [
        (f"minutes: {LONG}", "x", "3:10: error[wrong-type]"),
        ("minutes: 99999", "x", "3:10: error[wrong-type]"),
        ("minutes: ٣", "x", "3:10: error[wrong-type]"),
        (f"reviewed: {LONG}", "x", "3:11: error[wrong-type]"),
        (f"summary: 'a {{{{c{LONG}::b}}}}'", "x", "3:10: error[bad-cloze]"),
        (
            "",
            f"```python solution\nx = 1  # cloze c{LONG}\n```",
            "6:1: error[bad-cloze]",
        ),
        ("", "```python solution\nx = 1  # cloze c1000\n```", "6:1: error[bad-cloze]"),
        ("", f"$\\hspace{{{LONG}em}}$", "error[bad-math]"),
        (
            "",
            "```python solution\nx = 1  # cloze c999\n```",
            "5:1: warning[stale-code]",
        ),
    ],
)
def test_a_long_number_is_a_finding_at_its_place(
    tmp_path: Path, key: str, body: str, expected: str
) -> None:
    assert expected in found(write_deck(tmp_path, QUESTION.format(key, body)))


@pytest.mark.parametrize(
    ("key", "body"),
    [
        ("minutes: 9999", "x"),
        (f"references: [{{title: a, year: {LONG}}}]", "x"),
        ("", f"{LONG}. x"),
        ("", f"x[^{LONG}]\n\n[^{LONG}]: y"),
        ("", f"a &#{LONG}; b &#x{LONG}; c"),
        ("", f"<p>a &#{LONG}; <b>b</b> &#x{LONG};</p>"),
        ("", f"<ol start='{LONG}'><li value='{LONG}'>x</li></ol>"),
        ("", f"a <b class='&#{LONG};'>b</b>"),
        ("", f"${LONG}$"),
        ("", "<p>a <![x[b]]> c</p>"),
    ],
)
def test_a_long_number_elsewhere_is_text(tmp_path: Path, key: str, body: str) -> None:
    deck = write_deck(tmp_path / "deck", QUESTION.format(key, body))
    report, emitted = build(open_project(deck), tmp_path / "dist", ("anki", "site"))
    assert emitted, report.diagnostics


@pytest.mark.parametrize(
    ("setting", "expected"),
    [
        (f"[sheet]\ncolumns = {LONG}", "deck.toml:4:11: error[bad-toml]"),
        (f"[test]\ntimeout = {LONG}.5", "deck.toml:4:1: error[wrong-setting]"),
        (f"x = 0x{LONG}", "deck.toml:3:1: error[unknown-setting]"),
        ("x = " + "[" * 3000, "deck.toml:1:1: error[bad-toml]"),
        ("x = " + "[" * 3000 + "]" * 3000, "deck.toml:1:1: error[bad-toml]"),
        (".".join("a" * 3000) + " = 1", "deck.toml:1:1: error[bad-toml]"),
    ],
)
def test_a_setting_that_python_does_not_read_is_a_finding(
    tmp_path: Path, setting: str, expected: str
) -> None:
    deck = write_deck(tmp_path, QUESTION.format("", "x"))
    settings = (deck / "deck.toml").read_text("utf-8")
    (deck / "deck.toml").write_text(f"{settings}{setting}\n", encoding="utf-8")
    assert expected in found(deck)


@pytest.mark.parametrize("name", ["deck.lock", "code.lock"])
@pytest.mark.parametrize("line", [f'{{"release": {LONG}}}', "[" * 100_000, LONG])
def test_a_lock_file_with_a_long_number_is_reported(
    tmp_path: Path, name: str, line: str
) -> None:
    deck = write_deck(tmp_path, QUESTION.format("", "x"))
    (deck / name).write_text(f"{line}\n", encoding="utf-8")
    done = CliRunner().invoke(cli, ["check", "--content", str(tmp_path)])
    assert name in str(done.exception)
    assert type(done.exception).__name__ == "TriptychError"


def test_an_edition_with_a_long_number_is_reported(tmp_path: Path) -> None:
    write_deck(tmp_path / "deck", QUESTION.format("", "x"))
    where = ["--where", f"minutes<={LONG}", "--dist", str(tmp_path / "dist")]
    deck = ["--content", str(tmp_path / "deck")]
    done = CliRunner().invoke(cli, ["build", *where, *deck])
    assert "is not a valid minutes" in str(done.exception)
