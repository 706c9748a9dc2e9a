"""What the terminal can show."""

import os
import sys
from typing import TextIO


def wants_colour(stream: TextIO) -> bool:
    """Return whether `stream` shows colours, as NO_COLOR and FORCE_COLOR may say."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return stream.isatty()


def is_watched() -> bool:
    """Return whether somebody sees progress as it happens."""
    return sys.stderr.isatty()


def visible(text: str) -> str:
    """Return `text` without what could steer a terminal."""
    return "".join(c if c.isprintable() else "\ufffd" for c in text)
