"""Find the files that name an id, and redirect links."""

import re
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath

from triptych.deck.project import Project
from triptych.deck.read import normalized, path_inside
from triptych.dialect.characters import BYTE_ORDER_MARK
from triptych.dialect.links import Destination, destination
from triptych.errors import TriptychError
from triptych.parse.document import parse
from triptych.values.document import Document
from triptych.values.source import Source

LinkTest = Callable[[Destination, Document], bool]
"""Whether a link of a document is to be redirected."""


def documents_with(project: Project, *words: str) -> Iterator[Document]:
    """Yield the files that contain one of `words` in their text or their name."""
    for source in project.folder.sources:
        name = str(source.path) if source.is_table else source.path.stem
        if any(word in source.text or word in name for word in words):
            yield parse(source)


def text_on_disk(project: Project, document: Document) -> str:
    """Return the text of a file as it is on disk, with its line ends unchanged."""
    path = document.source.path
    if document.source.undecodable:
        raise TriptychError(f"{path} is not UTF-8: save it as UTF-8 first")
    return path_inside(project.folder.root, path).read_bytes().decode("utf-8")


def parsed(text: str, path: PurePosixPath) -> Document:
    """Return `text`, parsed as the content of the file `path`."""
    return parse(Source(path, normalized(text.removeprefix(BYTE_ORDER_MARK))))


def redirect_links(
    text: str,
    path: PurePosixPath,
    is_affected: LinkTest,
    name: re.Pattern[str],
    new: str,
) -> str:
    """Return `text` with `name` replaced by `new` in the links that are affected.

    Markdown can write one link in many ways, so each match of `name` is tried: it
    belongs to a link if fewer links have the old target afterwards, and none is lost,
    as where it is the label of a definition.
    """
    if not name.search(text):
        return text
    (remaining, links), position = _count(text, path, is_affected), 0
    while remaining and (match := name.search(text, position)):
        tried = text[: match.start()] + new + text[match.end() :]
        count, links_then = _count(tried, path, is_affected)
        if count < remaining and links_then == links:
            text, remaining, position = tried, count, match.start() + len(new)
        else:
            position = match.end()
    return text


def _count(text: str, path: PurePosixPath, is_affected: LinkTest) -> tuple[int, int]:
    """Return how many links are affected, and how many there are."""
    document = parsed(text, path)
    links = [
        destination(str(token.attrs["href"]), path)
        for token in document.find("link_open")
    ]
    return sum(is_affected(link, document) for link in links), len(links)
