"""Pure work on all cores: forked processes see what was there before the fork.

Nothing needs to be sent but results. Where there is no fork (or it is not safe, as on
macOS) the work is done in this process: slower, and the same.
"""

import gc
import multiprocessing
import os
import pickle
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

T = TypeVar("T")
R = TypeVar("R")

_CHUNKS_PER_JOB = 8
_work: Callable[[Any], Any] | None = None
_items: Sequence[Any] = ()


def cores() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@contextmanager
def spread(
    work: Callable[[T], R], items: Sequence[T], jobs: int
) -> Iterator[Iterator[R]]:
    """Start `work` on `items`; yield its results in their order.

    Entering returns at once when there are processes to do the work, so that this one
    can do something else before it asks for the first result.
    """
    global _work, _items
    if jobs <= 1 or len(items) <= 1 or sys.platform != "linux":
        yield map(work, items)
        return
    _work, _items = work, items
    step = max(1, len(items) // (jobs * _CHUNKS_PER_JOB))
    starts = range(0, len(items), step)
    # What exists now will be shared: the collector must not touch every page of it.
    gc.freeze()
    try:
        with multiprocessing.get_context("fork").Pool(jobs, _stand_by) as pool:
            chunks = pool.imap(_run, [(start, start + step) for start in starts])
            yield (result for chunk in chunks for result in _unpacked(chunk))
    finally:
        gc.unfreeze()
        _work, _items = None, ()


def _stand_by() -> None:
    # Ctrl-C reaches every process: half a result would keep this one waiting for ever.
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _run(bounds: tuple[int, int]) -> bytes:
    assert _work is not None  # noqa: S101 - set before the fork
    gc.disable()
    # As bytes: what the pool unpickles keeps every process waiting meanwhile.
    return pickle.dumps([_work(item) for item in _items[slice(*bounds)]], 5)


def _unpacked(chunk: bytes) -> list[Any]:
    results: list[Any] = pickle.loads(chunk)  # noqa: S301 - from our own processes
    return results
