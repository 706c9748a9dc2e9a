"""The rows of a table of estimates, computed from the formulas of its author."""

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class SizingRow:
    """A quantity of a `sizing` block."""

    name: str
    formula: str
    """As written, without the name and the comment."""
    comment: str
    """What is counted, such as `requests a second`; may be empty."""
    value: Fraction
    is_input: bool
    """Whether the formula is a number alone."""


@dataclass(frozen=True, slots=True)
class SizingError:
    """Why a row of a `sizing` block has no value."""

    line: int
    """Counted from 1 within the block; 0 for the block as a whole."""
    column: int
    """Counted from 1."""
    length: int
    message: str
    hint: str
