"""Which shape the questions of a Markdown file have."""

from collections.abc import Mapping

from triptych.imports.markdown_headings import MIN_SECTIONS, by_sections
from triptych.imports.markdown_notes import GUESSED, SHAPES
from triptych.imports.markdown_question import Raw

_INNER = ("items", "colons")
"""Shapes that the answers of others often have in them."""
_MIN_RIVALS = 3
_MIN_SHARE_ENCLOSED = 0.8


def of_shape(text: str, shape: str) -> tuple[Raw, ...]:
    """Return the questions of a file that has the shape `shape`."""
    return tuple(SHAPES[shape](text))


def guessed(text: str) -> tuple[str, tuple[Raw, ...]]:
    """Return the shape that most questions of a file have, and these."""
    found = {name: tuple(find(text)) for name, find in GUESSED.items()}
    best = max(found, key=lambda name: sum(not raw.has_gaps for raw in found[name]))
    if best in _INNER:
        best = _enclosing(found, best) or best
    if all(raw.has_gaps for raw in found[best]):
        return "colons", found["colons"]
    return best, found[best]


def _enclosing(found: Mapping[str, tuple[Raw, ...]], best: str) -> str:
    """Return the shape in whose answers most questions of the shape `best` are."""
    for name in found:
        if name not in _INNER and len(found[name]) >= _MIN_RIVALS:
            taken = {n for raw in found[name] for n in raw.lines}
            inner = sum(raw.lines.start in taken for raw in found[best])
            if inner >= _MIN_SHARE_ENCLOSED * len(found[best]):
                return name
    return ""


def sections(text: str) -> tuple[Raw, ...]:
    """Return the headings of a file as questions, if it has enough with text."""
    found = tuple(by_sections(text))
    return found if len(found) >= MIN_SECTIONS else ()
