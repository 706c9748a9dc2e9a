"""Convert raw HTML to tokens of its text and emphasis, for outputs without HTML."""

import re
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from markdown_it.token import Token

from triptych.dialect.html_policy import DROPPED_WITH_CONTENT
from triptych.typeset.html_reader import HtmlReader
from triptych.values.document import MAX_MARKDOWN_DEPTH

DROPPED = "dropped"
"""The token type around an element that is dropped with its content."""
RAW = frozenset({"html_block", "html_inline"})

_EMPHASIS: Mapping[str, str] = MappingProxyType(
    {
        "b": "strong",
        "code": "raw_code",
        "del": "s",
        "em": "em",
        "i": "em",
        "kbd": "kbd",
        "mark": "mark",
        "s": "s",
        "samp": "raw_code",
        "strong": "strong",
        "sub": "sub",
        "sup": "sup",
    }
    | dict.fromkeys(DROPPED_WITH_CONTENT, DROPPED)
)
_INLINE = frozenset(
    [
        "a",
        "abbr",
        "cite",
        "dfn",
        "ins",
        "q",
        "rp",
        "rt",
        "ruby",
        "small",
        "span",
        "u",
        "var",
        "wbr",
    ]
)
_CODE = frozenset({"code", "kbd", "pre", "samp"})
_SPACES = re.compile(r"\s+")


def balanced(tokens: Iterable[Token]) -> Iterator[Token]:
    """Yield `tokens` with raw HTML converted to tokens that open and close in pairs."""
    opened: list[tuple[str, bool]] = []
    for token in tokens:
        if token.type in RAW:
            for piece in pieces(token.content):
                yield from _paired(piece, opened, raw=True)
        else:
            yield from _paired(token, opened, raw=False)
    yield from (_close(name) for name, _ in reversed(opened))


def _paired(
    token: Token, opened: list[tuple[str, bool]], *, raw: bool
) -> Iterator[Token]:
    if token.nesting == 1:
        if raw and len(opened) >= MAX_MARKDOWN_DEPTH:
            return
        opened.append((token.type.removesuffix("_open"), raw))
    elif token.nesting == -1:
        ends = (token.type.removesuffix("_close"), raw)
        if raw and ends not in _since_markdown(opened):
            return
        # Elements left open in raw HTML end with the Markdown element around them.
        while opened[-1] != ends:
            yield _close(opened.pop()[0])
        opened.pop()
    yield token


def _since_markdown(opened: list[tuple[str, bool]]) -> list[tuple[str, bool]]:
    start = max((n + 1 for n, (_, raw) in enumerate(opened) if not raw), default=0)
    return opened[start:]


def _close(name: str) -> Token:
    return Token(f"{name}_close", "", -1)


def pieces(html: str) -> list[Token]:
    """Return `html` as tokens; an image has the offsets of its tag in its meta."""
    parser = _Parser(html)
    parser.read(html)
    return parser.tokens


def with_code_from_left_to_right(html: str) -> str:
    """Return `html` with `dir="ltr"` on its code, so that `x++` keeps its order."""
    if "<" not in html:
        return html
    parser = _CodeTags(html)
    parser.read(html)
    parts, end = [], 0
    for place in parser.places:
        parts += [html[end:place], ' dir="ltr"']
        end = place
    return "".join([*parts, html[end:]])


def with_h2_for_h1(html: str) -> str:
    """Return `html` with its headings of the first level on the second."""
    if "h1" not in html and "H1" not in html:
        return html
    parser = _FirstLevels(html)
    # It reads a tag only to its end; this ends one that goes on in the text after it.
    parser.read(f"{html}>")
    parts, end = [], 0
    for place in parser.places:
        parts += [html[end:place], "2"]
        end = place + 1
    return "".join([*parts, html[end:]])


class _Offsets(HtmlReader):
    """A parser that records the offsets of tags."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self._starts = [0]
        for line in html.split("\n"):
            self._starts.append(self._starts[-1] + len(line) + 1)

    def tag_start(self) -> int:
        """Return where the tag begins that is read now."""
        line, column = self.getpos()
        return self._starts[line - 1] + column


class _CodeTags(_Offsets):
    """A parser that finds where the direction of code can be written."""

    def __init__(self, html: str) -> None:
        super().__init__(html)
        self.places: list[int] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _CODE and "dir" not in dict(attrs):
            self.places.append(self.tag_start() + len(f"<{tag}"))


class _FirstLevels(_Offsets):
    """A parser that finds the digits in the tags of headings of the first level."""

    def __init__(self, html: str) -> None:
        super().__init__(html)
        self.places: list[int] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        if tag == "h1":
            self.places.append(self.tag_start() + len("<h"))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        # To a browser it is a start tag.
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag == "h1":
            self.places.append(self.tag_start() + len("</h"))


class _Parser(_Offsets):
    """A parser that converts HTML to tokens."""

    def __init__(self, html: str) -> None:
        super().__init__(html)
        self.tokens: list[Token] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _EMPHASIS:
            self.tokens.append(Token(f"{_EMPHASIS[tag]}_open", tag, 1))
        elif tag == "br":
            self.tokens.append(Token("hardbreak", tag, 0))
        elif tag == "img":
            self.tokens.append(self._image(attrs))
        elif tag not in _INLINE:
            self.tokens.append(Token("softbreak", tag, 0))

    def handle_endtag(self, tag: str) -> None:
        if tag in _EMPHASIS:
            self.tokens.append(Token(f"{_EMPHASIS[tag]}_close", tag, -1))
        elif tag not in _INLINE and tag not in {"br", "img"}:
            self.tokens.append(Token("softbreak", tag, 0))

    def handle_data(self, data: str) -> None:
        self.tokens.append(Token("text", "", 0, content=_SPACES.sub(" ", data)))

    def _image(self, attrs: list[tuple[str, str | None]]) -> Token:
        # Browsers use the first of duplicate attributes.
        values = {name: value or "" for name, value in reversed(attrs)}
        start = self.tag_start()
        place = start, start + len(self.get_starttag_text() or "")
        alt = Token("text", "", 0, content=values.get("alt", ""))
        token = Token("image", "img", 0, children=[alt], meta={"tag": place})
        token.attrs |= {name: values.get(name, "") for name in ("src", "title")}
        return token
