"""The address book: where every page of the site stands, and how a link spells it."""

from dataclasses import dataclass
from functools import lru_cache
from types import SimpleNamespace
from urllib.parse import quote

from triptych.render.site.names import slug


@dataclass(frozen=True, slots=True)
class Address:
    """The place of a file, relative to the root of the site."""

    path: str
    """As the file is called on disk."""

    @property
    def url(self) -> str:
        """Return how a link from the root spells it: quoted, so HTML may hold it."""
        return _quoted(self.path)

    @property
    def name(self) -> str:
        """Return how a link from a file in the same folder spells it."""
        return self.url.rpartition("/")[2]

    @property
    def root(self) -> str:
        """Return the way from it to the root."""
        return "../" * self.path.count("/")

    def page(self, number: int) -> "Address":
        """Return where page `number` of a long list stands; the first is this one."""
        if number == 1:
            return self
        # Two hyphens stand in no other page's name.
        return Address(f"{self.path.removesuffix('.html')}--{number}.html")

    def __str__(self) -> str:
        return self.url

    def __html__(self) -> str:
        return self.url


HOME = Address("index.html")
INDEX = Address("tags.html")
SHEET = Address("sheet.html")
DOWNLOADS = Address("downloads.html")
NEWS = Address("news.html")
CHECKED = Address("checked.html")
MISSING = Address("404.html")


def question(id_: str) -> Address:
    """Return the page of a question, by its id or a former one."""
    return Address(f"q/{id_}.html")


def guide(id_: str) -> Address:
    """Return the page of a guide."""
    return Address(f"guides/{id_}.html")


def topic(id_: str) -> Address:
    """Return the list of a topic."""
    return Address(f"topics/{id_}.html")


def tag(label: str) -> Address:
    """Return the list of a tag."""
    return Address(f"tags/{slug(label)}.html")


def company(name: str) -> Address:
    """Return the list of a company."""
    return Address(f"companies/{slug(name)}.html")


def kind(name: str) -> Address:
    """Return the list of a kind of question."""
    return Address(f"kinds/{name}.html")


def difficulty(level: str) -> Address:
    """Return the list of a difficulty."""
    return Address(f"difficulty/{level}.html")


def download(name: str) -> Address:
    """Return a file that the site offers."""
    return Address(f"downloads/{name}")


BOOK = SimpleNamespace(
    home=HOME,
    index=INDEX,
    sheet=SHEET,
    downloads=DOWNLOADS,
    news=NEWS,
    checked=CHECKED,
    question=question,
    guide=guide,
    topic=topic,
    tag=tag,
    company=company,
    kind=kind,
    difficulty=difficulty,
    download=download,
)
"""What templates know as `at`."""


@lru_cache(maxsize=65536)
def _quoted(path: str) -> str:
    return quote(path)
