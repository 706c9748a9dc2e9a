"""The grammar of the tool's own messages, which are in English in any deck."""

from collections.abc import Iterable


def counted(
    number: int, noun: str, plural: str = "", *, has_groups: bool = False
) -> str:
    """Return `number` with `noun` in the form that it takes: `1 note`, `2 notes`.

    The form for many is `plural`, or else the noun and an `s`. With `has_groups`, the
    digits of a long number stand in groups of three.
    """
    digits = f"{number:,}" if has_groups else str(number)
    return f"{digits} {noun if number == 1 else plural or f'{noun}s'}"


def listed(names: Iterable[str]) -> str:
    """Return `names` in a row: `site`, `epub and site`, `epub, sheet and site`."""
    *before, last = names
    return f"{', '.join(before)} and {last}" if before else last
