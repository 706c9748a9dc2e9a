"""``triptych serve``: build, watch and show."""

import sys
import webbrowser
from pathlib import Path

import click

from triptych.build.cache import cache_of
from triptych.build.options import BuildOptions
from triptych.cli.options import (
    content_folder,
    content_option,
    display_path,
    dist_folder,
    dist_option,
    jobs_option,
)
from triptych.cli.report import count_text, full
from triptych.cli.terminal import printable, wants_colour
from triptych.deck.read import read
from triptych.serve.building import BuildOutcome
from triptych.serve.preview import Preview
from triptych.serve.server import Server
from triptych.serve.watch import build_on_change


@click.command("serve", short_help="build, watch and show the site")
@content_option
@dist_option
@jobs_option
@click.option("--drafts", is_flag=True, help="Show drafts too.")
@click.option("--no-cache", is_flag=True, help="Typeset everything anew each time.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8000,
    show_default=True,
    help="0 for any that is free.",
)
@click.option(
    "--host", default="127.0.0.1", show_default=True, help="Who may look: this machine."
)
@click.option("--open", "open_", is_flag=True, help="Open a browser.")
def command(  # noqa: PLR0913 - a click command takes its options as parameters
    *,
    content: Path | None,
    dist: Path | None,
    jobs: int,
    drafts: bool,
    no_cache: bool,
    port: int,
    host: str,
    open_: bool,
) -> None:
    """Build the site, show it, and build it again whenever a file changes.

    Open pages reload by themselves. A mistake in the content is shown in the page, over
    the last build that had none. Of the project, only dist/ is written.
    """
    root = content_folder(content)
    read(root)
    server = Server((host, port), Preview(dist_folder(dist, root)))
    server.start()
    click.echo(f"serving {display_path(root)} at {server.url} (Ctrl-C stops)")

    def tell(outcome: BuildOutcome) -> str:
        nonlocal open_
        if open_:
            open_ = False
            webbrowser.open(server.url)
        return _tell(outcome, display_path(root))

    cache = None if no_cache else cache_of(root)
    build_on_change(
        server, root, BuildOptions(jobs=jobs, drafts=drafts, cache=cache), tell
    )


def _tell(outcome: BuildOutcome, prefix: str) -> str:
    """Report an outcome; return what keeps `dist/` from being up to date."""
    colour = wants_colour(sys.stdout)
    found = full(outcome.diagnostics, prefix, colour=colour)
    click.echo(found, nl=False, color=colour)
    if outcome.warning:
        click.echo(f"triptych: {printable(outcome.warning)}", err=True)
    if outcome.trouble:
        click.echo(f"triptych: {printable(outcome.trouble)}", err=True)
        return outcome.trouble
    if outcome.written is None:
        click.echo(f"{count_text(outcome.diagnostics)}; the last build stays")
        return full(outcome.diagnostics, prefix, colour=False)
    files = "1 file" if outcome.written == 1 else f"{outcome.written} files"
    click.echo(f"built in {outcome.seconds:.2f} s, {files} changed")
    return ""
