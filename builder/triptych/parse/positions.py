"""Record the places of tokens; markdown-it only records the lines of blocks."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType

from markdown_it.token import Token

from triptych.parse.literal_tags import LITERAL
from triptych.values.diagnostics import Span
from triptych.values.source import Source

_SearchText = Callable[[Token], str]

_INLINE: Mapping[str, _SearchText] = MappingProxyType(
    {
        "math_inline": lambda token: token.markup + token.content.split("\n", 1)[0],
        "math_inline_double": lambda t: t.markup + t.content.split("\n", 1)[0],
        "image": lambda _: "![",
        "link_open": lambda token: str(token.attrs["href"]),
        "html_inline": lambda token: token.content.split("\n", 1)[0],
        "cloze_open": lambda token: token.content.split("\n", 1)[0],
    }
)
_BLOCK = frozenset(
    {
        "alert_open",
        "blockquote_open",
        "bullet_list_open",
        "code_block",
        "fence",
        "footnote_reference_open",
        "heading_open",
        "html_block",
        "math_block",
        "ordered_list_open",
    }
)


class Positions:
    """Converts offsets in a file to lines and columns."""

    def __init__(self, source: Source) -> None:
        """Find the line starts of `source`."""
        self._source = source
        self._starts = [0]
        for line in source.text.split("\n"):
            self._starts.append(self._starts[-1] + len(line) + 1)

    def offset(self, line: int) -> int:
        """Return the offset of the start of line `line`, counted from 1."""
        return self._starts[min(max(line, 1), len(self._starts)) - 1]

    def span(self, offset: int, length: int) -> Span:
        """Return the span that starts at `offset`."""
        line = bisect_right(self._starts, offset)
        column = offset - self._starts[line - 1] + 1
        return Span(self._source.path, line, column, max(1, length))

    def mark(self, tokens: Iterable[Token], first_line: int, cursor: int = 0) -> None:
        """Set the spans of the tokens of a body that starts on line `first_line`.

        The text of its first line begins at the offset `cursor`, or later.
        """
        for token in tokens:
            if token.map is None:
                continue
            begin = self.offset(first_line + token.map[0])
            end = self.offset(first_line + token.map[1])
            if token.type == "inline":
                cursor = self.mark_inline(token, max(cursor, begin), end)
            elif token.type in _BLOCK:
                line = self._source.text[
                    begin : self.offset(first_line + token.map[0] + 1)
                ]
                indent = len(line) - len(line.lstrip(" >"))
                token.meta["span"] = self.span(
                    begin + indent, len(line.rstrip("\n")) - indent
                )

    def mark_inline(self, token: Token, cursor: int, end: int) -> int:
        """Set the spans of an inline token's children; return the offset after them."""
        start = self.span(cursor, 1)
        token.meta["span"] = start
        for child in token.children or ():
            search_text = _INLINE.get(child.type)
            if child.type == "code_inline":
                # The next token must not be found within the code.
                cursor = self._end_of(child.content.split("\n", 1)[0], cursor, end)
            if search_text is None and LITERAL not in child.meta:
                continue
            text = (
                search_text(child) if search_text else child.content.split("\n", 1)[0]
            )
            at = self._source.text.find(text, cursor, end)
            child.meta["span"] = start if at == -1 else self.span(at, len(text))
            for part in child.children or ():
                part.meta["span"] = child.meta["span"]
            cursor = cursor if at == -1 else at + len(text)
        return cursor

    def _end_of(self, text: str, cursor: int, end: int) -> int:
        """Return the end of `text`, searched from `cursor` on; else `cursor`."""
        at = self._source.text.find(text, cursor, end)
        return cursor if at == -1 else at + len(text)
