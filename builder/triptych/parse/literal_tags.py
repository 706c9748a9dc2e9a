"""Keep tags as text that are not HTML, such as `<int>` in prose.

A tag is text if HTML has no element of its name, if it is bare and never closed in its
block, such as `<object>` in "git show <object>", or if it is a declaration such as
`<?php`. Within `svg` and `math` every name counts as an element.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_block.html_block import html_block
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from triptych.dialect.html_policy import ELEMENTS, OPTIONAL_END, SCHEMES, TAGS, VOID

LITERAL = "literal_tag"
"""The key of such tags in a token's meta and in the index of a document."""
# Lengths are bounded, so that unclosed tags do not cause long searches.
_TAG = re.compile(
    r"<!--.*?-->|<[?!](?!--)|<(/?)([A-Za-z][^\s/<>]{0,60})(?=[\s/>])"
    r"""((?>"[^"]{0,1000}"|'[^']{0,1000}'|[^'"<>]){0,2000}+)>""",
    re.DOTALL,
)
_BLOCK_TAG = re.compile(r"<(/?)([A-Za-z][^\s/>]*)((?:[\s/][^=<>]*)?>)?")
_NAMES = re.compile(r"<(/?)([A-Za-z][^\s/<>]{0,60})(?=[\s/>])")
_DECLARATION = re.compile(r"<(?:\?|!(?!--))")
_COMMENT = "<!--"
_SVG_AND_MATH = frozenset({"math", "svg"})
_VOID = VOID & TAGS
_OPTIONAL_END = OPTIONAL_END & TAGS
_ElementNames = tuple[frozenset[str], frozenset[str]]
"""The names of the elements that start in some HTML, and of those that end in it."""
_NONE: _ElementNames = (frozenset(), frozenset())
_INTERRUPTS = ["paragraph", "reference", "blockquote"]


@dataclass(frozen=True, slots=True)
class _Tag:
    """A tag of HTML, or what looks like one."""

    place: int
    """Its index among the tags of its block."""
    name: str
    end: bool
    """Whether it is an end tag."""
    bare: bool
    """Whether none of its attributes has a value, as in `a <b and c> d`."""


def literal_tags(md: MarkdownIt) -> None:
    """Add rules to `md` that keep tags as text that are not HTML."""
    md.block.ruler.at("html_block", _block, {"alt": _INTERRUPTS})
    md.core.ruler.push("literal_tags", _literal_tags)


