"""``triptych progress``: an Anki package with what a learner practised on the site."""

from collections.abc import Iterator
from dataclasses import asdict
from datetime import tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import click

from triptych.build.build import check_and_typeset, settings_of
from triptych.build.cache import cache_of
from triptych.build.options import BuildOptions
from triptych.cli.envelope import echo_unless_json, json_option, print_json
from triptych.cli.main import EXIT_FINDINGS
from triptych.cli.options import (
    content_folder,
    content_option,
    display_path,
    dist_folder,
    dist_option,
)
from triptych.cli.report import print_errors, warn_about_cache
from triptych.cli.terminal import printable
from triptych.deck.project import open_valid_project
from triptych.deck.write import write_files
from triptych.english import counted
from triptych.errors import TriptychError, file_error
from triptych.practice.log import read_log
from triptych.practice.package import PackageCounts, personal_package

_FIRST = (
    "for a collection that does not have the deck yet: Anki takes neither schedule nor"
    " reviews for cards that it has"
)
_LAST = "import it with “Import any learning progress” ticked"
_MAX_NAMED = 5
"""The most ids of what the deck no longer has that are listed."""


@click.command(
    "progress", short_help="make an Anki package with what you practised on the site"
)
@click.argument("file", type=click.Path(path_type=Path))
@content_option
@dist_option
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="FILE.apkg",
    help="The package to make; beside FILE unless said.",
)
@click.option(
    "--time-zone",
    metavar="NAME",
    default="",
    help="Where you practised, such as Europe/Rome; unless said, as this machine has"
    " it.",
)
@json_option
def command(  # noqa: PLR0913 - a click command takes its options as parameters
    *,
    file: Path,
    content: Path | None,
    dist: Path | None,
    output: Path | None,
    time_zone: str,
    format_: str,
) -> int:
    """Make a package of the deck with the progress in FILE, for your own Anki.

    FILE is what the page Practise writes with “Back up”. The package is for a
    collection that does not have the deck yet: for cards that are there already Anki
    takes neither schedule nor reviews. Imported with its learning progress, it comes
    back when the page would have asked, with every review in Anki's log, and with what
    you suspended or starred. Cards that were not practised on the site are new.

    The package is yours alone, and is never written into the folder of the outputs.
    """
    root = content_folder(content)
    target = _target(file, output, dist_folder(dist, root))
    zone = _zone(time_zone)
    project = open_valid_project(root)
    log = read_log(_read(file), str(file), project.deck.id)
    say = echo_unless_json(format_)
    say(_FIRST)
    options = BuildOptions(cache=cache_of(root))
    report = check_and_typeset(project, options)
    warn_about_cache(options.cache)
    if report.catalog is None:
        print_errors(report.diagnostics, root, "nothing was written", format_)
        return EXIT_FINDINGS
    settings = settings_of(project, options)
    package, counts = personal_package(report.catalog, settings, log, zone)
    for line in _left_out(file, counts, log.unreadable):
        click.echo(printable(line), err=True)
    if not (counts.reviews or counts.suspended or counts.starred):
        raise TriptychError(
            f"{file} has nothing about a card of this deck; nothing was written"
        )
    write_files({target: package})
    say(printable(f"{display_path(target)}: {_summary(counts)}; {_LAST}"))
    if format_ == "json":
        fields = {**asdict(counts), "unreadable": list(log.unreadable)}
        print_json({"package": display_path(target), **fields})
    return 0


def _target(file: Path, output: Path | None, dist: Path) -> Path:
    """Return where the package goes; never among what is published."""
    target = output or file.with_suffix(".apkg")
    if target.suffix != ".apkg":
        raise TriptychError(f"--output {target}: a package has the suffix .apkg")
    if target.resolve().is_relative_to(dist.resolve()):
        raise TriptychError(
            f"{target} is in {display_path(dist)}, which is published, and progress is"
            " yours alone: name another folder with --output"
        )
    return target


def _zone(name: str) -> tzinfo | None:
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise TriptychError(
            f"--time-zone: `{name}` is no time zone of this machine; they are"
            " named as Europe/Rome or Asia/Tokyo"
        ) from error


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise file_error(error, file, doing="read") from error


def _left_out(
    file: Path, counts: PackageCounts, unreadable: tuple[int, ...]
) -> Iterator[str]:
    """Yield a line about rows that cannot be read, and one about ids that are gone."""
    if unreadable:
        rows = counted(len(unreadable), "row", has_groups=True)
        yield f"{file}: {rows} cannot be read, the first is row {unreadable[0]}"
    if counts.unknown:
        names = sorted(counts.unknown)
        more = ", …" if len(names) > _MAX_NAMED else ""
        total = sum(counts.unknown.values())
        reviews = counted(total, "review", has_groups=True)
        listed = ", ".join(names[:_MAX_NAMED])
        yield f"left out, for the deck has no such cards: {reviews} of {listed}{more}"


def _summary(counts: PackageCounts) -> str:
    rest = {"suspended": counts.suspended, "starred": counts.starred}
    words = [f"{number:,} {name}" for name, number in rest.items() if number]
    reviews = counted(counts.reviews, "review", has_groups=True)
    notes = counted(counts.cards, "note", has_groups=True)
    return ", ".join([f"{reviews} of {notes}", *words])
