"""The front matter of a file, understood once: a question's or a guide's."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import PurePosixPath


class Kind(StrEnum):
    """How a question is asked."""

    CONCEPT = "concept"
    CODING = "coding"
    SYSTEM_DESIGN = "system-design"
    BEHAVIORAL = "behavioral"


class Difficulty(StrEnum):
    """Who is expected to know the answer; ordered from easy to hard."""

    EASY = "easy"
    MEDIUM = "medium"
    HARD = "hard"

    @property
    def rank(self) -> int:
        """Return 0 for easy, 1 for medium, 2 for hard."""
        return list(Difficulty).index(self)


@dataclass(frozen=True, slots=True)
class Reference:
    """A source that the answer stands on."""

    title: str
    url: str = ""
    authors: str = ""
    year: str = ""


@dataclass(frozen=True, slots=True)
class Meta:
    """What the front matter and the place of a file say.

    A value that is missing or wrong counts as its default: rules report it.
    """

    id: str
    """As written, or else the stem of the file's name."""
    path: PurePosixPath
    """Relative to the deck folder, in NFC; the file's own name may be in NFD."""
    is_guide: bool = False
    """Whether this is a page of the site rather than a question."""
    kind: Kind = Kind.CONCEPT
    difficulty: Difficulty | None = None
    tags: tuple[str, ...] = ()
    asked_at: tuple[str, ...] = ()
    minutes: int = 2
    """Time to answer: as written, or else what the kind takes."""
    references: tuple[Reference, ...] = ()
    related: tuple[str, ...] = ()
    requires: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    """Former ids of the question."""
    renamed: Mapping[str, str] = field(default_factory=dict)
    """Former slugs of the question's notes, and what they are now."""
    moved: Mapping[str, str] = field(default_factory=dict)
    """Ids that notes had in other questions, and their slugs in this one.

    The slug is empty for a note that became the question's own.
    """
    retired: bool = False
    """Whether the whole question left the deck."""
    retired_slugs: tuple[str, ...] = ()
    """Slugs of the notes that left the deck."""
    draft: bool = False
    reviewed: str = ""
    """A date such as 2026-11-22."""

    @property
    def topic(self) -> str:
        """Return the folder that the file stands in."""
        return self.path.parts[0]
