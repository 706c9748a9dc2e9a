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
from tests.cases import write_or_delete

from triptych.build import kept_files
from triptych.build.cache import Cache
from triptych.build.kept_files import CompiledFile, compile_all
from triptych.deck.project import open_project
from triptych.errors import TriptychError
from triptych.parallel import WORKERS_VARIABLE, fork_map
from triptych.values.form import Form

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
            # A terminal signals the whole group.
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


@pytest.fixture
def _spawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Start new processes, as on Windows and macOS."""
    monkeypatch.setenv(WORKERS_VARIABLE, "spawn")


def process_of(item: int) -> tuple[int, int]:
    """Return the item, and the process that has worked on it."""
    return item, os.getpid()


def fail_at_five(item: int) -> int:
    if item == 5:
        raise TriptychError("five is wrong")
    return item


def die(item: int) -> int:
    os.kill(os.getpid(), signal.SIGKILL if item == 7 else signal.SIGCHLD)
    return item


@pytest.mark.usefixtures("_spawn")
def test_new_processes_give_the_results_in_order() -> None:
    with fork_map(process_of, range(50), 2, spawn_from=50) as results:
        items, processes = zip(*results, strict=True)
    assert items == tuple(range(50))
    assert len(set(processes)) == 2
    assert os.getpid() not in processes


@pytest.mark.skipif(sys.platform != "linux", reason="nothing is forked")
def test_first_items_are_done_before_processes_are_forked() -> None:
    with fork_map(process_of, range(50), 2, first=3) as results:
        items, processes = zip(*results, strict=True)
    assert items == tuple(range(50))
    assert set(processes[:3]) == {os.getpid()}
    assert os.getpid() not in processes[3:]


@pytest.mark.usefixtures("_spawn")
@pytest.mark.parametrize("spawn_from", [0, 51])
def test_few_items_are_not_worth_new_processes(spawn_from: int) -> None:
    with fork_map(process_of, range(50), 2, spawn_from=spawn_from) as results:
        assert {process for _, process in results} == {os.getpid()}


@pytest.mark.usefixtures("_spawn")
def test_what_a_new_process_raises_is_raised_where_results_are_read() -> None:
    with (
        fork_map(fail_at_five, range(9), 2, spawn_from=1) as results,
        pytest.raises(TriptychError, match="five is wrong"),
    ):
        list(results)
    assert active_children() == []


@pytest.mark.usefixtures("_spawn")
def test_a_new_process_that_is_killed_is_an_error() -> None:
    with (
        fork_map(die, range(9), 2, spawn_from=1) as results,
        pytest.raises(TriptychError, match="was ended by signal 9"),
    ):
        list(results)
    assert active_children() == []


def compiled(deck: Path, cache: Cache | None) -> list[tuple[object, CompiledFile]]:
    files = compile_all(open_project(deck), frozenset({Form.SITE}), 2, cache)
    return [(file.entry, file) for file in files]


def test_new_processes_compile_as_this_one_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_or_delete(tmp_path, "deck.toml", 'id = "d"\ntitle = "D"\n')
    for name in "abcd":
        text = f"---\nquestion: What is {name}?\n---\n![A](media/a.svg) [c](c.md)\n"
        write_or_delete(tmp_path, f"t/{name}.md", text)
    here = compiled(tmp_path, None)
    monkeypatch.setenv(WORKERS_VARIABLE, "spawn")
    monkeypatch.setattr(kept_files, "_MIN_SPAWNED", 1)
    assert compiled(tmp_path, None) == here
    # What was looked at comes back, too: it decides whether what is kept still holds.
    cache = Cache(tmp_path / "cache")
    kept = compiled(tmp_path, cache)
    write_or_delete(tmp_path, "t/media/a.svg", "not a picture")
    assert compiled(tmp_path, cache) == compiled(tmp_path, None) != kept
