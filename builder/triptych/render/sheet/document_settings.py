"""What all documents for paper share: the settings for Typst, imprint, legend."""

from collections.abc import Iterator
from datetime import UTC, datetime

from triptych.render.settings import RenderSettings
from triptych.render.sheet.glyphs import bookmark_text
from triptych.render.sheet.language import language_of_tag
from triptych.render.sheet.nodes import Data
from triptych.values.catalog import Catalog
from triptych.values.meta import Difficulty
from triptych.values.prose import Prose
from triptych.values.tree import Node, children, kind, text

_ISOLATED = "\u2066{}\u2069"
"""Code runs from left to right, whatever is around it."""


def document_settings(
    catalog: Catalog, settings: RenderSettings, paper: str
) -> dict[str, Data]:
    """Return the settings of a PDF: its metadata, language, paper and names."""
    deck = catalog.deck
    language = language_of_tag(deck.language)
    title = bookmark_text(deck.title, deck.id)
    if settings.edition:
        title = f"{title}: {bookmark_text(settings.edition, deck.id)}"
    keywords: list[Data] = [topic.title for topic in catalog.topics]
    return {
        "title": title,
        "author": bookmark_text(deck.printing.author, deck.title),
        "description": deck.description,
        "keywords": keywords,
        "lang": language.code,
        "region": language.region,
        "dir": language.direction,
        "paper": paper,
        "names": [
            title_name(q.prompt, q.id, language.direction) for q in catalog.current
        ],
    }


def title_name(title: Prose, default: str, direction: str) -> str:
    """Return a title for bookmarks, the list of contents and references.

    Where words run from right to left, ``x++`` would be read as ``++x`` in plain text.
    The plain text of a title does not say where its code is, since only print from
    right to left asks: the words and code of the tree are found in it, one by one.
    """
    plain = bookmark_text(title.readable, default)
    if direction == "ltr":
        return plain
    name, rest = "", plain
    for run in (run for block in title.blocks for run in _words_and_code(block)):
        shown = " ".join(text(run).split())
        before, found, after = rest.partition(shown) if shown else (rest, "", "")
        if found:
            isolated = _ISOLATED.format(shown) if kind(run) == "code" else shown
            name, rest = name + before + isolated, after
    return name + rest


def _words_and_code(node: Node) -> Iterator[Node]:
    """Yield the texts and the code spans within `node`, in order."""
    if isinstance(node, str) or kind(node) == "code":
        yield node
    else:
        for child in children(node):
            yield from _words_and_code(child)


def words(settings: RenderSettings, language: str, *keys: str) -> dict[str, Data]:
    """Return the strings of print with these keys."""
    strings = settings.strings.section("print", language)
    return {key: strings[key].text for key in keys}


def imprint(catalog: Catalog, base_url: str) -> str:
    """Return the licence, the release with its day, and the address of the site."""
    release = catalog.release
    day = datetime.fromtimestamp(release.time, UTC).date() if release.time else ""
    version = f"v{release.version}" if release.version != "0" else ""
    address = base_url.partition("://")[2].rstrip("/")
    parts = (catalog.deck.license, version, str(day), address)
    return " · ".join(part for part in parts if part)


def legend(catalog: Catalog, settings: RenderSettings) -> str:
    """Return what the signs of difficulty mean; empty if no question has any."""
    used = {q.meta.difficulty for q in catalog.current if q.meta.difficulty}
    strings = settings.strings.section("card", catalog.deck.language)
    return "   ".join(
        f"{level.signs} {strings[level].text}" for level in Difficulty if level in used
    )
