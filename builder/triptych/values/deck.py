"""What `deck.toml` says, and the release that outputs carry.

The defaults of all settings stand here and nowhere else; `dialect.settings` says what
their values may be. A setting without a default is one that a deck must have.
"""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Topic:
    """A folder of questions: subdeck, section of the site, heading of the sheet."""

    id: str
    title: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True)
class SiteSettings:
    """The table `[site]`: where things stand on the web."""

    base_url: str = ""
    """Where the site will stand; empty when unknown."""
    repository: str = ""
    """Where the source is; empty when unknown."""


@dataclass(frozen=True, slots=True)
class SheetSettings:
    """The table `[sheet]`: how the sheet is laid out."""

    paper: str = "a4"
    columns: int = 3
    landscape: bool = True
    fonts: str = ""
    """A folder of the deck's own fonts, relative to the deck folder."""
    font: str = ""
    """The family of the text, from the deck's own fonts; empty for the built-in one."""
    author: str = ""
    """Who the PDF says wrote it; empty for the deck's title."""


@dataclass(frozen=True, slots=True)
class CheckSettings:
    """The table `[check]`: what this deck demands, and what it tolerates."""

    require: tuple[str, ...] = ()
    """Keys of the front matter that every question must have."""
    ignore: tuple[str, ...] = ()
    """Names of rules whose warnings are not reported."""
    baseline: str = ""
    """The file of known warnings, relative to the deck folder; empty for none."""


@dataclass(frozen=True, slots=True)
class TestSettings:
    """The table `[test]`: what one program may use."""

    timeout: float = 20
    """Seconds of processor time."""
    memory: int = 2048
    """MiB that it may allocate."""


@dataclass(frozen=True, slots=True)
class Deck:
    """What `deck.toml` says, with defaults filled in."""

    id: str
    title: str
    description: str = ""
    language: str = "en"
    license: str = ""
    topics: tuple[Topic, ...] = ()
    site: SiteSettings = field(default_factory=SiteSettings)
    sheet: SheetSettings = field(default_factory=SheetSettings)
    check: CheckSettings = field(default_factory=CheckSettings)
    test: TestSettings = field(default_factory=TestSettings)


@dataclass(frozen=True, slots=True)
class Release:
    """The version and the moment that outputs carry; from the ledger, never a clock."""

    version: str = "0"
    time: int = 0
    """Seconds since 1970-01-01 UTC; 0 before the first release."""
