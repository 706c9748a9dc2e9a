"""Plant each fault of the list, one at a time, and see that a test fails.

    python tests/mutations/run.py [--only NAME]... [--jobs N] [--check] [--note]

A fault is an edit of one file; the files `*.toml` beside this one list them. The tree
is copied, one edit made in the copy, the nearest tests run there until one fails. What
no test notices is printed. The exit code is 0 when every fault is noticed or explained,
1 when one is not, and 2 when the list no longer fits the code.

The file `noticed_by.json` has the test that noticed each fault. That one is run first,
and all the nearest ones only where it passes or is gone, so a run takes a part of the
time. `--note` writes the file anew.
"""

import argparse
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from compileall import compile_dir
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from py_compile import PycInvalidationMode
from queue import Queue
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from tests.mutations.listed import (  # noqa: E402 - beside this file
    Mutation,
    invalid_parts,
    mutations,
    read_notes,
    write_notes,
)

COPIED = (
    *("builder", "templates", "tests", "content", "docs", "examples", "man"),
    *(".ci", ".github"),
)
SKIPPED = ("__pycache__", ".hypothesis", "dist", "*.egg-info")
SECONDS = 300
"""How long the tests of one fault may take: one that never ends is noticed, too."""
FAILED_TEST = "failed-test"
START = f"""\
import resource, sys, pytest
resource.setrlimit(resource.RLIMIT_DATA, (6 << 30, 6 << 30))
class FirstFailure:
    @pytest.hookimpl(tryfirst=True)
    def pytest_load_initial_conftests(self):
        from hypothesis import Phase, settings
        phases = [Phase.explicit, Phase.generate]
        first = settings(settings.default, phases=phases, report_multiple_bugs=False)
        settings.register_profile("first failure", first)
        settings.load_profile("first failure")
    def pytest_runtest_logreport(self, report):
        if report.failed:
            with open({FAILED_TEST!r}, "w", encoding="utf-8") as file:
                file.write(report.nodeid)
sys.exit(pytest.main(sys.argv[1:], plugins=[FirstFailure()]))
"""
"""Runs pytest with a limit of memory: a fault may let a list grow without end.

A property ends with the first example that fails: no simpler one is looked for. The
name of a test that fails is in a file of the tree then.
"""
PASSED, FAILED, BROKEN, UNKNOWN = 0, 1, 2, 4
"""What pytest exits with: `BROKEN` when a module of tests cannot be imported, `UNKNOWN`
when there is no test of this name. Below 0 it was ended by a signal."""


@dataclass(frozen=True, slots=True)
class Result:
    """What the tests made of a fault."""

    mutation: Mutation
    code: int
    seconds: float
    said: str
    """What pytest said last."""
    test: str = ""
    """The test that failed, as pytest calls it."""

    @property
    def verdict(self) -> str:
        """Return `killed`, `survived`, `explained` or `unrunnable`."""
        if self.code in {FAILED, BROKEN} or self.code < 0:
            return "killed"
        if self.code != PASSED:
            return "unrunnable"
        return "explained" if self.mutation.equivalent else "survived"


def copy_tree(target: Path) -> None:
    """Copy what the tests need to the empty folder `target`."""
    for name in COPIED:
        ignored = shutil.ignore_patterns(*SKIPPED)
        shutil.copytree(ROOT / name, target / name, ignore=ignored)
    for path in ROOT.iterdir():
        if path.is_file():
            shutil.copy2(path, target)
    # By the text, not by size and age: two edits within a second may share these.
    by_text = PycInvalidationMode.CHECKED_HASH
    compile_dir(target / "builder", quiet=1, invalidation_mode=by_text)


