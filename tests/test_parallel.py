"""Work on all cores: what happens when somebody stops it."""

import os
import signal
import subprocess
import sys
import threading
import time
from multiprocessing import active_children
from pathlib import Path

import pytest

from triptych.errors import TriptychError
from triptych.parallel import fork_map

ROOT = Path(__file__).parents[1]

# The loop leaves the reading thread little time: the processes are still sending.
_BUSY = """\
from triptych.parallel import fork_map
with fork_map(lambda _: bytes(100_000_000), range(2), 2):
    print("ready", flush=True)
    while True:
        pass
"""


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere nothing is spread")
def test_an_interrupt_ends_all_processes() -> None:
    busy = subprocess.Popen(
        [sys.executable, "-c", _BUSY],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    with busy:
        assert busy.stdout
        busy.stdout.readline()
        time.sleep(1)
        try:
            # A terminal tells the whole group.
            os.killpg(busy.pid, signal.SIGINT)
            assert busy.wait(timeout=20) != 0
        finally:
            if busy.poll() is None:
                os.killpg(busy.pid, signal.SIGKILL)


# The first process is killed in the middle of a result that no pipe holds whole.
_KILLED = """\
import os, signal, sys, threading, time
from multiprocessing import active_children
from triptych.errors import TriptychError
from triptych.parallel import fork_map
when = float(sys.argv[1])
def kill():
    time.sleep(when)
    os.kill(sorted(child.pid for child in active_children())[0], signal.SIGKILL)
def work(n):
    time.sleep(0.05)
    return bytes(20_000_000)
threads = threading.active_count()
try:
    with fork_map(work, range(200), 2) as results:
        killer = threading.Thread(target=kill)
        killer.start()
        for _ in results:
            pass
except TriptychError as error:
    print(error)
killer.join()
print(len(active_children()), threading.active_count() - threads)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere nothing is spread")
@pytest.mark.parametrize("when", [0.0, 0.03, 0.06, 0.09, 0.12, 0.2, 0.3, 0.4])
def test_a_process_killed_from_outside_ends_the_work_with_a_message(
    when: float,
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _KILLED, str(when)],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
        env=os.environ | {"PYTHONPATH": str(ROOT / "builder")},
    )
    said, left = done.stdout.splitlines()
    assert "was ended by signal 9" in said
    assert "--jobs 1" in said
    assert left == "0 0"


def _squares(items: range, jobs: int) -> list[int]:
    with fork_map(lambda n: n * n, items, jobs) as results:
        return list(results)


@pytest.mark.parametrize("jobs", [1, 2, 3, 40])
@pytest.mark.parametrize("count", [0, 1, 2, 3, 16, 17, 100, 641])
def test_results_come_in_the_order_of_the_items(count: int, jobs: int) -> None:
    assert _squares(range(count), jobs) == [n * n for n in range(count)]


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_the_work_raises_is_raised_where_results_are_read(jobs: int) -> None:
    def work(n: int) -> int:
        if n == 5:
            raise TriptychError("five is wrong")
        return n

    with (
        fork_map(work, range(9), jobs) as results,
        pytest.raises(TriptychError) as raised,
    ):
        list(results)
    assert str(raised.value) == "five is wrong"


def test_unread_results_do_not_block_workers() -> None:
    before = threading.active_count()
    with fork_map(lambda _: bytes(5_000_000), range(50), 2) as results:
        next(results)
    assert threading.active_count() == before
    assert active_children() == []


def test_an_error_that_cannot_be_pickled_is_reported_by_its_text() -> None:
    class Odd(Exception):  # noqa: N818 - a name is all it has
        pass

    def work(_: int) -> int:
        raise Odd("no module has me")

    with (
        fork_map(work, range(4), 2) as results,
        pytest.raises(Exception, match="no module has me"),
    ):
        list(results)
