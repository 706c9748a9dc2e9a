"""`check --fix` changes what it names and no other byte, whatever the file's bytes."""

from pathlib import Path

import pytest

from triptych.build.build import check
from triptych.cli.fix import apply_fixes
from triptych.deck.project import open_project

BODY = (
    "---",
    "question: What?",
    "---",
    "An answer with \u2028 and \x0c and \x85.",
    "",
    "## Follow-ups",
    "### Why is that? ",
    "So.",
    "### And why not?",
    "Therefore.",
)
MARK = "\ufeff"


@pytest.mark.parametrize("mark", ["", MARK], ids=["plain", "marked"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"], ids=["lf", "crlf", "cr"])
@pytest.mark.parametrize("last", [True, False])
@pytest.mark.parametrize("lines", [BODY, BODY[5:]], ids=["matter", "none"])
def test_a_fix_keeps_the_bytes_around_it(
    tmp_path: Path, mark: str, ending: str, lines: tuple[str, ...], *, last: bool
) -> None:
    (tmp_path / "deck.toml").write_text('id = "d"\ntitle = "D"\n')
    (tmp_path / "t").mkdir()
    place = tmp_path / "t/q.md"
    text = mark + ending.join(lines) + (ending if last else "")
    place.write_bytes(text.encode())
    found = check(open_project(tmp_path)).diagnostics
    fixes = [diagnostic for diagnostic in found if diagnostic.fix]
    assert len(fixes) == 2
    assert apply_fixes(tmp_path, found) == 2
    after = place.read_bytes().decode()
    assert after.replace(" {#why-is-that}", " ").replace(" {#and-why-not}", "") == text
    again = check(open_project(tmp_path)).diagnostics
    assert [d for d in again if d.fix] == []
    assert apply_fixes(tmp_path, again) == 0
