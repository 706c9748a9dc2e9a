"""Run one program in its own process, within limits, and read its report."""

import json
import os
import re
import secrets
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO

import triptych
from triptych.runner.findings import one_line
from triptych.runner.isolation import NOT_ISOLATED
from triptych.runner.limits import environment, wall_seconds
from triptych.runner.plan import Program
from triptych.runner.reported import ProgramReport, read_report, visible
from triptych.runner.statements import Statement
from triptych.scratch import scratch_folder
from triptych.validate.code import CodeFinding
from triptych.values.deck import TestSettings

_START = (
    "import sys; sys.path.insert(0, sys.argv[1]);"
    "from triptych.runner.child import main; del sys.path[0]; main()"
)
_ROOT = Path(triptych.__file__).resolve().parents[1]
_GRACE_SECONDS = 5.0
_MAX_KEPT_BYTES = 4 << 20
"""How much is kept of the beginning and of the end of what a program writes."""
_PIECE_BYTES = 1 << 16
_PLACE = re.compile(r'File "(.*)", line (\d+)')
_TRACE = re.compile(
    r"^(?:Timeout \(|Fatal Python error|Current thread 0x|Thread 0x|Stack \()",
    re.MULTILINE,
)
"""The first line of what Python writes about a program that exceeds a limit."""
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
        self.can_isolate = True
        """Whether the kernel allows namespaces, as far as is known."""

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
    mark = f"\0{secrets.token_hex(16)}\0"
    job = {**_job(program, name, limits), "mark": mark}
    end = _run(job, limits, processes, seed)
    # What the program printed, then its reports, each of which begins with the mark.
    printed, *reports = end.stdout.split(mark.encode())
    if reports == [NOT_ISOLATED]:
        processes.can_isolate = False
        return run_program(program, name, limits, processes, seed=seed)
    report = read_report(reports[-1]) if reports else None
    return ProgramResult(
        tuple(_findings(report, end, name, limits)),
        printed.decode("utf-8", "replace").rstrip("\n"),
        report.stated if report else (),
    )


def _run(
    job: Mapping[str, object], limits: TestSettings, processes: Processes, seed: int
) -> "_End":
    """Run a process for `job` in an empty folder and return how it ended."""
    with scratch_folder() as folder:
        place = {"folder": str(folder), "isolate": processes.can_isolate}
        data = json.dumps({**job, **place}).encode()
        return _wait(folder, data, limits, processes, seed)


def _wait(
    folder: Path, job: bytes, limits: TestSettings, processes: Processes, seed: int
) -> "_End":
    process = subprocess.Popen(  # noqa: S603 - our own interpreter
        [sys.executable, "-P", "-B", "-c", _START, str(_ROOT)],
        cwd=folder,
        env=environment(folder, seed),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    assert process.stdin  # noqa: S101 - it is a pipe
    stdout, stderr = _Reader(process.stdout), _Reader(process.stderr)
    code: int | None = None
    with processes.started(process):
        with suppress(BrokenPipeError), process.stdin as pipe:
            pipe.write(job)
        try:
            code = process.wait(wall_seconds(limits) + _GRACE_SECONDS)
        except subprocess.TimeoutExpired:
            _kill(process)
            process.wait()
    return _End(code, stdout.data(), stderr.data())


@dataclass(frozen=True, slots=True)
class _End:
    """How a process ended, and what it wrote."""

    code: int | None
    """Its exit code; None if it exceeded the time limit."""
    stdout: bytes
    stderr: bytes


class _Reader(threading.Thread):
    """Reads a pipe to its end; keeps only the beginning and the end of much data."""

    def __init__(self, pipe: IO[bytes] | None) -> None:
        super().__init__(daemon=True)
        assert pipe  # noqa: S101 - it is a pipe
        self._pipe = pipe
        self._data = bytearray()
        self.start()

    def run(self) -> None:
        """Read until nothing can write to the pipe any more."""
        while piece := os.read(self._pipe.fileno(), _PIECE_BYTES):
            self._data += piece
            if len(self._data) > 2 * _MAX_KEPT_BYTES:
                del self._data[_MAX_KEPT_BYTES:-_MAX_KEPT_BYTES]
        self._pipe.close()

    def data(self) -> bytes:
        """Return the data; a process that outlived the program is not waited for."""
        self.join(_GRACE_SECONDS)
        return bytes(self._data)


def _job(program: Program, name: str, limits: TestSettings) -> Mapping[str, object]:
    blocks = [
        # The code begins on the line below its fence.
        {"role": block.role, "line": block.line + 1, "text": block.text}
        for block in program.blocks
    ]
    return {
        "name": name,
        "blocks": blocks,
        "timeout": limits.timeout,
        "wall": wall_seconds(limits),
        "memory": limits.memory,
    }


def _findings(
    report: ProgramReport | None, end: _End, name: str, limits: TestSettings
) -> Iterator[CodeFinding]:
    """Yield the findings that the process reported, and one for an abnormal end."""
    findings = report.findings if report else ()
    for finding in findings:
        if finding.rule == "greedy-code":
            yield replace(finding, detail=f"{limits.memory} MiB")
        else:
            yield finding
    if report is None or (end.code != 0 and not findings):
        yield _end_finding(end, name, limits)


def _end_finding(end: _End, name: str, limits: TestSettings) -> CodeFinding:
    """Return a finding with the reason why a process ended too early."""
    stderr = end.stderr.decode("utf-8", "replace")
    header = _TRACE.search(stderr)
    trace = stderr[header.start() :] if header else ""
    # The traceback has escapes in place of characters that are not ASCII.
    escaped_name = name.encode("ascii", "backslashreplace").decode()
    places = [place for place in _PLACE.finditer(trace) if place[1] == escaped_name]
    line = int(places[0][2]) if places else 0
    exit_reason = _exit_reason(end.code)
    if exit_reason == "SIGXCPU":
        return CodeFinding("slow-code", line, detail=f"{limits.timeout:g} s")
    if trace.startswith("Timeout") or end.code is None:
        return CodeFinding(
            "slow-code", line, detail=f"{wall_seconds(limits):g} s by the clock"
        )
    if exit_reason == "SIGKILL" or _OUT_OF_MEMORY.search(stderr):
        return CodeFinding("greedy-code", line, detail=f"{limits.memory} MiB")
    printed = stderr[: header.start()] if header else stderr
    last = one_line(printed.strip().rpartition("\n")[2])
    detail = ": ".join(filter(None, [exit_reason, last]))
    return CodeFinding("crashed-code", line, detail=visible(detail))


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
