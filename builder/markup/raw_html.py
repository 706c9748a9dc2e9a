"""Raw HTML for an output that has none: its text and a few kinds of emphasis stay."""

from collections.abc import Iterable, Iterator, Mapping
from html.parser import HTMLParser
from types import MappingProxyType

from markdown_it.token import Token

from builder.allowed import EMPTIED

_EMPHASIS: Mapping[str, str] = MappingProxyType(
    {
        "b": "strong",
        "del": "s",
        "em": "em",
        "i": "em",
        "kbd": "kbd",
        "mark": "mark",
        "s": "s",
        "strong": "strong",
        "sub": "sub",
        "sup": "sup",
    }
)
_DROPPED = "dropped"
_INLINE = frozenset("a abbr cite code dfn ins q rp rt ruby samp small span u var".split())


def balanced(tokens: Iterable[Token]) -> Iterator[Token]:
    """Yield `tokens` with raw HTML turned into tokens that open and close in pairs."""
    opened: list[str] = []
    for token in tokens:
        raw = token.type in {"html_inline", "html_block"}
        for piece in _pieces(token.content) if raw else (token,):
            if piece.nesting == 1:
                opened.append(piece.type.removesuffix("_open"))
            elif piece.nesting == -1:
                # What HTML left open ends with the Markdown around it; a closing tag
                # that nothing opened, or that would end Markdown's own, is nothing.
                name = piece.type.removesuffix("_close")
                own = piece.meta.get("raw", False)
                if own and name not in _since_markdown(opened):
                    continue
                while (left := opened.pop()) != name:
                    yield Token(f"{left}_close", "", -1)
                piece = Token(f"{name}_close", piece.tag, -1)  # noqa: PLW2901
            yield piece
    for left in reversed(opened):
        yield Token(f"{left}_close", "", -1)
