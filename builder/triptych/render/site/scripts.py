"""The scripts of the site: small files with one job each, joined and shortened."""

import re
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from triptych.deck.templates import template

SCRIPTS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "theme.js": ("theme",),
        "script.js": (
            "common",
            "theme-button",
            "copy",
            "wide",
            "contents",
            "asking",
            "links",
            "keys",
            "offline",
        ),
    }
)
"""The parts of each script in their order: they share one scope."""

_LEFT_OUT = re.compile(r"^[ ]*(?://.*)?\n|^[ ]+", re.MULTILINE)
"""Lines that hold nothing or a comment, and what indents the others."""


def scripts(overrides: Path | None = None) -> Mapping[str, str]:
    """Return the scripts by name; a deck may bring a part of its own."""
    return {name: _joined(parts, overrides) for name, parts in SCRIPTS.items()}


def _joined(parts: tuple[str, ...], overrides: Path | None) -> str:
    texts = [template(f"site/scripts/{part}.js", overrides) for part in parts]
    code = "".join(_LEFT_OUT.sub("", f"{text}\n") for text in texts)
    # A scope of their own keeps their names away from other scripts.
    return f'(function () {{\n"use strict";\n{code}}})();\n'
