"""The released notes and note types: the content of ``deck.lock``."""

from collections.abc import Mapping
from dataclasses import dataclass, field

DECK_LOCK_FILE = "deck.lock"


@dataclass(frozen=True, slots=True)
class Released:
    """A release: its version and time, in seconds since 1970."""

    version: str
    time: int


@dataclass(frozen=True, slots=True)
class NoteLine:
    """A released note."""

    note: str
    """Its id."""
    guid: str
    type: str
    """The key of its note type."""
    topic: str
    cards: int
    hash: str
    mod: int
    """Its modification time in Anki, in seconds since 1970."""
    first: str
    """The first release that contains it."""
    last: str
    """The last release that contains it; older than the newest if it is retired."""
    prompt: str = ""
    """The prompt as plain text, for reports."""
    formula: int = 1
    """The version of the hash function of `hash`."""
    labels: str = ""
    """A hash of its tags, difficulty and minutes; empty if not recorded."""
    text_mod: int = 0
    """When its text last changed, if a release refreshed it since; else 0."""

    @property
    def text_time(self) -> int:
        """Return when its text last changed, in seconds since 1970."""
        return self.text_mod or self.mod


@dataclass(frozen=True, slots=True)
class TypeLine:
    """A released note type."""

    type: str
    """Its key."""
    id: int
    name: str
    fields: Mapping[str, int]
    """The integer id of each, by name, in order."""
    templates: Mapping[str, int]
    hash: str
    mod: int

    @property
    def shape(self) -> tuple[int, ...]:
        """Return the ids of its fields and templates, in order."""
        return (*self.fields.values(), *self.templates.values())


@dataclass(frozen=True, slots=True)
class Ledger:
    """Everything that must be kept about releases."""

    deck: str = ""
    """The deck's id."""
    releases: tuple[Released, ...] = ()
    """From the first to the newest."""
    decks: Mapping[str, str] = field(default_factory=dict)
    """The names in Anki of the deck (key ``""``) and of each topic's subdeck."""
    types: Mapping[str, TypeLine] = field(default_factory=dict)
    media: Mapping[str, str] = field(default_factory=dict)
    """The first release with each picture, by name."""
    notes: Mapping[str, NoteLine] = field(default_factory=dict)

    @property
    def latest(self) -> Released:
        """Return the newest release; version 0 at second 0 before the first."""
        return self.releases[-1] if self.releases else Released("0", 0)

    @property
    def highest(self) -> str:
        """Return the highest version; `0` before the first release.

        After a merge of two branches, the newest release may have a lower version.
        """
        return max((r.version for r in self.releases), key=version_number, default="0")

    @property
    def has_formula_1(self) -> bool:
        """Whether the hash of some note is by formula 1, of release 1.0.0."""
        return any(line.formula == 1 for line in self.notes.values())

    def time_of(self, version: str) -> int:
        """Return when `version` was released; 0 if it never was."""
        times = (item.time for item in self.releases if item.version == version)
        return next(times, 0)


def version_number(version: str) -> tuple[int, ...]:
    """Return the sort key of a version: `1.10.0` comes after `1.9.0`."""
    return tuple(map(int, version.split(".")))
