"""What `stated` does in the process of a program: it notes words and values."""

import sys
from collections.abc import Callable, Container
from numbers import Integral
from typing import Any, TypeAlias

Fields: TypeAlias = dict[str, Any]
"""The fields of a `Statement`, as JSON carries them between processes."""
MAX_STATEMENTS = 2000


def recorder(
    name: str, lines: Container[int], noted: list[Fields]
) -> Callable[..., None]:
    """Return the function `stated` for the program `name`; it adds to `noted`.

    It may be called from these `lines` alone, those of tests: no card shows them.
    """

    def stated(words: str, *values: Any, digits: int = 0) -> None:  # noqa: ANN401
        """Note that the text says `words`, whose numbers are `values` when rounded.

        `None` is for a number that nothing computes; `digits` are the significant ones.
        """
        line = sys._getframe(1).f_lineno  # noqa: SLF001 - the documented way
        file = sys._getframe(1).f_code.co_filename  # noqa: SLF001
        if file != name or line not in lines:
            raise NameError("`stated` is known in `test` blocks only")
        if not isinstance(words, str):
            raise TypeError(f"stated() needs words first, not {type(words).__name__}")
        if len(noted) >= MAX_STATEMENTS:
            raise ValueError(f"a file states at most {MAX_STATEMENTS:,} numbers")
        noted.append(
            {
                "line": line,
                "words": words,
                "values": [_text(value) for value in values],
                "digits": int(digits),
            }
        )

    return stated


def _text(value: Any) -> str | None:  # noqa: ANN401 - a value of any program
    """Return a number as text that loses none of its digits."""
    if value is None:
        return None
    if isinstance(value, bool):
        raise TypeError("stated() needs numbers, not a truth value")
    if isinstance(value, Integral):
        return format(int(value), "d")
    return repr(float(value))