def _block(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's
    """Parse a block of HTML, unless it begins with a tag that is text."""
    place = state.bMarks[start] + state.tShift[start]
    if _begins_prose(state, place, state.eMarks[start]):
        return False
    return html_block(state, start, end, silent)


def _begins_prose(state: StateBlock, place: int, end: int) -> bool:
    if _DECLARATION.match(state.src, place, end):
        return True
    if state.src.startswith(_COMMENT, place, end):
        # An unclosed comment would hide the rest of the file.
        return _first_starts_and_last_ends(state)[1][_COMMENT] < place
    tag = _BLOCK_TAG.match(state.src, place, end)
    if tag is None or tag[2].lower() in _VOID | _OPTIONAL_END:
        return False
    return tag[2].lower() not in ELEMENTS or _is_alone(state, place, tag)


def _is_alone(state: StateBlock, place: int, tag: re.Match[str]) -> bool:
    """Return whether a bare tag has no matching start or end tag in the file."""
    closes, name, bare = tag[1], tag[2].lower(), tag[3]
    starts, ends = _first_starts_and_last_ends(state)
    if closes:
        return starts.get(name, place) >= place
    return bool(bare) and ends.get(name, place) <= place


def _first_starts_and_last_ends(
    state: StateBlock,
) -> tuple[dict[str, int], dict[str, int]]:
    """Return the first start tag and the last end tag of each element, as offsets.

    Comments are included.
    """
    found: tuple[dict[str, int], dict[str, int]] | None = state.env.get(LITERAL)
    if found is None:
        starts: dict[str, int] = {}
        ends = {_COMMENT: state.src.rfind("-->")}
        for tag in _NAMES.finditer(state.src):
            if tag[1]:
                ends[tag[2].lower()] = tag.start()
            else:
                starts.setdefault(tag[2].lower(), tag.start())
        found = state.env[LITERAL] = starts, ends
    return found


def _literal_tags(state: StateCore) -> None:
    elsewhere = _element_names(state.tokens)
    within_line = (elsewhere[0], frozenset[str]())
    for token in state.tokens:
        if token.type == "html_block":
            token.content, found = _escaped(token.content, elsewhere)
            if found:
                token.meta[LITERAL] = found
        elif token.children:
            token.children = _with_literal_tags(token.children, within_line)
            first = token.children[0]
            if token.content.startswith(_COMMENT) and first.type == "text":
                first.meta = {LITERAL: _COMMENT}


def _without_unknown_autolinks(children: list[Token]) -> Iterator[Token]:
    """Yield `children`, with links such as `<std::vector>` as text.

    CommonMark accepts any word before a colon as the scheme of an address.
    """
    within = False
    for child in children:
        if child.markup == "autolink" and child.type == "link_open":
            scheme = str(child.attrs["href"]).partition(":")[0].lower()
            within = scheme not in SCHEMES
        if not within:
            yield child
        elif child.type == "text":
            written = f"<{child.content}>"
            yield Token("text", "", 0, content=written, meta={LITERAL: written})
        elif child.type == "link_close":
            within = False


def _with_literal_tags(
    children: list[Token], elsewhere: _ElementNames = _NONE
) -> list[Token]:
    """Return `children`, with tags that are not HTML as text."""
    if any(child.markup == "autolink" for child in children):
        children = list(_without_unknown_autolinks(children))
    raw = [child for child in children if child.type == "html_inline"]
    if raw:
        tags = [child.content for child in raw]
        literal = set(_literal(tags, elsewhere, in_line=True))
        for place, child in enumerate(raw):
            if place in literal:
                child.type, child.tag = "text", ""
                child.meta = {LITERAL: child.content}
    for child in children:
        # The alternative text of an image.
        if child.type == "image" and child.children:
            child.children = _with_literal_tags(child.children)
    return children


def _escaped(html: str, elsewhere: _ElementNames) -> tuple[str, list[str]]:
    """Return a block of HTML with escaped tags that are text, and those tags.

    `elsewhere` has the elements that are opened or closed in other blocks.
    """
    tags = list(_TAG.finditer(html))
    literal = set(_literal([tag[0] for tag in tags], elsewhere))
    pieces, last = [], 0
    for place, tag in enumerate(tags):
        if place in literal:
            pieces += [html[last : tag.start()], "&lt;"]
            last = tag.start() + 1
    found = [tag[0] for place, tag in enumerate(tags) if place in literal]
    return "".join([*pieces, html[last:]]), found


def _literal(
    tags: list[str], elsewhere: _ElementNames, *, in_line: bool = False
) -> Iterator[int]:
    """Yield the indexes of the `tags` that are text.

    Elements with an optional end tag may stay open in a block of HTML. With `in_line`
    they must be within another element, since a paragraph cannot hold list items.
    """
    yield from (n for n, text in enumerate(tags) if _DECLARATION.match(text))
    starts, ends = elsewhere
    kept = list(_outside_svg_and_math(tags, ends))
    closed = _end_tags(tag for tag in kept if tag.name in ELEMENTS)
    closing, around = set(closed.values()), _Enclosed(closed)
    for tag in kept:
        may_stay_open = tag.name in OPTIONAL_END and (
            (tag.name in TAGS and not in_line) or around.has(tag.place)
        )
        if tag.name not in ELEMENTS:
            yield tag.place
        elif tag.name in _VOID or tag.place in closed or tag.place in closing:
            continue
        elif not may_stay_open and _is_text(tag, starts, ends):
            yield tag.place


def _is_text(tag: _Tag, starts: frozenset[str], ends: frozenset[str]) -> bool:
    """Return whether a start or end tag without its counterpart is text."""
    return tag.name not in starts if tag.end else tag.bare and tag.name not in ends


class _Enclosed:
    """The indexes of tags that are within closed elements."""

    def __init__(self, closed: dict[int, int]) -> None:
        """Take the index of each end tag, by the index of its start tag."""
        self._starts = sorted(closed)
        self._ends = list(accumulate((closed[n] for n in self._starts), max))

    def has(self, place: int) -> bool:
        """Return whether an element starts before `place` and ends after it."""
        before = bisect_left(self._starts, place)
        return before > 0 and self._ends[before - 1] > place


def _element_names(tokens: Iterable[Token]) -> _ElementNames:
    """Return the elements that start in blocks of HTML, and those that end anywhere."""
    starts, ends = set(), set()
    for token in tokens:
        raw = [token] if token.type == "html_block" else token.children or ()
        for piece in raw:
            if not piece.type.startswith("html_"):
                continue
            for tag in _TAG.finditer(piece.content):
                if tag[2] and tag[1]:
                    ends.add(tag[2].lower())
                elif tag[2] and token.type == "html_block":
                    starts.add(tag[2].lower())
    return frozenset(starts), frozenset(ends)


def _outside_svg_and_math(texts: Iterable[str], ends: frozenset[str]) -> Iterator[_Tag]:
    """Yield the tags that are not within `svg` or `math`.

    A bare `<svg>` that is never closed is text, so that nothing is within it.
    """
    tags = list(_tags(texts))
    foreign = {tag.place for tag in tags if tag.name in ends or not tag.bare}
    foreign |= _end_tags(tag for tag in tags if tag.name in _SVG_AND_MATH).keys()
    depth = 0
    for tag in tags:
        if tag.name in _SVG_AND_MATH and tag.end:
            depth -= depth > 0
        elif tag.name in _SVG_AND_MATH:
            depth += tag.place in foreign
        elif depth > 0:
            continue
        yield tag


def _end_tags(tags: Iterable[_Tag]) -> dict[int, int]:
    """Return the index of each end tag, by the index of its start tag."""
    closed: dict[int, int] = {}
    opened: dict[str, list[int]] = {}
    for tag in tags:
        if not tag.end:
            opened.setdefault(tag.name, []).append(tag.place)
        elif opened.get(tag.name):
            # An end tag closes the innermost open element.
            closed[opened[tag.name].pop()] = tag.place
    return closed


def _tags(texts: Iterable[str]) -> Iterator[_Tag]:
    for place, text in enumerate(texts):
        read = _TAG.fullmatch(text)
        if read and read[2]:
            bare = "=" not in read[3]
            yield _Tag(place, read[2].lower(), end=bool(read[1]), bare=bare)
