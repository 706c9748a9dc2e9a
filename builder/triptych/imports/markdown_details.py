"""Questions of Markdown files that fold their answers away with `<details>`.

A summary may ask itself, or only say that the answer to what stands above is below it:
a heading, or a paragraph. A file may have both, and blocks that hold further questions.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from triptych.imports.details import Block, Role, without_inline_tags
from triptych.imports.details_page import MARKER, Page, page_of
from triptych.imports.markdown_headings import asked, question_headings
from triptych.imports.markdown_lines import headings_above
from triptych.imports.markdown_question import (
    ASKS,
    LABEL,
    NUMBER,
    Raw,
    prompt_of_title,
    with_answer,
    without_wrapping,
)

_INDENT = re.compile(r"[ \t]*")
_HIDING = frozenset({Role.ANSWER, Role.HINT})
_MARKED = re.compile(rf"(?:\*\*|__)|{LABEL.pattern}|{NUMBER.pattern}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Start:
    """Where a question begins."""

    line: int
    block: Block | None = None
    """The block whose summary asks."""
    paragraph: range = range(0)
    """The lines of the paragraph that asks; of a heading none."""
    end: int = 0
    """The line after its last block; 0 of a heading, whose section ends it."""

    @property
    def is_heading(self) -> bool:
        """Whether a heading asks."""
        return self.block is None and not self.paragraph


def by_details(text: str) -> Iterator[Raw]:
    """Yield what summaries of `<details>` ask, and what they hide the answers to.

    Of a file with such questions, headings that ask are questions, too.
    """
    page = page_of(text)
    if not any(b.role in {Role.QUESTION, Role.ANSWER} for b in page.blocks):
        return
    starts = _without_topics(page, sorted(_Search(page).starts(), key=_line))
    titles = _titles(page, {start.line for start in starts if start.is_heading})
    for start, end in zip(starts, _ends(page, starts), strict=True):
        yield _raw(page, start, end, titles[start.line])


def _line(start: _Start) -> int:
    return start.line


class _Search:
    """A walk through a file, with the heading that is open."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._blocks = {page.lines_of(block).start: block for block in page.blocks}
        self._asks = question_headings(page.parsed)
        self._starts: list[_Start] = []
        self._open = 0
        """The level of the heading whose answer is read; 0 if there is none."""
        self._heading = -1
        """The last heading, if no question was found since."""
        self._free = 0
        """The first line that belongs to no question."""

    def starts(self) -> list[_Start]:
        """Return where questions begin."""
        for n, line in enumerate(self._page.parsed):
            if line.level:
                self._at_heading(n, line.level)
            elif n in self._blocks:
                self._at_block(n, self._blocks[n])
        return self._starts

    def _at_heading(self, n: int, level: int) -> None:
        if self._asks(n):
            self._starts.append(_Start(n))
            self._open = level
        elif level <= self._open:
            self._open = 0
        self._heading, self._free = n, n + 1

    def _at_block(self, n: int, block: Block) -> None:
        end = self._page.lines_of(block).stop
        # Words that stand on the line of a block, before or after it, belong to it.
        end += self._page.was_cut(end) and end not in self._blocks
        is_marked = block.asks or _MARKED.match(without_inline_tags(block.summary))
        if block.role is Role.QUESTION and (is_marked or not self._open):
            has_words = self._free < n and self._page.was_cut(n)
            self._add(_Start(n - has_words, block, end=end))
        elif self._open or block.role not in _HIDING:
            return  # a part of the answer that is open, or of no question
        elif self._goes_on(n):
            self._starts[-1] = replace(self._starts[-1], end=end)
            self._free = end
        else:
            self._add_asked_above(n, end)

    def _goes_on(self, n: int) -> bool:
        """Return whether the block on line `n` follows another of the same question."""
        is_after = bool(self._starts) and 0 < self._starts[-1].end == self._free
        return is_after and not self._page.has_words(self._free, n)

    def _add_asked_above(self, n: int, end: int) -> None:
        chunks = list(_chunks(self._page, self._free, n))
        asking = [chunk for chunk in chunks if _is_asked(self._page, chunk)]
        if self._heading >= 0 and not (
            asking or (chunks and self._answers_below(n) > 1)
        ):
            self._open = self._page.parsed[self._heading].level
            self._starts.append(_Start(self._heading))
        elif chunks:
            chunk = asking[-1] if asking else chunks[0]
            self._add(_Start(chunk.start, paragraph=chunk, end=end))

    def _add(self, start: _Start) -> None:
        self._starts.append(start)
        self._open, self._heading, self._free = 0, -1, start.end

    def _answers_below(self, n: int) -> int:
        """Return to how many questions the blocks answer, up to the next heading."""
        page, count, free = self._page, 0, -1
        for block in page.blocks:
            lines = page.lines_of(block)
            if lines.start < n or block.role not in _HIDING:
                continue
            if any(line.level for line in page.parsed[n : lines.start]):
                break
            count += free < 0 or page.has_words(free, lines.start)
            free = lines.stop
        return count


