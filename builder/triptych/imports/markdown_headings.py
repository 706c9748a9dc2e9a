"""Questions that headings ask: `## Q. What …`, `### Q1: …`, `## What is …?`."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterator

from triptych.imports.details import every_block
from triptych.imports.markdown_lines import (
    BOLD,
    Line,
    first_paragraph,
    heading_title,
    line_starts,
    parsed_lines,
)
from triptych.imports.markdown_question import (
    ASKS,
    LABEL,
    NUMBER,
    Raw,
    prompt_of_title,
    with_answer,
)

MIN_SECTIONS = 3
"""Fewer headings without a mark are taken for questions only if somebody says so."""


def by_headings(text: str) -> Iterator[Raw]:
    """Yield what headings ask; if none is marked, what stands under each."""
    parsed = parsed_lines(text)
    is_question = question_headings(parsed)
    if any(line.level and is_question(n) for n, line in enumerate(parsed)):
        yield from _sections(parsed, is_question)
    else:
        yield from by_sections(text)


def by_marked_headings(text: str) -> Iterator[Raw]:
    """Yield what headings with a label, a number or a question mark ask."""
    parsed = parsed_lines(text)
    yield from _sections(parsed, question_headings(parsed))


def by_sections(text: str) -> Iterator[Raw]:
    """Yield the headings of the level that most text stands under, marked or not."""
    parsed = parsed_lines(text)
    level = _level_of_sections(parsed)
    raws = _sections(parsed, lambda n: parsed[n].level == level)
    yield from (raw for raw in raws if raw.answer)


def _level_of_sections(parsed: list[Line]) -> int:
    """Return the level of the most headings with text; of equal ones the deepest."""
    levels: Counter[int] = Counter()
    current = 0
    for line in parsed:
        if line.level:
            current = line.level
        elif line.text.strip() and current:
            levels[current] += 1
            current = 0
    return max(levels, key=lambda level: (levels[level], level), default=0)


def _sections(parsed: list[Line], is_question: Callable[[int], bool]) -> Iterator[Raw]:
    depths = depths_of_details(parsed)
    stack: list[tuple[int, str]] = []
    end = 0
    for place, line in enumerate(parsed):
        if not line.level or place < end:
            continue
        while stack and stack[-1][0] >= line.level:
            stack.pop()
        if is_question(place):
            end = _section_end(parsed, place, is_question, depths)
            body = "".join(item.text for item in parsed[place + 1 : end])
            titles = tuple(title for _, title in stack)
            prompt, body = asked(line.title, body)
            yield with_answer(prompt, body, range(place, end), titles)
        else:
            stack.append((line.level, line.title))


def asked(title: str, body: str) -> tuple[str, str]:
    """Return the prompt and the answer below a heading.

    Below `### Question 1: Title` the question itself may stand in bold, and below a
    label alone in any paragraph.
    """
    prompt = prompt_of_title(title)
    if not prompt:
        prompt, rest = first_paragraph(body)
        return heading_title(prompt), rest
    first, _, rest = body.strip("\n").partition("\n\n")
    bold = BOLD.fullmatch(" ".join(first.split()))
    is_asked = bold and bold[1] not in bold[2] and ASKS.search(bold[2])
    if not bold or not is_asked or ASKS.search(prompt) or not LABEL.match(title):
        return prompt, body
    return f"{prompt}: {bold[2].strip()}", rest


def question_headings(parsed: list[Line]) -> Callable[[int], bool]:
    """Return a function that decides whether the heading on a line asks something.

    Where some are labelled, as `Q1:`, only these and those on their level ask.
    """
    headings = {n: line for n, line in enumerate(parsed) if line.level}
    labelled = {n for n, line in headings.items() if LABEL.match(line.title)}
    asking = {n for n, line in headings.items() if ASKS.search(line.title)}
    levels = {headings[n].level for n in labelled or asking}
    chosen = labelled | {n for n in asking if headings[n].level in levels}
    if chosen and not labelled:
        # Of numbered headings on the level of questions, all ask: `4. Explain …`.
        levels = {headings[n].level for n in chosen if NUMBER.match(headings[n].title)}
        chosen = chosen | {
            n
            for n, line in headings.items()
            if line.level in levels and NUMBER.match(line.title)
        }
    return chosen.__contains__


def _section_end(
    parsed: list[Line],
    start: int,
    is_question: Callable[[int], bool],
    depths: list[int],
) -> int:
    level, depth = parsed[start].level, depths[start]
    for n in range(start + 1, len(parsed)):
        # A heading within `<details>` belongs to the answer that it folds.
        is_heading = parsed[n].level and depths[n] <= depth
        ends = is_heading and (is_question(n) or parsed[n].level <= level)
        if ends or depths[n] < depth:
            return n
    return len(parsed)


def depths_of_details(parsed: list[Line]) -> list[int]:
    """Return in how many `<details>` each line is, not those with their tags."""
    depths = [0] * len(parsed)
    starts = line_starts(parsed)
    for block in every_block("".join(line.text for line in parsed)):
        first = bisect_right(starts, block.start) - 1
        last = bisect_right(starts, block.end - 1) - 1
        for n in range(first + 1, last if block.is_closed else last + 1):
            depths[n] += 1
    return depths
