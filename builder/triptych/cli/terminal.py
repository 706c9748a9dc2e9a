"""Text that is safe to print on a terminal."""

import os
import re
import sys
from typing import TextIO

_NOT_PRINTABLE_ASCII = re.compile(r"[^\x20-\x7e\n]")


def wants_colour(stream: TextIO) -> bool:
    """Return whether `stream` shows colours; NO_COLOR and FORCE_COLOR override it."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return stream.isatty()


def shows_progress() -> bool:
    """Return whether standard error is a terminal, which can show progress."""
    return sys.stderr.isatty()


def is_terminal() -> bool:
    """Return whether somebody can be asked, and can answer."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def printable(text: str) -> str:
    """Return `text` with its control characters replaced."""
    return "".join(c if c.isprintable() else "\ufffd" for c in text)


def printable_lines(text: str) -> str:
    """Return `text` with its control characters replaced, except newlines."""
    return "\n".join(map(printable, text.split("\n")))


def printable_json(text: str) -> str:
    """Return the same JSON with escapes for characters that are not printable."""
    return _NOT_PRINTABLE_ASCII.sub(_escaped, text)


def _escaped(match: re.Match[str]) -> str:
    from json import dumps  # noqa: PLC0415 - slow, and `--help` needs none

    return match[0] if match[0].isprintable() else dumps(match[0])[1:-1]
