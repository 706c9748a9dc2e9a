"""Run each build in a new process, so that no state of an earlier build remains.

The process is forked from one without threads, since a fork does not copy the threads
of this server. Where there is no fork, a new process is started.
"""

import gc
import multiprocessing
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Self, TypeVar

from triptych.build.build import build, check
from triptych.build.memory_cache import MemoryCache
from triptych.build.options import BuildOptions
from triptych.deck.project import Project, open_project
from triptych.errors import TriptychError
from triptych.render.outputs import OUTPUTS
from triptych.values.diagnostics import Diagnostic, Severity

_Result = TypeVar("_Result")
_HAS_FORK_SERVER = "forkserver" in multiprocessing.get_all_start_methods()
_CONTEXT = (
    multiprocessing.get_context("forkserver")
    if _HAS_FORK_SERVER
    else multiprocessing.get_context("spawn")
)
_PRELOADED_MODULES = [
    "triptych.serve.building",
    "triptych.typeset.question",
    OUTPUTS["site"].render.partition(":")[0],
]


@dataclass(frozen=True, slots=True)
class BuildOutcome:
    """The result of a build."""

    diagnostics: tuple[Diagnostic, ...] = ()
    written: int | None = None
    """The number of changed files; None if nothing could be built."""
    error: str = ""
    """The message of an error outside the content."""
    warning: str = ""
    """The message of a problem that did not stop the build."""
    seconds: float = 0.0
    """The time that the build took."""
    drafts: int = 0
    """How many drafts were left out."""
    hints: tuple[Diagnostic, ...] = ()
    """How cards would be learned better, if that was asked."""


def start_fork_server() -> None:
    """Start the process from which builds are forked; it imports what they need."""
    if _HAS_FORK_SERVER:
        from multiprocessing import forkserver  # noqa: PLC0415 - not on Windows

        _CONTEXT.set_forkserver_preload(_PRELOADED_MODULES)
        # Only the server handles Ctrl-C; it then ends the other processes.
        handler = signal.signal(signal.SIGINT, signal.SIG_IGN)
        forkserver.ensure_running()
        signal.signal(signal.SIGINT, handler)


class Builder:
    """Builds the site of one deck, again and again."""

    def __init__(self, content: Path, dist: Path, options: BuildOptions) -> None:
        """Start no process yet."""
        self._arguments = (content, dist, options)
        self._running: tuple[BaseProcess, Connection] | None = None

    def __enter__(self) -> Self:
        """Return this builder, whose process ends with the context."""
        return self

    def __exit__(self, *_: object) -> None:
        """End the process."""
        self.stop()

    @property
    def process(self) -> BaseProcess | None:
        """Return the process that builds, once it has begun."""
        return self._running[0] if self._running else None

    def build(self) -> BuildOutcome:
        """Build the site."""
        try:
            if self.process and not self.process.is_alive():
                self.stop()  # something ended it, as a system without memory does
            _, connection = self._running or self._start()
            connection.send(None)
            outcome: BuildOutcome = connection.recv()
        except (EOFError, OSError):
            self.stop()
            return BuildOutcome(error="the build broke down: that is a bug in triptych")
        except BaseException:
            # After an interruption a build that is ended leaves no partial files.
            self.stop()
            raise
        return outcome

    def stop(self) -> None:
        """End the process, and with it all that it has cached."""
        if self._running:
            process, connection = self._running
            process.terminate()
            process.join()
            connection.close()
        self._running = None

    def _start(self) -> tuple[BaseProcess, Connection]:
        ours, theirs = _CONTEXT.Pipe()
        process = _CONTEXT.Process(
            target=_build_on_request, args=(theirs, *self._arguments)
        )
        process.start()
        theirs.close()
        self._running = process, ours
        return self._running


def _build_on_request(
    connection: Connection, content: Path, dist: Path, options: BuildOptions
) -> None:
    """Build whenever the server asks for it, until it is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if options.cache:
        options = replace(options, cache=MemoryCache(options.cache.path))
    with suppress(EOFError, OSError):
        while True:
            connection.recv()
            connection.send(_outcome(content, dist, options))
            # Builds turn the collector off, and this one has time now.
            gc.collect()


def run_in_process(
    work: Callable[[Path, Path, BuildOptions], _Result],
    content: Path,
    dist: Path,
    options: BuildOptions,
) -> _Result | None:
    """Return the result of `work` in a new process; None if that broke down."""
    receiver, sender = _CONTEXT.Pipe(duplex=False)
    arguments = (sender, work, content, dist, options)
    process = _CONTEXT.Process(target=_send_result, args=arguments)
    process.start()
    sender.close()
    try:
        result: _Result = receiver.recv()
    except EOFError:
        return None
    finally:
        # Also after an interruption: a build that is ended leaves no partial files.
        process.terminate()
        process.join()
        receiver.close()
    return result


def _send_result(
    sender: Connection,
    work: Callable[[Path, Path, BuildOptions], object],
    content: Path,
    dist: Path,
    options: BuildOptions,
) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    result = work(content, dist, options)
    # After an interruption the server does not receive any more.
    with suppress(OSError):
        sender.send(result)


def _outcome(content: Path, dist: Path, options: BuildOptions) -> BuildOutcome:
    start = time.perf_counter()
    try:
        # What is kept of earlier builds has no hints, so these are found apart.
        site_only = replace(options, downloads=False, learn=False)
        project = open_project(content)
        report, emitted = build(project, dist, ("site",), site_only)
        hints = _hints(project, options) if options.learn and emitted else ()
    except TriptychError as error:
        return BuildOutcome(error=str(error))
    changed = len(emitted.written) + len(emitted.removed) if emitted else None
    problem = "" if emitted or report.diagnostics else "there is no question to build"
    seconds = time.perf_counter() - start
    warning = options.cache.problem if options.cache else ""
    return BuildOutcome(
        report.diagnostics, changed, problem, warning, seconds, report.drafts, hints
    )


def _hints(project: Project, options: BuildOptions) -> tuple[Diagnostic, ...]:
    found = check(project, options).diagnostics
    return tuple(d for d in found if d.severity is Severity.HINT)
