"""Builds of their own process each: nothing is remembered that a file has changed.

The process is forked from one that has no threads (or started anew where there is no
fork), so that neither this server's threads nor Typst's are ever cut in half.
"""

import multiprocessing
import signal
import time
from contextlib import suppress
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection
from pathlib import Path

from triptych.build.build import build
from triptych.build.options import BuildOptions
from triptych.deck.project import open_project
from triptych.errors import TriptychError
from triptych.render.outputs import OUTPUTS
from triptych.values.diagnostics import Diagnostic

_FORKED = "forkserver" in multiprocessing.get_all_start_methods()
_CONTEXT = (
    multiprocessing.get_context("forkserver")
    if _FORKED
    else multiprocessing.get_context("spawn")
)
_HEAVY = [
    "triptych.serve.building",
    "triptych.typeset.question",
    OUTPUTS["site"].render.partition(":")[0],
]


@dataclass(frozen=True, slots=True)
class BuildOutcome:
    """What came of a build."""

    diagnostics: tuple[Diagnostic, ...] = ()
    written: int | None = None
    """How many files changed; None when nothing could be built."""
    trouble: str = ""
    """What was wrong besides the content."""
    warning: str = ""
    """What was wrong and kept nothing from being built."""
    seconds: float = 0.0


def start_fork_server() -> None:
    """Start the process that the builds are forked from; it loads what they need."""
    if _FORKED:
        from multiprocessing import forkserver  # noqa: PLC0415 - not on Windows

        _CONTEXT.set_forkserver_preload(_HEAVY)
        # Ctrl-C is for the server alone, which then ends the others.
        heard = signal.signal(signal.SIGINT, signal.SIG_IGN)
        forkserver.ensure_running()
        signal.signal(signal.SIGINT, heard)


def build_in_process(content: Path, dist: Path, options: BuildOptions) -> BuildOutcome:
    """Build the site in a process of its own."""
    ours, theirs = _CONTEXT.Pipe(duplex=False)
    process = _CONTEXT.Process(target=_build, args=(theirs, content, dist, options))
    process.start()
    theirs.close()
    try:
        outcome: BuildOutcome = ours.recv()
    except EOFError:
        outcome = BuildOutcome(
            trouble="the build broke down: that is a bug in triptych"
        )
    finally:
        # Also when interrupted: a build that is cut off leaves nothing half.
        process.terminate()
        process.join()
        ours.close()
    return outcome


def _build(pipe: Connection, content: Path, dist: Path, options: BuildOptions) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    outcome = _outcome(content, dist, options)
    # Interrupted meanwhile, the server listens no more.
    with suppress(OSError):
        pipe.send(outcome)


def _outcome(content: Path, dist: Path, options: BuildOptions) -> BuildOutcome:
    start = time.perf_counter()
    try:
        alone = replace(options, downloads=False)
        report, emitted = build(open_project(content), dist, ("site",), alone)
    except TriptychError as error:
        return BuildOutcome(trouble=str(error))
    changed = len(emitted.written) + len(emitted.removed) if emitted else None
    trouble = "" if emitted or report.diagnostics else "there is no question to build"
    seconds = time.perf_counter() - start
    warning = options.cache.problem if options.cache else ""
    return BuildOutcome(report.diagnostics, changed, trouble, warning, seconds)
