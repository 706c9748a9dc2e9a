"""What `triptych build` prints at its end."""

import sys
from pathlib import Path

import click

from triptych.build.stamp import BuildMessages
from triptych.cli.options import display_path
from triptych.cli.terminal import wants_colour


def print_messages(messages: BuildMessages, changes: str) -> None:
    """Print the result of a build that changed these files."""
    colour = wants_colour(sys.stderr)
    text = messages.coloured_diagnostics if colour else messages.diagnostics
    click.echo(text, err=True, nl=False, color=colour)
    click.echo(messages.drafts, err=True, nl=False)
    click.echo(f"{messages.counts}; {changes}")
    if messages.is_preview:
        click.echo("preview: run `triptych release` before learners get it", err=True)


def change_summary(written: int, removed: int, dist: Path) -> str:
    """Return how many files a build wrote to the folder `dist`, and removed there."""
    target = display_path(dist)
    if not written and not removed:
        return f"{target}/ is up to date"
    text = f"wrote {written} file{'' if written == 1 else 's'} to {target}/"
    return f"{text}, removed {removed}" if removed else text
