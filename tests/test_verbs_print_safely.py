"""No verb prints what steers a terminal or turns text, nor does a file for people."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.cases import write_deck

from triptych.cli.main import VERBS, cli

ODD = "\x1b]0;title\x07\x1b[31m\x9b2J\u202eabc\u2066def\u2028g\u200fh\x7f\x85\x0c"
STEERING = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]"
)
# YAML reads the short escape alike, but in prose it is an error: no author means it.
IN_YAML = json.dumps(ODD)[1:-1].replace(r"\f", r"\x0c")
QUESTION = f"""---
question: "What {IN_YAML} is it?"
summary: "It is {{{{c1::{IN_YAML}}}}}."
tags: ["{IN_YAML}"]
kind: "{IN_YAML}"
related: ["{IN_YAML}"]
{IN_YAML}: x
---
Words{ODD}.

```python solution {ODD}
raise ValueError({json.dumps(ODD)})
```

```python test
def test_x():
    assert False
```
"""
SOUND = f"""---
question: "What {IN_YAML} is it?"
summary: "It is {{{{c1::{IN_YAML}}}}}."
tags: ["{IN_YAML}"]
---
Words{ODD}.
"""


@pytest.fixture
def deck(tmp_path: Path) -> Path:
    return write_deck(tmp_path / "deck", f"=== t/q.md\n{QUESTION}")


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    return write_deck(tmp_path / "sound", f"=== t/q.md\n{SOUND}")


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, [str(a) for a in arguments], standalone_mode=False)


def commands(content: Path, dist: Path) -> Iterator[list[str]]:
    """Yield a command for each verb and each format that it prints."""
    deck = ["--content", str(content)]
    for format_ in ("full", "concise", "json", "github"):
        yield ["check", "--format", format_, *deck]
        yield ["test", "--all", "--format", format_, *deck]
    for format_ in ("table", "json"):
        yield ["list", "--format", format_, *deck]
    for format_ in ("text", "markdown", "json"):
        yield ["diff", "--format", format_, *deck]
    yield ["build", "--dist", str(dist), *deck]
    yield ["release", "--dist", str(dist), *deck]
    package = next(dist.glob("anki/*.apkg"), dist)
    yield ["adopt", str(package), "--yes", *deck]
    yield ["adopt", ODD, *deck]
    yield ["adopt", "--merge", str(content / "deck.toml"), *deck]
    yield ["adopt", "--version", ODD, str(package), *deck]
    table = content.parent / "odd.csv"
    table.write_text(f"Front,Back,{ODD}\n{ODD},{ODD},x\n", encoding="utf-8")
    yield ["import", str(table), "--dry-run", *deck]
    yield ["import", str(table), "--as", ODD, *deck]
    log = content.parent / "log.json"
    rows = [[1, ODD, 3, [], "b"], [1, "q", 3, [], "b"]]
    known = {"format": "triptych-progress", "version": 1, "deck": "test", "rows": rows}
    log.write_text(json.dumps(known), encoding="utf-8")
    yield ["progress", str(log), "--dist", str(dist), *deck]
    yield ["progress", str(log), "--time-zone", ODD, *deck]
    yield ["progress", f"{log}{ODD}", *deck]
    other = content.parent / "other.json"
    other.write_text(json.dumps(known | {"deck": ODD}), encoding="utf-8")
    yield ["progress", str(other), *deck]
    yield ["explain", ODD]
    yield ["schema", ODD]
    yield ["completion", ODD]
    yield ["new", ODD, *deck]
    yield ["new", "t", ODD, *deck]
    yield ["rename", ODD, "x", *deck]
    yield ["rename", "q", ODD, *deck]
    yield ["check", "--select", ODD, *deck]
    yield ["build", "--where", ODD, "--dist", str(dist), *deck]
    yield ["list", "--content", f"{content}{ODD}"]
    yield [ODD]


def test_each_verb_that_prints_is_tried(tmp_path: Path) -> None:
    tried = {command[0] for command in commands(tmp_path, tmp_path)}
    # `init` prints the folder it was given, and `serve` what `build` prints.
    assert set(VERBS) - tried <= {"init", "serve"}


@pytest.mark.parametrize("name", ["deck", "sound"])
def test_no_verb_steers_the_terminal(
    name: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    content = request.getfixturevalue(name)
    for command in commands(content, tmp_path / "dist"):
        # A process of its own, whose errors are printed by the real `main`.
        done = subprocess.run(
            [sys.executable, "-m", "triptych", *command],
            cwd=tmp_path,
            capture_output=True,
            check=False,
        )
        said = done.stdout.decode() + done.stderr.decode()
        assert done.returncode != 3, said
        assert STEERING.findall(said) == [], (command, said)


def test_what_programs_read_says_the_same(sound: Path) -> None:
    listed = json.loads(run("list", "--format", "json", "--content", sound).stdout)
    assert "\u202eabc\u2066def" in listed["questions"][0]["question"]
    differs = json.loads(run("diff", "--format", "json", "--content", sound).stdout)
    assert "\u202eabc\u2066def" in differs["new"][0]["prompt"]


def test_the_changelog_that_a_release_writes_turns_no_text(
    tmp_path: Path,
) -> None:
    # The tag that no tag can be is a warning, and a release stops at one.
    plain = SOUND.replace(f'tags: ["{IN_YAML}"]', "tags: [plain]")
    sound = write_deck(tmp_path / "sound", f"=== t/q.md\n{plain}")
    assert (
        run("release", "--content", sound, "--dist", tmp_path / "d").return_value == 0
    )
    changelog = (sound / "CHANGELOG.md").read_text("utf-8")
    assert "What" in changelog
    # Marks of direction are words' own; what turns the text after them is not.
    assert set(STEERING.findall(changelog)) <= {"\u200f"}
