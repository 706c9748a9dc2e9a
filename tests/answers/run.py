"""Plant bugs in the code answers of a deck, and see that their own tests notice each.

    python tests/answers/run.py [--content DIR] [--only ID]... [--bugs N] [--jobs N]

A bug is an edit of the syntax tree of one `solution` block (`planted.py`); which ones
are planted depends on the id and on nothing else. The tests of the answer run as
`triptych test` runs them. A table says how many bugs each answer's tests caught, and
what they missed. `equivalent.toml` lists edits that change nothing a test could notice,
with the reason. The exit code is 1 when an answer catches fewer than nine of ten of the
others, or when the list names an edit that is planted no more.
"""

import argparse
import sys
import time
import tomllib
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from triptych.deck.project import open_project
from triptych.parse.document import parse
from triptych.runner.plan import CodeTask, Program, plan_programs
from triptych.runner.sandbox import Processes, run_program
from triptych.runner.statements import statement_findings
from triptych.values.deck import TestSettings

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
sys.path.insert(0, str(ROOT))

from tests.answers.planted import Bug, mutants  # noqa: E402 - beside this file

BUGS = 12
"""How many bugs are planted in an answer, unless it is too short for so many."""
SHARE = 0.9
"""The share of the bugs that tests must catch."""
_MIN_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Answer:
    """A code answer, and how long its tests take."""

    task: CodeTask
    program: Program
    limits: TestSettings

    @property
    def name(self) -> str:
        """Return the id of its question."""
        return self.task.name


@dataclass(frozen=True, slots=True)
class Row:
    """What became of the bugs in one answer."""

    name: str
    caught: int
    missed: tuple[Bug, ...]
    explained: int
    stale: tuple[str, ...]
    """Edits that are listed as equivalent, and were not planted, or were caught."""
    seconds: float

    @property
    def share(self) -> float:
        """Return the share of the bugs that were caught, without equivalent ones."""
        total = self.caught + len(self.missed)
        return self.caught / total if total else 1.0


def answers(content: Path, only: list[str]) -> Iterator[Answer]:
    """Yield the answers that have tests; one that fails as it is ends the run."""
    project = open_project(content)
    for source in project.folder.sources:
        document = parse(source)
        name = document.meta.id
        plan = plan_programs(document.code)
        tested = [p for p in plan.programs if p.blocks[-1].role == "test"]
        solved = any(block.role == "solution" for p in tested for block in p.blocks)
        if not solved or (only and name not in only):
            continue
        task = CodeTask(name, document, plan, project.deck.language)
        answer = Answer(task, tested[0], project.deck.test)
        start = time.monotonic()
        if is_caught(answer, tested[0], Processes()):
            sys.exit(f"{name} fails as it is")
        seconds = max(_MIN_SECONDS, 3 * (time.monotonic() - start))
        yield replace(answer, limits=replace(answer.limits, timeout=seconds))


def is_caught(answer: Answer, program: Program, processes: Processes) -> bool:
    """Return whether something is found when `program` runs."""
    document = answer.task.document
    result = run_program(program, str(document.source.path), answer.limits, processes)
    stated = statement_findings(result.stated, document, answer.task.language)
    return bool(result.findings) or any(True for _ in stated)


def planted(answer: Answer, count: int) -> Iterator[tuple[Bug, Program]]:
    """Yield bugs, spread over the solutions, and the program with each."""
    blocks = answer.program.blocks
    solutions = [n for n, block in enumerate(blocks) if block.role == "solution"]
    sizes = {n: len(blocks[n].text) for n in solutions}
    for number in solutions:
        share = max(3, round(count * sizes[number] / sum(sizes.values())))
        block = blocks[number]
        for bug, text in mutants(block.text, share, answer.name):
            changed = replace(block, text=text + "\n")
            yield bug, Program((*blocks[:number], changed, *blocks[number + 1 :]))


def row(answer: Answer, count: int, reasons: Mapping[str, str], jobs: int) -> Row:
    """Return what became of the bugs that are planted in `answer`."""
    start = time.monotonic()
    processes = Processes()
    pairs = list(planted(answer, count))
    with ThreadPoolExecutor(jobs) as pool:
        found = list(
            pool.map(lambda pair: is_caught(answer, pair[1], processes), pairs)
        )
    missed = [bug for (bug, _), caught in zip(pairs, found, strict=True) if not caught]
    unexplained = tuple(bug for bug in missed if bug.name not in reasons)
    return Row(
        answer.name,
        sum(found),
        unexplained,
        len(missed) - len(unexplained),
        tuple(sorted(reasons.keys() - {bug.name for bug in missed})),
        time.monotonic() - start,
    )


def equivalent() -> Mapping[str, Mapping[str, str]]:
    """Return the reasons of equivalent edits, by answer and name."""
    text = (HERE / "equivalent.toml").read_text(encoding="utf-8")
    listed = tomllib.loads(text).get("equivalent", [])
    reasons: dict[str, dict[str, str]] = {}
    for entry in listed:
        reasons.setdefault(entry["answer"], {})[entry["edit"]] = entry["reason"]
    return reasons


def main() -> int:
    """Plant, run, print; return the exit code."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--content", type=Path, default=ROOT / "content")
    parser.add_argument("--only", action="append", default=[], metavar="ID")
    parser.add_argument("--bugs", type=int, default=BUGS)
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    reasons = equivalent()
    rows = []
    print(f"{'answer':34} {'caught':>6} {'missed':>6} {'equivalent':>10} {'share':>6}")
    for answer in answers(options.content, options.only):
        known = reasons.get(answer.name, {})
        made = row(answer, options.bugs, known, options.jobs)
        rows.append(made)
        print(
            f"{made.name:34} {made.caught:6} {len(made.missed):6} {made.explained:10}"
            f" {made.share:6.0%}  {made.seconds:5.0f} s",
            flush=True,
        )
        for bug in made.missed:
            print(f"    missed: {bug.name}", flush=True)
        for name in made.stale:
            print(f"    listed as equivalent, and not missed: {name}", flush=True)
    weak = [made.name for made in rows if made.share < SHARE]
    total = sum(made.caught for made in rows)
    every = total + sum(len(made.missed) for made in rows)
    print(f"{total} of {every} bugs caught; too few in: {', '.join(weak) or 'none'}")
    return 1 if weak or any(made.stale for made in rows) else 0


if __name__ == "__main__":
    sys.exit(main())
