"""``triptych test``: run the code answers and record what they did."""

import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import click

from triptych.cli.main import EXIT_FINDINGS
from triptych.cli.options import (
    content_folder,
    content_option,
    display_path,
    jobs_option,
)
from triptych.cli.report import FORMATS
from triptych.cli.terminal import printable, shows_progress, wants_colour
from triptych.deck.project import open_project
from triptych.ledger.verdicts import LOCK_FILE
from triptych.runner.judge import CodeOutcome
from triptych.runner.session import TestRequest, TestSession, run_session

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
    start = time.monotonic()
    root = content_folder(content)
    request = TestRequest(ids, part, every, no_skip, jobs)
    session = run_session(open_project(root), request, with_progress)
    print_session(session, format_, root)
    if format_ != "json":
        spent = time.monotonic() - start
        click.echo(_summary(_counts(session), spent), err=True)
        if session.recorded:
            click.echo(f"recorded in {display_path(root / LOCK_FILE)}", err=True)
    return EXIT_FINDINGS if session.diagnostics else 0


def print_session(session: TestSession, format_: str, root: Path) -> None:
    """Print what failed, what failed code printed, and what was left out."""
    colour = wants_colour(sys.stdout)
    found = FORMATS[format_](session.diagnostics, display_path(root), colour=colour)
    click.echo(found, nl=False, color=colour)
    if format_ == "full":
        click.echo("".join(_notes(session.outcomes)), err=True, nl=False)


def with_progress(running: Iterable[CodeOutcome], total: int) -> Iterator[CodeOutcome]:
    """Pass on what is done, and show on a terminal how far it is."""
    start, failed = time.monotonic(), 0
    watched = shows_progress()
    for number, outcome in enumerate(running, 1):
        yield outcome
        failed += bool(outcome.diagnostics)
        if watched and time.monotonic() - start > _PATIENCE:
            now = f"{number} of {total}, {failed} failed: {outcome.verdict.id}"
            click.echo(f"{_CLEAR}{printable(now)[:78]}", err=True, nl=False)
    if watched:
        click.echo(_CLEAR, err=True, nl=False)


def _notes(outcomes: Iterable[CodeOutcome]) -> Iterator[str]:
    """Yield what failed code printed, and each reason to skip once."""
    reasons: dict[str, list[str]] = {}
    for outcome in sorted(outcomes, key=lambda outcome: outcome.verdict.id):
        if outcome.printed:
            yield f"printed by {outcome.verdict.id}:\n"
            for line in outcome.printed.split("\n")[-20:]:
                yield f"  {printable(line)}\n"
        for skip in outcome.skips:
            reasons.setdefault(skip.reason, []).append(outcome.verdict.id)
    for reason, names in sorted(reasons.items()):
        yield f"skipped: {printable(reason)} ({', '.join(dict.fromkeys(names))})\n"


def _counts(session: TestSession) -> dict[str, int]:
    verdicts = [outcome.verdict.verdict for outcome in session.outcomes]
    names = ("failed", "passed", "skipped")
    counts = {name: verdicts.count(name) for name in names}
    return counts | {"unchanged": session.unchanged}


def _summary(counts: Mapping[str, int], seconds: float) -> str:
    colour = wants_colour(sys.stderr)
    words = [
        f"\x1b[{_COLOURS[name]}m{count} {name}\x1b[0m" if colour else f"{count} {name}"
        for name, count in counts.items()
        if count
    ]
    return f"{', '.join(words) or 'no code answers'} in {seconds:.1f} s"
