"""Completion scripts are sourced and used in each shell that is there."""

import os
import pty
import re
import select
import shutil
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner

import triptych
from triptych.cli.main import cli

SOURCES = Path(triptych.__file__).parents[1]
SECONDS = 120
"""How long a shell may take on a loaded machine."""
SHELLS = {
    "bash": (["bash", "--norc", "--noprofile", "-i"], []),
    "zsh": (["zsh", "-f", "-i"], ["autoload -U compinit", "compinit -u"]),
}
TYPED = [
    ("triptych che", "triptych check "),
    ("triptych explain half-quo", "triptych explain half-quotes "),
    ("triptych check --lea", "triptych check --learn "),
]


@pytest.fixture
def environment(tmp_path: Path) -> Mapping[str, str]:
    """Return an environment whose path has `triptych`, as installed."""
    command = tmp_path / "bin" / "triptych"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m triptych "$@"\n')
    command.chmod(0o755)
    return os.environ | {
        "PATH": f"{command.parent}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(SOURCES),
        "HOME": str(tmp_path),
        "TERM": "dumb",
    }


def script(shell: str, folder: Path) -> str:
    """Write the completion script for `shell`, and return its name."""
    path = folder / f"completion.{shell}"
    path.write_text(CliRunner().invoke(cli, ["completion", shell]).output)
    return path.name


class Terminal:
    """A shell on a terminal of its own."""

    def __init__(
        self, argv: list[str], folder: Path, environment: Mapping[str, str]
    ) -> None:
        """Start the shell in `folder`."""
        self._shown = b""
        ours, theirs = pty.openpty()
        self._terminal = ours
        self._process = subprocess.Popen(
            argv,
            cwd=folder,
            env=environment,
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            start_new_session=True,
        )
        os.close(theirs)

    def type(self, text: str) -> None:
        self._shown = b""
        os.write(self._terminal, text.encode())

    def wait_for(self, pattern: str) -> str:
        """Read what the shell shows until it matches `pattern`."""
        end = time.monotonic() + SECONDS
        while not re.search(pattern, self._shown.decode(errors="replace")):
            assert time.monotonic() < end, self._shown
            if select.select([self._terminal], [], [], 1)[0]:
                self._shown += os.read(self._terminal, 4096)
        return self._shown.decode(errors="replace")

    def close(self) -> None:
        self._process.kill()
        self._process.wait()
        os.close(self._terminal)


@pytest.mark.parametrize("shell", SHELLS)
def test_a_shell_completes_what_is_typed(
    shell: str, tmp_path: Path, environment: Mapping[str, str]
) -> None:
    if not shutil.which(shell):
        pytest.skip(f"needs {shell}")
    argv, before = SHELLS[shell]
    terminal = Terminal(argv, tmp_path, environment)
    try:
        for line in (*before, f"source {script(shell, tmp_path)}"):
            terminal.type(f"{line}\n")
        # What is typed is shown, too, so the word must not stand in it.
        terminal.type("echo rea''dy\n")
        terminal.wait_for(r"(?m)^ready")
        for typed, completed in TYPED:
            terminal.type(f"{typed}\t")
            terminal.wait_for(re.escape(completed))
            terminal.type("\x15echo do''ne\n")  # Ctrl-U deletes the line
            terminal.wait_for(r"(?m)^done")
    finally:
        terminal.close()


@pytest.mark.skipif(not shutil.which("fish"), reason="needs fish")
@pytest.mark.parametrize(("typed", "completed"), TYPED)
def test_fish_completes_what_is_typed(
    typed: str, completed: str, tmp_path: Path, environment: Mapping[str, str]
) -> None:
    commands = f"source {script('fish', tmp_path)}; complete -C '{typed}'"
    done = subprocess.run(
        ["fish", "--no-config", "-c", commands],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    offered, _, _ = done.stdout.strip().partition("\t")
    assert completed.strip().endswith(offered)
    assert offered
    assert done.stderr == ""
