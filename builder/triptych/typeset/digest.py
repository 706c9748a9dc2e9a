"""Hash what an author wrote, so that a new Pygments changes no note."""

import hashlib
import json
from collections.abc import Iterable, Iterator

from markdown_it.token import Token

from triptych.typeset.context import Context

_TEXT = ("text", "softbreak")
_META = ("box", "clozes", "hint", "number", "role")


def digest(*parts: object) -> str:
    """Return a short hash of plain values."""
    data = json.dumps(parts, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return hashlib.blake2b(data.encode(), digest_size=12).hexdigest()


def canonical(tokens: Iterable[Token], context: Context) -> Iterator[list[object]]:
    """Yield what matters of `tokens`: their kinds, texts and media, never HTML.

    Tests beside a solution are left out: they stand on no card. Where an author wraps
    lines does not matter.
    """
    text = ""
    for token in tokens:
        if token.type in _TEXT:
            text += token.content if token.type == "text" else " "
            continue
        if text:
            yield ["text", text]
            text = ""
        if token.type == "fence" and token.meta.get("role") == "test":
            continue
        content = "" if token.children else token.content
        if not token.attrs and not token.meta:
            # Most tokens by far.
            yield [token.type, token.tag, content, token.info]
            yield from canonical(token.children or (), context)
            continue
        attributes = {key: str(value) for key, value in token.attrs.items()}
        if token.type == "image":
            media = context.media(attributes["src"])
            attributes["src"] = media.name if media else attributes["src"]
        meta = {key: str(token.meta[key]) for key in _META if key in token.meta}
        if meta.get("role") == "run":
            meta["printed"] = context.printed(token.content)
        yield [token.type, token.tag, content, token.info, attributes, meta]
        if token.type != "image":
            yield from canonical(token.children or (), context)
    if text:
        yield ["text", text]
