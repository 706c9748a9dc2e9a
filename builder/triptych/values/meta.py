"""The front matter of a file, understood once: a question's or a guide's."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import PurePosixPath
from types import MappingProxyType

from triptych.quick_pickle import quick_pickle


class Kind(StrEnum):
    """How a question is asked."""

    CONCEPT = "concept"
    CODING = "coding"
    SYSTEM_DESIGN = "system-design"
    BEHAVIORAL = "behavioral"
    CARDS = "cards"
    """Not asked at all: the file is a list of plain cards."""


DEFAULT_MINUTES: Mapping[Kind, int] = MappingProxyType(
    {
        Kind.CONCEPT: 2,
        Kind.CODING: 20,
        Kind.SYSTEM_DESIGN: 40,
        Kind.BEHAVIORAL: 3,
        Kind.CARDS: 0,
    }
)
"""The default time to answer a question of each kind."""
DISC, CIRCLE = "\N{BLACK CIRCLE}", "\N{WHITE CIRCLE}"


class Difficulty(StrEnum):
    """Who is expected to know the answer; ordered from easy to hard."""

    EASY = "easy"
    MEDIUM = "medium"
    HARD = "hard"

    @property
    def rank(self) -> int:
        """Return 0 for easy, 1 for medium, 2 for hard."""
        return list(Difficulty).index(self)

    @property
    def signs(self) -> str:
        """Return three circles, of which one is filled for easy and all for hard."""
        filled = self.rank + 1
        return DISC * filled + CIRCLE * (len(Difficulty) - filled)


class Level(StrEnum):
    """How experienced a candidate is; ordered, each adds to the one before."""

    MID = "mid"
    SENIOR = "senior"
    STAFF = "staff"


@dataclass(frozen=True, slots=True)
class Reference:
    """A source of the answer."""

    title: str
    url: str = ""
    authors: str = ""
    year: str = ""


@quick_pickle
@dataclass(frozen=True, slots=True)
class Origin:
    """What an imported note keeps of the program that it came from."""

    guid: str = ""
    """Its GUID; empty if it gets one of ours."""
    note_type: str = ""
    """The key of its note type; empty if it gets one of ours."""
    fields: Mapping[str, str] = field(default_factory=dict)
    """The HTML of its fields besides prompt and answer, by name."""


NO_ORIGIN = Origin()


@quick_pickle
@dataclass(frozen=True, slots=True)
class Meta:
    """The front matter and path of a file, with defaults.

    A missing or wrong value is replaced by its default; rules report it.
    """

    id: str
    """The key `id`, or else the file's name without its suffix."""
    path: PurePosixPath
    """Relative to the deck folder, in NFC; the file's own name may be in NFD."""
    is_guide: bool = False
    """Whether this is a page of the site rather than a question."""
    kind: Kind = Kind.CONCEPT
    difficulty: Difficulty | None = None
    tags: tuple[str, ...] = ()
    asked_at: tuple[str, ...] = ()
    minutes: int = DEFAULT_MINUTES[Kind.CONCEPT]
    """Time to answer; the default depends on the kind."""
    references: tuple[Reference, ...] = ()
    related: tuple[str, ...] = ()
    requires: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    """Former ids of the question."""
    renamed: Mapping[str, str] = field(default_factory=dict)
    """The current slugs of the question's notes, by former slug."""
    moved: Mapping[str, str] = field(default_factory=dict)
    """The slugs in this question of notes from other questions, by former id.

    The slug is empty for a note that became the question's main note.
    """
    is_reversed: bool = False
    """Whether the cards of the file are asked in both directions, unless they say."""
    is_typed: bool = False
    """Whether the answers of the file's cards are typed, unless they say."""
    retired: bool = False
    """Whether the whole question was removed from the deck."""
    retired_slugs: tuple[str, ...] = ()
    """Slugs of the notes that were removed from the deck."""
    draft: bool = False
    allowed: tuple[str, ...] = ()
    """Rules whose hints and warnings are left out for the question, for a reason."""
    reviewed: str = ""
    """A date such as 2026-11-22."""
    as_of: str = ""
    """The month of which its facts are true, such as 2026-11."""
    figure: str = ""
    """The picture of the card: its path, or `none`; empty for the first one."""
    origin: Origin = NO_ORIGIN
    """What the question's own note keeps, if it was imported."""

    @property
    def is_cards(self) -> bool:
        """Whether the file is a list of plain cards."""
        return self.kind is Kind.CARDS

    @property
    def see_also(self) -> tuple[str, ...]:
        """The related questions that are neither required nor this one, each once."""
        others = (id_ for id_ in self.related if id_ not in {*self.requires, self.id})
        return tuple(dict.fromkeys(others))

    @property
    def topic(self) -> str:
        """Return the folder of the file."""
        return self.path.parts[0]
