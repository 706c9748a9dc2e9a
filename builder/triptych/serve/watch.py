"""The loop: build, tell, wait for a change."""

from collections.abc import Callable, Iterator
from pathlib import Path

from watchfiles import Change, DefaultFilter, watch

from triptych.build.options import BuildOptions
from triptych.deck.templates import folder
from triptych.serve.building import BuildOutcome, build_in_process, start_fork_server
from triptych.serve.server import Server

Describe = Callable[[BuildOutcome], str]

_LOOK_EVERY = 200
"""Milliseconds after which the watcher is known to be at work."""


def build_on_change(
    server: Server, content: Path, options: BuildOptions, tell: Describe
) -> None:
    """Build now and after every change, until interrupted.

    `tell` reports an outcome to the author and returns what keeps `dist/` from being up
    to date, for the pages to show.
    """
    preview = server.preview
    start_fork_server()
    for _ in _changes(content, preview.dist):
        with preview.building():
            outcome = build_in_process(content, preview.dist, options)
        preview.announce(tell(outcome))


def _changes(content: Path, dist: Path) -> Iterator[None]:
    """Yield once at the start, then after each change of the content or a template."""
    default, out = DefaultFilter(), dist.resolve()

    def counts(change: Change, path: str) -> bool:
        return default(change, path) and not Path(path).is_relative_to(out)

    batches = watch(
        content,
        folder(),
        watch_filter=counts,
        yield_on_timeout=True,
        rust_timeout=_LOOK_EVERY,
    )
    # The first batch says that the watcher runs: what changes during the first build is
    # not missed.
    next(batches)
    yield
    for batch in batches:
        if batch:
            yield
