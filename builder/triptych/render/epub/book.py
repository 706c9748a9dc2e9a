"""What all pages of the book share: words, addresses, and how prose is written."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from html import escape

from triptych.render.epub.xhtml import xhtml
from triptych.typeset.page_links import put_links
from triptych.values import addresses
from triptych.values.catalog import Catalog
from triptych.values.language import language_direction, text_direction
from triptych.values.question import Guide, Prose, Question
from triptych.values.ui_strings import UiString

_MAX_SAMPLE_CHARS = 400
"""The part of an answer from which its direction is guessed."""


@dataclass(frozen=True, slots=True)
class Page:
    """A file of the book that is read in order."""

    file: str
    title: str
    body: str
    """XHTML; its links may lead to places that do not exist."""
    kind: str = "bodymatter"
    """The `epub:type` of the whole page."""
    direction: str = ""
    """Empty for that of the book."""


@dataclass(frozen=True, slots=True)
class Book:
    """The deck as a book."""

    catalog: Catalog
    title: str
    edition: str
    """What an edition of some questions is called; empty for the whole deck."""
    words: Mapping[str, UiString]
    """The strings of the table `[site]`, in the deck's language."""
    files: Mapping[str, str] = field(default_factory=dict)
    """The file of each page of the site that is in the book, too, by its URL."""

    @property
    def language(self) -> str:
        """Return the language of the deck."""
        return self.catalog.deck.language

    @property
    def direction(self) -> str:
        """Return the direction of the deck's language."""
        return language_direction(self.language)

    def prose(self, prose: Prose) -> str:
        """Return a block of prose as XHTML."""
        return xhtml(put_links(prose.site, "", self._file_of))

    def line(self, prose: Prose) -> str:
        """Return one line of prose as XHTML."""
        return xhtml(put_links(prose.site, "", self._file_of), in_line=True)

    def label(self, prose: Prose) -> str:
        """Return one line of prose as XHTML to use inside a link."""
        return xhtml(put_links(prose.label, "", self._file_of), in_line=True)

    def link(self, question: Question) -> str:
        """Return a link to a question."""
        label = self.label(question.prompt) or escape(question.id)
        return f'<a href="{question_file(question)}"{self.dir_of(question)}>{label}</a>'

    def dir_of(self, question: Question) -> str:
        """Return the `dir` attribute of a question; empty for that of the book."""
        direction = self.question_direction(question)
        return f' dir="{direction}"' if direction else ""

    def question_direction(self, question: Question) -> str:
        """Return the direction of a question; empty for that of the book."""
        text = f"{question.prompt.plain} {question.answer.plain[:_MAX_SAMPLE_CHARS]}"
        actual = text_direction(text, self.direction)
        return actual if actual != self.direction else ""

    def _file_of(self, name: str) -> str | None:
        """Return the file of the book, with a place on it, for a file of the deck."""
        url = self.catalog.pages.get(name)
        page, mark, place = (url or "").partition("#")
        file = self.files.get(page)
        return f"{file}{mark}{place}" if file else None


def question_file(question: Question) -> str:
    """Return the file of a question."""
    return f"q-{_name(question.id)}.xhtml"


def guide_file(guide: Guide) -> str:
    """Return the file of a guide, or of a page of the deck's own."""
    return f"{'page' if guide.is_page else 'guide'}-{_name(guide.id)}.xhtml"


def topic_file(topic_id: str) -> str:
    """Return the file of a topic."""
    return f"topic-{_name(topic_id)}.xhtml"


def files_of(catalog: Catalog) -> Mapping[str, str]:
    """Return the files of the book by the URL of the page that the site has."""
    return {
        **{addresses.question(q.id).url: question_file(q) for q in catalog.current},
        **{guide.address.url: guide_file(guide) for guide in catalog.guides},
        **{addresses.topic(t.id).url: topic_file(t.id) for t in catalog.topics},
    }


def bullets(items: Iterable[str], attributes: str = "") -> str:
    """Return a list of `items`."""
    written = "\n".join(f"<li>{item}</li>" for item in items)
    return f"<ul{attributes}>\n{written}\n</ul>"


@lru_cache(maxsize=4096)
def _name(id_: str) -> str:
    return addresses.file_name(id_)
