"""Work that is spread gives what one process gives, in the same order."""

import shutil
import time
from pathlib import Path

import pytest
from tests.cases import write_or_delete

from triptych.build import kept_files, numbered_tasks, outputs
from triptych.build.build import build
from triptych.build.cache import Cache
from triptych.build.options import BuildOptions
from triptych.deck.project import open_project
from triptych.parallel import WORKERS_VARIABLE, fork_map

COUNT = 40


def slow_first(number: int) -> tuple[int, str]:
    """Take the longer, the earlier the item."""
    time.sleep((COUNT - number) / 2000)
    return number, str(number) * number


@pytest.mark.parametrize("jobs", [0, 1, 2, 3, 7, 100])
@pytest.mark.parametrize("count", [0, 1, 2, 3, COUNT])
def test_results_come_in_the_order_of_their_items(jobs: int, count: int) -> None:
    with fork_map(slow_first, range(count), jobs) as results:
        assert list(results) == [slow_first(number) for number in range(count)]


@pytest.mark.parametrize("jobs", [1, 3])
def test_what_goes_wrong_in_one_is_raised(jobs: int) -> None:
    def work(number: int) -> int:
        return 1 // (number - 5)

    with pytest.raises(ZeroDivisionError), fork_map(work, range(9), jobs) as results:
        list(results)


SAMPLE = Path(__file__).parents[1] / "sample"
EDITED = "---\nquestion: What else?\nrelated: [mean]\n---\nNew, with $x^2$.\n"
OWN = '{% extends "builtin/question.html" %}{% block main %}{{ number }}{% endblock %}'


def made(deck: Path, dist: Path, jobs: int, cache: Cache | None) -> dict[str, bytes]:
    """Return the files of the package and the site, made by so many processes."""
    options = BuildOptions(jobs=jobs, cache=cache, downloads=False)
    _, emitted = build(open_project(deck), dist, ["anki", "site"], options)
    assert emitted
    assert cache is None or not cache.problem
    files = (path for path in dist.rglob("*") if path.is_file())
    return {path.relative_to(dist).as_posix(): path.read_bytes() for path in files}


@pytest.mark.parametrize("own", [False, True], ids=["ours", "templates"])
@pytest.mark.parametrize("spawn", [False, True], ids=["forked", "spawned"])
def test_processes_make_the_pages_that_one_process_makes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, own: bool, spawn: bool
) -> None:
    deck, cache = tmp_path / "deck", tmp_path / "cache"
    shutil.copytree(SAMPLE, deck)
    if own:
        write_or_delete(deck, "templates/site/question.html", OWN)
    monkeypatch.setenv(WORKERS_VARIABLE, "spawn" if spawn else "")
    for module in (kept_files, outputs):
        monkeypatch.setattr(module, "_MIN_SPAWNED", 1)
    expected = made(deck, tmp_path / "one", 1, None)
    with monkeypatch.context() as patch:
        if spawn:  # All tasks are done elsewhere.
            patch.setattr(numbered_tasks, "do_task", None)
        assert made(deck, tmp_path / "anew", 2, None) == expected
        assert made(deck, tmp_path / "kept", 2, Cache(cache)) == expected
    # Most questions are read from the cache now, by the process that shows them.
    write_or_delete(deck, "basics/another.md", EDITED)
    monkeypatch.setattr(outputs, "_MIN_TASKS_FOR_PROCESSES", 2)
    expected = made(deck, tmp_path / "one", 1, None)
    assert made(deck, tmp_path / "kept", 2, Cache(cache)) == expected
