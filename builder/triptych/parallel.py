"""Map a function over items in several processes, on all cores.

A forked process shares all values that existed before the fork, so only results are
sent between processes. Where fork is missing or unsafe, as on Windows and macOS, new
processes are started, which are sent the function and the items: so only for work that
can be pickled, and for many items. Other work is done in this process there: slower,
with the same results.

The processes themselves are in `workers`.
"""

import gc
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")

WORKERS_VARIABLE = "TRIPTYCH_WORKERS"
"""The environment variable that is `spawn` where no process is to be forked."""


def _forks() -> bool:
    return sys.platform == "linux" and os.environ.get(WORKERS_VARIABLE) != "spawn"


def cores() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@contextmanager
def fork_map(
    work: Callable[[T], R],
    items: Sequence[T],
    jobs: int,
    *,
    spawn_from: int = 0,
    first: int = 0,
) -> Iterator[Iterator[R]]:
    """Start `work` on `items`; yield an iterator of its results in the same order.

    Work that can be pickled says in `spawn_from` for how many items new processes are
    worth their start, where there is no fork.

    The `first` items are done before processes are forked, which then have what the
    work imports and sets up.

    With processes, the context is entered without waiting for a result, so that the
    caller can do something else before it asks for the first one.

    Raises:
        TriptychError: A process was killed.

    """
    forks = _forks()
    if (
        jobs <= 1
        or len(items) <= max(1, first)
        or not (forks or 0 < spawn_from <= len(items))
    ):
        yield map(work, items)
        return
    # Not at the top: an edit of a question is built without any process.
    from triptych.workers import Workers  # noqa: PLC0415

    done = [work(item) for item in items[:first]] if forks else []
    # Existing objects are shared until they are written to, which a collection does.
    gc.freeze()
    pool = Workers(work, items[len(done) :], jobs)
    try:
        pool.start(jobs, forks=forks)
        yield chain(done, pool.results())
    finally:
        pool.stop()
        gc.unfreeze()
