"""What verbs print for programs is one object with the same three keys."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.cases import write_deck

from triptych.cli.main import cli

GOOD = "=== topic/a.md\n---\nquestion: What?\n---\nThat.\n"
BAD = "=== topic/a.md\n---\nquestion: What?\nsumary: x\n---\nThat.\n"
VERBS = ("check", "test", "list", "diff")


def printed(deck: Path, verb: str) -> tuple[dict[str, object], int]:
    arguments = [verb, "--format", "json", "--content", str(deck)]
    done = CliRunner().invoke(cli, arguments, standalone_mode=False)
    return json.loads(done.stdout), done.return_value or 0


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_says_that_it_went_well(verb: str, tmp_path: Path) -> None:
    data, code = printed(write_deck(tmp_path, GOOD), verb)
    assert (data["ok"], code, data["diagnostics"]) == (True, 0, [])
    assert isinstance(data["result"], dict)


@pytest.mark.parametrize("verb", ["check", "diff"])
def test_every_verb_says_what_is_wrong(verb: str, tmp_path: Path) -> None:
    data, code = printed(write_deck(tmp_path, BAD), verb)
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
    listed, _ = printed(deck, "list")
    assert [question["id"] for question in listed["questions"]] == ["a"]
    compared, _ = printed(deck, "diff")
    assert [note["note"] for note in compared["new"]] == ["a"]
