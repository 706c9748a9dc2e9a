"""The option `--refresh`, of `release` and `diff`."""

from collections.abc import Callable, Collection

import click

from triptych.cli.options import F
from triptych.notes.history import REFRESH_ALL, Refresh
from triptych.notes.which import PARTS

_ALL = "all"


def refresh_option(text: str) -> Callable[[F], F]:
    """Return a decorator that adds `--refresh PART` with this help."""
    return click.option(
        "--refresh", multiple=True, type=click.Choice([*PARTS, _ALL]), help=text
    )


def refresh_of(parts: Collection[str]) -> Refresh:
    """Return what the values of `--refresh` refresh."""
    if _ALL in parts:
        return REFRESH_ALL
    return Refresh(frozenset(PARTS[part] for part in parts))
