"""How a stage keeps what it made for later builds, without knowing where."""

from collections.abc import Callable
from typing import Protocol, TypeVar

T = TypeVar("T")


class Keep(Protocol):
    """Returns what was made of what a digest stands for, or else makes it now.

    Nothing is kept for an empty digest.
    """

    def __call__(self, made_of: str, make: Callable[[], T], /) -> T:
        """Return the value that `made_of` stands for."""


def keep_nothing(_made_of: str, make: Callable[[], T], /) -> T:
    """Make the value each time."""
    return make()
