"""What a build prints at its end."""

import sys
from pathlib import Path

import click

from triptych.build.stamp import BuildMessages
from triptych.cli.options import display_path
from triptych.cli.terminal import wants_colour
from triptych.english import counted


def print_messages(messages: BuildMessages, changes: str) -> None:
    """Print the result of a build that changed these files."""
    colour = wants_colour(sys.stderr)
    text = messages.coloured_diagnostics if colour else messages.diagnostics
    click.echo(text, err=True, nl=False, color=colour)
    print_draft_count(messages.drafts)
    click.echo(f"{messages.counts}; {changes}")
    click.echo(messages.remarks, err=True, nl=False)


def print_draft_count(drafts: int) -> None:
    """Say how many drafts were left out, if any."""
    if drafts:
        click.echo(f"{counted(drafts, 'draft')} (`triptych list --drafts`)", err=True)


def change_summary(written: int, removed: int, dist: Path) -> str:
    """Return how many files a build wrote to the folder `dist`, and removed there."""
    target = display_path(dist)
    if not written and not removed:
        return f"{target}/ is up to date"
    text = f"wrote {counted(written, 'file')} to {target}/"
    return f"{text}, removed {removed}" if removed else text
