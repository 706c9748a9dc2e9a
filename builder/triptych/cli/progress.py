"""A bar on the terminal for work that takes longer than a moment."""

import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager

import click

from triptych.cli.terminal import printable, shows_progress

_DELAY_SECONDS = 1.0
"""Work that is done before it needs no bar."""
_PAUSE_SECONDS = 0.1
"""The bar is drawn no more often."""
_BAR_CHARS = 24
_MAX_CHARS = 100
_CLEAR = "\r\x1b[K"


class Bar:
    """A line that says what is being done and how far it is; gone when closed."""

    def __init__(self) -> None:
        """Start the time after which the bar is shown."""
        self._next = time.monotonic() + _DELAY_SECONDS
        self._is_drawn = False
        self.note = ""
        """What else to say, at the end of the line."""

    def __call__(self, what: str, done: int, total: int) -> None:
        """Draw the bar, unless that is too soon or nobody sees it."""
        now = time.monotonic()
        if now < self._next or not shows_progress():
            return
        self._next, self._is_drawn = now + _PAUSE_SECONDS, True
        filled = _BAR_CHARS * done // max(total, 1)
        bar = "#" * filled + "." * (_BAR_CHARS - filled)
        width = min(shutil.get_terminal_size().columns - 1, _MAX_CHARS)
        line = printable(f"[{bar}] {what}: {done} of {total}{self.note}")[:width]
        click.echo(f"{_CLEAR}{line}", err=True, nl=False, color=True)

    def close(self) -> None:
        """Take the bar away."""
        if self._is_drawn:
            click.echo(_CLEAR, err=True, nl=False, color=True)
        self._is_drawn = False


@contextmanager
def progress_bar() -> Iterator[Bar]:
    """Offer a bar that is gone at the end, however that comes."""
    bar = Bar()
    try:
        yield bar
    finally:
        bar.close()
