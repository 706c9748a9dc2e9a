"""Run the code of many questions, several at a time."""

from collections.abc import Generator, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from functools import partial

from triptych.runner.judge import Outcome, judge
from triptych.runner.plan import Program, Task
from triptych.runner.sandbox import Processes, Run, run
from triptych.runner.versions import versions
from triptych.values.deck import TestSettings

_HASH_SEEDS = (0, 1)
"""Fixed, and two: output must not depend on the order of a set."""


def run_all(
    tasks: Sequence[Task], limits: TestSettings, jobs: int, *, no_skip: bool = False
) -> Generator[Outcome]:
    """Run `tasks` and yield what came of each, in the order in which they end."""
    processes = Processes()
    work = partial(_run, limits=limits, processes=processes, no_skip=no_skip)
    with ThreadPoolExecutor(jobs) as pool:
        try:
            futures = [pool.submit(work, task) for task in tasks]
            for future in as_completed(futures):
                yield future.result()
        except BaseException:
            # Interrupted: nobody waits for the rest.
            pool.shutdown(wait=False, cancel_futures=True)
            processes.stop()
            raise


def _run(
    task: Task, limits: TestSettings, processes: Processes, *, no_skip: bool
) -> Outcome:
    name = str(task.document.source.path)

    def done(program: Program) -> Iterator[Run]:
        seeds = _HASH_SEEDS if program.output_of else _HASH_SEEDS[:1]
        for seed in seeds:
            result = run(program, name, limits, processes, seed=seed)
            yield result
            if result.findings:
                return

    runs = tuple((program, tuple(done(program))) for program in task.plan.programs)
    return judge(task, runs, versions(task.plan.programs), no_skip=no_skip)
