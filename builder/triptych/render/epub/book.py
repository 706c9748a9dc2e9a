"""What all pages of the book share: words and addresses."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from html import escape
from urllib.parse import quote

from triptych.values import addresses
from triptych.values.catalog import Catalog
from triptych.values.language import language_direction, text_direction
from triptych.values.question import Guide, Question
from triptych.values.ui_strings import UiString
from triptych.values.xhtml import Part, Xhtml

_MAX_SAMPLE_CHARS = 400
"""The part of an answer from which its direction is guessed."""


@dataclass(frozen=True, slots=True)
class Page:
    """A file of the book that is read in order."""

    file: str
    title: str
    body: Xhtml
    """Its links may lead to places that do not exist."""
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

    def link(self, question: Question) -> Xhtml:
        """Return a link to a question."""
        label = question.prompt.epub_label or (escape(question.id),)
        start = f'<a href="{question_file(question)}"{self.dir_of(question)}>'
        return joined(start, label, "</a>")

    def dir_of(self, question: Question) -> str:
        """Return the `dir` attribute of a question; empty for that of the book."""
        direction = self.question_direction(question)
        return f' dir="{direction}"' if direction else ""

    def question_direction(self, question: Question) -> str:
        """Return the direction of a question; empty for that of the book."""
        text = f"{question.prompt.plain} {question.answer.plain[:_MAX_SAMPLE_CHARS]}"
        actual = text_direction(text, self.direction)
        return actual if actual != self.direction else ""

    def url_of(self, path: str, fragment: str) -> str | None:
        """Return the URL of a file of the deck, or of a place in it, in the book.

        None if it is not in the book.
        """
        pages = self.catalog.pages
        # GitHub's id of a heading may be another than that of the site.
        known = pages.get(f"{path}#{fragment}") if fragment else None
        page, mark, place = (known or pages.get(path, "")).partition("#")
        file = self.files.get(page)
        if file is None or known or not fragment:
            return f"{file}{mark}{place}" if file else None
        return f"{file}#{quote(fragment)}"


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


def joined(*pieces: Part | Iterable[Part]) -> Xhtml:
    """Return `pieces` as one."""
    parts: list[Part] = []
    for piece in pieces:
        if isinstance(piece, Iterable) and not isinstance(piece, str):
            parts += piece
        else:
            parts.append(piece)
    return tuple(parts)


def lines(items: Iterable[Iterable[Part]]) -> Xhtml:
    """Return `items` in lines."""
    return joined(*(joined(item, "\n") for item in items))[:-1]


def bullets(items: Iterable[Iterable[Part]], attributes: str = "") -> Xhtml:
    """Return a list of `items`."""
    written = lines(joined("<li>", item, "</li>") for item in items)
    return joined(f"<ul{attributes}>\n", written, "\n</ul>")


@lru_cache(maxsize=4096)
def _name(id_: str) -> str:
    return addresses.file_name(id_)
