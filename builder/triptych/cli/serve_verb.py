"""``triptych serve``: build the site after each change and show it."""

import sys
import webbrowser
from functools import partial
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
from triptych.serve.cards import cards_page
from triptych.serve.preview import Preview
from triptych.serve.server import Server
from triptych.serve.watch import build_on_change


@click.command("serve", short_help="build, watch and show the site")
@content_option
@dist_option
@jobs_option
@click.option("--drafts", is_flag=True, help="Show drafts too.")
@click.option("--no-cache", is_flag=True, help="Typeset everything again each time.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8000,
    show_default=True,
    help="0 for any free port.",
)
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    help="The address to listen on: this machine.",
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

    Open pages reload by themselves. Mistakes in the content are shown on the page,
    above the last build without any. Only dist/ is written.
    """
    root = content_folder(content)
    read(root)
    target = dist_folder(dist, root)
    cache = None if no_cache else cache_of(root)
    options = BuildOptions(jobs=jobs, drafts=drafts, cache=cache)
    cards = partial(cards_page, root, target, options)
    server = Server((host, port), Preview(target), cards)
    server.start()
    click.echo(f"serving {display_path(root)} at {server.url} (Ctrl-C stops)")

    def report(outcome: BuildOutcome) -> str:
        nonlocal open_
        if open_:
            open_ = False
            webbrowser.open(server.url)
        return _report(outcome, display_path(root))

    build_on_change(server, root, options, report)


def _report(outcome: BuildOutcome, prefix: str) -> str:
    """Print an outcome; return the problems that open pages show."""
    colour = wants_colour(sys.stdout)
    text = full(outcome.diagnostics, prefix, colour=colour)
    click.echo(text, nl=False, color=colour)
    if outcome.warning:
        click.echo(f"triptych: {printable(outcome.warning)}", err=True)
    if outcome.error:
        click.echo(f"triptych: {printable(outcome.error)}", err=True)
        return outcome.error
    if outcome.written is None:
        click.echo(f"{count_text(outcome.diagnostics)}; the last build stays")
        return full(outcome.diagnostics, prefix, colour=False)
    files = "1 file" if outcome.written == 1 else f"{outcome.written} files"
    click.echo(f"built in {outcome.seconds:.2f} s, {files} changed")
    return ""
