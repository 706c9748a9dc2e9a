"""Hash what an author wrote, so that a new Pygments changes no note."""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator

from markdown_it.token import Token

from triptych.dialect.links import LinkKind, destination
from triptych.typeset.context import Context
from triptych.typeset.pictures import pictures
from triptych.typeset.plain import plain
from triptych.typeset.raw_html import RAW

_TEXT = ("text", "softbreak")
_META = ("box", "clozes", "hint", "number", "role")
_SHOWN_META = ("box", "hint", "number")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)


def digest(*parts: object) -> str:
    """Return a short hash of plain values."""
    data = json.dumps(parts, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return hashlib.blake2b(data.encode(), digest_size=12).hexdigest()


def hashed_content(tokens: Iterable[Token], context: Context) -> Iterator[list[object]]:
    """Yield what a learner sees of `tokens` on a card: formula 2 of a note's hash.

    Comments, ids of headings, tests, the words of info strings, cloze markers in code
    and the addresses of links within the deck are left out: no card shows them. Where
    an author wraps lines does not matter.
    """
    text = ""
    for token in tokens:
        if token.type in _TEXT:
            text += token.content if token.type == "text" else " "
            continue
        content = "" if token.children else token.content
        if token.type in RAW:
            content = _uncommented(content)
            if not content:
                continue
        if text:
            yield ["text", text]
            text = ""
        if token.type == "fence":
            yield from _fence(token, context)
        elif token.type == "image":
            yield _image(token, context)
        else:
            if token.attrs or token.meta or content:
                yield [token.type, token.tag, content, *_details(token, context)]
            else:
                yield [token.type, token.tag]
            yield from hashed_content(token.children or (), context)
        yield from _raw_pictures(token, context)
    if text:
        yield ["text", text]


def _fence(token: Token, context: Context) -> Iterator[list[object]]:
    role = token.meta.get("role")
    if role != "test":
        yield ["fence", token.meta.get("language", ""), token.content]
    if role == "run":
        yield ["printed", context.printed(token.content)]


def _raw_pictures(token: Token, context: Context) -> Iterator[list[object]]:
    """Yield the pictures of raw HTML, whose tags say their files' names alone."""
    for shown in pictures(token) if token.type in RAW else ():
        media = context.media(shown.src)
        yield ["picture", media.name if media else shown.src]


def _image(token: Token, context: Context) -> list[object]:
    src = str(token.attrs["src"])
    media = context.media(src)
    title = str(token.attrs.get("title", ""))
    return ["image", media.name if media else src, plain(token.children or ()), title]


def _details(token: Token, context: Context) -> Iterator[object]:
    """Yield the attributes and the meta values of a token that a card shows."""
    for key, value in token.attrs.items():
        if key == "href":
            found = destination(str(value), context.path)
            yield [key, found.url if found.kind is LinkKind.EXTERNAL else ""]
        elif key != "id":
            yield [key, str(value)]
    for key in _SHOWN_META:
        if key in token.meta:
            yield [key, str(token.meta[key])]


def hashed_content_v1(
    tokens: Iterable[Token], context: Context
) -> Iterator[list[object]]:
    """Yield what matters of `tokens`, never HTML: formula 1, that of release 1.0.0.

    Tests beside a solution are left out: they stand on no card. So are comments, which
    no released file had. Where an author wraps lines does not matter.
    """
    text = ""
    for token in tokens:
        if token.type in _TEXT:
            text += token.content if token.type == "text" else " "
            continue
        content = "" if token.children else token.content
        if token.type in RAW and not _uncommented(content):
            continue
        if text:
            yield ["text", text]
            text = ""
        if token.type == "fence" and token.meta.get("role") == "test":
            continue
        if not token.attrs and not token.meta:
            # Most tokens by far.
            yield [token.type, token.tag, content, token.info]
            yield from hashed_content_v1(token.children or (), context)
            continue
        details = _details_v1(token, context)
        yield [token.type, token.tag, content, token.info, *details]
        if token.type != "image":
            yield from hashed_content_v1(token.children or (), context)
    if text:
        yield ["text", text]


def _details_v1(token: Token, context: Context) -> tuple[dict[str, str], ...]:
    """Return the attributes and the meta values of a token, as formula 1 has them."""
    attributes = {key: str(value) for key, value in token.attrs.items()}
    if token.type == "image":
        media = context.media(attributes["src"])
        attributes["src"] = media.name if media else attributes["src"]
    meta = {key: str(token.meta[key]) for key in _META if key in token.meta}
    if meta.get("role") == "run":
        meta["printed"] = context.printed(token.content)
    return attributes, meta


def _uncommented(html: str) -> str:
    """Return raw HTML without comments; empty where nothing else is said."""
    return _COMMENT.sub("", html).strip()
