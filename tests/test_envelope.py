"""What verbs print for programs is one object with the same three keys."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from tests.cases import write_deck
from tests.reference import ROOT

from triptych.cli.main import VERBS, cli

GOOD = "=== topic/a.md\n---\nquestion: What?\n---\nThat.\n"
BAD = "=== topic/a.md\n---\nquestion: What?\nsumary: x\n---\nThat.\n"
WITHOUT = {"serve"}
"""It runs until it is stopped."""
OF_A_DECK = {
    "build": ("site", "--no-downloads"),
    "check": (),
    "diff": (),
    "list": (),
    "new": ("concept", "Why?"),
    "release": (),
    "rename": ("a", "b"),
    "test": (),
}
OF_NONE = {
    "completion": ("bash",),
    "explain": (),
    "schema": ("deck",),
}


def printed(*arguments: str | Path) -> tuple[dict[str, Any], int]:
    words = [*map(str, arguments), "--format", "json"]
    done = CliRunner().invoke(cli, words, standalone_mode=False)
    assert done.exception is None, done.output
    return json.loads(done.stdout), done.return_value or 0


def of_deck(deck: Path, verb: str) -> tuple[dict[str, Any], int]:
    return printed(verb, *OF_A_DECK[verb], "--content", deck)


def test_every_verb_but_the_server_prints_the_object() -> None:
    tried = {*OF_A_DECK, *OF_NONE, "adopt", "import", "init", "progress"}
    assert tried == {*VERBS} - WITHOUT


@pytest.mark.parametrize("verb", OF_A_DECK)
def test_every_verb_says_that_it_went_well(verb: str, tmp_path: Path) -> None:
    data, code = of_deck(write_deck(tmp_path / "content", GOOD), verb)
    assert (data["ok"], code, data["diagnostics"]) == (True, 0, [])
    assert data["result"]


@pytest.mark.parametrize("verb", OF_NONE)
def test_verbs_without_a_deck_print_the_object(verb: str) -> None:
    data, code = printed(verb, *OF_NONE[verb])
    assert (data["ok"], code, data["diagnostics"]) == (True, 0, [])
    assert data["result"]


def test_a_new_deck_an_import_and_an_adoption_are_reported(tmp_path: Path) -> None:
    made, _ = printed("init", tmp_path / "deck", "--kind", "plain")
    assert "content/deck.toml" in made["result"]["files"]
    content = tmp_path / "deck/content"
    source = tmp_path / "notes.md"
    source.write_text("## Q. What is one?\n\nThe first number.\n")
    brought, _ = printed("import", source, "--content", content)
    (one,) = brought["result"]["sources"]
    assert (one["questions"] + one["drafts"], len(one["new"])) == (1, 1)
    released, _ = printed("release", "--content", content)
    assert released["result"]["version"] == "1.0.0"
    (package,) = (tmp_path / "deck/dist/anki").glob("*.apkg")
    adopted, _ = printed("adopt", package, "--content", content, "--yes")
    assert adopted["result"]["release"] == "1.0.0"
    assert adopted["result"]["changed"] == []


def test_what_is_done_is_reported_with_its_places(tmp_path: Path) -> None:
    deck = write_deck(tmp_path / "content", GOOD)
    made, _ = printed("new", "concept", "Why?", "--content", deck)
    assert Path(made["result"]["path"]).is_file()
    renamed, _ = printed("rename", "a", "b", "--content", deck)
    assert [Path(m["to"]).name for m in renamed["result"]["moved"]] == ["b.md"]
    built, _ = printed("build", "site", "--no-downloads", "--content", deck)
    assert built["result"]["questions"] == 1
    assert built["result"]["written"] > 1
    again, _ = printed("build", "site", "--no-downloads", "--content", deck)
    assert again["result"] | {"written": 0} == again["result"]


@pytest.mark.parametrize("verb", ["build", "check", "diff", "release"])
def test_every_verb_says_what_is_wrong(verb: str, tmp_path: Path) -> None:
    data, code = of_deck(write_deck(tmp_path / "content", BAD), verb)
    assert (data["ok"], code) == (False, 1)
    assert [d["rule"] for d in data["diagnostics"]] == ["unknown-key"]
    assert data["result"] == {"errors": 1, "warnings": 0, "hints": 0}


def test_strictness_decides_what_is_ok(tmp_path: Path) -> None:
    deck = write_deck(tmp_path, "=== topic/a.md\n---\nquestion: What?\n---\n")
    arguments = ["check", "--format", "json", "--content", str(deck)]
    oks = [
        json.loads(CliRunner().invoke(cli, [*arguments, *strict]).stdout)["ok"]
        for strict in ([], ["--strict"])
    ]
    assert oks == [True, False]


def test_keys_of_a_verb_stay_at_the_top(tmp_path: Path) -> None:
    deck = write_deck(tmp_path, GOOD)
    listed, _ = of_deck(deck, "list")
    assert [question["id"] for question in listed["questions"]] == ["a"]
    compared, _ = of_deck(deck, "diff")
    assert [note["note"] for note in compared["new"]] == ["a"]


def run(*arguments: str, encoding: str = "utf-8") -> tuple[dict[str, Any], int, str]:
    """Run the program itself; return its object, its exit code and its messages."""
    done = subprocess.run(
        [sys.executable, "-m", "triptych", *arguments],
        env={
            **os.environ,
            "PYTHONIOENCODING": encoding,
            "PYTHONPATH": str(ROOT / "builder"),
            "PYTHONUTF8": "0",
        },
        capture_output=True,
        check=False,
    )
    said = done.stderr.decode(encoding)
    return json.loads(done.stdout.decode(encoding)), done.returncode, said


@pytest.mark.parametrize(
    "arguments",
    [
        ("check", "--content", "nowhere", "--format", "json"),
        ("list", "--format=json", "--unknown"),
        ("explain", "no-such-rule", "--format", "json"),
    ],
)
def test_what_cannot_be_done_is_an_object_too(arguments: tuple[str, ...]) -> None:
    data, code, said = run(*arguments)
    assert (data["ok"], code, data["diagnostics"], data["result"]) == (False, 2, [], {})
    assert data["error"]
    assert said


def test_a_console_with_few_characters_gets_all_of_them_escaped(tmp_path: Path) -> None:
    text = "=== topic/a.md\n---\nquestion: 什么是 é 😀?\n---\nThat.\n"
    deck = write_deck(tmp_path, text)
    arguments = ("list", "--format", "json", "--content", str(deck))
    data, code, _ = run(*arguments, encoding="cp1252")
    assert code == 0
    assert data["questions"][0]["question"] == "什么是 é 😀?"
