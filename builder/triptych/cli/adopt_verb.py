"""``triptych adopt``: the ledger again, from a package or from two branches."""

import sys
from pathlib import Path, PurePosixPath

import click

from triptych.build.build import check_and_typeset, settings_of
from triptych.build.cache import cache_of
from triptych.build.options import BuildOptions
from triptych.cli.main import EXIT_FINDINGS
from triptych.cli.options import content_folder, content_option, display_path
from triptych.cli.report import count_text, full, warn_about_cache
from triptych.cli.terminal import printable, wants_colour
from triptych.deck.locks import deck_lock
from triptych.deck.project import open_project
from triptych.deck.read import inside, text_of
from triptych.deck.write import write_files
from triptych.errors import TriptychError
from triptych.ledger.lock import LOCK_FILE, Ledger
from triptych.ledger.lock_file import dump, is_version, load
from triptych.ledger.merge import merge
from triptych.releases.adopt import Adopted, adopt
from triptych.releases.moment import date
from triptych.releases.package import read_package

_MOST = 10
"""How many notes are named; the rest are counted."""


@click.command("adopt", short_help="rebuild a lost deck.lock, or unite two")
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
    help="Take in the ledger of another branch.",
)
@click.option(
    "--version",
    metavar="X.Y.Z",
    default="",
    help="The release that PACKAGE is; with --merge, a number for the later of two.",
)
@click.option("--yes", is_flag=True, help="Give up a deck.lock that is sound.")
def command(
    *,
    package: Path | None,
    content: Path | None,
    other: Path | None,
    version: str,
    yes: bool,
) -> int:
    """Rebuild deck.lock from PACKAGE, the .apkg that was released last.

    Notes that say today what they say in it keep their times, so that the next release
    leaves learners' edits in them alone. What a package cannot tell is lost: notes that
    older releases held and this one does not, and when older releases were made.

    With --merge OTHER.lock, the ledger of another branch is taken into deck.lock
    instead: of each note the line that changed later stands.
    """
    root = content_folder(content)
    with deck_lock(root):
        if package and not other:
            return _adopt(root, package, version, yes=yes)
        if other and not package:
            return _merge(root, other, version)
    raise click.UsageError("name a package, or with --merge another deck.lock")


def _adopt(root: Path, package: Path, version: str, *, yes: bool) -> int:
    if version and not is_version(version):
        raise click.UsageError(f"`{version}` is no version: write three numbers")
    held = read_package(package)
    before = _sound(root)
    if before and not yes:
        raise TriptychError(
            f"{display_path(root / LOCK_FILE)} is sound, and of release"
            f" {before.highest}: a package knows less; to give it up all the same,"
            " add --yes"
        )
    project = open_project(root, ledger_lost=True)
    options = BuildOptions(cache=cache_of(root))
    report = check_and_typeset(project, options)
    warn_about_cache(options.cache)
    if report.catalog is None:
        colour = wants_colour(sys.stderr)
        found = full(report.diagnostics, display_path(root), colour=colour)
        click.echo(found, err=True, nl=False, color=colour)
        click.echo(f"{count_text(report.diagnostics)}; nothing was adopted", err=True)
        return EXIT_FINDINGS
    changelog = project.folder.changelog
    made = adopt(
        report.catalog,
        settings_of(project, options),
        held,
        version=version,
        changelog=changelog.text if changelog else "",
    )
    write_files({inside(root, PurePosixPath(LOCK_FILE)): dump(made.ledger).encode()})
    _tell(made, root)
    return 0


def _tell(made: Adopted, root: Path) -> None:
    latest, notes = made.ledger.latest, len(made.ledger.notes)
    click.echo(
        f"{display_path(root / LOCK_FILE)}: release {latest.version} of"
        f" {date(latest.time)}, {notes} notes"
    )
    for names, what in (
        (made.changed, "say something else today: the next release updates them"),
        (made.gone, "are not in the deck any more, as `triptych check` says"),
    ):
        if names:
            more = f" and {len(names) - _MOST} more" if len(names) > _MOST else ""
            click.echo(
                f"{len(names)} {what}: {printable(', '.join(names[:_MOST]))}{more}"
            )
    click.echo(
        "not known: what was retired before it, and which notes older releases had;"
        " commit the file, and see `triptych diff`"
    )


def _merge(root: Path, other: Path, version: str) -> int:
    place = root / LOCK_FILE
    ours = load(text_of(root, LOCK_FILE))
    try:
        theirs = load(other.read_text(encoding="utf-8"))
    except (TriptychError, UnicodeDecodeError) as error:
        raise TriptychError(f"{other} cannot be taken in: {error}") from error
    if not theirs.releases:
        raise TriptychError(f"{other} tells of no release")
    merged = merge(ours, theirs, version)
    deck = open_project(root, ledger_lost=True).deck.id
    if merged.ledger.deck != deck:
        raise TriptychError(
            f"{other} is of the deck `{merged.ledger.deck}`, not `{deck}`"
        )
    write_files({inside(root, PurePosixPath(LOCK_FILE)): dump(merged.ledger).encode()})
    releases = ", ".join(item.version for item in merged.ledger.releases)
    click.echo(
        f"{display_path(place)}: releases {releases}; {len(merged.ledger.notes)} notes"
    )
    for decision in merged.decisions:
        click.echo(printable(decision))
    click.echo(
        "the update files of the next release know one line of releases only: give"
        " learners of both branches the package"
    )
    return 0


def _sound(root: Path) -> Ledger | None:
    """Return the ledger of the deck, if it has one that can be used."""
    try:
        ledger = open_project(root).ledger
    except TriptychError:
        # What is damaged or lost is what this verb replaces.
        return None
    return ledger if ledger.releases else None
