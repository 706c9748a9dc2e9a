"""Find the pictures that tokens show, in Markdown and in raw HTML."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from markdown_it.token import Token

from triptych.dialect.pictures import is_sound
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


def all_pictures(tokens: Sequence[Token]) -> Iterator[Image]:
    """Yield the pictures of Markdown and raw HTML in blocks, without sounds."""
    every = chain.from_iterable((token, *(token.children or ())) for token in tokens)
    for token in every:
        if token.type == "image" or token.type in RAW:
            yield from (one for one in pictures(token) if not is_sound(one.src))


def standing_alone(tokens: Sequence[Token]) -> Iterator[Image]:
    """Yield the pictures that are no part of a sentence: these are figures."""
    for token in tokens:
        children = token.children or ()
        alone = len(children) == 1 and children[0].type == "image"
        if token.type == "html_block" or (token.type == "inline" and alone):
            yield from all_pictures([token])
