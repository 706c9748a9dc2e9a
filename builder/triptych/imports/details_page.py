"""A Markdown file with `<details>`: its lines, its blocks, and groups of questions."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from triptych.imports.details import Block, Role, blocks_within, every_block
from triptych.imports.markdown_headings import question_headings
from triptych.imports.markdown_lines import Line, line_starts, parsed_lines

MARKER = re.compile(r"^[ \t]*(?:[-*+]|\d{1,4}[.)])[ \t]+")
"""The start of an item of a list."""
_WORD = re.compile(r"\w")
_TAG = re.compile(r"<[^<>\n]*>")
_MIN_QUESTIONS = 2
"""So many questions within a block make it a group of questions."""


@dataclass(frozen=True, slots=True)
class Page:
    """A file in which each block stands on lines of its own."""

    text: str
    parsed: list[Line]
    """Its lines; those within blocks are no headings."""
    starts: list[int]
    origins: list[int]
    """The line of the file that each line was before blocks got lines of their own."""
    blocks: list[Block]
    groups: list[Block]
    """Blocks that fold questions away, and ask nothing themselves."""

    def lines_of(self, block: Block) -> range:
        """Return the lines that a block stands on."""
        last = self._line_of(max(block.start, block.end - 1))
        return range(self._line_of(block.start), last + 1)

    def between(self, first: int, last: int) -> str:
        """Return the text of the lines from `first` up to `last`."""
        return "".join(line.text for line in self.parsed[first:last])

    def has_words(self, first: int, last: int) -> bool:
        """Return whether a reader sees words on the lines from `first` to `last`."""
        return has_words(self.between(first, last))

    def in_file(self, first: int, last: int) -> range:
        """Return the lines of the file that the lines from `first` to `last` were."""
        return range(self.origins[first], self.origins[last - 1] + 1)

    def was_cut(self, n: int) -> bool:
        """Return whether the line `n` and the one before were one in the file."""
        return 0 < n < len(self.origins) and self.origins[n] == self.origins[n - 1]

    def _line_of(self, offset: int) -> int:
        return bisect_right(self.starts, offset) - 1


def has_words(text: str) -> bool:
    """Return whether a reader sees words in a text."""
    return _WORD.search(_TAG.sub("", text)) is not None


def page_of(text: str) -> Page:
    """Return the file with the text `text`."""
    text, origins = _with_lines(text)
    parsed = [
        # What follows on the line of a block is no heading, whatever it looks like.
        Line(line.text, line.is_code) if n and origins[n - 1] == origins[n] else line
        for n, line in enumerate(parsed_lines(text))
    ]
    starts = line_starts(parsed)
    every = every_block(text)
    asks = question_headings(parsed)
    asking = [starts[n] for n, line in enumerate(parsed) if line.level and asks(n)]
    blocks: list[Block] = []
    groups: list[Block] = []
    for block in every:
        if blocks and block.start < blocks[-1].end:
            continue
        is_group = _is_group(text, block, blocks_within(every, block), asking)
        (groups if is_group else blocks).append(block)
    page = Page(text, parsed, starts, origins, blocks, groups)
    for n in (n for block in blocks for n in page.lines_of(block)):
        parsed[n] = Line(parsed[n].text, parsed[n].is_code)
    return page


def _with_lines(text: str) -> tuple[str, list[int]]:
    """Return `text` with words beside blocks on other lines, and each line's origin."""
    cuts = sorted(set(_cuts(text)))
    parts = [text[a:b] for a, b in zip((0, *cuts), (*cuts, len(text)), strict=True)]
    origins: list[int] = []
    line = 0
    for part in parts:
        ends = part.count("\n")
        origins += range(line, line + ends)
        if not part.endswith("\n"):
            origins.append(line + ends)
        line += ends
    return "\n".join(
        part.removesuffix("\n") if n < len(parts) - 1 else part
        for n, part in enumerate(parts)
    ), origins


def _cuts(text: str) -> Iterator[int]:
    for block in every_block(text):
        if has_words(MARKER.sub("", _before(text, block.start), count=1)):
            yield block.start
        if has_words(text[block.end :].partition("\n")[0]):
            yield block.end


def _before(text: str, offset: int) -> str:
    return text[text.rfind("\n", 0, offset) + 1 : offset]


def _is_group(text: str, block: Block, inner: list[Block], asking: list[int]) -> bool:
    questions = [b for b in inner if b.role is Role.QUESTION]
    if not has_words(_own_text(text, block, inner)) and questions:
        return not block.asks or any(b.asks for b in questions)
    headings = sum(block.start < offset < block.end for offset in asking)
    return (
        not block.asks and sum(b.asks for b in questions) + headings >= _MIN_QUESTIONS
    )


def _own_text(text: str, block: Block, inner: list[Block]) -> str:
    parts, offset = [], block.first
    for other in inner:
        if other.start >= offset:
            parts.append(text[offset : other.start])
            offset = other.end
    return "".join((*parts, text[offset : block.last]))
