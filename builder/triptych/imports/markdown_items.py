"""Questions in items of lists and in bold: `1. **What is it?** It is …`."""

import re
from collections.abc import Iterator
from itertools import pairwise

from triptych.imports.markdown_lines import Line, headings_above, parsed_lines
from triptych.imports.markdown_question import (
    ASKS,
    LABEL,
    Raw,
    prompt_of_title,
    with_answer,
)

_ITEM = re.compile(r"(?P<marker> {0,3}(?:\d{1,4}[.)]|[-*+])[ \t]+)(?P<text>\S.*)")
_NUMBERED = re.compile(r" {0,3}\d")
_BOLD = re.compile(r"(?P<mark>\*\*|__)(?P<text>.+?)(?P=mark)(?P<rest>.*)", re.DOTALL)
_TRAILING = " \t.:-\u2013\u2014"


def by_items(text: str) -> Iterator[Raw]:
    """Yield what numbered items and paragraphs in bold ask, with what follows them."""
    parsed = parsed_lines(text)
    headings = headings_above(parsed)
    starts = [n for n in range(len(parsed)) if _asked(parsed, n)]
    for start, following in pairwise((*starts, len(parsed))):
        found = _asked(parsed, start)
        if found is None:
            continue
        prompt, rest, after, width = found
        end = next((n for n in range(after, following) if parsed[n].level), following)
        body = "".join(line.text for line in parsed[after:end])
        body = (
            re.sub(rf"^[ \t]{{1,{width}}}", "", body, flags=re.MULTILINE)
            if width
            else body
        )
        body = f"{rest}\n{body}" if rest else body
        yield with_answer(
            prompt_of_title(prompt), body, range(start, end), headings[start]
        )


def _asked(parsed: list[Line], n: int) -> tuple[str, str, int, int] | None:
    """Return what the line `n` asks, if it does.

    That is the prompt, the rest of its last line, the line after it, and how far the
    answer is indented.
    """
    line = parsed[n]
    if line.is_code or line.level or (n and _goes_on(parsed, n)):
        return None
    item = _ITEM.match(line.text)
    first = item["text"] if item else line.text.strip()
    width = len(item["marker"]) if item else 0
    if not item and not first.startswith(("**", "__")):
        return None
    for after in range(n + 1, min(n + 1 + _MAX_LINES, len(parsed) + 1)):
        text = " ".join([first, *(line.text.strip() for line in parsed[n + 1 : after])])
        found = _prompt_in(text, is_numbered=bool(_NUMBERED.match(line.text)))
        if found:
            return *found, after, width
        if after == len(parsed) or not _continues(parsed[after]):
            return None
    return None


_MAX_LINES = 4
"""A question is no longer."""


def _prompt_in(text: str, *, is_numbered: bool) -> tuple[str, str] | None:
    """Return the prompt in a line and what stands behind it, if the line asks."""
    bold = _BOLD.fullmatch(text)
    if bold:
        rest = bold["rest"].lstrip(_TRAILING)
        is_marked = ASKS.search(bold["text"]) or LABEL.match(bold["text"])
        if is_marked and LABEL.fullmatch(bold["text"]):
            return (rest, "") if ASKS.search(rest) else None
        if is_marked or (is_numbered and not rest):
            return bold["text"], rest
        return (text, "") if ASKS.search(text) else None
    return (text, "") if is_numbered and ASKS.search(text) else None


def _goes_on(parsed: list[Line], n: int) -> bool:
    """Return whether the line `n` goes on with a paragraph that is in no list."""
    before = parsed[n - 1]
    is_text = bool(before.text.strip()) and not before.level
    return is_text and not before.is_code and not _ITEM.match(parsed[n].text)


def _continues(line: Line) -> bool:
    is_text = bool(line.text.strip()) and not line.is_code and not line.level
    return is_text and not _ITEM.match(line.text)
