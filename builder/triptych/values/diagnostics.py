"""Problems in the content as values: the place, a message, and how to fix it."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePosixPath

from triptych.quick_pickle import quick_pickle


class Severity(StrEnum):
    """Whether a finding stops the build: a warning may, a hint never does."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"


@quick_pickle
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
    """In characters, within the line."""


@dataclass(frozen=True, slots=True)
class Edit:
    """A replacement on one line; line and column are counted as in a `Span`."""

    line: int
    column: int
    length: int
    """How many characters are replaced; 0 to insert."""
    text: str
    """The new text; a line feed becomes the line ending of the file."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem at a place, before its rule gives it a name and a severity."""

    span: Span
    message: str
    hint: str = ""
    edits: tuple[Edit, ...] = ()
    severity: Severity | None = None
    """Replaces the severity of the rule, if set."""


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """A finding with the name of its rule, as all message formats print it."""

    rule: str
    span: Span
    message: str
    """What is wrong; in lower case and without a full stop."""
    hint: str = ""
    """How to fix it."""
    severity: Severity = Severity.ERROR
    excerpt: str = ""
    """The text of the line that the span is on."""
    edits: tuple[Edit, ...] = ()
    """The edits by which `check --fix` fixes it."""

    @property
    def sort_key(self) -> tuple[Span, str, str]:
        """Return the sort key of diagnostics: the place, then the rule."""
        return (self.span, self.rule, self.message)
