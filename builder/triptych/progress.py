"""The progress of long work: reported where it is done, shown by the CLI alone."""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

T = TypeVar("T")

Progress = Callable[[str, int, int], None]
"""Called with what is being done, and how many of how many are done."""


def no_progress(_what: str, _done: int, _total: int) -> None:
    """Show nothing."""


def counted(
    items: Iterable[T], total: int, what: str, progress: Progress
) -> Iterator[T]:
    """Yield `items`, of which there are `total`, and report how many have come."""
    progress(what, 0, total)
    for number, item in enumerate(items, 1):
        yield item
        progress(what, number, total)
