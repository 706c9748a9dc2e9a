"""``triptych test``: run the code answers and record the results."""

import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import click

from triptych.author.fix import apply_fixes
from triptych.cli import completions
from triptych.cli.main import EXIT_FINDINGS
from triptych.cli.options import (
    content_folder,
    content_option,
    display_path,
    jobs_option,
)
from triptych.cli.progress import progress_bar
from triptych.cli.report import format_option, formatted
from triptych.cli.terminal import printable, wants_colour
from triptych.deck.locks import deck_lock
from triptych.deck.project import open_valid_project
from triptych.english import counted
from triptych.ledger.verdicts import CODE_LOCK_FILE
from triptych.runner.outcome import CodeOutcome
from triptych.runner.session import TestRequest, TestSession, run_session

_COLOURS = {"failed": "31", "passed": "32", "skipped": "33", "unchanged": "2"}
_MAX_OUTPUT_LINES = 20


@click.command("test", short_help="run the code answers and record the results")
@click.argument("ids", nargs=-1, shell_complete=completions.ids)
@content_option
@jobs_option
@click.option("-k", "id_part", metavar="TEXT", help="Only ids that contain TEXT.")
@click.option("--all", "--force", "rerun", is_flag=True, help="Run unchanged code too.")
@click.option("--drafts", is_flag=True, help="Run the code of drafts, too.")
@click.option(
    "--accept",
    is_flag=True,
    help="Write computed values into the text that states them.",
)
@click.option("--no-skip", is_flag=True, help="Fail where a package is missing.")
@format_option
def command(  # noqa: PLR0913 - a click command takes its options as parameters
    *,
    ids: tuple[str, ...],
    content: Path | None,
    jobs: int,
    id_part: str | None,
    rerun: bool,
    drafts: bool,
    accept: bool,
    no_skip: bool,
    format_: str,
) -> int:
    """Run the code answers of the questions IDS, or of all; update code.lock.

    The `solution` blocks of a question and then its `test` blocks are one program,
    exactly as written; functions named test_... are called after it. The `solution`
    blocks and each `run` block are another, whose output is shown. Code that passed and
    has not changed since is not run again.

    A test may state a number of the text: stated("cache of 131 GB", size / 1e9). With
    --accept the text, and the words in the test, are changed to the computed value.

    Each program runs in its own process, in an empty folder, without a network, with
    limits on time and memory. This protects against mistakes, not against malicious
    code: a program can do what you can do, so read code that you did not write before
    you run it. No other part of triptych executes content.
    """
    start = time.monotonic()
    root = content_folder(content)
    request = TestRequest(ids, id_part, rerun, drafts, no_skip, jobs)
    session = run_session(open_valid_project(root), request, with_progress)
    if accept:
        session = _accepted(session, root, request)
    print_session(session, format_, root)
    if format_ != "json":
        seconds = time.monotonic() - start
        click.echo(_summary(_counts(session), seconds), err=True)
        if session.recorded:
            click.echo(f"recorded in {display_path(root / CODE_LOCK_FILE)}", err=True)
    return EXIT_FINDINGS if session.diagnostics else 0


def _accepted(session: TestSession, root: Path, request: TestRequest) -> TestSession:
    """Write computed values into the text, and run the edited files again."""
    changed = [
        o.verdict.id for o in session.outcomes if any(d.edits for d in o.diagnostics)
    ]
    if not changed:
        return session
    with deck_lock(root):
        count = apply_fixes(root, session.diagnostics)
    click.echo(f"accepted {counted(count, 'value')}", err=True)
    again = run_session(
        open_valid_project(root), replace(request, ids=tuple(changed)), with_progress
    )
    kept = [o for o in session.outcomes if o.verdict.id not in changed]
    return replace(
        again,
        outcomes=(*kept, *again.outcomes),
        unchanged=session.unchanged,
        recorded=session.recorded or again.recorded,
    )


def print_session(session: TestSession, format_: str, root: Path) -> None:
    """Print the diagnostics, the output of failed code, and what was skipped."""
    colour = wants_colour(sys.stdout)
    ok = not session.diagnostics
    text = formatted(format_, session.diagnostics, root, ok=ok)
    click.echo(text, nl=False, color=colour)
    if format_ == "full":
        click.echo("".join(_notes(session.outcomes)), err=True, nl=False)


def with_progress(running: Iterable[CodeOutcome], total: int) -> Iterator[CodeOutcome]:
    """Yield the outcomes of `running`, and show the progress on a terminal."""
    with progress_bar() as bar:
        bar("running", 0, total)
        failed = 0
        for number, outcome in enumerate(running, 1):
            yield outcome
            failed += bool(outcome.diagnostics)
            bar.note = f", {failed} failed: {outcome.verdict.id}"
            bar("running", number, total)


def _notes(outcomes: Iterable[CodeOutcome]) -> Iterator[str]:
    """Yield the output of failed code, and the reasons for skipping blocks."""
    reasons: dict[str, list[str]] = {}
    for outcome in sorted(outcomes, key=lambda outcome: outcome.verdict.id):
        if outcome.printed:
            yield f"printed by {outcome.verdict.id}:\n"
            for line in outcome.printed.split("\n")[-_MAX_OUTPUT_LINES:]:
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
