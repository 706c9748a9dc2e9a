"""The text of a Markdown file that became a part of no note."""

import re
from collections.abc import Collection, Iterable, Iterator

from triptych.imports.details import every_block, without_inline_tags
from triptych.imports.markdown_lines import Line, parsed_lines
from triptych.imports.markdown_question import TO_TOP, Raw

_WORD = re.compile(r"\w")
_TAG = re.compile(r"</?(?!img\b)[A-Za-z][^<>\n]*>", re.IGNORECASE)
_SUMMARY_LINE = re.compile(
    r"\s*(?:<details\b[^>]*>)?\s*<summary\b[^>]*>(.*)</summary>\s*", re.IGNORECASE
)


def unused(
    text: str, raws: Iterable[Raw], titles: Collection[str], used: Collection[str]
) -> Iterator[tuple[int, str]]:
    """Yield the passages of `text` that are in none of `raws`, each with its line.

    A heading begins a passage. `titles` are those of topics and tags: headings that
    say the same are no passages. `used` are blocks that notes have from elsewhere.
    """
    parsed = parsed_lines(text)
    taken = {n for raw in raws for n in raw.lines}
    taken |= set(_lines_of(text, used))
    start, found = 0, list[str]()
    for n, line in enumerate((*parsed, Line("", is_code=False))):
        is_title = _is_title(line, titles)
        is_free = n < len(parsed) and n not in taken and not is_title
        if found and (not is_free or line.level):
            yield from _passage(start, found)
            found = []
        if is_free and not TO_TOP.fullmatch(line.text.rstrip("\n")):
            start = start if found else n
            found.append(line.text)
    yield from _passage(start, found)


def _passage(start: int, texts: list[str]) -> Iterator[tuple[int, str]]:
    said = [n for n, text in enumerate(texts) if _WORD.search(_TAG.sub("", text))]
    if said:
        yield start + said[0], "".join(texts[said[0] : said[-1] + 1]).strip("\n")


def _is_title(line: Line, titles: Collection[str]) -> bool:
    summary = None if line.is_code else _SUMMARY_LINE.fullmatch(line.text)
    title = without_inline_tags(summary[1]) if summary else line.title
    return bool(title) and title in titles


def _lines_of(text: str, blocks: Collection[str]) -> Iterator[int]:
    for block in blocks:
        offset = text.find(block)
        if offset >= 0:
            first = text.count("\n", 0, offset)
            yield from range(first, first + block.count("\n") + 1)


def lines_to_top(text: str) -> Iterator[int]:
    """Yield the lines, from 1, that lead to the top of the page."""
    for n, line in enumerate(parsed_lines(text), 1):
        if not line.is_code and TO_TOP.fullmatch(line.text.rstrip("\n")):
            yield n


def unclosed(text: str) -> Iterator[int]:
    """Yield the lines, from 1, where a block begins that has no end."""
    for block in every_block(text):
        if not block.is_closed:
            yield text.count("\n", 0, block.start) + 1
