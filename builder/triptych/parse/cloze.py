"""Parse cloze deletions in Anki's syntax, `{{c1::text::hint}}`, into tokens.

Anki ends a cloze at the first `}}`, even in LaTeX. Here a `}}` within a formula or a
code span does not end the cloze, nor do braces that close a brace within the cloze, as
in `{{c1::{x}}}`. The HTML of cards is written so that Anki finds the same end.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

from triptych.dialect.keys import MAX_CLOZE_DIGITS
from triptych.parse.math import formula_end

_OPEN = re.compile(rf"\{{\{{c([1-9][0-9]{{0,{MAX_CLOZE_DIGITS - 1}}})::")
_OPAQUE: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        "`": re.compile(r"(`+)(?:(?!\1).)+?\1(?!`)", re.DOTALL),
        # A tag of HTML, or an address such as `<https://example.org/>`.
        "<": re.compile(r"</?[A-Za-z][\w.+-]*(?:[\s/:][^<>{}]*)?>"),
        "\\": re.compile(r"\\[\[\]]"),
    }
)
"""What is read as a whole, by its first character."""
_ADDRESS = re.compile(
    # Possessive, so that many spaces do not take time that grows with their square.
    r"\]\(\s*+(?:<[^<>{}\n]*>|[^\s()<>{}]*+(?:\([^\s()<>{}]*\)[^\s()<>{}]*+)*+)"
    r"""(?:\s++(?:"[^"{}]*"|'[^'{}]*'))?\s*+\)"""
)
"""The end of the text of a link or a picture, and its address."""


def clozes(md: MarkdownIt) -> None:
    """Add a rule for `cloze_open` (meta: number, hint) and `cloze_close` to `md`."""
    md.inline.ruler.before("escape", "cloze", _cloze)


def _cloze(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's
    opening = _OPEN.match(state.src, state.pos, state.posMax)
    if opening is None:
        return False
    end, hint_at = _end(state, state.pos)
    if end == -1:
        return False
    if not silent:
        token = state.push("cloze_open", "mark", 1)
        hint = state.src[hint_at + 2 : end] if hint_at != -1 else ""
        token.meta = {"number": int(opening[1]), "hint": hint}
        token.content = opening[0]
        stop, state.posMax = state.posMax, hint_at if hint_at != -1 else end
        state.pos = opening.end()
        state.md.inline.tokenize(state)
        state.posMax = stop
        state.push("cloze_close", "mark", -1)
    state.pos = end + 2
    return True


def _end(state: StateInline, start: int) -> tuple[int, int]:
    """Return the offsets of the closing `}}` and of the hint's `::`; -1 for none.

    Results are cached, so that the text after an unclosed cloze is only scanned once.
    """
    texts: dict[str, dict[int, tuple[int, int]]] = state.env.setdefault("clozes", {})
    known = texts.setdefault(state.src, {})
    unbalanced: set[str] = state.env.setdefault("unbalanced_clozes", set())
    if start not in known:
        pair = state.src not in unbalanced
        ends = _ends(state.src, start, state.posMax, pair_braces=pair)
        if pair and ends[start][0] == -1:
            # A brace is never closed, as in `{{c1::a {{b}}`: do not pair braces.
            unbalanced.add(state.src)
            ends = _ends(state.src, start, state.posMax, pair_braces=False)
        known.update(ends)
    end, hint_at = known[start]
    return (end, hint_at) if end < state.posMax else (-1, -1)


def _ends(
    text: str, start: int, stop: int, *, pair_braces: bool
) -> dict[int, tuple[int, int]]:
    """Return the ends of the cloze that opens at `start` and of nested clozes."""
    ends: dict[int, tuple[int, int]] = {}
    opened: list[_Open] = []
    position = start
    while position < stop:
        after = _after_opaque(text, position, stop)
        if after != -1:
            position = after
        elif opening := _OPEN.match(text, position, stop):
            opened.append(_Open(position))
            position = opening.end()
        elif pair_braces and _closes_brace(text, position, opened[-1].braces):
            opened[-1].braces -= 1
            position += 1
        elif text.startswith("}}", position):
            cloze = opened.pop()
            ends[cloze.start] = position, cloze.hint_at
            if not opened:
                return ends
            position += 2
        else:
            position = opened[-1].after_character(text, position, stop)
    return ends | {cloze.start: (-1, -1) for cloze in opened}


@dataclass(slots=True)
class _Open:
    """A cloze whose end is still to be found."""

    start: int
    hint_at: int = -1
    """The offset of the last `::` so far."""
    braces: int = 0
    """The number of single braces that are open."""
    brackets: list[int] = field(default_factory=list)
    """The value of `hint_at` at each bracket that is open."""

    def after_character(self, text: str, position: int, stop: int) -> int:
        """Read the character at `position`; return the offset of the next one."""
        character = text[position]
        if text.startswith("::", position):
            self.hint_at = position
        elif character == "[":
            self.brackets.append(self.hint_at)
        elif character == "]" and self.brackets:
            before = self.brackets.pop()
            address = _ADDRESS.match(text, position, stop)
            if address:
                # A link is hidden as a whole: no hint begins in its text or address.
                self.hint_at = before
                return address.end()
        self.braces = max(self.braces + (character == "{") - (character == "}"), 0)
        return position + 1


def _closes_brace(text: str, position: int, open_braces: int) -> bool:
    """Return whether braces at `position` close a single brace and not the cloze."""
    return bool(open_braces) and text.startswith(
        "}}" if open_braces > 1 else "}}}", position
    )


def _after_opaque(text: str, position: int, stop: int) -> int:
    """Return the offset after a formula, code, tag or escape at `position`, or -1."""
    if text[position] == "$":
        return formula_end(text, position, stop)
    pattern = _OPAQUE.get(text[position])
    found = pattern.match(text, position, stop) if pattern else None
    return found.end() if found else -1
