"""``triptych release``: check, test, build, and stamp the ledger."""

import sys
from dataclasses import replace
from pathlib import Path

import click

from triptych.cli.build_messages import change_summary
from triptych.cli.envelope import json_option, print_json
from triptych.cli.main import EXIT_FINDINGS
from triptych.cli.options import (
    content_folder,
    content_option,
    display_path,
    dist_folder,
    dist_option,
    jobs_option,
)
from triptych.cli.progress import progress_bar
from triptych.cli.refresh import refresh_of, refresh_option
from triptych.cli.report import count_text, formatted, full
from triptych.cli.terminal import printable_lines, wants_colour
from triptych.cli.test_verb import print_session, with_progress
from triptych.errors import TriptychError
from triptych.ledger.lock import DECK_LOCK_FILE
from triptych.releases.publish import ReleaseRequest, ReleaseResult, publish
from triptych.releases.report import as_data, as_text


@click.command("release")
@content_option
@dist_option
@jobs_option
@click.option("--version", metavar="X.Y.Z", default="", help="By default the next one.")
@refresh_option("Give the notes of a part a new time, though they did not change.")
@click.option("--yes", is_flag=True, help="The clock is right, though it looks wrong.")
@json_option
def command(  # noqa: PLR0913 - a click command takes its options as parameters
    *,
    content: Path | None,
    dist: Path | None,
    jobs: int,
    version: str,
    refresh: tuple[str, ...],
    yes: bool,
    format_: str,
) -> int:
    """Check, test and build the deck, and stamp it into the changelog and the ledger.

    A deck with an error, a warning, or code that fails or was not run is not released.
    Changes that learners notice, such as fewer cards, do not stop a release. Commit
    deck.lock, code.lock and CHANGELOG.md afterwards: with them every machine builds the
    same bytes.

    --refresh brings another layout of unchanged text to learners who have the deck:
    the HTML in fields, such as that of code. It may be given several times. Importing
    the package then replaces My notes, own tags and edits in those notes; the update
    files replace only edits of the text. `triptych diff --refresh PART` lists the notes
    first. `all` is every note and note type: it is for repairs.
    """
    root = content_folder(content)
    target = dist_folder(dist, root)
    request = ReleaseRequest(
        version, refresh=refresh_of(refresh), jobs=jobs, trust_clock=yes
    )
    with progress_bar() as bar:
        result = publish(root, target, replace(request, progress=bar), with_progress)
    if format_ == "json":
        return _print_json(result, root)
    print_session(result.session, "full", root)
    if result.release is None or result.emitted is None:
        _print_reason(result, root)
        return EXIT_FINDINGS
    click.echo(printable_lines(as_text(result.release.difference)), nl=False)
    place = display_path(root / DECK_LOCK_FILE)
    click.echo(f"released {result.release.version} in {place}")
    written, removed = len(result.emitted.written), len(result.emitted.removed)
    click.echo(change_summary(written, removed, target))
    return 0


def _print_json(result: ReleaseResult, root: Path) -> int:
    if result.release is None or result.emitted is None:
        if result.clock_warnings:
            _print_reason(result, root)
        found = (*result.session.diagnostics, *result.diagnostics)
        click.echo(formatted("json", found, root, ok=False), nl=False)
        return EXIT_FINDINGS
    print_json(
        {
            "version": result.release.version,
            "ledger": display_path(root / DECK_LOCK_FILE),
            "written": len(result.emitted.written),
            "removed": len(result.emitted.removed),
            "difference": as_data(result.release.difference),
        }
    )
    return 0


def _print_reason(result: ReleaseResult, root: Path) -> None:
    """Print why nothing was released."""
    if result.clock_warnings:
        for warning in result.clock_warnings:
            click.echo(warning, err=True)
        raise TriptychError("nothing was released; if the clock is right, add --yes")
    if result.session.diagnostics:
        click.echo("the code answers fail; nothing was released", err=True)
        return
    colour = wants_colour(sys.stderr)
    text = full(result.diagnostics, display_path(root), colour=colour)
    click.echo(text, err=True, nl=False, color=colour)
    click.echo(f"{count_text(result.diagnostics)}; nothing was released", err=True)
