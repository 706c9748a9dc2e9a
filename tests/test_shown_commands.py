"""Commands that the documents show are run, or say why they are not."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from textwrap import dedent
from typing import NamedTuple

import pytest
from tests.reference import GUIDES, ROOT

from triptych.author.project import new_project

_FENCE = re.compile(
    r"(?P<reason><!-- not run: [^>]+ -->\n\s*)?"
    r"^(?P<indent> *)(?P<ticks>`{3,})(?P<info>[^\n`]*)\n"
    r"(?P<code>.*?)^(?P=indent)(?P=ticks)$",
    re.MULTILINE | re.DOTALL,
)
_SHELLS = {"sh", "bash", "console", "shell"}
_DOCUMENTS = (ROOT / "README.md", *sorted(GUIDES.glob("*.md")))


class Shown(NamedTuple):
    """A block of commands, and why it is not run."""

    code: str
    reason: str


def shown(document: Path) -> list[Shown]:
    text = document.read_text(encoding="utf-8")
    return [
        Shown(dedent(found["code"]), found["reason"] or "")
        for found in _FENCE.finditer(text)
        if found["info"].strip() in _SHELLS
    ]


def to_run(document: Path) -> str:
    return "".join(block.code for block in shown(document) if not block.reason)


_WITH_COMMANDS = [path for path in _DOCUMENTS if to_run(path)]


@pytest.fixture(scope="module")
def programs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with `triptych`, as an installation puts it on the path."""
    folder = tmp_path_factory.mktemp("programs")
    program = folder / "triptych"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m triptych "$@"\n')
    program.chmod(0o755)
    return folder


@pytest.mark.skipif(not shutil.which("bash"), reason="needs bash")
@pytest.mark.parametrize("document", _WITH_COMMANDS, ids=lambda path: path.stem)
def test_what_a_document_shows_to_run_works(
    document: Path, programs: Path, tmp_path: Path
) -> None:
    code = to_run(document)
    if "triptych init " not in code:
        for path, data in new_project("my-deck").items():
            (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / path).write_bytes(data)
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", code],
        cwd=tmp_path,
        env={
            **os.environ,
            "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
            "PYTHONPATH": str(ROOT / "builder"),
        },
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_command_that_is_not_run_names_a_verb_that_there_is() -> None:
    from triptych.cli.main import VERBS  # noqa: PLC0415 - only here

    blocks = [block.code for path in _DOCUMENTS for block in shown(path)]
    named = {
        verb
        for code in blocks
        for verb in re.findall(r"^\s*triptych (\w+)", code, re.MULTILINE)
    }
    assert named <= {*VERBS}


def test_no_command_installs_by_a_bare_name_from_an_index() -> None:
    pattern = (
        r"(?:pip|pipx|uvx|uv tool|uv pip) (?:install |run )?[\"']?triptych(?![\w.])"
    )
    for path in (*_DOCUMENTS, *(ROOT / "templates/init").rglob("*")):
        text = path.read_text(encoding="utf-8") if path.is_file() else ""
        found = re.findall(rf"{pattern}(?! @)", text)
        assert found == [], path
