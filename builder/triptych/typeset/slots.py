"""Placeholders that protect generated HTML from the sanitizer.

The sanitizer would remove MathML, and must see all raw HTML of a piece of prose at
once, since an element may open in one token and close in another. So prose is first
written as a skeleton, with raw HTML as it is and a placeholder for each generated part.
"""

import re
from collections.abc import Callable

SLOT_START, SLOT_END = "\ufdd0", "\ufdd1"
GENERATED_VALUE = "\ufdd6"
"""The value of generated attributes: a character that content cannot contain."""

SLOT = re.compile(f"{SLOT_START}([0-9]+){SLOT_END}")


class Slots:
    """The generated parts, which are put into the skeleton after it is sanitized."""

    def __init__(self) -> None:
        """Start without parts."""
        self._parts: list[str] = []
        self._cloze_parts: set[int] = set()

    def add(self, part: str, *, is_cloze: bool = False) -> str:
        """Store a part and return its placeholder; `is_cloze` marks cloze syntax."""
        self._parts.append(part)
        if is_cloze:
            self._cloze_parts.add(len(self._parts) - 1)
        return f"{SLOT_START}{len(self._parts) - 1}{SLOT_END}"

    def fill(self, skeleton: str) -> str:
        """Return the skeleton with its parts."""
        return SLOT.sub(lambda mark: self._parts[int(mark[1])], skeleton)

    def fill_guarded(self, skeleton: str, guard: Callable[[str], str]) -> str:
        """Return the skeleton with parts; `guard` rewrites all but cloze syntax."""
        pieces = SLOT.split(skeleton)
        for position, piece in enumerate(pieces):
            if position % 2 == 0:
                pieces[position] = guard(piece)
            else:
                part = self._parts[int(piece)]
                is_cloze = int(piece) in self._cloze_parts
                pieces[position] = (
                    separated(pieces[position - 1], part) if is_cloze else guard(part)
                )
        return "".join(pieces)


def separated(before: str, syntax: str) -> str:
    """Return cloze `syntax` to be put after `before`, so that Anki reads it as meant.

    Of `}}}` Anki reads the first two braces as the end of the cloze, so a comment
    separates a brace or a colon of the text from those of the syntax.
    """
    return f"<!-- -->{syntax}" if syntax and before.endswith(syntax[0]) else syntax