def _chunks(page: Page, first: int, last: int) -> Iterator[range]:
    """Yield paragraphs and items of lists in the lines from `first` up to `last`."""
    start = -1
    for n in range(first, last):
        line = page.parsed[n]
        is_text = (
            bool(line.text.strip()) and not line.is_code and page.has_words(n, n + 1)
        )
        if start >= 0 and (not is_text or MARKER.match(line.text)):
            yield range(start, n)
            start = -1
        if is_text and start < 0:
            start = n
    if start >= 0:
        yield range(start, last)


def _is_asked(page: Page, chunk: range) -> bool:
    text = _bare(page, chunk)
    return bool(ASKS.search(text) or LABEL.match(text.lstrip("*_")))


def _bare(page: Page, chunk: range) -> str:
    """Return a paragraph as a line, without the marker of a list."""
    text = page.between(chunk.start, chunk.stop)
    return " ".join(MARKER.sub("", text, count=1).split())


def _without_topics(page: Page, starts: list[_Start]) -> list[_Start]:
    """Return `starts` without headings that only stand above questions of blocks."""
    ends = _ends(page, starts)
    kept = []
    for n, (start, end) in enumerate(zip(starts, ends, strict=True)):
        is_above = n + 1 < len(starts) and starts[n + 1].line == end
        is_topic = start.is_heading and not page.has_words(start.line + 1, end)
        if not (is_topic and is_above and not starts[n + 1].is_heading):
            kept.append(start)
    return kept


def _ends(page: Page, starts: list[_Start]) -> list[int]:
    """Return the line after each question."""
    ends = []
    for n, start in enumerate(starts):
        following = starts[n + 1].line if n + 1 < len(starts) else len(page.parsed)
        ends.append(start.end or _section_end(page, start.line, following))
    return ends


def _section_end(page: Page, heading: int, following: int) -> int:
    level = page.parsed[heading].level
    for n in range(heading + 1, following):
        if 0 < page.parsed[n].level <= level:
            return n
    return following


def _titles(page: Page, asking: set[int]) -> list[tuple[str, ...]]:
    """Return the titles above each line: headings that do not ask, and groups."""
    lines = [
        replace(line, level=0) if n in asking else line
        for n, line in enumerate(page.parsed)
    ]
    titles = headings_above(lines)
    for group in page.groups:
        title = without_inline_tags(group.summary)
        for n in page.lines_of(group):
            titles[n] = (*titles[n], *([title] if title else []))
    return titles


def _raw(page: Page, start: _Start, end: int, titles: tuple[str, ...]) -> Raw:
    lines = page.in_file(start.line, end)
    if start.is_heading:
        body = page.between(start.line + 1, end)
        prompt, body = asked(page.parsed[start.line].title, body)
        return with_answer(prompt, body, lines, titles)
    if start.block is not None:
        rest = page.between(page.lines_of(start.block).stop, end)
        inside = start.block.folded_text(page.text).rstrip()
        body = _dedented(without_wrapping(inside), _indent(page, start.line))
        before = page.between(start.line, page.lines_of(start.block).start)
        prompt = f"{MARKER.sub('', before)} {without_inline_tags(start.block.summary)}"
        prompt = prompt_of_title(prompt)
        return with_answer(prompt, f"{body}\n\n{rest}" if rest else body, lines, titles)
    body = page.between(start.paragraph.stop, end)
    body = _dedented(body, _indent(page, start.line))
    return with_answer(
        prompt_of_title(_bare(page, start.paragraph)), body, lines, titles
    )


def _indent(page: Page, n: int) -> int:
    """Return how far the text of an item of a list is indented."""
    text = page.parsed[n].text
    marker = MARKER.match(text) or _INDENT.match(text)
    return marker.end() if marker else 0


def _dedented(text: str, width: int) -> str:
    """Return `text` without the spaces that put it into an item of a list."""
    return (
        re.sub(rf"^[ \t]{{1,{width}}}", "", text, flags=re.MULTILINE) if width else text
    )
