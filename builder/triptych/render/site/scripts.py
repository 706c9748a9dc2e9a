"""The scripts of the site: small files with one job each, joined and shortened."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from triptych.deck.templates import template
from triptych.render.site.shorten import with_short_names

SCRIPTS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "theme.js": ("theme",),
        "script.js": (
            "once",
            "common",
            "theme-button",
            "copy",
            "wide",
            "shown",
            "contents",
            "figures",
            "asking",
            "links",
            "finder",
            "keys",
            "offline",
            "shared",
        ),
        "due.js": ("plural", "due"),
        "sizing.js": (
            "practice/common",
            "dialog-style",
            "sizing/fraction",
            "sizing/formula",
            "sizing/written",
            "sizing/table",
        ),
        "figure.js": ("common", "dialog-style", "make", "figure"),
        "practice.js": (
            "practice/common",
            "make",
            "practice/data",
            "plural",
            "practice/words",
            "practice/fsrs",
            "practice/log",
            "practice/plan",
            "practice/session",
            "practice/store",
            "practice/home",
            "practice/card",
            "practice/end",
            "practice/keys",
            "practice/later",
            "practice/start",
        ),
        "interview.js": ("practice/imported", "interview/outlook", "interview/line"),
        "end.js": ("practice/imported", "end/missed", "end/end"),
        "transfer.js": (
            "practice/imported",
            "transfer/zip",
            "transfer/sqlite",
            "transfer/anki",
            "transfer/files",
        ),
        "mock.js": (
            "practice/imported",
            "mock/plan",
            "mock/interview",
            "mock/scorecard",
            "mock/start",
        ),
        "search.js": (
            "common",
            "dialog-style",
            "make",
            "search/terms",
            "search/index",
            "search/rank",
            "plural",
            "search/words",
            "search/filter",
            "search/results",
            "search/view",
            "search/dialogs",
        ),
    }
)
"""The parts of each script in their order: they share one scope."""


def scripts(overrides: Path | None = None) -> Mapping[str, str]:
    """Return the scripts by name; a deck may bring a part of its own."""
    return {name: _script(code) for name, code in written_scripts(overrides).items()}


def written_scripts(overrides: Path | None = None) -> Mapping[str, str]:
    """Return what the scripts are made of, by name."""
    return {
        name: "\n".join(
            template(f"site/scripts/{part}.js", overrides) for part in parts
        )
        for name, parts in SCRIPTS.items()
    }


@lru_cache(maxsize=64)
def _script(code: str) -> str:
    # A scope of their own keeps their names away from other scripts.
    return with_short_names(f'(function () {{\n"use strict";\n{code}}})();')
