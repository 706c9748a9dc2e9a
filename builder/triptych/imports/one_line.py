"""Markdown in one line: whether it is, and the words of blocks."""

import re

from triptych.imports.pieces import lines
from triptych.imports.signs import code_span

_ITEM = r"(?:[-*+]|\d{1,9}[.)])[ \t]+"
_PREFIX = re.compile(rf"[ \t]*(?:(?:>|{_ITEM})[ \t]*)*(?:#{{1,6}}[ \t]+)?")
"""The signs of blocks, one within the other; a heading has none within it."""
_BREAK = re.compile(r"(?<!\\)((?:\\\\)*)\\$")
"""The backslash of a break, and before it pairs, each of which is a backslash."""
_BULLET = re.compile(rf"[ \t]*{_ITEM}")


def is_line(markdown: str) -> bool:
    """Return whether `markdown` is a paragraph of one line."""
    return (
        "\n" not in markdown
        and not _BULLET.match(markdown)
        and not markdown.startswith(("#", ">", "|", "***", "<details", "<table"))
    )


def one_line(markdown: str) -> str:
    """Return the words of blocks in one line."""
    kept: list[str] = []
    code: list[str] = []
    for is_code, line in (*lines(markdown), (False, "")):
        if is_code:
            code.append(line.strip())
            continue
        if code:
            # The first and the last line are the fences.
            words = " ".join(filter(None, code[1:-1]))
            kept += [code_span(words)] if words else []
            code = []
        text = _words_of(line)
        if text and not re.fullmatch(r"[-*| :]+", text):
            kept.append(text)
    return " ".join(kept)


def _words_of(line: str) -> str:
    """Return a line of Markdown without the signs that make it a block, or break it."""
    text = _PREFIX.sub("", line, count=1).strip()
    if len(text) > 1 and text.startswith("|") and text.endswith("|"):
        text = text.strip("|").strip()
    return _BREAK.sub(r"\1", text)
