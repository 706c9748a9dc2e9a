"""Lines of tags as programs for notes write them, such as `#flashcards/biology`."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from triptych.imports.pieces import lines

_TAG = r"#[\w/-]*[^\W\d_][\w/-]*"
_LINE = re.compile(rf"[ \t]*{_TAG}(?:[ \t,]+{_TAG})*[ \t]*")
DECK = "flashcards"
"""The tag of cards in a program for Obsidian; what follows it is a subject."""


@dataclass(frozen=True, slots=True)
class TagLines:
    """A text without its lines of tags, and what these say."""

    text: str
    """As many lines as before: those of tags are empty."""
    tags: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    """The tags of each line that has some, by its number from 0."""
    without_tags: tuple[int, ...] = ()
    """The numbers, from 0, of lines that say only that there are cards."""

    def of(self, span: range, others: list[range]) -> tuple[str, ...]:
        """Return the tags of the question at `span`, in or right below it.

        A line that belongs to none of `others` either is about all of the file.
        """
        return tuple(
            tag
            for n, tags in self.tags.items()
            if _is_at(n, span) or not any(_is_at(n, other) for other in others)
            for tag in tags
        )


def tag_lines(text: str) -> TagLines:
    """Return `text` with its lines of tags apart; code keeps its lines."""
    kept: list[str] = []
    found: dict[int, tuple[str, ...]] = {}
    without: list[int] = []
    for n, (is_code, line) in enumerate(lines(text)):
        bare = line.rstrip("\r\n")
        if is_code or not _LINE.fullmatch(bare):
            kept.append(line)
            continue
        kept.append(line[len(bare) :])
        named = (name.strip("/") for name in re.findall(r"#([\w/-]+)", bare))
        tags = tuple(
            name.removeprefix(f"{DECK}/") for name in named if name and name != DECK
        )
        if tags:
            found[n] = tags
        else:
            without.append(n)
    return TagLines("".join(kept), found, tuple(without))


def _is_at(line: int, span: range) -> bool:
    return line in span or line == span.stop
