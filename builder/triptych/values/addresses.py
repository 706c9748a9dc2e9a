"""The addresses of the site's pages: the path of each file, and its URL in a link."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from types import SimpleNamespace
from urllib.parse import quote

_SAFE_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_MAX_SAFE_CHARS = 64
_MAX_READABLE_CHARS = 40
_DIGEST_CHARS = 16
# Windows has no files of these names, whatever their suffix.
_DEVICES = frozenset({"aux", "con", "nul", "prn"}) | {
    f"{port}{number}" for port in ("com", "lpt") for number in range(10)
}


@dataclass(frozen=True, slots=True)
class Address:
    """The path of a file relative to the root of the site."""

    path: str
    """As on disk, not quoted."""

    @property
    def url(self) -> str:
        """Return its URL relative to the root: quoted, so that HTML may contain it."""
        return _quoted(self.path)

    @property
    def name(self) -> str:
        """Return its URL relative to a file in the same folder."""
        return self.url.rpartition("/")[2]

    @property
    def root(self) -> str:
        """Return the relative URL from it to the root, such as `../`."""
        return "../" * self.path.count("/")

    def page(self, number: int) -> "Address":
        """Return the address of page `number` of a long list; the first is this one."""
        if number == 1:
            return self
        # No other page has two hyphens in its name.
        return Address(f"{self.path.removesuffix('.html')}--{number}.html")

    def __str__(self) -> str:
        return self.url

    def __html__(self) -> str:
        return self.url


GUIDES_FOLDER = "guides"
PAGES_FOLDER = "pages"
"""The folders of Markdown files that are pages of the site and never cards."""
PRACTICE_FOLDER = "practice"
"""The folder of what practice loads: each card, and an index of them."""
TESTS_FOLDER = "tests"
"""The folder of the pages with the tests of code."""
DOWNLOADS_FOLDER = "downloads"
"""The folder of the files that the site offers."""
HOME = Address("index.html")
INDEX = Address("tags.html")
SEARCH = Address("search.html")
PRACTICE = Address("practice.html")
SHEET = Address("sheet.html")
DOWNLOADS = Address("downloads.html")
NEWS = Address("news.html")
CHECKED = Address("checked.html")
MISSING = Address("404.html")


def in_folder(folder: str, name: str) -> Address:
    """Return the address of the page `name` in a folder of pages."""
    return Address(f"{folder}/{name}.html")


def question(id_: str) -> Address:
    """Return the page of a question, by its id or a former one."""
    return in_folder("q", id_)


def tests(id_: str) -> Address:
    """Return the page with the tests of a question's code."""
    return in_folder(TESTS_FOLDER, id_)


def page(id_: str) -> Address:
    """Return the address of a page of the deck's own."""
    return in_folder(PAGES_FOLDER, id_)


def guide(id_: str) -> Address:
    """Return the page of a guide."""
    return in_folder(GUIDES_FOLDER, id_)


def topic(id_: str) -> Address:
    """Return the page that lists the questions of a topic."""
    return in_folder("topics", id_)


def tag(label: str) -> Address:
    """Return the page that lists the questions of a tag."""
    return in_folder("tags", file_name(label))


def company(name: str) -> Address:
    """Return the page that lists the questions of a company."""
    return in_folder("companies", file_name(name))


def kind(name: str) -> Address:
    """Return the page that lists the questions of a kind."""
    return in_folder("kinds", name)


def difficulty(level: str) -> Address:
    """Return the page that lists the questions of a difficulty."""
    return in_folder("difficulty", level)


def download(name: str) -> Address:
    """Return the address of a file that the site offers."""
    return Address(f"{DOWNLOADS_FOLDER}/{name}")


ADDRESSES = SimpleNamespace(
    home=HOME,
    index=INDEX,
    search=SEARCH,
    practice=PRACTICE,
    sheet=SHEET,
    downloads=DOWNLOADS,
    news=NEWS,
    checked=CHECKED,
    question=question,
    tests=tests,
    guide=guide,
    page=page,
    topic=topic,
    tag=tag,
    company=company,
    kind=kind,
    difficulty=difficulty,
    download=download,
)
"""The addresses under the name that templates use: `at`."""


@lru_cache(maxsize=65536)
def _quoted(path: str) -> str:
    return quote(path)


@lru_cache(maxsize=65536)
def file_name(label: str) -> str:
    """Return a file name for a tag or a company in any script; no two share one."""
    if (
        _SAFE_NAME.fullmatch(label)
        and len(label) <= _MAX_SAFE_CHARS
        and label not in _DEVICES
    ):
        return label
    folded = (
        unicodedata.normalize("NFKD", label.casefold())
        .encode("ascii", "ignore")
        .decode()
    )
    readable = "-".join(re.findall(r"[a-z0-9]+", folded))[:_MAX_READABLE_CHARS]
    digest = sha256(label.encode("utf-8", "surrogatepass")).hexdigest()
    # A safe name has no two hyphens in a row, so this cannot be another label's.
    return f"{readable.rstrip('-') or 'x'}--{digest[:_DIGEST_CHARS]}"
