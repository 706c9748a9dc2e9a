"""`release` stamps what is sound and nothing else; `diff` tells what it would do."""

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from builder.cli.main import cli
from builder.errors import TriptychError

DAY = 86_400
QUESTION = "---\nquestion: What is {0}?\nid: {0}\n---\nAn answer to {0}.\n"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, arguments, standalone_mode=False)


@pytest.fixture
def deck(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    content = tmp_path / "content"
    (content / "topic").mkdir(parents=True)
    (content / "deck.toml").write_text('id = "d"\ntitle = "D"\n')
    for name in ("one", "two"):
        (content / f"topic/{name}.md").write_text(QUESTION.format(name))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(20_000 * DAY))
    return content


def test_a_release_is_stamped_told_and_built(deck: Path) -> None:
    made = run("release")
    assert made.return_value == 0, made.output
    assert "released 1.0.0" in made.output
    lock = (deck / "deck.lock").read_text()
    assert '{"release": "1.0.0", "time": 1728000000}' in lock
    assert "## 1.0.0 - 2024-10-04" in (deck / "CHANGELOG.md").read_text()
    manifest = json.loads(Path("dist/manifest.json").read_text())
    assert manifest["version"] == "1.0.0"


def test_after_a_release_a_rebuild_gives_the_same_bytes(
    deck: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("release")
    package = Path("dist/anki/d.apkg").read_bytes()
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    shutil.copytree(deck, "elsewhere/content")
    made = run("build", "--content", "elsewhere/content", "--dist", "elsewhere/dist")
    assert made.return_value == 0, made.output
    assert "preview" not in made.output
    assert Path("elsewhere/dist/anki/d.apkg").read_bytes() == package


def test_diff_tells_what_is_new_changed_and_retired(
    deck: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("release")
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    (deck / "topic/one.md").write_text(QUESTION.format("one") + "\nAnd more.\n")
    (deck / "topic/two.md").write_text(
        QUESTION.format("two").replace("id:", "retired: true\nid:")
    )
    (deck / "topic/three.md").write_text(QUESTION.format("three"))
    told = json.loads(run("diff", "--format", "json").output)
    names = {
        kind: [change["note"] for change in told[kind]]
        for kind in ("new", "changed", "retired")
    }
    assert names == {"new": ["three"], "changed": ["one"], "retired": ["two"]}
    package = run("diff", "dist/anki/d.apkg").output
    assert "+ And more." in package


def test_nothing_is_released_with_a_finding(deck: Path) -> None:
    (deck / "topic/one.md").write_text(QUESTION.format("one") + "[a](#nowhere)\n")
    made = run("release")
    assert made.return_value == 1
    assert "1 warning; nothing was released" in made.output
    assert not (deck / "deck.lock").exists()


def test_nothing_is_released_with_code_that_fails(deck: Path) -> None:
    code = "\n```python test\nassert 1 == 2\n```\n"
    (deck / "topic/one.md").write_text(QUESTION.format("one") + code)
    made = run("release")
    assert made.return_value == 1
    assert not (deck / "deck.lock").exists()


def test_a_clock_that_is_not_after_the_last_release_is_refused(
    deck: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("release")
    before = (deck / "deck.lock").read_text()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(19_999 * DAY))
    refused = run("release")
    assert isinstance(refused.exception, TriptychError)
    assert (deck / "deck.lock").read_text() == before


def test_versions_follow_what_learners_get(
    deck: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("release")
    (deck / "topic/one.md").write_text(QUESTION.format("one") + "\nFixed.\n")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(20_001 * DAY))
    assert "released 1.0.1" in run("release").output
    (deck / "topic/three.md").write_text(QUESTION.format("three"))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(20_002 * DAY))
    assert "released 1.1.0" in run("release").output
    changelog = (deck / "CHANGELOG.md").read_text()
    assert changelog.index("## 1.1.0") < changelog.index("## 1.0.1")