def run_tests(
    tree: Path, tests: Iterable[str], seconds: int | None = SECONDS
) -> tuple[int, str]:
    """Run tests in a copy of the tree; return the exit code and the last line."""
    options = ["-x", "-q", "-p", "no:cacheprovider", "--tb=no"]
    environment = {
        **os.environ,
        "PYTHONDONTWRITEBYTECODE": "",
        "PYTHONPATH": str(tree / "builder"),
        "XDG_CACHE_HOME": str(tree / "cache"),
    }
    command = [sys.executable, "-c", START, *options]
    try:
        done = subprocess.run(
            [*command, *tests],
            cwd=tree,
            env=environment,
            capture_output=True,
            text=True,
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return FAILED, f"no end within {seconds} s"
    lines = done.stdout.strip().splitlines() or done.stderr.strip().splitlines()
    reported = [line for line in lines if line.startswith(("FAILED", "ERROR"))]
    return done.returncode, (reported or lines or [""])[-1]


def tried(mutation: Mutation, tree: Path) -> Result:
    """Return what the tests make of a fault planted in a copy of the tree."""
    place, failed = tree / mutation.file, tree / FAILED_TEST
    text = place.read_text(encoding="utf-8")
    start = time.monotonic()
    failed.write_text("")
    place.write_text(text.replace(mutation.old, mutation.new), encoding="utf-8")
    try:
        code, said = PASSED, ""
        if mutation.noticed_by:
            code, said = run_tests(tree, [mutation.noticed_by])
        if code in {PASSED, UNKNOWN}:
            code, said = run_tests(tree, mutation.tests)
    finally:
        place.write_text(text, encoding="utf-8")
    test = failed.read_text(encoding="utf-8")
    return Result(mutation, code, time.monotonic() - start, said, test)


def all_tried(chosen: Sequence[Mutation], jobs: int) -> Iterator[Result]:
    """Yield what the tests make of each fault, in order; `jobs` run at once."""
    with copies(jobs) as trees, ThreadPoolExecutor(jobs) as pool:

        def attempt(mutation: Mutation) -> Result:
            tree = trees.get()
            try:
                return tried(mutation, tree)
            finally:
                trees.put(tree)

        yield from pool.map(attempt, chosen)


def passes_unharmed(chosen: Sequence[Mutation], jobs: int) -> str:
    """Return why the tests fail without any fault; empty when they pass."""
    tests: set[str] = set()
    for mutation in chosen:
        tests.update([mutation.noticed_by] if mutation.noticed_by else mutation.tests)
    parts = [part for n in range(jobs) if (part := sorted(tests)[n::jobs])]

    def passed(part: Sequence[str]) -> tuple[int, str]:
        tree = trees.get()
        code, said = run_tests(tree, part, None)
        if code == UNKNOWN:  # a test that is noted is gone
            files = sorted({test.partition("::")[0] for test in part})
            code, said = run_tests(tree, files, None)
        return code, said

    with copies(jobs) as trees, ThreadPoolExecutor(jobs) as pool:
        done = list(pool.map(passed, parts))
    return next((said for code, said in done if code != PASSED), "")


@contextmanager
def copies(number: int) -> Iterator[Queue[Path]]:
    """Yield so many copies of the tree, and remove them."""
    with TemporaryDirectory(prefix="mutations-") as folder:
        trees: Queue[Path] = Queue()
        for name in range(number):
            tree = Path(folder, str(name))
            tree.mkdir()
            copy_tree(tree)
            trees.put(tree)
        yield trees


def main(arguments: Sequence[str] | None = None) -> int:
    """Try the faults that `arguments` choose; return the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--only", action="append", metavar="NAME", help="try this one")
    parser.add_argument(
        "--jobs", type=int, default=1, metavar="N", help="run N at once"
    )
    parser.add_argument("--check", action="store_true", help="only check the list")
    parser.add_argument("--note", action="store_true", help="note what noticed a fault")
    options = parser.parse_args(arguments)
    listed, notes = mutations(), read_notes()
    wrong = list(invalid_parts(listed))
    unknown = set(options.only or ()) - {mutation.name for mutation in listed}
    wrong += [f"{name}: no fault has this name" for name in sorted(unknown)]
    if wrong:
        print(*wrong, sep="\n", file=sys.stderr)
        return 2
    if options.check:
        print(f"{len(listed)} faults fit the code")
        return 0
    chosen = [m for m in listed if not options.only or m.name in options.only]
    harm = passes_unharmed(chosen, options.jobs)
    if harm:
        print(f"the tests fail without a fault: {harm}", file=sys.stderr)
        return 2
    results = []
    for result in all_tried(chosen, options.jobs):
        results.append(result)
        if options.note and result.test:
            notes[result.mutation.name] = result.test
            write_notes(notes)
        row = f"{result.verdict:<10} {result.seconds:6.1f} s  {result.mutation.name}"
        print(
            row if result.verdict == "killed" else f"{row}: {result.said}", flush=True
        )
    return summary(results)


def summary(results: Sequence[Result]) -> int:
    """Print what was not noticed, and how many were; return the exit code."""
    verdicts = [result.verdict for result in results]
    for result in results:
        if result.verdict == "explained":
            print(f"explained: {result.mutation.name}: {result.mutation.equivalent}")
    for result in results:
        if result.verdict in {"survived", "unrunnable"}:
            print(f"{result.verdict}: {result.mutation.name} ({result.mutation.file})")
    kinds = ("killed", "explained", "survived", "unrunnable")
    print(", ".join(f"{verdicts.count(kind)} {kind}" for kind in kinds))
    if "unrunnable" in verdicts:
        return 2
    return 1 if "survived" in verdicts else 0


if __name__ == "__main__":
    sys.exit(main())
