"""Find the pictures that tokens show, in Markdown and in raw HTML."""

from collections.abc import Iterator
from dataclasses import dataclass

from markdown_it.token import Token

from triptych.typeset.plain import plain
from triptych.typeset.raw_html import RAW, pieces


@dataclass(frozen=True, slots=True)
class Image:
    """An image in Markdown or raw HTML."""

    src: str
    alt: str = ""
    title: str = ""
    start: int = 0
    """For raw HTML, the offsets of its tag in the token's content."""
    stop: int = 0


def pictures(token: Token) -> Iterator[Image]:
    """Yield the pictures of `token` itself, without those of its children."""
    if token.type == "image":
        title = str(token.attrs.get("title", ""))
        yield Image(str(token.attrs["src"]), plain(token.children or ()), title)
    elif token.type in RAW and "<" in token.content:
        for piece in pieces(token.content):
            if piece.type == "image":
                start, stop = piece.meta["tag"]
                title = str(piece.attrs.get("title", ""))
                alt = plain(piece.children or ())
                yield Image(str(piece.attrs["src"]), alt, title, start, stop)
