"""Build after each change of the content."""

from collections.abc import Callable, Iterator
from pathlib import Path

from watchfiles import Change, DefaultFilter, watch

from triptych.build.options import BuildOptions
from triptych.deck.templates import folder
from triptych.serve.building import Builder, BuildOutcome, start_fork_server
from triptych.serve.preview import Problem
from triptych.serve.server import Server

ReportOutcome = Callable[[BuildOutcome], tuple[Problem, ...]]

_START_TIMEOUT_MS = 200
"""The watcher runs when it has waited this long for a first change."""


def build_on_change(
    server: Server, content: Path, options: BuildOptions, report: ReportOutcome
) -> None:
    """Build now and after every change, until interrupted.

    `report` prints an outcome and returns the problems that open pages show: the reason
    why `dist/` is not up to date.
    """
    preview = server.preview
    start_fork_server()
    with Builder(content, preview.dist, options) as builder:
        for of_program in _changes(content, preview.dist):
            if of_program:
                builder.stop()
            with preview.building():
                outcome = builder.build()
            preview.announce(report(outcome))


def _changes(content: Path, dist: Path) -> Iterator[bool]:
    """Yield once at the start, then after each change of the content or a template.

    It is whether a template of the program changed, which processes read once.
    """
    default, output = DefaultFilter(), dist.resolve()
    templates = folder()

    def is_relevant(change: Change, path: str) -> bool:
        return default(change, path) and not Path(path).is_relative_to(output)

    batches = watch(
        content,
        templates,
        watch_filter=is_relevant,
        yield_on_timeout=True,
        rust_timeout=_START_TIMEOUT_MS,
    )
    # After the first batch the watcher is running, so that no change during the first
    # build is missed.
    next(batches)
    yield False
    for batch in batches:
        if batch:
            yield any(Path(path).is_relative_to(templates) for _, path in batch)
