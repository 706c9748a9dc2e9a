"""Hash the content of prose, not its HTML, so that a new Pygments changes no hash."""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Sequence

from markdown_it.token import Token

from triptych.dialect.links import LinkKind, destination
from triptych.parse.github import BARE_LINK
from triptych.typeset.context import Context
from triptych.typeset.pictures import pictures
from triptych.typeset.plain import plain
from triptych.typeset.raw_html import RAW
from triptych.values.form import Form

_TEXT = ("text", "softbreak")
_META = ("box", "clozes", "hint", "number", "role")
_SHOWN_META = ("box", "hint", "number")
_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)


def digest(*parts: object) -> str:
    """Return a short hash of JSON values."""
    data = _JSON.encode(parts).encode()
    return hashlib.blake2b(data, digest_size=12).hexdigest()


def digests(tokens: Sequence[Token], context: Context) -> tuple[str, str]:
    """Return hashes of what a card shows of `tokens`: by formula 2, and by formula 1.

    The latter is empty where no note was released by it.
    """
    by_2 = digest(list(hashed_content(tokens, context)))
    if Form.HASH_1 not in context.forms:
        return by_2, ""
    return by_2, digest(list(hashed_content_v1(tokens, context)))


def hashed_content(tokens: Iterable[Token], context: Context) -> Iterator[list[object]]:
    """Yield the content of `tokens` that a card shows: formula 2 of a note's hash.

    Comments, ids of headings, tests, info strings, cloze markers in code and the
    addresses of links within the deck are left out, since no card shows them. Line
    breaks within a paragraph count as spaces.
    """
    text = ""
    for token in _hashed(tokens):
        if token.type in _TEXT:
            text += token.content if token.type == "text" else " "
            continue
        content = "" if token.children else token.content
        if token.type in RAW:
            content = _without_comments(content)
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


def _hashed(tokens: Iterable[Token]) -> list[Token]:
    """Return the tokens that count; a bare link was just text in release 1.0.0."""
    return [token for token in tokens if token.markup != BARE_LINK]


def _fence(token: Token, context: Context) -> Iterator[list[object]]:
    role = token.meta.get("role")
    if role != "test":
        yield ["fence", token.meta.get("language", ""), token.content]
    if role == "run":
        yield ["printed", context.printed(token.content)]


def _raw_pictures(token: Token, context: Context) -> Iterator[list[object]]:
    """Yield the pictures in raw HTML by the hash in their names."""
    for shown in pictures(token) if token.type in RAW else ():
        media = context.media(shown.src)
        yield ["picture", media.name if media else shown.src]


def _image(token: Token, context: Context) -> list[object]:
    src = str(token.attrs["src"])
    media = context.media(src)
    title = str(token.attrs.get("title", ""))
    return ["image", media.name if media else src, plain(token.children or ()), title]


def _details(token: Token, context: Context) -> Iterator[object]:
    """Yield the attributes and meta values of a token that a card shows."""
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
    """Yield the content of `tokens` for formula 1, which release 1.0.0 used.

    Tests are left out, since no card shows them, and comments, since no released file
    had any. Line breaks within a paragraph count as spaces.
    """
    text = ""
    for token in _hashed(tokens):
        if token.type in _TEXT:
            text += token.content if token.type == "text" else " "
            continue
        content = "" if token.children else token.content
        if token.type in RAW and not _without_comments(content):
            continue
        if text:
            yield ["text", text]
            text = ""
        if token.type == "fence" and token.meta.get("role") == "test":
            continue
        if not token.attrs and not token.meta:
            # The fast path for most tokens.
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
    """Return the attributes and meta values of a token for formula 1."""
    attributes = {key: str(value) for key, value in token.attrs.items()}
    if token.type == "image":
        media = context.media(attributes["src"])
        attributes["src"] = media.name if media else attributes["src"]
    meta = {key: str(token.meta[key]) for key in _META if key in token.meta}
    if meta.get("role") == "run":
        meta["printed"] = context.printed(token.content)
    return attributes, meta


def _without_comments(html: str) -> str:
    """Return raw HTML without comments and outer white space."""
    return _COMMENT.sub("", html).strip()
