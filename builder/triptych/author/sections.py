"""Find, remove and insert the lines of follow-ups and pitfalls."""

from triptych.deck.edits import ending_of, lines_of
from triptych.dialect.characters import BYTE_ORDER_MARK
from triptych.dialect.headings import FOLLOW_UPS, PITFALLS, RESERVED
from triptych.values.document import Document, Section


def list_of(document: Document, section: Section) -> str:
    """Return the reserved heading above `section`."""
    return FOLLOW_UPS if section in document.layers.follow_ups else PITFALLS


def lines_in(document: Document, text: str, section: Section) -> list[str]:
    """Return the lines of `section` in the `text` of its file, with the heading."""
    start = section.span.line - 1
    return _stripped(lines_of(text)[start : _end(document, section.span.line)])


def without_section(document: Document, text: str, section: Section) -> str:
    """Return the `text` of a file without `section`, and without an empty list."""
    lines, start = lines_of(text), section.span.line - 1
    end = _end(document, section.span.line) or len(lines)
    title = list_of(document, section)
    sections = document.layers
    siblings = {FOLLOW_UPS: sections.follow_ups, PITFALLS: sections.pitfalls}[title]
    if len(siblings) == 1 and not sections.text_before_list:
        start = _heading(document, title) - 1
    before, after = lines[:start], lines[end:]
    if not after:
        before = _stripped(before)
    return "".join(before + after)


def with_lines(document: Document, text: str, title: str, new: list[str]) -> str:
    """Return the `text` of a file with the lines `new` at the end of the list `title`.

    The new lines get the line ending of the file.
    """
    lines = lines_of(text)
    ending = ending_of(lines[0].removeprefix(BYTE_ORDER_MARK)) or "\n"
    line = _heading(document, title)
    place = (_end(document, line, lists=True) if line else None) or len(lines)
    before, after = _stripped(lines[:place]), lines[place:]
    if before and not ending_of(before[-1]):
        before[-1] += ending
    added = [] if line else ["", f"## {title}"]
    added += ["", *(piece.rstrip("\r\n") for piece in new)]
    added += [""] if after else []
    return "".join([*before, *(f"{piece}{ending}" for piece in added), *after])


def _stripped(lines: list[str]) -> list[str]:
    """Return `lines` without the blank ones at the end."""
    end = len(lines)
    while end and not lines[end - 1].strip():
        end -= 1
    return lines[:end]


def _heading(document: Document, title: str) -> int:
    """Return the line of the reserved heading `title`; 0 where there is none."""
    found = (line for line, tag, text in _headings(document) if text == title)
    return next(found, 0)


def _end(document: Document, line: int, *, lists: bool = False) -> int | None:
    """Return the last line of the section that starts at `line`; None for the last.

    With `lists`, return the last line of the whole list.
    """
    ends = (
        at
        for at, tag, title in _headings(document)
        if at > line and (title in RESERVED or (tag == "h3" and not lists))
    )
    return next((at - 1 for at in ends), None)


def _headings(document: Document) -> list[tuple[int, str, str]]:
    """Return the line, tag and title of headings that can begin a list or section."""
    found = []
    for opening, text in zip(document.tokens, document.tokens[1:], strict=False):
        if opening.type == "heading_open" and not opening.level:
            title = text.content.strip() if opening.tag == "h2" else ""
            found.append((document.span(opening).line, opening.tag, title))
    return found
