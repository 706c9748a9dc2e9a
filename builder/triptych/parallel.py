"""Pure work on all cores: forked processes see what was there before the fork.

Nothing needs to be sent but results. Where there is no fork (or it is not safe, as on
macOS) the work is done in this process: slower, and the same.

Each process has a pipe of its own, whose end is seen when the process is killed in the
middle of a result. `concurrent.futures` and `multiprocessing.Pool` share one pipe among
all of them, and would then wait for the rest of that result for ever.
"""

import gc
import multiprocessing
import os
import pickle
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, InvalidStateError
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from threading import Thread
from traceback import format_exc
from typing import Generic, TypeVar

from triptych.errors import TriptychError

T = TypeVar("T")
R = TypeVar("R")

_CHUNKS_PER_JOB = 8
_TASK_BYTES = 4
_Answer = tuple[bytes, bytes]
"""Whether the work was done, and its results or what it raised."""
_DONE, _FAILED = b"+", b"-"


def cores() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@contextmanager
def parallel_map(
    work: Callable[[T], R], items: Sequence[T], jobs: int
) -> Iterator[Iterator[R]]:
    """Start `work` on `items`; yield its results in their order.

    Entering returns at once when there are processes to do the work, so that this one
    can do something else before it asks for the first result.

    Raises:
        TriptychError: A process was ended from outside.

    """
    if jobs <= 1 or len(items) <= 1 or sys.platform != "linux":
        yield map(work, items)
        return
    # What exists now will be shared: the collector must not touch every page of it.
    gc.freeze()
    team = _Team(work, items, jobs)
    try:
        team.start(jobs)
        yield team.results()
    finally:
        team.end()
        gc.unfreeze()


class _Team(Generic[T, R]):
    """Processes that take chunks of the items in turn, and threads that listen."""

    def __init__(self, work: Callable[[T], R], items: Sequence[T], jobs: int) -> None:
        self._work, self._items = work, items
        self._step = max(1, len(items) // (jobs * _CHUNKS_PER_JOB))
        count = -(-len(items) // self._step)
        self._answers: list[Future[_Answer]] = [Future() for _ in range(count)]
        self._processes: list[BaseProcess] = []
        self._listeners: list[Thread] = []

    def start(self, jobs: int) -> None:
        """Start the processes, and then the threads: no fork may copy a thread."""
        context = multiprocessing.get_context("fork")
        numbers = range(len(self._answers))
        tasks, writer = os.pipe()
        # All fit into the pipe at once, and reading one is a single step for all.
        os.write(writer, b"".join(n.to_bytes(_TASK_BYTES, "big") for n in numbers))
        os.close(writer)
        receivers: list[Connection] = []
        for _ in range(min(jobs, len(self._answers))):
            receiver, sender = context.Pipe(duplex=False)
            child = context.Process(
                target=self._serve, args=(tasks, sender), daemon=True
            )
            child.start()
            # Nobody else may hold this end, or its closing would go unseen.
            sender.close()
            self._processes.append(child)
            receivers.append(receiver)
        os.close(tasks)
        for process, receiver in zip(self._processes, receivers, strict=True):
            listener = Thread(target=self._listen, args=(process, receiver))
            self._listeners.append(listener)
            listener.start()

    def results(self) -> Iterator[R]:
        """Yield the results in order, and let go of each chunk."""
        for number, answer in enumerate(self._answers):
            how, data = answer.result()
            self._answers[number] = Future()
            made = pickle.loads(data)  # noqa: S301 - from our own processes
            if how == _FAILED:
                raise made
            yield from made

    def end(self) -> None:
        """End all processes, whether they are done or not."""
        for process in self._processes:
            process.kill()
        for listener in self._listeners:
            listener.join()
        for process in self._processes:
            process.join()

    def _serve(self, tasks: int, sender: Connection) -> None:
        """Work until no task is left; this runs in a process of its own."""
        # Ctrl-C reaches every process; this one is ended by the one that asked.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        gc.disable()
        while task := os.read(tasks, _TASK_BYTES):
            how, data = self._done(int.from_bytes(task, "big"))
            sender.send_bytes(task + how)
            sender.send_bytes(data)

    def _done(self, number: int) -> _Answer:
        start = number * self._step
        try:
            items = self._items[start : start + self._step]
            return _DONE, pickle.dumps([self._work(item) for item in items], 5)
        except Exception as error:  # noqa: BLE001 - it is raised where results are read
            error.add_note(format_exc())
            return _FAILED, _packed(error)

    def _listen(self, process: BaseProcess, receiver: Connection) -> None:
        """Take what `process` sends, and notice its end; this runs in a thread."""
        with suppress(EOFError, OSError), receiver:
            while True:
                header = receiver.recv_bytes()
                number = int.from_bytes(header[:_TASK_BYTES], "big")
                answer = header[_TASK_BYTES:], receiver.recv_bytes()
                self._answers[number].set_result(answer)
        process.join()
        if process.exitcode:
            self._give_up(process.exitcode)

    def _give_up(self, code: int) -> None:
        why = f"by signal {-code}" if code < 0 else f"with code {code}"
        for answer in self._answers:
            with suppress(InvalidStateError):
                answer.set_exception(
                    TriptychError(
                        f"a process that worked for this one was ended {why}: memory"
                        " may be short; try again with --jobs 1"
                    )
                )


def _packed(error: Exception) -> bytes:
    try:
        data = pickle.dumps(error)
        pickle.loads(data)  # noqa: S301 - what was just written
    except Exception:  # noqa: BLE001 - some libraries raise what cannot be sent
        return pickle.dumps(RuntimeError(f"{type(error).__name__}: {error}"))
    return data
