"""Run one program in a process of its own, within limits, and read its report."""

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

import triptych
from triptych.runner.findings import one_line
from triptych.runner.limits import environment, wall_seconds
from triptych.runner.plan import Program
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
    """What one program did."""

    findings: tuple[CodeFinding, ...]
    printed: str
    """What it wrote to its standard output, without the newline at the end."""


class Processes:
    """The running processes, so that an interruption can end them."""

    def __init__(self) -> None:
        """Create an empty collection."""
        self._live: set[subprocess.Popen[bytes]] = set()
        self._lock = threading.Lock()
        self._stopped = False

    @contextmanager
    def started(self, process: subprocess.Popen[bytes]) -> Iterator[None]:
        """Keep `process` in the collection while it runs."""
        with self._lock:
            self._live.add(process)
            if self._stopped:
                _kill(process)
        try:
            yield
        finally:
            with self._lock:
                self._live.discard(process)

    def stop(self) -> None:
        """End all processes, and those that are started later."""
        with self._lock:
            self._stopped = True
            for process in self._live:
                _kill(process)


def run_program(
    program: Program,
    name: str,
    limits: TestSettings,
    processes: Processes,
    *,
    seed: int = 0,
) -> ProgramResult:
    """Run `program` of the file `name` in an empty folder; wait until it has ended."""
    with scratch_folder() as folder:
        home = folder / "home"
        home.mkdir()
        (folder / "job.json").write_text(_job(program, name, limits), encoding="utf-8")
        code = _wait(folder, home, limits, processes, seed)
        return ProgramResult(
            tuple(_reported(folder, code, name, limits)),
            _text(folder / "stdout.txt").rstrip("\n"),
        )


def _wait(
    folder: Path, home: Path, limits: TestSettings, processes: Processes, seed: int
) -> int | None:
    """Return the exit code of the process, or None if it was killed for its time."""
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


def _reported(
    folder: Path, code: int | None, name: str, limits: TestSettings
) -> Iterator[CodeFinding]:
    """Yield what the process reported, and why it ended if that was not regular."""
    try:
        report = json.loads((folder / "report.json").read_text("utf-8"))
    except FileNotFoundError:
        report = None
    for entry in report or ():
        finding = CodeFinding(**entry)
        reached = finding.rule == "greedy-code"
        yield replace(finding, detail=f"{limits.memory} MiB") if reached else finding
    if report is None or (code != 0 and not report):
        yield _end(folder, code, name, limits)


def _end(
    folder: Path, code: int | None, name: str, limits: TestSettings
) -> CodeFinding:
    """Return why a process ended too early."""
    trace, stderr = _text(folder / "trace.txt"), _text(folder / "stderr.txt")
    # The traceback writes what is not ASCII as escapes.
    written = name.encode("ascii", "backslashreplace").decode()
    places = [place for place in _PLACE.finditer(trace) if place[1] == written]
    line = int(places[0][2]) if places else 0
    how = _exit(code)
    if how == "SIGXCPU":
        return CodeFinding("slow-code", line, detail=f"{limits.timeout:g} s")
    if trace.startswith("Timeout") or code is None:
        return CodeFinding(
            "slow-code", line, detail=f"{wall_seconds(limits):g} s by the clock"
        )
    if how == "SIGKILL" or _OUT_OF_MEMORY.search(stderr):
        return CodeFinding("greedy-code", line, detail=f"{limits.memory} MiB")
    last = one_line(stderr.strip().rpartition("\n")[2])
    detail = ": ".join(filter(None, [how, last]))
    return CodeFinding("crashed-code", line, detail=detail)


def _exit(code: int | None) -> str:
    with suppress(ValueError):
        return signal.Signals(-(code or 0)).name
    return f"exit code {code}"


def _kill(process: subprocess.Popen[bytes]) -> None:
    """End `process` and what it started, unless it has ended."""
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
