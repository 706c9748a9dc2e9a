"""`release` stamps what is valid and nothing else; `diff` shows what it would do."""

import json
import os
import re
import shutil
import sqlite3
import subprocess
import zipfile
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from triptych.build.build import build
from triptych.build.options import BuildOptions
from triptych.build.report import Report
from triptych.cli.main import cli
from triptych.deck.project import open_project
from triptych.errors import TriptychError
from triptych.ledger.lock import Released
from triptych.ledger.lock_file import load
from triptych.releases.clock_checks import clock_warnings, newest_commit, release_time
from triptych.releases.publish import ReleaseRequest, publish

DAY_SECONDS = 86_400
QUESTION = "---\nquestion: What is {0}?\nid: {0}\n---\nAn answer to {0}.\n"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, arguments, standalone_mode=False)


def at(monkeypatch: pytest.MonkeyPatch, day: int) -> None:
    """Set the clock that stamps releases."""
    monkeypatch.setattr("triptych.clock.now", lambda: day * DAY_SECONDS)


@pytest.fixture
def deck(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    content = tmp_path / "content"
    (content / "topic").mkdir(parents=True)
    (content / "deck.toml").write_text('id = "d"\ntitle = "D"\n')
    for name in ("one", "two"):
        (content / f"topic/{name}.md").write_text(QUESTION.format(name))
    monkeypatch.chdir(tmp_path)
    at(monkeypatch, 20_000)
    return content


def test_a_release_is_recorded_reported_and_built(deck: Path) -> None:
    made = run("release")
    assert made.return_value == 0, made.output
    assert "released 1.0.0" in made.output
    lock = (deck / "deck.lock").read_text()
    assert '{"release": "1.0.0", "time": 1728000000}' in lock
    assert "## 1.0.0 - 2024-10-04" in (deck / "CHANGELOG.md").read_text()
    manifest = json.loads(Path("dist/manifest.json").read_text())
    assert manifest["version"] == "1.0.0"


def test_after_a_release_a_rebuild_gives_the_same_bytes(deck: Path) -> None:
    run("release")
    package = Path("dist/anki/d.apkg").read_bytes()
    shutil.copytree(deck, "elsewhere/content")
    made = run("build", "--content", "elsewhere/content", "--dist", "elsewhere/dist")
    assert made.return_value == 0, made.output
    assert "preview" not in made.output
    assert Path("elsewhere/dist/anki/d.apkg").read_bytes() == package


def test_diff_lists_what_is_new_changed_and_retired(deck: Path) -> None:
    run("release")
    (deck / "topic/one.md").write_text(QUESTION.format("one") + "\nAnd more.\n")
    (deck / "topic/two.md").write_text(
        QUESTION.format("two").replace("id:", "retired: true\nid:")
    )
    (deck / "topic/three.md").write_text(QUESTION.format("three"))
    reported = json.loads(run("diff", "--format", "json").output)
    names = {
        kind: [change["note"] for change in reported[kind]]
        for kind in ("new", "changed", "retired")
    }
    assert names == {"new": ["three"], "changed": ["one"], "retired": ["two"]}
    package = run("diff", "dist/anki/d.apkg").output
    assert "+ And more." in package


def test_a_retired_note_that_returns_is_back_and_not_new(
    deck: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("release")
    two = QUESTION.format("two")
    (deck / "topic/two.md").write_text(two.replace("id:", "retired: true\nid:"))
    at(monkeypatch, 20_001)
    run("release")
    (deck / "topic/two.md").write_text(two)
    (deck / "topic/three.md").write_text(QUESTION.format("three"))
    at(monkeypatch, 20_002)
    for since in ((), ("dist/anki/d.apkg",)):
        reported = json.loads(run("diff", "--format", "json", *since).output)
        names = {kind: [c["note"] for c in reported[kind]] for kind in ("new", "back")}
        assert names == {"new": ["three"], "back": ["two"]}, since
    assert "1 new, 1 back\n" in run("diff").output
    assert "back     two: What is two?: it was retired;" in run("diff").output
    (deck / "topic/three.md").unlink()
    assert "released 1.1.0" in run("release").output
    assert "### Back\n\n- What is two?" in (deck / "CHANGELOG.md").read_text()


def test_a_part_is_refreshed_once_and_only_when_it_is_asked_for(
    deck: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (deck / "topic/one.md").write_text(
        QUESTION.format("one") + "\n## Follow-ups\n### Why? {#why}\nSo.\n"
    )
    run("release")
    assert "shown anew one/why: Why?\n" in run("diff", "--refresh", "follow-up").output
    assert "no note changed" in run("diff").output
    assert "restyled" not in run("diff").output
    at(monkeypatch, 20_001)
    made = run("release", "--refresh", "follow-up").output
    assert "1.0.0 -> 1.0.1: 1 shown anew\nshown anew one/why: Why?\n" in made
    lines = load((deck / "deck.lock").read_text()).notes
    times = {name: line.mod // DAY_SECONDS for name, line in lines.items()}
    assert times == {"one": 20_000, "one/why": 20_001, "two": 20_000}
    assert "### Shown anew\n\n- Why?\n" in (deck / "CHANGELOG.md").read_text()
    text = Path("dist/anki/update/d-from-1.0.0-2-question.txt").read_text()
    assert '"one/why"' in text
    assert '"one"' not in text
    reported = json.loads(run("diff", "1.0.0", "--format", "json").output)
    assert [change["note"] for change in reported["anew"]] == ["one/why"]
    at(monkeypatch, 20_002)
    assert "1.0.1 -> 1.0.2: no note changed\n" in run("release").output
    at(monkeypatch, 20_003)
    refused = run("release", "--refresh", "fill-in").exception
    assert "no notes of these parts: fill-in" in str(refused)
    assert load((deck / "deck.lock").read_text()).latest.version == "1.0.2"


def test_a_note_that_a_learner_never_had_is_new_though_it_was_retired(
    deck: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("release")
    three, text = deck / "topic/three.md", QUESTION.format("three")
    for day, said in enumerate((text, text.replace("id:", "retired: true\nid:"))):
        at(monkeypatch, 20_001 + day)
        three.write_text(said)
        run("release")
    three.write_text(text)
    at(monkeypatch, 20_003)
    for since, kind in (("1.0.0", "new"), ("1.1.1", "back")):
        reported = json.loads(run("diff", since, "--format", "json").output)
        assert [change["note"] for change in reported[kind]] == ["three"], since
    assert str(run("diff", "1.0.9").exception) == (
        "there is no release 1.0.9: there are 1.0.0, 1.1.0, 1.1.1"
    )


KEYS = {
    "Hints": "hints: [A hint.]",
    "Summary": "summary: A summary.",
    "Rubric": "rubric: [A point.]",
    "References": "references: [{title: A book}]",
}


@pytest.mark.parametrize("part", [*KEYS, "Answer", "Question", "Text"])
def test_diff_names_the_part_of_a_card_that_came_or_went(deck: Path, part: str) -> None:
    one = deck / "topic/one.md"
    whole = QUESTION.format("one").replace("id:", "\n".join([*KEYS.values(), "id:"]))
    whole = whole.replace("A summary", "A {{c1::summary}}")
    other = {
        **{key: whole.replace(f"{line}\n", "") for key, line in KEYS.items()},
        "Summary": whole.replace("A {{c1::summary}}", "Another {{c1::summary}}"),
        "Answer": whole.replace("An answer to", "![a](a.svg) An answer to"),
        "Question": whole.replace("What is", "What else is"),
        "Text": whole.replace("{{c1::summary}}", "{{c1::sum}}"),
    }[part]
    (deck / "a.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>')
    for before, after in ((whole, other), (other, whole)):
        one.write_text(before)
        run("build", "anki")
        one.write_text(after)
        reported = json.loads(
            run("diff", "dist/anki/d.apkg", "--format", "json").output
        )
        parts = {part for change in reported["changed"] for part in change["parts"]}
        assert part in parts, reported


def test_a_package_shows_other_tags_and_fewer_cards(deck: Path) -> None:
    one, line = deck / "topic/one.md", QUESTION.format("one")
    gaps = line.replace("id:", "summary: '{{c1::A}} and {{c2::B}}.'\ntags: [t]\nid:")
    (deck / "topic/two.md").unlink()
    for before, after, kinds in (
        (gaps, gaps.replace("[t]", "[u]"), {"relabelled": ["one", "one/cloze"]}),
        (gaps, gaps.replace("{{c2::B}}", "B"), {"fewer": ["one/cloze"]}),
        (gaps.replace("{{c2::B}}", "B"), gaps, {"fewer": []}),
    ):
        one.write_text(before)
        run("build", "anki")
        one.write_text(after)
        reported = json.loads(
            run("diff", "dist/anki/d.apkg", "--format", "json").output
        )
        assert {k: [c["note"] for c in reported[k]] for k in kinds} == kinds


def test_other_tags_than_those_of_the_last_release_are_reported(deck: Path) -> None:
    one, line = deck / "topic/one.md", QUESTION.format("one")
    one.write_text(line.replace("id:", "tags: [t]\nid:"))
    run("release")
    for tag, relabelled in (("t", []), ("u", ["one"])):
        one.write_text(line.replace("id:", f"tags: [{tag}]\nid:"))
        reported = json.loads(run("diff", "--format", "json").output)
        assert [change["note"] for change in reported["relabelled"]] == relabelled
        assert reported["changed"] == reported["anew"] == []


def test_what_a_preview_did_not_have_is_new(deck: Path) -> None:
    run("release")
    for name in ("three", "four"):
        run("build")
        (deck / f"topic/{name}.md").write_text(QUESTION.format(name))
    reported = json.loads(run("diff", "dist/anki/d.apkg", "--format", "json").output)
    assert [change["note"] for change in reported["new"]] == ["four"]
    assert reported["back"] == []


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


def test_a_clock_before_the_last_release_needs_confirmation(
    deck: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("release")
    before = (deck / "deck.lock").read_text()
    at(monkeypatch, 19_999)
    refused = run("release")
    assert isinstance(refused.exception, TriptychError)
    assert "release 1.0.0 is of 2024-10-04" in refused.output
    assert (deck / "deck.lock").read_text() == before
    assert run("release", "--yes").return_value == 0
    latest = load((deck / "deck.lock").read_text()).latest
    assert latest == Released("1.0.1", 20_000 * DAY_SECONDS + 1)


def test_a_first_release_of_one_note_is_no_plural(deck: Path) -> None:
    (deck / "topic/two.md").unlink()
    run("release")
    said = (deck / "CHANGELOG.md").read_text()
    assert said.endswith("The first release: 1 note, 1 card.\n")


def test_a_changelog_in_german_keeps_what_was_written_in_english(
    deck: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    changelog = deck / "CHANGELOG.md"
    run("release")
    first = changelog.read_text()
    assert first.endswith("The first release: 2 notes, 2 cards.\n")
    (deck / "deck.toml").write_text('id = "d"\ntitle = "D"\nlanguage = "de"\n')
    (deck / "topic/one.md").write_text(QUESTION.format("one") + "\nFixed.\n")
    assert "### Geändert\n" in run("diff", "--format", "markdown").output
    at(monkeypatch, 20_001)
    assert "released 1.0.1" in run("release").output
    second = changelog.read_text(encoding="utf-8")
    head, section = first.split("## 1.0.0")
    assert second.startswith(f"{head}## 1.0.1 - 2024-10-05\n\n### Geändert\n\n- What")
    assert second.endswith(f"\n\n## 1.0.0{section}")
    assert "auf der Seite *Dateien* erhalten jeden Lernstand, *Meine Not" in second


def test_a_german_deck_tells_in_german_what_is_new(
    deck: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (deck / "deck.toml").write_text('id = "d"\ntitle = "D"\nlanguage = "de"\n')
    run("release")
    (deck / "topic/one.md").unlink()
    two = QUESTION.format("two").replace("id:", "aliases: [one]\nid:")
    (deck / "topic/two.md").write_text(two)
    (deck / "topic/three.md").write_text(QUESTION.format("three"))
    at(monkeypatch, 20_001)
    assert "released 1.1.0" in run("release").output
    changelog = (deck / "CHANGELOG.md").read_text(encoding="utf-8")
    assert changelog.startswith("# Änderungen\n\nWas jede Version ")
    assert changelog.endswith("Die erste Version: 2 Notizen, 2 Karten.\n")
    page = Path("dist/site/news.html").read_text(encoding="utf-8")
    main = page[page.index("<main") : page.index("</main>")]
    text = re.sub(r"<[^>]*>", " ", main.replace("What is", ""))
    english = {"New", "Back", "Retired", "They", "The", "release", "notes", "keep"}
    assert english.isdisjoint(text.split()), text
    assert {"Neu", "Entfernt", "Notizen,"} <= set(text.split())


def test_versions_follow_what_learners_get(
    deck: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("release")
    (deck / "topic/one.md").write_text(QUESTION.format("one") + "\nFixed.\n")
    at(monkeypatch, 20_001)
    assert "released 1.0.1" in run("release").output
    (deck / "topic/three.md").write_text(QUESTION.format("three"))
    at(monkeypatch, 20_002)
    assert "released 1.1.0" in run("release").output
    changelog = (deck / "CHANGELOG.md").read_text()
    assert changelog.index("## 1.1.0") < changelog.index("## 1.0.1")


def test_the_site_lists_what_is_new_and_keeps_pages_of_retired_questions(
    deck: Path,
) -> None:
    run("release")
    text = QUESTION.format("two").replace("id:", "retired: true\nid:")
    (deck / "topic/two.md").write_text(text)
    made = run("build")
    assert made.return_value == 0, made.output
    site = Path("dist/site")
    news = (site / "news.html").read_text()
    assert '<h2 id="v1-0-0-' in news
    assert 'href="#v1-0-0-' in news
    assert 'href="news.html"' in (site / "index.html").read_text()
    assert "An answer to two." in (site / "q/two.html").read_text()
    assert "q/two.html" not in (site / "topics/topic.html").read_text()
    assert "1 question;" in made.output


def test_the_decks_description_lists_the_changes_of_the_newest_release(
    deck: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("release")
    text = QUESTION.format("three").replace("What is three", "What is a<b")
    (deck / "topic/three.md").write_text(text)
    at(monkeypatch, 20_001)
    run("release")
    with zipfile.ZipFile("dist/anki/d.apkg") as archive:
        data = archive.read("collection.anki2")
    with closing(sqlite3.connect(":memory:")) as database:
        database.deserialize(data)
        [[decks]] = database.execute("SELECT decks FROM col")
    [reported] = [d["desc"] for d in json.loads(decks).values() if d["name"] == "D"]
    assert "1.1.0 - 2024-10-05" in reported
    assert "- What is a&lt;b?" in reported
    assert "1.0.0" not in reported


def test_a_release_needs_no_terminal(deck: Path, tmp_path: Path) -> None:
    done = publish(
        deck, tmp_path / "elsewhere", ReleaseRequest(), lambda running, _: iter(running)
    )
    assert done.release is not None
    assert done.release.version == "1.0.0"
    assert done.emitted is not None
    # What was built before the ledger was written is what it says.
    after, again = build(
        open_project(deck), tmp_path / "elsewhere", options=BuildOptions()
    )
    assert again is not None
    assert (again.written, again.removed, after.preview) == ((), (), False)


def test_a_release_whose_build_fails_is_not_recorded(
    deck: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "triptych.releases.publish.build", lambda *_, **__: (Report(()), None)
    )
    assert run("release").return_value == 1
    assert not (deck / "deck.lock").exists()
    assert not (deck / "CHANGELOG.md").exists()


@pytest.mark.parametrize(
    ("now", "committed", "doubtful"),
    [(2000, 0, 0), (1000, 0, 1), (999, 999, 1), (5000 + 400 * DAY_SECONDS, 5000, 1)],
)
def test_a_clock_is_held_against_releases_and_commits(
    now: int, committed: int, doubtful: int
) -> None:
    latest = Released("1.0.0", 1000)
    assert len(list(clock_warnings(now, latest, committed))) == doubtful
    assert release_time(now, latest) == max(now, 1001)


def test_a_clock_behind_the_newest_commit_is_wrong() -> None:
    with pytest.raises(TriptychError, match="set the clock"):
        list(clock_warnings(1999, Released("1.0.0", 1000), 2000))


def test_the_newest_commit_is_asked_of_git_where_there_is_one(deck: Path) -> None:
    assert newest_commit(deck) == 0
    dated = {**os.environ, "GIT_COMMITTER_DATE": "1500000000 +0000"}
    who = ["-c", "user.name=A", "-c", "user.email=a@b.example"]
    for command in (
        ["init", "-q"],
        ["add", "."],
        [*who, "commit", "-q", "-m", "Begin"],
    ):
        subprocess.run(["git", *command], cwd=deck, env=dated, check=True)
    assert newest_commit(deck) == 1_500_000_000
