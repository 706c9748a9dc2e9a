"""Run one program in its own process, within limits, and read its report."""

import json
import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import triptych
from triptych.runner.findings import one_line
from triptych.runner.limits import environment, wall_seconds
from triptych.runner.plan import Program
from triptych.runner.statements import Statement, statements
from triptych.scratch import scratch_folder
from triptych.validate.code import CodeFinding
from triptych.values.deck import TestSettings

_START = (
    "import sys; sys.path.insert(0, sys.argv[1]);"
    "from triptych.runner.child import main; del sys.path[0]; main(sys.argv[2])"
)
_ROOT = Path(triptych.__file__).resolve().parents[1]
_GRACE_SECONDS = 5.0
_MAX_READ_BYTES = 1 << 20
_PLACE = re.compile(r'File "(.*)", line (\d+)')
_OUT_OF_MEMORY = re.compile(r"MemoryError|bad_alloc|Memory allocation")


@dataclass(frozen=True, slots=True)
class ProgramResult:
    """The result of running one program."""

    findings: tuple[CodeFinding, ...]
    printed: str
    """Its standard output, without the newline at the end."""
    stated: tuple[Statement, ...] = ()
    """The numbers of the text that its tests computed."""


class Processes:
    """The running processes, to end them all on an interruption."""

    def __init__(self) -> None:
        """Create an empty collection."""
        self._running: set[subprocess.Popen[bytes]] = set()
        self._lock = threading.Lock()
        self._stopped = False

    @contextmanager
    def started(self, process: subprocess.Popen[bytes]) -> Iterator[None]:
        """Keep `process` in the collection while it runs."""
        with self._lock:
            self._running.add(process)
            if self._stopped:
                _kill(process)
        try:
            yield
        finally:
            with self._lock:
                self._running.discard(process)

    def stop(self) -> None:
        """End all processes, and those that are started later."""
        with self._lock:
            self._stopped = True
            for process in self._running:
                _kill(process)


def run_program(
    program: Program,
    name: str,
    limits: TestSettings,
    processes: Processes,
    *,
    seed: int = 0,
) -> ProgramResult:
    """Run `program` of the file `name` in an empty folder and wait for its end."""
    with scratch_folder() as folder:
        home = folder / "home"
        home.mkdir()
        (folder / "job.json").write_text(_job(program, name, limits), encoding="utf-8")
        code = _wait(folder, home, limits, processes, seed)
        report = _report(folder)
        return ProgramResult(
            tuple(_reported(report, folder, code, name, limits)),
            _text(folder / "stdout.txt").rstrip("\n"),
            statements((report or {}).get("stated")),
        )


def _wait(
    folder: Path, home: Path, limits: TestSettings, processes: Processes, seed: int
) -> int | None:
    """Return the exit code of the process, or None if it exceeded the time limit."""
    with (
        (folder / "stdout.txt").open("wb") as stdout,
        (folder / "stderr.txt").open("wb") as stderr,
    ):
        process = subprocess.Popen(  # noqa: S603 - our own interpreter
            [sys.executable, "-P", "-B", "-c", _START, str(_ROOT), str(folder)],
            cwd=home,
            env=environment(home, seed),
            stdin=subprocess.DEVNULL,
            stdout=stdout,
            stderr=stderr,
            start_new_session=True,
        )
        with processes.started(process):
            try:
                return process.wait(wall_seconds(limits) + _GRACE_SECONDS)
            except subprocess.TimeoutExpired:
                _kill(process)
                process.wait()
                return None


def _job(program: Program, name: str, limits: TestSettings) -> str:
    blocks = [
        # The code begins on the line below its fence.
        {"role": block.role, "line": block.line + 1, "text": block.text}
        for block in program.blocks
    ]
    return json.dumps(
        {
            "name": name,
            "blocks": blocks,
            "timeout": limits.timeout,
            "wall": wall_seconds(limits),
            "memory": limits.memory,
        }
    )


def _report(folder: Path) -> dict[str, Any] | None:
    """Return what the process reported, or None if it ended before that."""
    try:
        report: dict[str, Any] = json.loads((folder / "report.json").read_text("utf-8"))
    except FileNotFoundError:
        return None
    return report


def _reported(
    report: dict[str, Any] | None,
    folder: Path,
    code: int | None,
    name: str,
    limits: TestSettings,
) -> Iterator[CodeFinding]:
    """Yield what the process found, and why it ended if that was not regular."""
    found = report["findings"] if report else []
    for entry in found:
        finding = CodeFinding(**entry)
        if finding.rule == "greedy-code":
            finding = replace(finding, detail=f"{limits.memory} MiB")
        yield finding
    if report is None or (code != 0 and not found):
        yield _end_finding(folder, code, name, limits)


def _end_finding(
    folder: Path, code: int | None, name: str, limits: TestSettings
) -> CodeFinding:
    """Return a finding with the reason why a process ended too early."""
    trace, stderr = _text(folder / "trace.txt"), _text(folder / "stderr.txt")
    # The traceback has escapes in place of characters that are not ASCII.
    escaped_name = name.encode("ascii", "backslashreplace").decode()
    places = [place for place in _PLACE.finditer(trace) if place[1] == escaped_name]
    line = int(places[0][2]) if places else 0
    exit_reason = _exit_reason(code)
    if exit_reason == "SIGXCPU":
        return CodeFinding("slow-code", line, detail=f"{limits.timeout:g} s")
    if trace.startswith("Timeout") or code is None:
        return CodeFinding(
            "slow-code", line, detail=f"{wall_seconds(limits):g} s by the clock"
        )
    if exit_reason == "SIGKILL" or _OUT_OF_MEMORY.search(stderr):
        return CodeFinding("greedy-code", line, detail=f"{limits.memory} MiB")
    last = one_line(stderr.strip().rpartition("\n")[2])
    detail = ": ".join(filter(None, [exit_reason, last]))
    return CodeFinding("crashed-code", line, detail=detail)


def _exit_reason(code: int | None) -> str:
    with suppress(ValueError):
        return signal.Signals(-(code or 0)).name
    return f"exit code {code}"


def _kill(process: subprocess.Popen[bytes]) -> None:
    """End `process` and all that it started, unless it has ended."""
    if process.returncode is not None:
        return
    with suppress(ProcessLookupError, PermissionError):
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()


def _text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return file.read(_MAX_READ_BYTES).decode("utf-8", "replace")
    except FileNotFoundError:
        return ""
