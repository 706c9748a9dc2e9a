"""``triptych serve``: build the site after each change and show it."""

import gc
import sys
import webbrowser
from collections import Counter
from collections.abc import Iterable
from functools import partial
from pathlib import Path

import click

from triptych.build.cache import cache_of
from triptych.build.options import BuildOptions
from triptych.cli.build_messages import print_draft_count
from triptych.cli.options import (
    content_folder,
    content_option,
    display_path,
    dist_folder,
    dist_option,
    jobs_option,
)
from triptych.cli.problems import editor_address, page_problems
from triptych.cli.report import count_text, full
from triptych.cli.terminal import printable, wants_colour
from triptych.deck.read import read
from triptych.english import counted
from triptych.serve.building import BuildOutcome
from triptych.serve.cards import cards_page
from triptych.serve.preview import Preview, Problem
from triptych.serve.server import Server
from triptych.serve.watch import build_on_change
from triptych.values.diagnostics import Diagnostic, Severity


@click.command("serve", short_help="build, watch and show the site")
@content_option
@dist_option
@jobs_option
@click.option("--drafts", is_flag=True, help="Show drafts too.")
@click.option("--learn", is_flag=True, help="Report how cards would be learned better.")
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
@click.option(
    "--editor",
    default="vscode",
    envvar="TRIPTYCH_EDITOR",
    metavar="NAME",
    show_default=True,
    help="What opens a file whose place is clicked; TRIPTYCH_EDITOR says it for good.",
)
@click.option("--open", "open_", is_flag=True, help="Open a browser.")
def command(  # noqa: PLR0913 - a click command takes its options as parameters
    *,
    content: Path | None,
    dist: Path | None,
    jobs: int,
    drafts: bool,
    learn: bool,
    no_cache: bool,
    port: int,
    host: str,
    editor: str,
    open_: bool,
) -> None:
    """Build the site, show it, and build it again whenever a file changes.

    Open pages reload by themselves. Mistakes in the content are shown on the page,
    above the last build without any, and a click on their place opens the editor NAME:
    vscode, vscodium, cursor, zed, idea, pycharm, sublime, textmate, none, or an address
    with {path}, {line} and {column}. With --learn the page counts hints in a corner,
    and a click lists them. Only dist/ is written.
    """
    root = content_folder(content)
    read(root)
    address = editor_address(editor)
    target = dist_folder(dist, root)
    cache = None if no_cache else cache_of(root)
    options = BuildOptions(jobs=jobs, drafts=drafts, learn=learn, cache=cache)
    cards = partial(cards_page, root, target, options)
    server = Server((host, port), Preview(target), cards)
    server.start()
    click.echo(f"serving {display_path(root)} at {server.url} (Ctrl-C stops)")

    reporter = Reporter(root, address)

    def report(outcome: BuildOutcome) -> tuple[Problem, ...]:
        nonlocal open_
        if open_:
            open_ = False
            webbrowser.open(server.url)
        return reporter.report(outcome)

    # Other commands end too early to collect garbage.
    gc.enable()
    build_on_change(server, root, options, report)


class Reporter:
    """Prints outcomes, and of what was printed before only that it is still so."""

    def __init__(self, root: Path, editor: str) -> None:
        """Start with nothing printed."""
        self._root = root
        self._editor = editor
        self._before: Counter[tuple[str, ...]] = Counter()
        self._drafts = 0

    def report(self, outcome: BuildOutcome) -> tuple[Problem, ...]:
        """Print an outcome; return the problems that open pages show."""
        if outcome.warning:
            click.echo(f"triptych: {printable(outcome.warning)}", err=True)
        if outcome.error:
            click.echo(f"triptych: {printable(outcome.error)}", err=True)
            return (Problem(Severity.ERROR.value, outcome.error),)
        prefix, diagnostics = display_path(self._root), outcome.diagnostics
        changes = self._print_new_diagnostics(diagnostics, prefix)
        if outcome.drafts != self._drafts:
            print_draft_count(outcome.drafts)
        self._drafts = outcome.drafts
        if outcome.written is None:
            click.echo(f"{count_text(diagnostics)}{changes}; the last build stays")
            return page_problems(diagnostics, self._root, prefix, self._editor)
        files = counted(outcome.written, "file")
        found = (
            f"; {count_text(diagnostics)}{changes}" if diagnostics or changes else ""
        )
        on_page = f"; {count_text(outcome.hints)} on the page" if outcome.hints else ""
        click.echo(f"built in {outcome.seconds:.2f} s, {files} changed{found}{on_page}")
        return page_problems(outcome.hints, self._root, prefix, self._editor)

    def _print_new_diagnostics(
        self, diagnostics: Iterable[Diagnostic], prefix: str
    ) -> str:
        """Print what was not so before; return how much is as before, and is not."""
        before, now, new = self._before.copy(), Counter[tuple[str, ...]](), []
        for diagnostic in diagnostics:
            # Without the line, which moves whenever something above it is written.
            key = (str(diagnostic.span.path), diagnostic.rule, diagnostic.message)
            now[key] += 1
            if before[key]:
                before[key] -= 1
            else:
                new.append(diagnostic)
        fixed, same = before.total(), now.total() - len(new)
        self._before = now
        colour = wants_colour(sys.stdout)
        click.echo(full(new, prefix, colour=colour), nl=False, color=colour)
        counts = [f"{same} as before"] * bool(same) + [f"{fixed} fixed"] * bool(fixed)
        return f" ({', '.join(counts)})" if counts else ""
