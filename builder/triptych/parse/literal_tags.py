"""Tags that are text: `<int>` in prose, of no element that HTML has.

A reader is to see them as they are written. So is a bare tag of an element that is
never closed in its block, such as `<object>` in "git show <object>". Within `svg` and
`math` all names are theirs.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_block.html_block import html_block
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from triptych.dialect.html_policy import ELEMENTS, OPTIONAL_END, SCHEMES, VOID

LITERAL = "literal_tag"
"""The meta of a text token that is such a tag; the key of them in an index."""
# Lengths are bounded, so that a text of tags that never close takes no long search.
_TAG = re.compile(
    r"<!--.*?-->|<(/?)([A-Za-z][^\s/<>]{0,60})(?=[\s/>])"
    r"""((?>"[^"]{0,1000}"|'[^']{0,1000}'|[^'"<>]){0,2000}+)>""",
    re.DOTALL,
)
_BLOCK_TAG = re.compile(r"</?([A-Za-z][^\s/>]*)")
_FOREIGN = frozenset({"math", "svg"})
_NEEDS_NO_END = VOID | OPTIONAL_END
_Names = tuple[frozenset[str], frozenset[str]]
"""The elements that start in some HTML, and those that end in it."""
_NONE: _Names = (frozenset(), frozenset())
_INTERRUPTS = ["paragraph", "reference", "blockquote"]


@dataclass(frozen=True, slots=True)
class _Tag:
    """A tag of HTML, or what looks like one."""

    place: int
    """Its number among the tags of its block."""
    name: str
    end: bool
    """Whether it is an end tag."""
    bare: bool
    """Whether it has no attributes."""


def literal_tags(md: MarkdownIt) -> None:
    """Teach `md` to keep tags as text that are of no element, or never closed."""
    md.block.ruler.at("html_block", _block, {"alt": _INTERRUPTS})
    md.core.ruler.push("literal_tags", _literal_tags)


def _block(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's
    """Read a block of HTML, unless its first tag is of no element: that is prose."""
    line = state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]]
    tag = _BLOCK_TAG.match(line)
    if tag and tag[1].lower() not in ELEMENTS:
        return False
    return html_block(state, start, end, silent)


def _literal_tags(state: StateCore) -> None:
    blocks = (token.content for token in state.tokens if token.type == "html_block")
    elsewhere = _names("".join(blocks))
    for token in state.tokens:
        if token.type == "html_block":
            token.content, found = _escaped(token.content, elsewhere)
            if found:
                token.meta[LITERAL] = found
        elif token.children:
            if any(child.markup == "autolink" for child in token.children):
                token.children = list(_without_odd_autolinks(token.children))
            if any(child.type == "html_inline" for child in token.children):
                _mark(token.children)


def _without_odd_autolinks(children: list[Token]) -> Iterator[Token]:
    """Yield `children`, links such as `<std::vector>` as the text that they are.

    CommonMark takes any word before a colon for the scheme of an address.
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


def _mark(children: list[Token]) -> None:
    """Make text of the tags among `children` that are none."""
    raw = [child for child in children if child.type == "html_inline"]
    literal = set(_literal(child.content for child in raw))
    for place, child in enumerate(raw):
        if place in literal:
            child.type, child.tag = "text", ""
            child.meta = {LITERAL: child.content}


def _escaped(html: str, elsewhere: _Names) -> tuple[str, list[str]]:
    """Return a block of HTML with the tags in it that are text, and those tags.

    Its elements may be opened and closed in other blocks, as `elsewhere` says.
    """
    tags = list(_TAG.finditer(html))
    literal = set(_literal((tag[0] for tag in tags), elsewhere))
    pieces, last = [], 0
    for place, tag in enumerate(tags):
        if place in literal:
            pieces += [html[last : tag.start()], "&lt;"]
            last = tag.start() + 1
    found = [tag[0] for place, tag in enumerate(tags) if place in literal]
    return "".join([*pieces, html[last:]]), found


def _literal(tags: Iterable[str], elsewhere: _Names = _NONE) -> Iterator[int]:
    """Yield the places of the `tags` that are text."""
    starts, ends = elsewhere
    opened: dict[str, list[_Tag]] = {}
    for tag in _outside_foreign(tags):
        if tag.name not in ELEMENTS:
            yield tag.place
        elif tag.name in _NEEDS_NO_END:
            continue
        elif not tag.end:
            opened.setdefault(tag.name, []).append(tag)
        elif opened.get(tag.name):
            # The innermost that is open is the one that this closes.
            opened[tag.name].pop()
        elif tag.name not in starts:
            yield tag.place
    for name, left in opened.items():
        if name not in ends:
            yield from (tag.place for tag in left if tag.bare)


def _names(html: str) -> _Names:
    """Return the elements that start in `html`, and those that end in it."""
    found = [(tag[1], tag[2].lower()) for tag in _TAG.finditer(html) if tag[2]]
    starts = frozenset(name for end, name in found if not end)
    return starts, frozenset(name for end, name in found if end)


def _outside_foreign(tags: Iterable[str]) -> Iterator[_Tag]:
    """Yield the tags that do not stand within `svg` or `math`."""
    depth = 0
    for place, text in enumerate(tags):
        read = _TAG.fullmatch(text)
        if read is None or not read[2]:
            continue
        tag = _Tag(place, read[2].lower(), end=bool(read[1]), bare=not read[3].strip())
        if tag.name in _FOREIGN:
            depth += -1 if tag.end else 1
        elif depth > 0:
            continue
        yield tag
