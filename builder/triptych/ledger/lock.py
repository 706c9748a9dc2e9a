"""What learners hold since which release: the contents of ``deck.lock``."""

from collections.abc import Mapping
from dataclasses import dataclass, field

LOCK_FILE = "deck.lock"


@dataclass(frozen=True, slots=True)
class Released:
    """A release: its version and its moment, in seconds since 1970."""

    version: str
    time: int


@dataclass(frozen=True, slots=True)
class NoteLine:
    """A note that learners hold."""

    note: str
    """Its id."""
    guid: str
    type: str
    """The key of its note type."""
    topic: str
    cards: int
    hash: str
    mod: int
    """When it last changed, as Anki is told."""
    first: str
    """The release that brought it."""
    last: str
    """The newest release that holds it: an older one once it is retired."""
    prompt: str = ""
    """What it asks, for people who read the ledger or a report."""
    formula: int = 1
    """How `hash` was made: lines of a release are judged by the formula they had."""
    labels: str = ""
    """A hash of its tags, its difficulty and its minutes; empty where none was kept."""


@dataclass(frozen=True, slots=True)
class TypeLine:
    """A note type that learners hold."""

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
        """Return what Anki knows its fields and templates by, in order."""
        return (*self.fields.values(), *self.templates.values())


@dataclass(frozen=True, slots=True)
class Ledger:
    """All that releases have settled."""

    deck: str = ""
    """The deck's id."""
    releases: tuple[Released, ...] = ()
    """From the first to the newest."""
    decks: Mapping[str, str] = field(default_factory=dict)
    """What Anki calls the deck (key ``""``) and the subdeck of each topic."""
    types: Mapping[str, TypeLine] = field(default_factory=dict)
    media: Mapping[str, str] = field(default_factory=dict)
    """The release that brought each picture, by its name."""
    notes: Mapping[str, NoteLine] = field(default_factory=dict)

    @property
    def latest(self) -> Released:
        """Return the newest release; version 0 at second 0 before the first."""
        return self.releases[-1] if self.releases else Released("0", 0)

    @property
    def highest(self) -> str:
        """Return the highest version, `0` before the first release.

        It is not that of the newest release where two branches were merged.
        """
        return max((r.version for r in self.releases), key=version_number, default="0")

    def time_of(self, version: str) -> int:
        """Return when `version` was released; 0 if it never was."""
        times = (item.time for item in self.releases if item.version == version)
        return next(times, 0)


def version_number(version: str) -> tuple[int, ...]:
    """Return what versions are ordered by: `1.10.0` comes after `1.9.0`."""
    return tuple(map(int, version.split(".")))
