"""``triptych adopt``: rebuild the ledger from a package, or merge two ledgers."""

from pathlib import Path

import click

from triptych.build.cache import cache_of
from triptych.build.options import BuildOptions
from triptych.cli.envelope import json_option, print_json
from triptych.cli.main import EXIT_FINDINGS
from triptych.cli.options import content_folder, content_option, display_path
from triptych.cli.report import print_errors, warn_about_cache
from triptych.cli.terminal import printable
from triptych.deck.locks import deck_lock
from triptych.english import counted
from triptych.errors import TriptychError
from triptych.ledger.lock import DECK_LOCK_FILE
from triptych.ledger.lock_file import is_version
from triptych.releases.adopt import Adopted
from triptych.releases.clock_checks import date
from triptych.releases.package import read_package
from triptych.releases.rebuild import merge_from, rebuild_from_package, valid_ledger

_MAX_LISTED_NOTES = 10
"""The ids of at most this many notes are printed; the others are counted."""


@click.command("adopt", short_help="rebuild a lost deck.lock, or merge two")
@click.argument(
    "package",
    required=False,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
)
@content_option
@click.option(
    "--merge",
    "other",
    metavar="OTHER.lock",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Merge the ledger of another branch.",
)
@click.option(
    "--version",
    metavar="X.Y.Z",
    default="",
    help="The release that PACKAGE is; with --merge, a number for the later of two.",
)
@click.option("--yes", is_flag=True, help="Replace a deck.lock that is valid.")
@json_option
def command(  # noqa: PLR0913 - a click command takes its options as parameters
    *,
    package: Path | None,
    content: Path | None,
    other: Path | None,
    version: str,
    yes: bool,
    format_: str,
) -> int:
    """Rebuild deck.lock from PACKAGE, the .apkg that was released last.

    Notes with the same text as in the package keep their times, so that the next
    release does not overwrite learners' edits in them. What is not in a package is
    lost: notes of older releases that this one does not have, and their times.

    With --merge OTHER.lock, the ledger of another branch is merged into deck.lock
    instead: of each note the line that changed later is kept.
    """
    root = content_folder(content)
    with deck_lock(root):
        if package and not other:
            return _adopt(root, package, version, format_, yes=yes)
        if other and not package:
            return _merge(root, other, version, format_)
    raise click.UsageError("name a package, or with --merge another deck.lock")


def _adopt(root: Path, package: Path, version: str, format_: str, *, yes: bool) -> int:
    if version and not is_version(version):
        raise click.UsageError(f"`{version}` is no version: write three numbers")
    installed = read_package(package)
    present = valid_ledger(root)
    if present and not yes:
        raise TriptychError(
            f"{display_path(root / DECK_LOCK_FILE)} is valid, and of release"
            f" {present.highest}: a package has less information; to replace it, add"
            " --yes"
        )
    options = BuildOptions(cache=cache_of(root))
    try:
        adopted, diagnostics = rebuild_from_package(root, installed, version, options)
    finally:
        warn_about_cache(options.cache)
    if adopted is None:
        print_errors(diagnostics, root, "nothing was adopted", format_)
        return EXIT_FINDINGS
    if format_ == "json":
        _print_adopted_json(adopted, root)
    else:
        _print_adopted(adopted, root)
    return 0


def _print_adopted_json(adopted: Adopted, root: Path) -> None:
    print_json(
        {
            "ledger": display_path(root / DECK_LOCK_FILE),
            "release": adopted.ledger.latest.version,
            "time": adopted.ledger.latest.time,
            "notes": len(adopted.ledger.notes),
            "changed": list(adopted.changed),
            "gone": list(adopted.gone),
        }
    )


def _print_adopted(adopted: Adopted, root: Path) -> None:
    latest = adopted.ledger.latest
    notes = counted(len(adopted.ledger.notes), "note")
    click.echo(
        f"{display_path(root / DECK_LOCK_FILE)}: release {latest.version} of"
        f" {date(latest.time)}, {notes}"
    )
    for names, what in (
        (adopted.changed, "have changed since: the next release updates them"),
        (adopted.gone, "are not in the deck any more, as `triptych check` reports"),
    ):
        if names:
            listed = ", ".join(names[:_MAX_LISTED_NOTES])
            others = len(names) - _MAX_LISTED_NOTES
            more = f" and {others} more" if others > 0 else ""
            click.echo(f"{len(names)} {what}: {printable(listed)}{more}")
    click.echo(
        "unknown: notes that were retired before it, and the notes of older releases;"
        " commit the file, and see `triptych diff`"
    )


def _merge(root: Path, other: Path, version: str, format_: str) -> int:
    path = root / DECK_LOCK_FILE
    merged = merge_from(root, other, version)
    releases = [item.version for item in merged.ledger.releases]
    if format_ == "json":
        print_json(
            {
                "ledger": display_path(path),
                "releases": releases,
                "notes": len(merged.ledger.notes),
                "decisions": list(merged.decisions),
            }
        )
        return 0
    click.echo(
        f"{display_path(path)}: releases {', '.join(releases)};"
        f" {counted(len(merged.ledger.notes), 'note')}"
    )
    for decision in merged.decisions:
        click.echo(printable(decision))
    click.echo(
        "the update files of the next release follow one line of releases only:"
        " learners of both branches need the package"
    )
    return 0
