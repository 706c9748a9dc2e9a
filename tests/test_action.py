"""The composite action runs what it says, and no code of the content beside a token."""

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.reference import GUIDES, ROOT

from triptych.author.project import new_project

ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
STEPS: list[dict[str, Any]] = ACTION["runs"]["steps"]


def test_the_documents_list_every_input_with_its_default() -> None:
    rows = re.findall(
        r"^\| `(\w+)` \| `([^`]+)` \|",
        (GUIDES / "ci.md").read_text("utf-8"),
        re.MULTILINE,
    )
    assert dict(rows) == {n: i["default"] for n, i in ACTION["inputs"].items()}


def test_no_step_with_a_token_runs_after_code_of_the_content() -> None:
    runs_code = [
        at for at, s in enumerate(STEPS) if "triptych test" in s.get("run", "")
    ]
    has_token = [at for at, s in enumerate(STEPS) if "github.token" in str(s)]
    assert len(runs_code) == 1
    assert max(has_token) < runs_code[0]


def test_it_refuses_the_event_with_a_strangers_code_and_our_token() -> None:
    assert STEPS[0]["if"] == "github.event_name == 'pull_request_target'"
    assert "exit 1" in STEPS[0]["run"]


def test_a_pull_request_from_a_fork_is_not_commented() -> None:
    comments = [step for step in STEPS if "gh pr comment" in step.get("run", "")]
    (condition,) = (step["if"] for step in comments)
    assert condition.split(" && ") == [
        "inputs.comment == 'true'",
        "github.event_name == 'pull_request'",
        "github.event.pull_request.head.repo.full_name == github.repository",
    ]


def test_nothing_of_an_event_is_spliced_into_a_script() -> None:
    assert [step["name"] for step in STEPS if "${{" in step.get("run", "")] == []


@pytest.mark.slow
def test_its_steps_pass_with_a_new_deck(tmp_path: Path) -> None:
    for path, data in new_project("my-deck").items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(data)
    program = tmp_path / "programs/triptych"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m triptych "$@"\n')
    program.chmod(0o755)
    summary = tmp_path / "summary.md"
    environment = {
        **os.environ,
        "PATH": f"{program.parent}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT / "builder"),
        "GITHUB_STEP_SUMMARY": str(summary),
        "RUNNER_TEMP": str(tmp_path / "temp"),
        "CONTENT": "content",
        "STRICT": "true",
    }
    (tmp_path / "temp").mkdir()
    ours = [step["run"] for step in STEPS if "triptych " in step.get("run", "")]
    assert len(ours) == 4
    for script in ours:
        subprocess.run(
            ["bash", "-e", "-c", script], cwd=tmp_path, env=environment, check=True
        )
    assert "### New" in summary.read_text(encoding="utf-8")
