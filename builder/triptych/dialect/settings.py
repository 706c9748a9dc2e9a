"""The settings of `deck.toml`, for rules, reader, JSON Schema and documents."""

from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields
from types import MappingProxyType

from triptych.dialect.setting_shapes import (
    COLOUR,
    FILE,
    FLAG,
    FOLDER,
    ID,
    IDS,
    KEYS,
    MENU,
    PAGES,
    RULES,
    TABLE,
    TABLES,
    TEXT,
    WEB_ADDRESS,
    SettingShape,
    choice,
    choices,
    positive_number,
    whole_number,
)
from triptych.values.deck import (
    CheckSettings,
    Deck,
    PrintSettings,
    SheetSettings,
    SiteSettings,
    TestSettings,
    Topic,
)

PRODUCT_NAMES = ("sheet", "cards", "handbook", "self-test")
"""What can be made for paper."""
PAPERS = ("a4", "us-letter")
_SECONDS_PER_DAY = 86_400
_MIB_PER_TIB = 1 << 20


@dataclass(frozen=True, slots=True)
class Section:
    """A table of `deck.toml`; the section without a name is the top level."""

    heading: str
    """Its header line in `deck.toml`."""
    values: type
    """The class of its values."""
    description: str
    shape: SettingShape = TABLE


SECTIONS: Mapping[str, Section] = MappingProxyType(
    {
        "": Section("", Deck, "the deck"),
        "topics": Section(
            "[[topics]]",
            Topic,
            "the topics in reading and study order; without any, every folder is one",
            TABLES,
        ),
        "site": Section(
            "[site]",
            SiteSettings,
            "where things stand on the web, and what comes first",
        ),
        "print": Section("[print]", PrintSettings, "what is made for paper, and how"),
        "sheet": Section("[sheet]", SheetSettings, "an older name of `[print]`"),
        "check": Section(
            "[check]", CheckSettings, "what this deck demands and tolerates"
        ),
        "test": Section("[test]", TestSettings, "what one code answer may use"),
    }
)


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting of `deck.toml`."""

    section: str
    key: str
    shape: SettingShape
    description: str

    @property
    def default(self) -> object:
        """Return the default value; None if the setting is required."""
        for field in fields(SECTIONS[self.section].values):
            if field.name == self.key and field.default is not MISSING:
                return field.default
        return None

    @property
    def is_required(self) -> bool:
        """Whether a deck must have the setting."""
        return self.default is None

    def read(self, value: object) -> object:
        """Return `value`, or the default if it is missing, empty or wrong."""
        if self.shape.is_list:
            items = value if isinstance(value, list) else ()
            valid = tuple(item for item in items if self.shape.is_valid(item))
            return valid or self.default
        return value if value != "" and self.shape.is_valid(value) else self.default


SETTINGS: tuple[Setting, ...] = (
    Setting("", "id", ID, "the deck's identity in Anki: it never changes"),
    Setting("", "title", TEXT, "the deck's name in every output"),
    Setting("", "description", TEXT, "what the deck is about"),
    Setting("", "language", TEXT, "the deck's language, as a tag such as `pt-BR`"),
    Setting(
        "",
        "license",
        TEXT,
        "the licence of the content, best an SPDX name such as `CC-BY-4.0`",
    ),
    Setting("topics", "id", ID, "the name of the topic's folder"),
    Setting("topics", "title", TEXT, "the topic's name; made of the id unless said"),
    Setting("topics", "description", TEXT, "what the topic is about"),
    Setting(
        "site",
        "base_url",
        WEB_ADDRESS,
        "where the site will stand; cards and the sheet link to it",
    ),
    Setting(
        "site",
        "repository",
        WEB_ADDRESS,
        "where the source is: pages link to their file and to the form for reports",
    ),
    Setting(
        "site",
        "accent",
        COLOUR,
        "the colour of links, headings and buttons; lighter in the dark by itself",
    ),
    Setting("site", "logo", FILE, "a picture beside the title"),
    Setting(
        "site",
        "menu",
        MENU,
        "what the end of each page links to, best as tables `[[site.menu]]`; unless"
        " said, all pages of `pages/`",
    ),
    Setting("site", "guides", IDS, "the guides that are named first, in this order"),
    Setting("print", "products", choices(*PRODUCT_NAMES), "the PDFs to make"),
    Setting("print", "papers", choices(*PAPERS), "the papers to make each for"),
    Setting(
        "print",
        "pages",
        PAGES,
        "how many pages the sheet has; `fit` finds the fewest that can be read",
    ),
    Setting("print", "columns", whole_number(2, 4), "the columns of the sheet"),
    Setting("print", "landscape", FLAG, "whether the sheet is wider than high"),
    Setting(
        "print",
        "flip",
        choice("long-edge", "short-edge", "fold"),
        "how the printer turns the paper of the cards; `fold` needs no second side",
    ),
    Setting("print", "depth", FLAG, 'whether the handbook has what is "In depth"'),
    Setting("print", "large", FLAG, "whether the handbook is in large print"),
    Setting("print", "fonts", FOLDER, "a folder of fonts of your own"),
    Setting(
        "print", "font", TEXT, "the family of the text; Typst's own serif unless said"
    ),
    Setting(
        "print",
        "author",
        TEXT,
        "what the PDFs name as their author; the deck's title unless said",
    ),
    Setting("sheet", "paper", choice(*PAPERS), "the size of a page"),
    Setting(
        "sheet",
        "columns",
        whole_number(2, 4),
        "the more there are, the smaller the text",
    ),
    Setting("sheet", "landscape", FLAG, "whether a page is wider than high"),
    Setting("sheet", "fonts", FOLDER, "a folder of fonts of your own"),
    Setting(
        "sheet", "font", TEXT, "the family of the text; Typst's own serif unless said"
    ),
    Setting(
        "sheet",
        "author",
        TEXT,
        "what the PDF names as its author; the deck's title unless said",
    ),
    Setting(
        "check",
        "require",
        KEYS,
        "what every question must have; in a draft, and where it is known, a missing"
        " one is a warning",
    ),
    Setting("check", "ignore", RULES, "warnings that are not reported"),
    Setting(
        "check",
        "baseline",
        FILE,
        "known warnings; `triptych check --update-baseline` writes it",
    ),
    Setting(
        "test",
        "timeout",
        positive_number(_SECONDS_PER_DAY, " of seconds", "20"),
        "the processor time of one code answer",
    ),
    Setting(
        "test",
        "memory",
        whole_number(1, _MIB_PER_TIB, " of MiB"),
        "the memory of one code answer",
    ),
)


OTHER_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "name": "title",
        "lang": "language",
        "locale": "language",
        "licence": "license",
        "url": "base_url",
        "baseurl": "base_url",
        "repo": "repository",
        "source": "repository",
        "paper": "papers",
        "size": "papers",
        "topic": "topics",
        "folder": "id",
    }
)
"""What other programs call a setting, or authors expect it to be called."""


def settings_of(section: str) -> Mapping[str, Setting]:
    """Return the settings of a section by key."""
    return {s.key: s for s in SETTINGS if s.section == section}


def sections_in(section: str) -> Mapping[str, Section]:
    """Return the subsections of a section by name; only the top level has any."""
    return {} if section else {name: s for name, s in SECTIONS.items() if name}
