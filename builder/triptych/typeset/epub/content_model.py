"""Where XHTML allows elements, and what takes the place of one that is elsewhere.

Browsers show raw HTML whatever is inside what; the schema of EPUB refuses it. Elements
are repaired when they end, from the inside out: what they contain is valid by then.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from types import MappingProxyType
from typing import NamedTuple, TypeAlias

from triptych.dialect.html_policy import VOID
from triptych.values.xhtml import Id, LinkStart, MediaSource, Part, PlaceLink

Attribute: TypeAlias = tuple[str, str] | Id | PlaceLink | LinkStart | MediaSource
"""An attribute of an element: a name and a value, or what becomes an attribute.

A link to another file of the deck is all that its element has.
"""


SPACE = " \t\r\n"
"""The characters that cannot be seen between elements."""


class Piece(NamedTuple):
    """A text or an element that has ended."""

    name: str
    """Empty for text."""
    attributes: Sequence[Attribute] = ()
    children: Sequence["Piece"] = ()
    text: Part = ""
    """For text, as XHTML."""
    is_block: bool = False
    """Whether a line of text cannot contain it."""

    @property
    def is_space(self) -> bool:
        """Whether it is text that cannot be seen."""
        if self.name or not isinstance(self.text, str):
            return False
        return not self.text.strip(SPACE)


PHRASING = frozenset(
    [
        *(
            "a",
            "abbr",
            "audio",
            "b",
            "br",
            "cite",
            "code",
            "del",
            "dfn",
            "em",
            "i",
            "img",
        ),
        *("ins", "kbd", "mark", "q", "rp", "rt", "ruby", "s", "samp", "small"),
        *("span", "strong", "sub", "sup", "u", "var", "wbr"),
    ]
)
"""The elements that may be in a line of text."""
LINES = frozenset(
    [
        *("h1", "h2", "h3", "h4", "h5", "h6"),
        *("caption", "dt", "pre", "rp", "rt", "ruby", "summary"),
    ]
)
"""The elements with a line of text: any block inside becomes a part of the line."""
_TRANSPARENT = frozenset({"a", "del", "ins"})
"""The phrasing elements that may contain blocks where a block may be."""
_ORPHANS = frozenset({"dd", "dt", "figcaption", "li", "summary"})
"""The elements that need a certain parent, and are blocks elsewhere."""
_TABLE_PARTS = ("caption", "colgroup", "thead", "tbody", "tr", "tfoot")
_CHILDREN = _ORPHANS | {*_TABLE_PARTS, "col", "rp", "rt", "td", "th"}
"""All elements that need a certain parent."""
_RUBY = re.compile("(?:b+(?:t|ptp)+)+")


def element(
    name: str,
    attributes: Sequence[Attribute],
    children: Sequence[Piece],
    *,
    in_line: bool,
) -> Piece:
    """Return the element, with all that is not allowed in it repaired.

    With `in_line` it is in a line of text, where no block may be.
    """
    if in_line and name not in PHRASING:
        if name == "hr":
            return Piece("br")
        return Piece("span", attributes or (("class", name),), contents(children))
    if name in VOID:
        return Piece(name, attributes, is_block=name == "hr")
    children = _REPAIRS.get(name, contents)(children)
    if name == "ruby" and not _is_ruby(children):
        return Piece("span", attributes, list(map(_without_ruby, children)))
    is_block = name not in PHRASING
    if any(child.is_block for child in children) and (
        name == "p" or (name in PHRASING and name not in LINES)
    ):
        if name not in _TRANSPARENT:
            name, attributes = "div", attributes or (("class", name),)
        is_block = True
    return Piece(name, attributes, children, is_block=is_block)


def contents(children: Iterable[Piece]) -> list[Piece]:
    """Return the children of an ordinary element, or what is not in any."""
    return [_at_home(one) if one.name in _CHILDREN else one for one in children]


def _at_home(piece: Piece) -> Piece:
    """Return a piece that may be anywhere instead of one that needs another parent."""
    if piece.name in _ORPHANS:
        return piece._replace(name="div", is_block=True)
    if piece.name in {"rt", "rp"}:
        return _without_ruby(piece)
    if piece.name in {"td", "th"}:
        piece = Piece("tr", (), [piece])
    if piece.name in _TABLE_PARTS:
        return Piece("table", (), [piece], is_block=True)
    if piece.name == "col":
        return Piece("")
    return piece


def _without_ruby(piece: Piece) -> Piece:
    return piece._replace(name="span") if piece.name in {"rt", "rp"} else piece


def _is_ruby(children: Iterable[Piece]) -> bool:
    """Return whether each text is followed by its reading."""
    letters = {"rt": "t", "rp": "p"}
    order = "".join(letters.get(c.name, "b") for c in children if not c.is_space)
    return bool(_RUBY.fullmatch(order))


def _only(
    *names: str, wrapped: Callable[[list[Piece]], Piece]
) -> Callable[..., list[Piece]]:
    """Return a repair that wraps all children except those called `names`."""

    def repair(children: Iterable[Piece]) -> list[Piece]:
        seen = (child for child in children if not child.is_space)
        return [
            piece
            for is_named, run in groupby(seen, lambda child: child.name in names)
            for piece in (run if is_named else [wrapped(contents(run))])
        ]

    return repair


def _wrapped_in(name: str) -> Callable[[list[Piece]], Piece]:
    return lambda inner: Piece(name, (), inner)


def _row(inner: list[Piece]) -> Piece:
    return Piece("tr", (), [Piece("td", (), inner)])


_terms = _only("dt", "dd", wrapped=_wrapped_in("dd"))


def _definitions(children: Iterable[Piece]) -> list[Piece]:
    """Return terms, each with a definition; the schema demands both."""
    pieces = _terms(children)
    if pieces and pieces[0].name == "dd":
        pieces.insert(0, Piece("dt"))
    if pieces and pieces[-1].name == "dt":
        pieces.append(Piece("dd"))
    return pieces


_table_parts = _only(*_TABLE_PARTS, wrapped=_row)


def _table(children: Iterable[Piece]) -> list[Piece]:
    """Return the parts of a table in order, with one caption, head and foot."""
    pieces = _table_parts(children)
    captions = [piece for piece in pieces if piece.name == "caption"]
    words = [child for caption in captions for child in caption.children]
    found = [Piece("caption", (), words)] if captions else []
    for name in ("colgroup", "thead", "tbody", "tr", "tfoot"):
        found += _first_only(name, (p for p in pieces if p.name == name))
    return _bodies(found)


def _first_only(name: str, pieces: Iterable[Piece]) -> Iterator[Piece]:
    for number, piece in enumerate(pieces):
        is_body = number and name in {"thead", "tfoot"}
        yield piece._replace(name="tbody") if is_body else piece


def _bodies(pieces: list[Piece]) -> list[Piece]:
    """Return the parts with the rows in bodies, and the foot at the end."""
    foot = [piece for piece in pieces if piece.name == "tfoot"]
    rest = (piece for piece in pieces if piece.name != "tfoot")
    named = (
        Piece("tbody", (), [piece], is_block=piece.is_block)
        if piece.name == "tr"
        else piece
        for piece in rest
    )
    order = ("caption", "colgroup", "thead", "tbody")
    return [*sorted(named, key=lambda piece: order.index(piece.name)), *foot]


def _figure(children: Iterable[Piece]) -> list[Piece]:
    """Return the contents of a figure: a caption is the first or the last of them."""
    pieces = [child for child in children if not child.is_space]
    captions = [n for n, piece in enumerate(pieces) if piece.name == "figcaption"]
    kept = next((n for n in captions if n in {0, len(pieces) - 1}), -1)
    return [
        piece if number == kept else _at_home(piece)
        for number, piece in enumerate(pieces)
    ]


def _details(children: Iterable[Piece]) -> list[Piece]:
    """Return the contents of an element that opens: its summary is the first."""
    pieces = [child for child in children if not child.is_space]
    if pieces and pieces[0].name == "summary":
        return [pieces[0], *contents(pieces[1:])]
    return [Piece("summary", (), [Piece("", text="…")]), *contents(pieces)]


_REPAIRS: Mapping[str, Callable[..., list[Piece]]] = MappingProxyType(
    {
        "colgroup": lambda children: [c for c in children if c.name == "col"],
        "details": _details,
        "dl": _definitions,
        "figure": _figure,
        "ol": _only("li", wrapped=_wrapped_in("li")),
        "ruby": list,
        "table": _table,
        "tbody": _only("tr", wrapped=_row),
        "tfoot": _only("tr", wrapped=_row),
        "thead": _only("tr", wrapped=_row),
        "tr": _only("td", "th", wrapped=_wrapped_in("td")),
        "ul": _only("li", wrapped=_wrapped_in("li")),
    }
)
"""What may be in an element; ordinary ones contain all that needs no other parent."""
