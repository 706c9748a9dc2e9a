"""One run of ``triptych test``: choose the code, run it, record the verdicts."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass

from triptych.deck.project import Project
from triptych.errors import TriptychError
from triptych.ledger.verdicts import code_hash
from triptych.parallel import cores
from triptych.parse.document import parse
from triptych.parse.stated import lost
from triptych.runner.outcome import CodeOutcome
from triptych.runner.plan import CodeTask, plan_programs
from triptych.runner.record import is_current, record_verdicts, today
from triptych.runner.run import run_all
from triptych.validate.rule import suggest
from triptych.values.diagnostics import Diagnostic

ShowProgress = Callable[[Iterable[CodeOutcome], int], Iterator[CodeOutcome]]
"""Passes on the outcomes, whose number it receives, and may show the progress."""


@dataclass(frozen=True, slots=True)
class TestRequest:
    """Which code answers to run, and how."""

    ids: tuple[str, ...] = ()
    """The ids of the questions; empty for all."""
    id_part: str | None = None
    """Select only the questions whose ids contain this."""
    rerun: bool = False
    """Whether to run code that passed and has not changed."""
    drafts: bool = False
    """Whether to run the code of drafts, too, where none is named."""
    no_skip: bool = False
    """Whether a missing package counts as a failure."""
    jobs: int = 0
    """The number of programs that run at a time; 0 for one per core."""


@dataclass(frozen=True, slots=True)
class TestSession:
    """The result of one run of ``triptych test``."""

    outcomes: tuple[CodeOutcome, ...]
    unchanged: int
    """The number of questions left out, since their unchanged code passed before."""
    recorded: bool
    """Whether `code.lock` has changed."""

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """Return the diagnostics of all outcomes, in the order of their places."""
        diagnostics = (d for outcome in self.outcomes for d in outcome.diagnostics)
        return tuple(sorted(diagnostics, key=lambda diagnostic: diagnostic.sort_key))


def run_session(
    project: Project, request: TestRequest, watch: ShowProgress
) -> TestSession:
    """Run the code answers that need to run, and record the verdicts in `code.lock`.

    Raises:
        TriptychError: No question has one of the ids, or the lock cannot be written.

    """
    date = today()
    tasks = {task.name: task for task in _tasks(project)}
    chosen = _chosen(tasks, request)
    due = [task for task in chosen if request.rerun or _is_due(task, project, request)]
    outcomes: list[CodeOutcome] = []
    limits, jobs = project.deck.test, request.jobs or cores()
    running = run_all(due, limits, jobs, no_skip=request.no_skip)
    recorded = False
    try:
        with closing(running):
            outcomes.extend(watch(running, len(due)))
    finally:
        # Verdicts from before an interruption are recorded, too.
        verdicts = [outcome.verdict for outcome in outcomes]
        recorded = record_verdicts(project.folder.root, verdicts, tasks, date)
    return TestSession(tuple(outcomes), len(chosen) - len(due), recorded)


def _is_due(task: CodeTask, project: Project, request: TestRequest) -> bool:
    known = project.verdicts.get(task.name)
    code = code_hash(task.document.code)
    if not is_current(known, code, task.plan, no_skip=request.no_skip):
        return True
    # The code is the same, but not the text that it computes the numbers of.
    stated = known.stated if known else ()
    return bool(lost(task.document, stated, task.language))


def _tasks(project: Project) -> Iterator[CodeTask]:
    documents = (parse(source) for source in project.folder.sources)
    # Where a draft claims the id of another question, that question has it.
    for document in sorted(documents, key=lambda document: not document.meta.draft):
        if document.code:
            plan = plan_programs(document.code)
            yield CodeTask(document.meta.id, document, plan, project.deck.language)


def _chosen(tasks: Mapping[str, CodeTask], request: TestRequest) -> list[CodeTask]:
    ids, id_part = request.ids, request.id_part
    for name in ids:
        if name not in tasks:
            hint = suggest(name, tasks, "`triptych list` lists all questions")
            raise TriptychError(f"no question `{name}` has a code answer: {hint}")
    chosen = [tasks[name] for name in (dict.fromkeys(ids) or tasks)]
    if not (ids or request.drafts):
        chosen = [task for task in chosen if not task.document.meta.draft]
    if id_part is None:
        return chosen
    chosen = [task for task in chosen if id_part.lower() in task.name]
    if not chosen:
        raise TriptychError(f"no id of a question with a code answer has `{id_part}`")
    return chosen
