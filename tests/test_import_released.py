"""An imported deck can be published and released as it came."""

from pathlib import Path

from tests.test_import import documents, run, written

PICTURES = """## What is this?
![](a.svg)

## What is a fold?
A part.

## What is a part?
"""


def test_what_a_new_deck_requires_makes_no_drafts(tmp_path: Path) -> None:
    assert run("init", tmp_path / "mine").exit_code == 0
    content = tmp_path / "mine" / "content"
    source = written(tmp_path, PICTURES)
    (source.parent / "a.svg").write_bytes(
        b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'
    )
    result = run("import", source, "--content", content)
    assert result.exit_code == 0, result.output
    assert "2 questions and 1 draft" in result.output
    found = documents(content)
    assert {d.meta.id for d in found.values() if d.meta.draft} == {"part"}
    assert run("check", "--strict", "--content", content).exit_code == 0
    dist = tmp_path / "dist"
    released = run("release", "--content", content, "--dist", dist)
    assert released.exit_code == 0, released.output
    # Questions that somebody writes are checked as ever.
    mine = content / "questions" / "mine.md"
    mine.write_text("---\nquestion: Mine?\n---\n![](media/a.svg)\n")
    result = run("check", "--content", content)
    assert "the key `difficulty` is missing" in result.output
    assert "missing-alt" in result.output
    mine.unlink()
    assert run("check", "--update-baseline", "--content", content).exit_code == 0
    assert run("check", "--strict", "--content", content).exit_code == 0
    (content / "known-warnings.txt").write_text("")
    assert "the key `difficulty`" in run("check", "--content", content).output
