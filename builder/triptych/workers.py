"""Processes that work on chunks of items, with a pipe for each.

A pipe reaches its end when its process is killed while it sends a result.
`concurrent.futures` and `multiprocessing.Pool` share one pipe among all processes, and
would wait without end for the rest of that result.
"""

import gc
import os
import pickle
import signal
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, InvalidStateError
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from threading import Thread
from traceback import format_exc
from typing import Generic, TypeVar

from triptych.errors import TriptychError, how_it_ended

T = TypeVar("T")
R = TypeVar("R")

_CHUNKS_PER_JOB = 8
_TASK_BYTES = 4
_Answer = tuple[bytes, bytes]
"""Whether the work was done, and its pickled results or exception."""
_DONE, _FAILED = b"+", b"-"


@dataclass(frozen=True, slots=True)
class _Worker(Generic[T, R]):
    """What the processes do; those that are not forked are sent it once."""

    work: Callable[[T], R]
    items: Sequence[T]
    step: int
    """How many items are in a chunk."""

    def serve(self, tasks: Iterable[bytes], sender: Connection) -> None:
        """Do the tasks; this runs in another process."""
        _ignore_interrupts()
        gc.disable()
        for task in tasks:
            status, data = self._run(int.from_bytes(task, "big"))
            sender.send_bytes(task + status)
            sender.send_bytes(data)

    def _run(self, number: int) -> _Answer:
        start = number * self.step
        try:
            items = self.items[start : start + self.step]
            return _DONE, pickle.dumps([self.work(item) for item in items], 5)
        except Exception as error:  # noqa: BLE001 - it is raised where results are read
            error.add_note(format_exc())
            return _FAILED, _pickled(error)


def _serve_sent(tasks: Iterable[bytes], pipe: Connection) -> None:
    """Receive the work, then do the tasks; this runs in a process that was spawned."""
    _ignore_interrupts()
    worker: _Worker[object, object] = pickle.loads(pipe.recv_bytes())  # noqa: S301 - ours
    worker.serve(tasks, pipe)


def _ignore_interrupts() -> None:
    # Ctrl-C reaches every process; the parent process stops this one.
    signal.signal(signal.SIGINT, signal.SIG_IGN)


class Workers(Generic[T, R]):
    """Processes that work on chunks of the items, and threads that receive results."""

    def __init__(self, work: Callable[[T], R], items: Sequence[T], jobs: int) -> None:
        """Divide the items among `jobs` processes, which are not started yet."""
        step = max(1, len(items) // (jobs * _CHUNKS_PER_JOB))
        self._worker = _Worker(work, items, step)
        count = -(-len(items) // step)
        self._answers: list[Future[_Answer]] = [Future() for _ in range(count)]
        self._processes: list[BaseProcess] = []
        self._listeners: list[Thread] = []

    def start(self, jobs: int, *, forks: bool) -> None:
        """Start the processes, then the threads: a fork must not copy a thread."""
        context = get_context("fork") if forks else get_context("spawn")
        count = min(jobs, len(self._answers))
        serve = self._worker.serve if forks else _serve_sent
        pipes: list[Connection] = []
        with self._tasks(count, forks=forks) as tasks:
            for own_tasks in tasks:
                pipe, end = context.Pipe(duplex=not forks)
                child = context.Process(
                    target=serve, args=(own_tasks, end), daemon=True
                )
                child.start()
                # If another process held this end, it would stay open after a kill.
                end.close()
                self._processes.append(child)
                pipes.append(pipe)
        # While new processes begin, which takes a while.
        work = b"" if forks else pickle.dumps(self._worker, 5)
        for process, pipe in zip(self._processes, pipes, strict=True):
            listener = Thread(target=self._listen, args=(process, pipe, work))
            self._listeners.append(listener)
            listener.start()

    @contextmanager
    def _tasks(self, count: int, *, forks: bool) -> Iterator[list[Iterable[bytes]]]:
        """Yield the tasks of each process; forked ones read them from one pipe."""
        tasks = [n.to_bytes(_TASK_BYTES, "big") for n in range(len(self._answers))]
        if not forks:
            yield [tasks[number::count] for number in range(count)]
            return
        reader, writer = os.pipe()
        # All fit into the pipe at once, and each is read in one atomic step.
        os.write(writer, b"".join(tasks))
        os.close(writer)
        yield [iter(partial(os.read, reader, _TASK_BYTES), b"")] * count
        os.close(reader)

    def results(self) -> Iterator[R]:
        """Yield the results in order, and free each chunk afterwards."""
        for number, answer in enumerate(self._answers):
            status, data = answer.result()
            self._answers[number] = Future()
            results = pickle.loads(data)  # noqa: S301 - from our own processes
            if status == _FAILED:
                raise results
            yield from results

    def stop(self) -> None:
        """Kill all processes, whether they are done or not."""
        for process in self._processes:
            process.kill()
        for listener in self._listeners:
            listener.join()
        for process in self._processes:
            process.join()

    def _listen(self, process: BaseProcess, pipe: Connection, work: bytes) -> None:
        """Receive the results of `process` until it ends; this runs in a thread.

        First it is sent the `work`, if it does not have that.
        """
        with suppress(EOFError, OSError), pipe:
            if work:
                pipe.send_bytes(work)
            while True:
                header = pipe.recv_bytes()
                number = int.from_bytes(header[:_TASK_BYTES], "big")
                answer = header[_TASK_BYTES:], pipe.recv_bytes()
                self._answers[number].set_result(answer)
        process.join()
        if process.exitcode:
            self._fail_all(process.exitcode)

    def _fail_all(self, code: int) -> None:
        for answer in self._answers:
            with suppress(InvalidStateError):
                answer.set_exception(
                    TriptychError(
                        "a process that worked for this one was ended"
                        f" {how_it_ended(code)}: memory may be short; try again with"
                        " --jobs 1"
                    )
                )


def _pickled(error: Exception) -> bytes:
    try:
        data = pickle.dumps(error)
        pickle.loads(data)  # noqa: S301 - written just above
    except Exception:  # noqa: BLE001 - some libraries raise what cannot be sent
        return pickle.dumps(RuntimeError(f"{type(error).__name__}: {error}"))
    return data
