"""Markdown as GitHub shows it: math in fences, bare links, alerts, CJK emphasis."""

import re
import unicodedata
from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.common.utils import isLinkClose, isLinkOpen
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Delimiter
from markdown_it.token import Token

from triptych.patterns import lazy_pattern

BARE_LINK = "linkify"
"""The markup of the tokens of a bare link; its text is its address."""
_ADDRESS = lazy_pattern(
    r"(?<![^\s*_~(\u3000-\u303f\uff00-\uffef\u4e00-\u9fff\u3040-\u30ff\uac00-\ud7a3])"
    r"https?://[^\s<>\"\u3000-\u303f\uff00-\uffef]{1,2000}",
    re.IGNORECASE,
)
_HOST = lazy_pattern(
    r"https?://[^\W_](?:[\w.-]*\w)?(?::\d+)?(?=[/?#]|$)", re.IGNORECASE
)
_TRAILING = lazy_pattern(r"(?:[?!.,:;*_~'\u2019\u201d\u2026]|&[A-Za-z0-9]+;)$")
_MATH_FENCE = "math"
_TITLE_TOKENS = 3
_WIDE = frozenset("FHW")
"""East Asian widths of characters that are not parted by spaces."""


def as_github(md: MarkdownIt) -> None:
    """Extend `md` by GitHub's Markdown: alerts, formulas in fences, bare links."""
    md.options["alerts"] = True
    md.core.ruler.before("inline", "alert_titles", _alert_titles)
    md.core.ruler.before("inline", "math_fence", _math_fence)
    inline_as_github(md)


def inline_as_github(md: MarkdownIt) -> None:
    """Extend `md` by bare links and by emphasis beside punctuation of CJK languages."""
    md.inline.ruler.at("emphasis", _emphasis)
    md.core.ruler.after("text_join", "bare_links", _bare_links)


def _alert_titles(state: StateCore) -> None:
    """Take out the English titles that markdown-it gives alerts: writers add ours."""
    kept: list[Token] = []
    skip = 0
    for token in state.tokens:
        skip = _TITLE_TOKENS if token.type == "alert_title_open" else max(skip - 1, 0)
        if not skip:
            kept.append(token)
        if token.type == "alert_open":
            token.attrs = {"kind": token.info.lower()}
    state.tokens = kept


def _math_fence(state: StateCore) -> None:
    for token in state.tokens:
        if (
            token.type == "fence"
            and token.info.strip().lower() == _MATH_FENCE
            and token.content.strip()
        ):
            token.type, token.tag, token.info, token.markup = "math_block", "", "", "$$"
            # As after the dollars, the formula begins on the next line.
            token.content = f"\n{token.content}"


def _bare_links(state: StateCore) -> None:
    for token in state.tokens:
        if token.type == "inline" and "://" in token.content:
            token.children = list(_linked(token.children or (), state.md))


def _linked(children: list[Token] | tuple[()], md: MarkdownIt) -> Iterator[Token]:
    """Yield `children`, with links for the addresses in text that is in no link."""
    links, raw_links = 0, 0
    for child in children:
        links += (child.type == "link_open") - (child.type == "link_close")
        if child.type == "html_inline":
            raw_links += isLinkOpen(child.content) - isLinkClose(child.content)
        if child.type == "text" and links <= 0 and raw_links <= 0:
            yield from _parts(child, md)
        else:
            yield child


def _parts(text: Token, md: MarkdownIt) -> Iterator[Token]:
    written, done = text.content, 0
    for found in _ADDRESS.finditer(written):
        address = _without_trailing(found[0])
        href = md.normalizeLink(address)
        if not _HOST.match(address) or not md.validateLink(href):
            continue
        if found.start() > done:
            yield _text(written[done : found.start()], text.level)
        yield Token(
            "link_open",
            "a",
            1,
            attrs={"href": href},
            level=text.level,
            markup=BARE_LINK,
            info="auto",
        )
        yield _text(address, text.level + 1)
        yield Token(
            "link_close", "a", -1, level=text.level, markup=BARE_LINK, info="auto"
        )
        done = found.start() + len(address)
    if not done:
        yield text
    elif done < len(written):
        yield _text(written[done:], text.level)


def _text(content: str, level: int) -> Token:
    return Token("text", "", 0, content=content, level=level)


def _without_trailing(address: str) -> str:
    """Return an address without the punctuation of the sentence around it."""
    while True:
        shorter = _TRAILING.sub("", address)
        if address.endswith(")") and address.count(")") > address.count("("):
            shorter = address[:-1]
        if shorter == address:
            return address
        address = shorter


def _emphasis(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's
    """Read stars and underscores, as markdown-it does but for `_scan`."""
    marker = state.src[state.pos]
    if silent or marker not in "*_":
        return False
    can_open, can_close, length = _scan(state, marker)
    for _ in range(length):
        state.push("text", "", 0).content = marker
        state.delimiters.append(
            Delimiter(
                marker=ord(marker),
                length=length,
                token=len(state.tokens) - 1,
                end=-1,
                open=can_open,
                close=can_close,
            )
        )
    state.pos += length
    return True


def _scan(state: StateInline, marker: str) -> tuple[bool, bool, int]:
    """Return whether a run of markers can open and close emphasis, and its length.

    Where punctuation stands inside of the markers, CommonMark demands a space or more
    of it outside, which Chinese, Japanese and Korean do not write.
    """
    scanned = state.scanDelims(state.pos, marker == "*")
    end = state.pos + scanned.length
    before = state.src[state.pos - 1] if state.pos else " "
    after = state.src[end] if end < state.posMax else " "
    can_open, can_close = scanned.can_open, scanned.can_close
    if marker == "*" and (_is_cjk(before) or _is_cjk(after)):
        can_open = can_open or not after.isspace()
        can_close = can_close or not before.isspace()
    return can_open, can_close, scanned.length


def _is_cjk(character: str) -> bool:
    # Emoji are wide, too, but CommonMark has symbols for punctuation anyway.
    return unicodedata.east_asian_width(character) in _WIDE
