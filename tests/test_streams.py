"""Who reads what a verb prints may leave, or not listen at all."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

fcntl = pytest.importorskip("fcntl", reason="streams of POSIX, and bash")

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "tests/sample"
ENVIRONMENT = os.environ | {"PYTHONPATH": str(ROOT / "builder")}
PRINTING = [
    ["explain"],
    ["--help"],
    ["--version"],
    ["schema"],
    ["list", "--content", str(SAMPLE)],
    ["list", "--format", "json", "--content", str(SAMPLE)],
    ["check", "--format", "json", "--content", str(SAMPLE)],
    ["diff", "--content", str(SAMPLE)],
]


def run(
    verb: list[str], stdout: int = subprocess.PIPE
) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "triptych", *verb]
    return subprocess.run(
        command,
        env=ENVIRONMENT,
        timeout=120,
        check=False,
        stdout=stdout,
        stderr=subprocess.PIPE,
    )


def shell(line: str, verb: list[str]) -> subprocess.CompletedProcess[str]:
    """Run `line` with bash, in which `"$@"` is the verb's command."""
    return subprocess.run(
        ["bash", "-c", line, "bash", sys.executable, "-m", "triptych", *verb],
        env=ENVIRONMENT,
        timeout=120,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("verb", PRINTING, ids=lambda verb: " ".join(verb[:2]))
def test_a_reader_that_leaves_early_changes_nothing(verb: list[str]) -> None:
    line = '"$@" | head -c 1 >/dev/null; exit ${PIPESTATUS[0]}'
    done = shell(line, verb)
    usual = run(verb)
    assert (done.returncode, done.stderr) == (usual.returncode, usual.stderr.decode())


@pytest.mark.parametrize("verb", PRINTING, ids=lambda verb: " ".join(verb[:2]))
@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-", "<&- >&- 2>&-"])
def test_a_closed_stream_changes_nothing(verb: list[str], closed: str) -> None:
    done = shell(f'"$@" {closed}', verb)
    assert done.returncode == run(verb).returncode
    assert "bug in triptych" not in done.stderr


def test_a_stream_with_few_characters_shows_escapes_for_the_others(
    tmp_path: Path,
) -> None:
    (tmp_path / "topic").mkdir()
    (tmp_path / "deck.toml").write_text('id = "d"\ntitle = "D"\n')
    text = "---\nquestion: What?\n什么: 1\n---\nThat.\n"
    (tmp_path / "topic/a.md").write_text(text, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "triptych", "check", "--content", str(tmp_path)],
        env={**ENVIRONMENT, "PYTHONIOENCODING": "cp1252", "PYTHONUTF8": "0"},
        timeout=120,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 1, done.stderr
    assert b"\\u4ec0\\u4e48" in done.stdout


def test_a_reader_that_left_before_the_first_line_changes_nothing() -> None:
    receiver, sender = os.pipe()
    os.close(receiver)
    try:
        done = run(["explain"], stdout=sender)
    finally:
        os.close(sender)
    assert (done.returncode, done.stderr) == (0, b"")


def test_an_error_keeps_its_exit_code_when_output_is_closed() -> None:
    line = '"$@" 2>&1 | head -c 1 >/dev/null; exit ${PIPESTATUS[0]}'
    assert shell(line, ["explain", "no-such-rule"]).returncode == 2
    assert shell('"$@" 2>/dev/full', ["explain", "no-such-rule"]).returncode == 2


def test_a_build_continues_when_its_output_is_closed(tmp_path: Path) -> None:
    verb = ["build", "--content", str(SAMPLE), "--dist", str(tmp_path)]
    done = shell('"$@" >&- 2>&-', verb)
    assert done.returncode == 0
    assert (tmp_path / "manifest.json").is_file()


def test_a_full_disk_is_reported_as_a_system_error() -> None:
    done = shell('"$@" >/dev/full', ["list", "--content", str(SAMPLE)])
    assert done.returncode == 2
    assert done.stderr == "triptych: cannot print: No space left on device\n"


@pytest.mark.skipif(sys.platform != "linux", reason="the size of a pipe is set")
def test_a_full_pipe_that_does_not_wait_is_waited_for() -> None:
    receiver, sender = os.pipe()
    fcntl.fcntl(sender, fcntl.F_SETPIPE_SZ, 4096)
    os.set_blocking(sender, False)
    command = [sys.executable, "-m", "triptych", "explain"]
    with subprocess.Popen(command, env=ENVIRONMENT, stdout=sender) as running:
        os.close(sender)
        with os.fdopen(receiver, "rb") as reader:
            # The pipe is full long before anybody reads.
            with pytest.raises(subprocess.TimeoutExpired):
                running.wait(timeout=1)
            printed = reader.read()
        assert running.wait(timeout=60) == 0
    assert printed == run(["explain"]).stdout
