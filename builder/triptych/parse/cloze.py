"""Parse cloze deletions in Anki's syntax, `{{c1::text::hint}}`, into tokens.

Anki ends a cloze at the first `}}`, even in LaTeX. Here a `}}` within a formula or a
code span does not end the cloze, nor do braces that close a brace within the cloze, as
in `{{c1::{x}}}`. The HTML of cards is written so that Anki finds the same end.
"""

import re

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

from triptych.dialect.keys import MAX_CLOZE_DIGITS
from triptych.parse.math import formula_end

_OPEN = re.compile(rf"\{{\{{c([1-9][0-9]{{0,{MAX_CLOZE_DIGITS - 1}}})::")
_CODE = re.compile(r"(`+)(?:(?!\1).)+?\1(?!`)", re.DOTALL)


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
    opened: list[int] = []
    hints: list[int] = []
    braces: list[int] = []
    """The number of open single braces within each open cloze."""
    position = start
    while position < stop:
        inside = _formula_or_code(text, position, stop)
        if inside != -1:
            position = inside
        elif opening := _OPEN.match(text, position, stop):
            opened.append(position)
            hints.append(-1)
            braces.append(0)
            position = opening.end()
        elif pair_braces and _closes_brace(text, position, braces[-1]):
            braces[-1] -= 1
            position += 1
        elif text.startswith("}}", position):
            braces.pop()
            ends[opened.pop()] = position, hints.pop()
            if not opened:
                return ends
            position += 2
        else:
            if text.startswith("::", position):
                hints[-1] = position
            braces[-1] += (text[position] == "{") - (text[position] == "}")
            braces[-1] = max(braces[-1], 0)
            position += 1
    return ends | dict.fromkeys(opened, (-1, -1))


def _closes_brace(text: str, position: int, open_braces: int) -> bool:
    """Return whether braces at `position` close a single brace and not the cloze."""
    return bool(open_braces) and text.startswith(
        "}}" if open_braces > 1 else "}}}", position
    )


def _formula_or_code(text: str, position: int, stop: int) -> int:
    if text[position] == "$":
        return formula_end(text, position, stop)
    code = _CODE.match(text, position, stop) if text[position] == "`" else None
    return code.end() if code else -1
