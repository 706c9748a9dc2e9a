"""Change Markdown outside its code and formulas."""

import io
import re
from collections.abc import Callable, Iterator

from triptych.dialect.sizes import MAX_PASSAGE_CHARS
from triptych.parse.math import formula_end

_FENCE = re.compile(r"[ \t>]*(?:(?:[-+*]|\d{1,9}[.)])[ \t]+)*(`{3,}|~{3,})(.*)")
_SPAN = re.compile(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)", re.DOTALL)
_SIGN = re.compile(r"[`$\\]")
"""What may begin code or a formula, or keeps the next character from it."""
_BLANK = re.compile(r"\n[ \t]*\n")
_PART_CHARS = MAX_PASSAGE_CHARS // 2
_PART = re.compile(rf"(?s:.){{1,{_PART_CHARS}}}(?:\s+|\Z)|(?s:.){{1,{_PART_CHARS}}}")
"""A part of a passage that is too long: if possible, up to a space."""


def changed(text: str, change: Callable[[str], str]) -> str:
    """Return `text` with `change` applied to what is neither code nor a formula."""
    return "".join(
        piece if is_verbatim else change(piece) for is_verbatim, piece in pieces(text)
    )


def pieces(text: str) -> Iterator[tuple[bool, str]]:
    """Yield the pieces of `text`, and whether each is code or a formula."""
    prose: list[str] = []
    for is_code, line in lines(text):
        if not is_code:
            prose.append(line)
            continue
        yield from _spans("".join(prose))
        prose = []
        yield True, line
    yield from _spans("".join(prose))


def lines(text: str) -> Iterator[tuple[bool, str]]:
    """Yield the lines of `text` with their ends, and whether each is in a fence."""
    fence = ""
    for line in io.StringIO(text):
        found = _FENCE.match(line)
        if fence:
            yield True, line
            closes = found and found[1].startswith(fence) and not found[2].strip()
            fence = "" if closes else fence
        else:
            opens = found and not ("`" in found[1] and "`" in found[2])
            fence = found[1] if found and opens else ""
            yield bool(fence), line


def _spans(prose: str) -> Iterator[tuple[bool, str]]:
    """Yield the pieces of text outside fences."""
    start = position = 0
    while found := _SIGN.search(prose, position):
        position = found.start()
        end = _verbatim_end(prose, position)
        if end == -1:
            position += 2 if found[0] == "\\" else 1
            continue
        if position > start:
            yield False, prose[start:position]
        yield True, prose[position:end]
        start = position = end
    if start < len(prose):
        yield False, prose[start:]


def _verbatim_end(prose: str, position: int) -> int:
    if prose[position] == "$":
        return formula_end(prose, position, len(prose))
    if prose[position] != "`" or prose[position - 1 : position] == "`":
        return -1
    found = _SPAN.match(prose, position)
    return found.end() if found and not _BLANK.search(found[0]) else -1


def short_passages(markdown: str) -> str:
    """Return `markdown` with passages that are too long parted at spaces."""
    if len(markdown) <= MAX_PASSAGE_CHARS:
        return markdown
    blocks = markdown.split("\n\n")
    return "\n\n".join(
        block
        if len(block) <= MAX_PASSAGE_CHARS or block.startswith(("```", "~~~", "|"))
        else "\n\n".join(
            part.strip().removesuffix("\\") for part in _PART.findall(block)
        )
        for block in blocks
    )
