"""Slots keep finished HTML away from the sanitizer, which would take MathML away.

The sanitizer must see all the raw HTML of a piece of prose at once, for an element may
open in one token and close in another. So a piece is written as a skeleton: what an
author wrote as it is, and a slot for each part that we made.
"""

import re
from collections.abc import Callable

OPEN, CLOSE = "\ufdd0", "\ufdd1"
OWN_VALUE = "\ufdd6"
"""The value of an attribute that is ours: no author can write this character."""

_SLOT = re.compile(f"{OPEN}([0-9]+){CLOSE}")


class Slots:
    """The parts of a skeleton that are put in after it was sanitized."""

    def __init__(self) -> None:
        """Start without any."""
        self._parts: list[str] = []
        self._own: set[int] = set()

    def add(self, part: str, *, own: bool = False) -> str:
        """Keep a part; return its mark. `own` says that it is cloze syntax of ours."""
        self._parts.append(part)
        if own:
            self._own.add(len(self._parts) - 1)
        return f"{OPEN}{len(self._parts) - 1}{CLOSE}"

    def fill(self, skeleton: str) -> str:
        """Return the skeleton with its parts."""
        return _SLOT.sub(lambda mark: self._parts[int(mark[1])], skeleton)

    def fill_guarded(self, skeleton: str, guard: Callable[[str], str]) -> str:
        """Return the same, with all that is no cloze syntax of ours through `guard`."""
        pieces = _SLOT.split(skeleton)
        for position, piece in enumerate(pieces):
            if position % 2 == 0:
                pieces[position] = guard(piece)
            else:
                part = self._parts[int(piece)]
                own = int(piece) in self._own
                pieces[position] = (
                    apart(pieces[position - 1], part) if own else guard(part)
                )
        return "".join(pieces)


def apart(before: str, syntax: str) -> str:
    """Return cloze `syntax` as it may follow `before`: of `}}}` Anki reads two first.

    A comment parts a brace or a colon of the text from those of the syntax.
    """
    return f"<!-- -->{syntax}" if syntax and before.endswith(syntax[0]) else syntax
