"""``triptych build``: bring ``dist/`` up to date."""

import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import click

from triptych.build.build import build
from triptych.build.cache import Cache, cache_of
from triptych.build.options import BuildOptions
from triptych.build.report import Report
from triptych.build.timing import Timings
from triptych.build.where import where as parse_where
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
from triptych.cli.report import count_text, full, tell_of_drafts, warn_about_cache
from triptych.cli.terminal import wants_colour
from triptych.deck.project import open_project
from triptych.dialect.links import is_web_address, resolvable
from triptych.emit.emit import EmittedFiles
from triptych.errors import TriptychError
from triptych.render.outputs import OUTPUTS
from triptych.values.deck import Deck


@click.command("build", short_help="bring dist/ up to date")
@click.argument("outputs", nargs=-1, type=click.Choice(tuple(OUTPUTS)))
@content_option
@dist_option
@jobs_option
@click.option("--strict", is_flag=True, help="Count warnings as errors.")
@click.option("--drafts", is_flag=True, help="Include drafts.")
@click.option("--no-cache", is_flag=True, help="Typeset everything again.")
@click.option("--timings", is_flag=True, help="Print times and cache hits.")
@click.option(
    "--since", metavar="X.Y.Z", default="", help="An older release to update, too."
)
@click.option("--base-url", metavar="URL", help="The URL of the site.")
@click.option(
    "--where",
    metavar="EXPRESSION",
    help="Build an edition, such as 'topic=evaluation and difficulty<=medium'.",
)
def command(  # noqa: PLR0913 - a click command takes its options as parameters
    *,
    outputs: tuple[str, ...],
    content: Path | None,
    dist: Path | None,
    jobs: int,
    strict: bool,
    drafts: bool,
    no_cache: bool,
    timings: bool,
    since: str,
    base_url: str | None,
    where: str | None,
) -> int:
    """Check the content and bring dist/ up to date.

    Without OUTPUTS all outputs are built; with an output those that it offers as
    downloads are built, too. Content is never executed.
    """
    if where and dist is None:
        raise TriptychError("an edition needs its own folder: add --dist DIR")
    if base_url and not is_web_address(base_url):
        raise TriptychError(f"--base-url: `{base_url}` is not a web address")
    root = content_folder(content)
    target = dist_folder(dist, root)
    stage_times = Timings()
    with stage_times.stage("read"):
        project = open_project(root)
    options = BuildOptions(
        jobs=jobs,
        strict=strict,
        drafts=drafts,
        where=parse_where(where) if where else None,
        base_url=base_url,
        since=since,
        cache=None if no_cache else cache_of(root),
    )
    with progress_bar() as bar:
        report, emitted = build(
            project,
            target,
            outputs or OUTPUTS,
            replace(options, progress=bar),
            stage_times,
        )
    warn_about_cache(options.cache)
    colour = wants_colour(sys.stderr)
    text = full(report.diagnostics, display_path(root), colour=colour)
    click.echo(text, err=True, nl=False, color=colour)
    if timings:
        click.echo(_table(stage_times, options.cache), err=True)
    if report.catalog is None and not report.diagnostics:
        raise TriptychError("there is no question to build: is everything a draft?")
    tell_of_drafts(report.drafts)
    if emitted is None:
        click.echo(f"{count_text(report.diagnostics)}; nothing was written", err=True)
        return EXIT_FINDINGS
    click.echo(
        f"{_question_count(report)}; {change_summary(emitted, display_path(target))}"
    )
    for address in _placeholders(project.deck, base_url):
        click.echo(
            f"no output links to {address}: the address never resolves; set [site] in"
            " deck.toml",
            err=True,
        )
    if report.preview:
        click.echo("preview: run `triptych release` before learners get it", err=True)
    return 0


def _placeholders(deck: Deck, base_url: str | None) -> Iterator[str]:
    """Yield the addresses of the site and its source that never resolve."""
    base = base_url if base_url is not None else deck.site.base_url
    for address in dict.fromkeys((base, deck.site.repository)):
        if address and not resolvable(address):
            yield address


def _question_count(report: Report) -> str:
    questions = len(report.catalog.current) if report.catalog else 0
    text = f"{questions} question{'' if questions == 1 else 's'}"
    return f"{text}, {count_text(report.diagnostics)}" if report.diagnostics else text


def change_summary(emitted: EmittedFiles, target: str) -> str:
    """Return what a build changed in the folder `target`."""
    written, removed = len(emitted.written), len(emitted.removed)
    if not written and not removed:
        return f"{target}/ is up to date"
    text = f"wrote {written} file{'' if written == 1 else 's'} to {target}/"
    return f"{text}, removed {removed}" if removed else text


def _table(stage_times: Timings, cache: Cache | None) -> str:
    total = sum(stage_times.seconds.values())
    rows = [*stage_times.seconds.items(), ("all", total)]
    lines = [f"{name:<18} {seconds:8.3f} s" for name, seconds in rows]
    if cache is not None:
        hits = f"{cache.hits} hit{'' if cache.hits == 1 else 's'}"
        misses = f"{cache.misses} miss{'' if cache.misses == 1 else 'es'}"
        lines.append(f"{'cache':<18} {hits}, {misses}")
    return "\n".join(lines)
