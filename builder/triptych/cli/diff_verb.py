"""``triptych diff``: what a release would change for a learner."""

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

import click

from triptych.build.build import check_and_typeset, settings_of
from triptych.build.cache import cache_of
from triptych.build.options import BuildOptions
from triptych.cli.envelope import envelope
from triptych.cli.main import EXIT_FINDINGS
from triptych.cli.options import content_folder, content_option
from triptych.cli.refresh import refresh_of, refresh_option
from triptych.cli.report import formatted, print_errors, warn_about_cache
from triptych.cli.terminal import printable_lines
from triptych.deck.project import open_project
from triptych.releases.diff import diff
from triptych.releases.difference import Difference
from triptych.releases.report import (
    Words,
    as_data,
    as_markdown,
    as_text,
    changelog_words,
)


def _as_text(difference: Difference, _: Words) -> str:
    return as_text(difference)


def _as_json(difference: Difference, _: Words) -> str:
    data = as_data(difference)
    counts = {name: len(v) for name, v in data.items() if isinstance(v, tuple)}
    return envelope(data, ok=True, result=counts)


_FORMATS: Mapping[str, Callable[[Difference, Words], str]] = MappingProxyType(
    {"text": _as_text, "markdown": as_markdown, "json": _as_json}
)


@click.command("diff", short_help="show what a release would change for a learner")
@click.argument("release", required=False, default="")
@content_option
@click.option(
    "--format",
    "format_",
    type=click.Choice(list(_FORMATS)),
    default="text",
    show_default=True,
    help="How to print it.",
)
@refresh_option("Show what a release with the same option would change.")
def command(
    *, release: str, content: Path | None, format_: str, refresh: tuple[str, ...]
) -> int:
    """Show what a release of the present deck would change for a learner.

    RELEASE is the version that the learner has, or the .apkg that was imported; by
    default the newest release. Notes are new, changed, shown anew (the text is the
    same, but an import replaces the note), moved, retired, or back after they were
    retired; the search that finds retired notes is one for Anki's browser.
    """
    root = content_folder(content)
    package = Path(release) if release.endswith(".apkg") else None
    if package and not package.is_file():
        raise click.UsageError(f"there is no package {release}")
    project = open_project(root)
    options = BuildOptions(cache=cache_of(root))
    report = check_and_typeset(project, options)
    warn_about_cache(options.cache)
    if report.catalog is None:
        if format_ == "json":
            text = formatted("json", report.diagnostics, root, ok=False)
            click.echo(text, nl=False)
            return EXIT_FINDINGS
        print_errors(report.diagnostics, root, "there is nothing to compare")
        return EXIT_FINDINGS
    settings = settings_of(project, options)
    since = "" if package else release
    difference = diff(
        report.catalog, settings, since, package, refresh=refresh_of(refresh)
    )
    words = changelog_words(settings.strings, project.deck.language)
    text = _FORMATS[format_](difference, words)
    click.echo(text if format_ == "json" else printable_lines(text), nl=False)
    return 0
