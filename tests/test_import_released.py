"""An imported deck can be published and released as it came."""

import json
import re
from pathlib import Path

from click.testing import CliRunner
from tests.test_import import CROWDANKI, FROM_ANKI, documents, run, written

from triptych.cli.main import EXIT_FINDINGS, cli

PICTURES = """## What is this?
![](a.svg)

## What is a fold?
A part.

## What is a part?
"""


def verdict(*arguments: str | Path) -> int:
    """Return what a verb exits with."""
    words = [str(argument) for argument in arguments]
    result = CliRunner().invoke(cli, words, standalone_mode=False)
    assert result.exception is None, result.output
    return int(result.return_value or 0)


def test_a_refused_import_writes_nothing(tmp_path: Path) -> None:
    sources = written(tmp_path, PICTURES), written(tmp_path, "Nothing.\n", "empty.md")
    result = run("import", *sources, "--content", tmp_path / "new" / "deck")
    assert "no question was found" in str(result.exception)
    assert not (tmp_path / "new").exists()
    run("import", sources[0], "--content", tmp_path / "new" / "deck")
    assert (tmp_path / "new" / "deck" / "deck.toml").exists()


def test_release_says_who_needs_an_option(tmp_path: Path) -> None:
    for source, said in (
        (written(tmp_path, json.dumps(CROWDANKI), "deck.json"), "for Capital"),
        (written(tmp_path, FROM_ANKI, "anki.txt"), "keeps 2 of its notes as they are"),
        (written(tmp_path, PICTURES), "importing: Anki's default options suffice"),
    ):
        content = tmp_path / source.stem
        assert run("import", source, "--content", content).exit_code == 0
        released = run("release", "--content", content, "--dist", tmp_path / "dist")
        assert said in released.output
        assert ("default options" in released.output) == ("default options" in said)


def test_an_option_is_needed_for_notes_that_the_deck_has_alone(tmp_path: Path) -> None:
    content = tmp_path / "content"
    for name, text in (("deck.json", json.dumps(CROWDANKI)), ("anki.txt", FROM_ANKI)):
        made = run("import", written(tmp_path, text, name), "--content", content)
        assert made.exit_code == 0, made.output
    said = run("diff", "--content", content).output
    assert ("for Capital" in said, "keeps 2 of its notes" in said) == (True, True)
    (content / "europe" / "peru.md").unlink()
    said = run("diff", "--content", content).output
    assert ("for Capital" in said, "keeps 2 of its notes" in said) == (False, True)


def test_no_search_is_named_that_finds_nothing(tmp_path: Path) -> None:
    """A note with the note type of another program has no field with its id."""
    source = written(tmp_path, json.dumps(CROWDANKI), "deck.json")
    content, dist = tmp_path / "content", tmp_path / "dist"
    assert run("import", source, "--content", content).exit_code == 0
    peru, own = (content / "europe" / f"{name}.md" for name in ("peru", "own"))
    imported = peru.read_text("utf-8")
    own.write_text("---\nquestion: Mine?\n---\nYes.\n")
    mixed = imported.replace("id: peru\nguid: crowd;1", "id: mixed").replace(
        "Peru", "Chile"
    )
    mixed += "\n## Follow-ups\n### Why? {#why}\nSo.\n"
    peru.with_stem("mixed").write_text(mixed, "utf-8")
    assert verdict("release", "--content", content, "--dist", dist) == 0
    assert search_on_page(dist, "peru") == []
    assert search_on_page(dist, "own") == ["Id:own"]
    assert search_on_page(dist, "mixed") == ["Id:mixed/*"]
    practice = (dist / "site/practice/index.js").read_text("utf-8")
    (listed,) = re.findall(r'"unsearchable":\[(.*?)\]', practice)
    assert sorted(listed.split(",")) == ['"mixed"', '"peru"']
    package = next((dist / "anki").glob("*.apkg")).rename(tmp_path / "old.apkg")
    peru.write_text(imported.replace("tags:", "retired: true\ntags:"), "utf-8")
    searches = [search_in_diff(content), search_in_diff(content, package)]
    own.write_text("---\nquestion: Mine?\nretired: true\n---\nYes.\n")
    searches += [search_in_diff(content), search_in_diff(content, package)]
    found = ['("Id:own" OR "Id:own/*")']
    assert searches == [[], [], found, found]


def search_in_diff(content: Path, *since: Path) -> list[str]:
    report = run("diff", *since, "--content", content).output
    assert "retired" in report
    return re.findall(r"search for .* (\(.*\))", report)


def search_on_page(dist: Path, name: str) -> list[str]:
    page = (dist / f"site/q/{name}.html").read_text("utf-8")
    return re.findall("<kbd>(Id:.*?)</kbd>", page)


def test_what_a_new_deck_requires_makes_no_drafts(tmp_path: Path) -> None:
    assert run("init", tmp_path / "mine").exit_code == 0
    content = tmp_path / "mine" / "content"
    (content / "learning" / "old.md").write_text(
        "---\nquestion: Old?\nsummary: Yes.\ndifficulty: easy\n---\n"
        "![](media/forgetting-curve.svg)\n"
    )
    source = written(tmp_path, PICTURES)
    (source.parent / "a.svg").write_bytes(
        b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'
    )
    result = run("import", source, "--content", content)
    assert result.exit_code == 0, result.output
    assert "2 questions and 1 draft" in result.output
    assert "/old.md" not in (content / "known-warnings.txt").read_text()
    found = documents(content)
    assert {d.meta.id for d in found.values() if d.meta.draft} == {"part"}
    (content / "learning" / "old.md").unlink()
    assert verdict("check", "--strict", "--content", content) == 0
    dist = tmp_path / "dist"
    assert verdict("release", "--content", content, "--dist", dist) == 0
    # Questions that somebody writes are checked as ever.
    mine = content / "questions" / "mine.md"
    mine.write_text("---\nquestion: Mine?\n---\n![](media/a.svg)\n")
    result = run("check", "--content", content)
    assert verdict("check", "--content", content) == EXIT_FINDINGS
    assert "the key `difficulty` is missing" in result.output
    assert "missing-alt" in result.output
    mine.unlink()
    assert verdict("check", "--update-baseline", "--content", content) == 0
    assert verdict("check", "--strict", "--content", content) == 0
    (content / "known-warnings.txt").write_text("")
    assert "the key `difficulty`" in run("check", "--content", content).output
