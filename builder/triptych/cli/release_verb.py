"""``triptych release``: check, test, build, and stamp the ledger."""

import sys
import time
from pathlib import Path

import click

from triptych.build.build import settings_of, typeset
from triptych.build.cache import cache_of
from triptych.build.options import Options
from triptych.cli import build_verb, test_verb
from triptych.cli.main import EXIT_FOUND
from triptych.cli.options import (
    content_folder,
    content_option,
    dist_option,
    jobs_option,
    shown,
)
from triptych.cli.report import full, tally
from triptych.cli.terminal import visible_lines, wants_colour
from triptych.deck.project import open_project
from triptych.ledger.changelog import CHANGELOG_FILE
from triptych.ledger.lock import LOCK_FILE
from triptych.releases.release import Release, blocking, release
from triptych.releases.report import as_text


@click.command("release", short_help="check, test, build, and stamp the ledger")
@content_option
@dist_option
@jobs_option
@click.option(
    "--version", metavar="X.Y.Z", default="", help="The next one unless said."
)
@click.option("--refresh", is_flag=True, help="Make every note new to all learners.")
@click.pass_context
def command(  # noqa: PLR0913 - a click command takes its options as parameters
    context: click.Context,
    *,
    content: Path | None,
    dist: Path | None,
    jobs: int,
    version: str,
    refresh: bool,
) -> int:
    """Check, test and build the deck, and stamp it into the ledger and the changelog.

    Nothing is released with an error, a warning, or code that fails or was not run.
    What is only told to learners, such as fewer cards, stops no release. Commit
    deck.lock, code.lock and CHANGELOG.md afterwards: with them every machine builds the
    same bytes.

    --refresh overwrites what learners edited: it is for repairs.
    """
    root = content_folder(content)
    failed = context.invoke(
        test_verb.command,
        ids=(),
        content=root,
        jobs=jobs,
        part=None,
        every=False,
        no_skip=False,
        format_="full",
    )
    if failed:
        click.echo("the code answers fail; nothing was released", err=True)
        return EXIT_FOUND
    project = open_project(root)
    options = Options(jobs=jobs, cache=cache_of(root))
    report = typeset(project, options)
    found = blocking(report.diagnostics)
    if found or report.catalog is None:
        colour = wants_colour(sys.stderr)
        text = full(found, shown(root), colour=colour)
        click.echo(text, err=True, nl=False, color=colour)
        click.echo(f"{tally(found)}; nothing was released", err=True)
        return EXIT_FOUND
    settings = settings_of(project, options)
    made = release(
        report.catalog, settings, version=version, moment=_now(), refresh=refresh
    )
    _write(root, made)
    click.echo(visible_lines(as_text(made.difference)), nl=False)
    click.echo(f"released {made.version} in {shown(root / LOCK_FILE)}")
    built: int = context.invoke(build_verb.command, content=root, dist=dist, jobs=jobs)
    return built


def _now() -> int:
    """Return the moment that a release is stamped with: the one use of the clock."""
    return int(time.time())


def _write(root: Path, made: Release) -> None:
    changelog = root / CHANGELOG_FILE
    before = changelog.read_text(encoding="utf-8") if changelog.is_file() else ""
    # The ledger goes last: an interrupted release is then made anew.
    for path, text in (
        (changelog, made.changelog(before)),
        (root / LOCK_FILE, made.lock),
    ):
        part = path.with_name(f".{path.name}.part")
        part.write_text(text, encoding="utf-8", newline="\n")
        part.replace(path)
