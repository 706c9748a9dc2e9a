"""Find patterns in what a reader sees as it is typed, and where they stand."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from markdown_it.token import Token

from triptych.parse.typed import IMAGE, LINK_END, OTHER, TYPED
from triptych.values.diagnostics import Edit, Span
from triptych.values.document import Document

_CODE_SPAN = re.compile(r"(?<!`)(`+)[^`]+\1(?!`)")
_ENDS = re.compile(f"[\n{IMAGE}{LINK_END}{OTHER}]")
_FORMULAS = frozenset({"math_inline", "math_inline_double"})
_MAX_EQUAL_PARTS = 100
"""Of more equal parts of a passage only the place of the passage is given."""
_MAX_FOLDED_LINES = 30
"""How far below its key a value of the front matter is searched for."""


class Match(NamedTuple):
    """A match of a pattern in the typed text of a passage."""

    passage: Token
    found: re.Match[str]
    document: Document

    @property
    def span(self) -> Span:
        """Return the place of the match in the file; of its passage if unknown."""
        return self.place(*self.found.span())[0]

    def place(self, start: int, end: int) -> tuple[Span, str]:
        """Return the place of a part of the typed text, and what is written there.

        The text is empty where only the place of the passage is known.
        """
        typed: str = self.passage.meta[TYPED]
        fragment = _ENDS.split(typed[start:end].lstrip(IMAGE + LINK_END + OTHER), 1)[0]
        # Emphasis within it is not in the typed text, so its first signs must do.
        for part, text in ((fragment, fragment), (fragment[:2], "")):
            span = self._part(part, typed.count(part, 0, start)) if part else None
            if span:
                return span, text
        return self.document.span(self.passage), ""

    def _part(self, part: str, before: int) -> Span | None:
        """Return the place of `part` in the file, after `before` equal ones."""
        if before > _MAX_EQUAL_PARTS:
            return None
        raw, at = _without_what_was_read(self.passage), -1
        for _ in range(before + 1):
            at = raw.find(part, at + 1)
        return self._in_file(part, at) if at != -1 else None

    def _in_file(self, fragment: str, at: int) -> Span | None:
        """Return where `fragment` stands, which begins at `at` in the passage."""
        content, written = self.passage.content, self.document.source.line
        first, row = self.document.span(self.passage), content.count("\n", 0, at)
        line = content.split("\n")[row]
        offset = at - content.rfind("\n", 0, at) - 1 - (len(line) - len(line.lstrip()))
        number = first.line + row
        begin = first.column - 1 if row == 0 else 0
        column = written(number).find(line.strip(), begin)
        if column != -1:
            return Span(first.path, number, column + offset + 1, len(fragment))
        # A value of the front matter may run over several lines.
        for number in range(first.line, first.line + _MAX_FOLDED_LINES):
            column = written(number).find(fragment)
            if column != -1:
                return Span(first.path, number, column + 1, len(fragment))
        return None

    def edit(self, text: str) -> tuple[Edit, ...]:
        """Return the edit that writes `text` for the match, if its place is sure."""
        span, fragment = self.place(*self.found.span())
        if fragment != self.found[0]:
            return ()
        return (Edit(span.line, span.column, span.length, text),)


def _without_what_was_read(passage: Token) -> str:
    """Return the source of a passage with its code and formulas masked.

    They may hold the same text, but not as it is typed.
    """
    raw = _CODE_SPAN.sub(lambda code: OTHER * len(code[0]), passage.content)
    begin, pieces = 0, []
    for child in passage.children or ():
        if child.type in _FORMULAS:
            written = f"{child.markup}{child.content}{child.markup}"
            at = raw.find(written, begin)
            if at != -1:
                pieces += [raw[begin:at], OTHER * len(written)]
                begin = at + len(written)
    return "".join((*pieces, raw[begin:]))


def matches(document: Document, pattern: re.Pattern[str]) -> Iterator[Match]:
    """Yield the matches of `pattern` in the typed texts of `document`."""
    for passage in document.find(TYPED):
        for found in pattern.finditer(passage.meta[TYPED]):
            yield Match(passage, found, document)
