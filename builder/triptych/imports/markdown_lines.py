"""The lines of a Markdown file of others: headings, paragraphs, and code left alone."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

from triptych.imports.pieces import lines

_HEADING = re.compile(r" {0,3}(#{1,6})[ \t]+(.*?)(?:[ \t]+#+)?[ \t]*$")
_UNDERLINE = re.compile(r" {0,3}(={3,}|-{3,})")
_TITLE = re.compile(r" {0,3}(?![-*+>|<#`~]|\d+[.)])\S")
BOLD = re.compile(r"(\*\*|__)(.+)\1")
_ANCHOR_TAG = re.compile(r"<a\b[^>]*>\s*</a>", re.IGNORECASE)
_HEADING_ID = re.compile(r"[ \t]*\{#[^}]*\}[ \t]*$")


@dataclass(frozen=True, slots=True)
class Line:
    """A line, and what it is."""

    text: str
    is_code: bool
    level: int = 0
    """The level of a heading; 0 for any other line."""
    title: str = ""


def parsed_lines(text: str) -> list[Line]:
    """Return the lines of `text`, headings with their level and title."""
    found = []
    for is_code, line in lines(text):
        heading = None if is_code else _HEADING.match(line.rstrip("\n"))
        if heading:
            title = heading_title(heading[2])
            found.append(Line(line, is_code, len(heading[1]), title))
        else:
            found.append(Line(line, is_code))
    return [_underlined(found, n) for n in range(len(found))]


def _underlined(parsed: list[Line], n: int) -> Line:
    """Return the line `n`: a heading if the next underlines it, or blank if it does."""
    line = parsed[n]
    if n + 1 < len(parsed) and (level := _underline(parsed, n + 1)):
        return Line(line.text, line.is_code, level, heading_title(line.text))
    if n and _underline(parsed, n):
        # As long as before, since the offsets of all lines stay.
        return Line(" " * len(line.text.rstrip("\n")) + "\n", line.is_code)
    return line


def _underline(parsed: list[Line], n: int) -> int:
    """Return the level of the heading that the line `n` underlines; 0 if none.

    A rule right below an answer is none, though Markdown says so: authors mean a rule.
    """
    found = None if parsed[n].is_code else _UNDERLINE.fullmatch(parsed[n].text.rstrip())
    title = parsed[n - 1] if n else None
    is_first = n == 1 or (n > 1 and not parsed[n - 2].text.strip())
    if not found or title is None or title.level or title.is_code or not is_first:
        return 0
    text = title.text.strip()
    if found[1][0] == "=":
        return 1 if _TITLE.match(title.text) else 0
    is_title = _TITLE.match(title.text) and text[-1] not in ".!:;,*_)"
    return 2 if is_title and len(found[1]) >= len(text) / 2 else 0


def line_starts(parsed: list[Line]) -> list[int]:
    """Return the offset of each line in the text that they are."""
    lengths = (len(line.text) for line in parsed[:-1])
    return list(accumulate(lengths, initial=0))


def heading_title(text: str) -> str:
    """Return the title of a heading without anchors, ids and marks around it all."""
    text = _HEADING_ID.sub("", _ANCHOR_TAG.sub("", text)).strip()
    bold = BOLD.fullmatch(text)
    return bold[2].strip() if bold and bold[1] not in bold[2] else text


def headings_above(parsed: list[Line]) -> list[tuple[str, ...]]:
    """Return the titles of the headings above each line, from the outermost."""
    above: list[tuple[str, ...]] = []
    stack: list[tuple[int, str]] = []
    for line in parsed:
        if line.level:
            while stack and stack[-1][0] >= line.level:
                stack.pop()
            stack.append((line.level, line.title))
        above.append(tuple(title for _, title in stack))
    return above


def first_paragraph(text: str) -> tuple[str, str]:
    """Return the first paragraph as one line, and what follows it."""
    head, _, rest = text.lstrip().partition("\n\n")
    found = re.search(r"^[ \t>]*(?:```|~~~)", head, re.MULTILINE)
    if found:
        head, rest = head[: found.start()], f"{head[found.start() :]}\n\n{rest}"
    head = " ".join(head.split())
    if head.endswith("**") and head.count("**") % 2:
        head = head.removesuffix("**")
    return head, rest.lstrip("\n")


def paragraph_next_to(parsed: list[Line], start: int, step: int) -> list[str]:
    """Return the lines next to the line `start`, up to a blank one."""
    found: list[str] = []
    n = start + step
    while 0 <= n < len(parsed) and parsed[n].text.strip() and not parsed[n].level:
        found.append(parsed[n].text.rstrip("\n"))
        n += step
    return found[::step]


def paragraphs(parsed: list[Line]) -> Iterator[tuple[range, str]]:
    """Yield the lines of each paragraph, and its text as one line."""
    start, texts = 0, list[str]()
    for n, line in enumerate((*parsed, Line("", is_code=False))):
        if line.text.strip() and not line.is_code and not line.level:
            start = start if texts else n
            texts.append(line.text)
        elif texts:
            yield range(start, n), " ".join("".join(texts).split())
            texts = []
