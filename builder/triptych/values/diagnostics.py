"""A mistake in the content is a value: where it is, what it is, how to mend it."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePosixPath


class Severity(StrEnum):
    """Whether a finding stops the build."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A place in a file of the deck."""

    path: PurePosixPath
    """Relative to the deck folder."""
    line: int = 1
    """Counted from 1, from the top of the file."""
    column: int = 1
    """Counted from 1, in characters."""
    length: int = 1
    """How many characters on that line are meant."""


@dataclass(frozen=True, slots=True)
class Edit:
    """A replacement on one line; places are counted as in a `Span`."""

    line: int
    column: int
    length: int
    """How many characters go; 0 to insert."""
    text: str
    """What comes; a line feed becomes whatever ends the lines of the file."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem at a place, before its rule gives it a name and a severity."""

    span: Span
    message: str
    hint: str = ""
    edits: tuple[Edit, ...] = ()
    severity: Severity | None = None
    """Where it differs from the severity of the rule."""


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """A finding with the name of its rule; every format prints this same value."""

    rule: str
    span: Span
    message: str
    """Lower case, no full stop: what is."""
    hint: str = ""
    """How to mend it."""
    severity: Severity = Severity.ERROR
    excerpt: str = ""
    """The line of the file that the span is on."""
    edits: tuple[Edit, ...] = ()
    """What `check --fix` may do about it without asking."""

    @property
    def sort_key(self) -> tuple[Span, str, str]:
        """Return what orders findings: place first, then rule."""
        return (self.span, self.rule, self.message)
