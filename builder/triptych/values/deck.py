"""What `deck.toml` says, and the release that outputs carry."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Topic:
    """A folder of questions: subdeck, section of the site, heading of the sheet."""

    id: str
    title: str
    description: str = ""


@dataclass(frozen=True, slots=True)
class Deck:
    """What `deck.toml` says, with defaults filled in."""

    id: str
    title: str
    description: str = ""
    language: str = "en"
    license: str = ""
    topics: tuple[Topic, ...] = ()
    site: Mapping[str, object] = field(default_factory=dict)
    sheet: Mapping[str, object] = field(default_factory=dict)
    check: Mapping[str, object] = field(default_factory=dict)
    test: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Release:
    """The version and the moment that outputs carry; from the ledger, never a clock."""

    version: str = "0"
    time: int = 0
    """Seconds since 1970-01-01 UTC; 0 before the first release."""
