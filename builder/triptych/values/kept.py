"""How a stage keeps what it made for later builds, without knowing where."""

from collections.abc import Callable
from typing import Protocol, TypeVar, cast

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


def keep_in_memory() -> Keep:
    """Return a function that makes each value once, as long as it is used itself."""
    kept: dict[str, object] = {}

    def keep(made_of: str, make: Callable[[], T], /) -> T:
        if not made_of:
            return make()
        if made_of not in kept:
            kept[made_of] = make()
        # A digest stands for one value, and so for one type.
        return cast("T", kept[made_of])

    return keep
