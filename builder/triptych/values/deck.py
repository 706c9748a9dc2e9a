"""The settings of `deck.toml`, and the release that outputs name.

The defaults of all settings are defined here; `dialect.settings` defines which values
are allowed. A setting without a default is required.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

DEFAULT_PAPER = "a4"
DEFAULT_COLUMNS = 3
"""Of the sheet, in `[print]` and in its older name `[sheet]`."""


@dataclass(frozen=True, slots=True)
class Topic:
    """A folder of questions: a subdeck, a part of the site, a heading of the sheet."""

    id: str
    title: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True)
class SiteSettings:
    """The table `[site]`: web addresses, and how the site is laid out."""

    base_url: str = ""
    """The address of the published site; empty when unknown."""
    repository: str = ""
    """The address of the source repository; empty when unknown."""
    accent: str = ""
    """The colour of links, headings and buttons; empty for the built-in one."""
    logo: str = ""
    """A picture beside the title, relative to the deck folder; empty for none."""
    menu: tuple[Mapping[str, str], ...] = ()
    """Links at the end of each page: a `title` and a `page` or a `url`."""
    guides: tuple[str, ...] = ()
    """The ids of the guides that the site names first, in this order."""


@dataclass(frozen=True, slots=True)
class PrintSettings:
    """The table `[print]`: what is made for paper, and how."""

    products: tuple[str, ...] = ("sheet",)
    """The PDFs that are made."""
    papers: tuple[str, ...] = (DEFAULT_PAPER,)
    """The sizes of paper that each is made for."""
    pages: str | int = "fit"
    """How many pages the sheet has."""
    columns: int = DEFAULT_COLUMNS
    """The number of columns of the sheet."""
    landscape: bool = True
    """Whether a page of the sheet is wider than high."""
    flip: str = "long-edge"
    """How the printer turns the paper of the cards over."""
    depth: bool = True
    """Whether the handbook has what is below "In depth"."""
    large: bool = False
    """Whether the handbook is in large print."""
    fonts: str = ""
    """A folder of the deck's own fonts, relative to the deck folder."""
    font: str = ""
    """The font family of the text, from `fonts`; empty for the built-in font."""
    author: str = ""
    """The author in the metadata of the PDFs; empty for the deck's title."""


@dataclass(frozen=True, slots=True)
class SheetSettings:
    """The table `[sheet]`, an older name of `[print]`: the layout of the sheet."""

    paper: str = DEFAULT_PAPER
    columns: int = DEFAULT_COLUMNS
    landscape: bool = True
    fonts: str = ""
    """A folder of the deck's own fonts, relative to the deck folder."""
    font: str = ""
    """The font family of the text, from `fonts`; empty for the built-in font."""
    author: str = ""
    """The author in the metadata of the PDF; empty for the deck's title."""


@dataclass(frozen=True, slots=True)
class CheckSettings:
    """The table `[check]`: required keys and tolerated warnings."""

    require: tuple[str, ...] = ()
    """Keys of the front matter that every question must have."""
    ignore: tuple[str, ...] = ()
    """Names of rules whose warnings are not reported."""
    baseline: str = ""
    """The file of known warnings, relative to the deck folder; empty for none."""


@dataclass(frozen=True, slots=True)
class TestSettings:
    """The table `[test]`: the limits of one code answer."""

    timeout: float = 20
    """Seconds of processor time."""
    memory: int = 2048
    """MiB that it may allocate."""


@dataclass(frozen=True, slots=True)
class Deck:
    """All settings of `deck.toml`, with defaults filled in."""

    id: str
    title: str
    description: str = ""
    language: str = "en"
    license: str = ""
    topics: tuple[Topic, ...] = ()
    site: SiteSettings = field(default_factory=SiteSettings)
    print: PrintSettings = field(default_factory=PrintSettings)
    sheet: SheetSettings = field(default_factory=SheetSettings)
    check: CheckSettings = field(default_factory=CheckSettings)
    test: TestSettings = field(default_factory=TestSettings)

    @property
    def printing(self) -> PrintSettings:
        """Return the settings of print, from `[print]` or else from `[sheet]`."""
        chosen, old = self.print, self.sheet
        if chosen == PrintSettings():
            chosen = PrintSettings(
                papers=(old.paper,),
                columns=old.columns,
                landscape=old.landscape,
                fonts=old.fonts,
                font=old.font,
                author=old.author,
            )
        return replace(
            chosen,
            products=tuple(dict.fromkeys(chosen.products)),
            papers=tuple(dict.fromkeys(chosen.papers)),
        )


@dataclass(frozen=True, slots=True)
class Release:
    """The version and time that outputs name, from the ledger and not from a clock."""

    version: str = "0"
    time: int = 0
    """Seconds since 1970-01-01 UTC; 0 before the first release."""


@dataclass(frozen=True, slots=True)
class FileSettings:
    """The settings that what is made of one file may depend on."""

    language: str
    topics: tuple[str, ...]
    """The ids of the topics."""
    required: tuple[str, ...]
    """The keys that each file must have."""


def file_settings(deck: Deck) -> FileSettings:
    """Return the settings of `deck` that what is made of one file may depend on."""
    topics = tuple(topic.id for topic in deck.topics)
    return FileSettings(deck.language, topics, tuple(deck.check.require))
