"""Run the code of many questions, several at a time."""

from collections.abc import Generator, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from functools import partial

from triptych.runner.outcome import CodeOutcome, outcome_of
from triptych.runner.plan import CodeTask, Program
from triptych.runner.sandbox import Processes, ProgramResult, run_program
from triptych.runner.versions import versions
from triptych.values.deck import TestSettings

_HASH_SEEDS = (0, 1)
"""Two different seeds: the output must not depend on the order of a set."""


def run_all(
    tasks: Sequence[CodeTask], limits: TestSettings, jobs: int, *, no_skip: bool = False
) -> Generator[CodeOutcome]:
    """Run `tasks` and yield their results in the order in which they end."""
    processes = Processes()
    work = partial(_run, limits=limits, processes=processes, no_skip=no_skip)
    with ThreadPoolExecutor(jobs) as pool:
        try:
            futures = [pool.submit(work, task) for task in tasks]
            for future in as_completed(futures):
                yield future.result()
        except BaseException:
            # Interrupted: do not wait for the other tasks.
            pool.shutdown(wait=False, cancel_futures=True)
            processes.stop()
            raise


def _run(
    task: CodeTask, limits: TestSettings, processes: Processes, *, no_skip: bool
) -> CodeOutcome:
    name = str(task.document.source.path)

    def run_with_seeds(program: Program) -> Iterator[ProgramResult]:
        seeds = _HASH_SEEDS if program.output_of else _HASH_SEEDS[:1]
        for seed in seeds:
            result = run_program(program, name, limits, processes, seed=seed)
            yield result
            if result.findings:
                return

    runs = tuple(
        (program, tuple(run_with_seeds(program))) for program in task.plan.programs
    )
    return outcome_of(task, runs, versions(task.plan.programs), no_skip=no_skip)
