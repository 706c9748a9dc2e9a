"""``triptych test``: run the code answers and record what they did."""

import sys
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path

import click

from triptych.cli.main import EXIT_FOUND
from triptych.cli.options import content_folder, content_option, jobs_option, shown
from triptych.cli.report import FORMATS
from triptych.cli.terminal import is_watched, visible, wants_colour
from triptych.deck.project import Project, open_project
from triptych.ledger.verdicts import LOCK_FILE, code_hash
from triptych.parallel import cores
from triptych.parse.document import parse
from triptych.runner.judge import Outcome
from triptych.runner.plan import Task, plan
from triptych.runner.record import is_current, save, today, updated
from triptych.runner.run import run_all
from triptych.validate.finding import suggest
from triptych.values.diagnostics import Diagnostic

_PATIENCE = 1.0
"""Seconds of work before progress is shown."""
_COLOURS = {"failed": "31", "passed": "32", "skipped": "33", "unchanged": "2"}
_CLEAR = "\r\x1b[K"


@click.command("test", short_help="run the code answers and record what they did")
@click.argument("ids", nargs=-1)
@content_option
@jobs_option
@click.option("-k", "part", metavar="TEXT", help="Only ids that contain TEXT.")
@click.option("--all", "--force", "every", is_flag=True, help="Run unchanged code too.")
@click.option("--no-skip", is_flag=True, help="Fail where a package is missing.")
@click.option(
    "--format",
    "format_",
    type=click.Choice(list(FORMATS)),
    default="full",
    show_default=True,
    help="How to print what is found.",
)
def command(  # noqa: PLR0913 - a click command takes its options as parameters
    *,
    ids: tuple[str, ...],
    content: Path | None,
    jobs: int,
    part: str | None,
    every: bool,
    no_skip: bool,
    format_: str,
) -> int:
    """Run the code answers of the questions IDS, or of all; record it in code.lock.

    The `solution` blocks of a question and then its `test` blocks are one program,
    exactly as written; functions named test_... are called after it. The `solution`
    blocks and each `run` block are another, whose output is shown. Code that passed and
    has not changed since is not run again.

    Each program runs in a process of its own, in an empty folder, without a network,
    with limits on time and memory. This guards against mistakes, not against malice: a
    program can do what you can do, so read code that you did not write before you run
    it. Nothing else in triptych executes content.
    """
    start, day = time.monotonic(), today()
    root = content_folder(content)
    project = open_project(root)
    tasks = {task.name: task for task in _tasks(project)}
    chosen = _chosen(tasks, ids, part)
    due = [
        task
        for task in chosen
        if every
        or not is_current(
            project.verdicts.get(task.name),
            code_hash(task.document.code),
            task.plan,
            no_skip=no_skip,
        )
    ]
    outcomes: list[Outcome] = []
    running = run_all(due, project.deck.test, jobs or cores(), no_skip=no_skip)
    try:
        with closing(running):
            outcomes.extend(_watched(running, len(due)))
    finally:
        # What was learned before an interruption is kept.
        seen = [outcome.verdict for outcome in outcomes]
        changed = save(root, updated(project.verdicts, seen, tasks, day))
    found = sorted(
        (d for outcome in outcomes for d in outcome.diagnostics),
        key=lambda diagnostic: diagnostic.sort_key,
    )
    _print(found, format_, shown(root))
    if format_ == "full":
        click.echo("".join(_notes(outcomes)), err=True, nl=False)
    if format_ != "json":
        counts = _counts(outcomes, unchanged=len(chosen) - len(due))
        click.echo(_summary(counts, time.monotonic() - start), err=True)
        if changed:
            click.echo(f"recorded in {shown(root / LOCK_FILE)}", err=True)
    return EXIT_FOUND if found else 0


def _tasks(project: Project) -> Iterator[Task]:
    for source in project.folder.sources:
        document = parse(source)
        if document.code:
            yield Task(document.meta.id, document, plan(document.code))


def _chosen(
    tasks: Mapping[str, Task], ids: Sequence[str], part: str | None
) -> list[Task]:
    for name in ids:
        if name not in tasks:
            hint = suggest(name, tasks, "`triptych list` lists all questions")
            raise click.UsageError(f"no question `{name}` has a code answer: {hint}")
    chosen = [tasks[name] for name in (dict.fromkeys(ids) or tasks)]
    if part is None:
        return chosen
    chosen = [task for task in chosen if part.lower() in task.name]
    if not chosen:
        raise click.UsageError(f"no id of a question with a code answer has `{part}`")
    return chosen


def _watched(running: Iterable[Outcome], total: int) -> Iterator[Outcome]:
    """Pass on what is done, and show on a terminal how far it is."""
    start, failed = time.monotonic(), 0
    watched = is_watched()
    for number, outcome in enumerate(running, 1):
        yield outcome
        failed += bool(outcome.diagnostics)
        if watched and time.monotonic() - start > _PATIENCE:
            now = f"{number} of {total}, {failed} failed: {outcome.verdict.id}"
            click.echo(f"{_CLEAR}{visible(now)[:78]}", err=True, nl=False)
    if watched:
        click.echo(_CLEAR, err=True, nl=False)


def _print(found: Sequence[Diagnostic], format_: str, prefix: str) -> None:
    colour = wants_colour(sys.stdout)
    click.echo(FORMATS[format_](found, prefix, colour=colour), nl=False, color=colour)


def _notes(outcomes: Iterable[Outcome]) -> Iterator[str]:
    """Yield what failed code printed, and each reason to skip once."""
    reasons: dict[str, list[str]] = {}
    for outcome in sorted(outcomes, key=lambda outcome: outcome.verdict.id):
        if outcome.printed:
            yield f"printed by {outcome.verdict.id}:\n"
            for line in outcome.printed.split("\n")[-20:]:
                yield f"  {visible(line)}\n"
        for skip in outcome.skips:
            reasons.setdefault(skip.reason, []).append(outcome.verdict.id)
    for reason, names in sorted(reasons.items()):
        yield f"skipped: {visible(reason)} ({', '.join(dict.fromkeys(names))})\n"


def _counts(outcomes: Iterable[Outcome], *, unchanged: int) -> dict[str, int]:
    verdicts = [outcome.verdict.verdict for outcome in outcomes]
    names = ("failed", "passed", "skipped")
    return {name: verdicts.count(name) for name in names} | {"unchanged": unchanged}


def _summary(counts: Mapping[str, int], seconds: float) -> str:
    colour = wants_colour(sys.stderr)
    words = [
        f"\x1b[{_COLOURS[name]}m{count} {name}\x1b[0m" if colour else f"{count} {name}"
        for name, count in counts.items()
        if count
    ]
    return f"{', '.join(words) or 'no code answers'} in {seconds:.1f} s"
