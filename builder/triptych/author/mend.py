"""Find what names an id, and lead links elsewhere."""

import re
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath

from triptych.deck.edits import BYTE_ORDER_MARK
from triptych.deck.project import Project
from triptych.deck.read import as_read, inside
from triptych.dialect.links import Destination, destination
from triptych.errors import TriptychError
from triptych.parse.document import parse
from triptych.values.document import Document
from triptych.values.source import Source

Meant = Callable[[Destination, Document], bool]


def naming(project: Project, *words: str) -> Iterator[Document]:
    """Yield the files that hold one of `words`, in their text or as their name."""
    for source in project.folder.sources:
        if any(word in source.text or word in source.path.stem for word in words):
            yield parse(source)


def raw(project: Project, document: Document) -> str:
    """Return the text of a file as it is on disk, with its own line ends."""
    path = document.source.path
    if document.source.undecodable:
        raise TriptychError(f"{path} is not UTF-8: save it as UTF-8 first")
    return inside(project.folder.root, path).read_bytes().decode("utf-8")


def parsed(text: str, path: PurePosixPath) -> Document:
    """Return the document that `text` would be as the file `path`."""
    return parse(Source(path, as_read(text.removeprefix(BYTE_ORDER_MARK))))


def mend(
    text: str, path: PurePosixPath, meant: Meant, name: re.Pattern[str], new: str
) -> str:
    """Return `text` with `name` replaced by `new` where that redirects a meant link.

    Markdown can write one link in many ways, so each place is tried: it belongs to a
    link if fewer links lead to the old place afterwards.
    """
    if not name.search(text):
        return text
    left, position = _count(text, path, meant), 0
    while left and (match := name.search(text, position)):
        tried = text[: match.start()] + new + text[match.end() :]
        now = _count(tried, path, meant)
        if now < left:
            text, left, position = tried, now, match.start() + len(new)
        else:
            position = match.end()
    return text


def _count(text: str, path: PurePosixPath, meant: Meant) -> int:
    document = parsed(text, path)
    links = (
        destination(str(token.attrs["href"]), path)
        for token in document.find("link_open")
    )
    return sum(meant(link, document) for link in links)
