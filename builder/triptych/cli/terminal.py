"""What the terminal can show."""

import json
import os
import re
import sys
from typing import TextIO

_STEERING = re.compile(r"[^\x20-\x7e\n]")


def wants_colour(stream: TextIO) -> bool:
    """Return whether `stream` shows colours, as NO_COLOR and FORCE_COLOR may say."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return stream.isatty()


def shows_progress() -> bool:
    """Return whether somebody sees progress as it happens."""
    return sys.stderr.isatty()


def printable(text: str) -> str:
    """Return `text` without what could steer a terminal."""
    return "".join(c if c.isprintable() else "\ufffd" for c in text)


def printable_lines(text: str) -> str:
    """Return `text` without what could steer a terminal, its lines as they are."""
    return "\n".join(map(printable, text.split("\n")))


def printable_json(text: str) -> str:
    """Return JSON with escapes for what could steer a terminal; it says the same."""
    return _STEERING.sub(_escaped, text)


def _escaped(found: re.Match[str]) -> str:
    return found[0] if found[0].isprintable() else json.dumps(found[0])[1:-1]
