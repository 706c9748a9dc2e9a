"""The front matter of Markdown files of others: topics, tags, and what is not read."""

import re
from collections.abc import Iterator
from dataclasses import replace

from triptych.parse.front_matter import cut
from triptych.values.document import Fence, FrontMatter
from triptych.values.meta import Difficulty
from triptych.values.source import Source

TITLES = ("question", "title", "name", "front", "prompt")
"""The keys that may hold the title of a page, the first of them first."""
_TOPICS = ("topic", "category", "categories")
_OF_NOTES = frozenset({"tags", "difficulty", "level", *_TOPICS})
_OF_PAGES = frozenset({"guid", "answer"})
_ENTRY = re.compile(r"(?P<key>[A-Za-z_][\w-]*):[ \t]+(?P<value>[^\s'\"\[{>|&!#].*)")


def parted(source: Source) -> tuple[FrontMatter, str, int]:
    """Return the front matter, the body, and how many lines precede the body.

    Values that hold a colon without quotes are read as they are meant. What is no front
    matter, such as text between two rules, is a part of the body.
    """
    front_matter, body, before = cut(source)
    if front_matter.finding is not None:
        front_matter, body, before = cut(replace(source, text=_quoted(source.text)))
    is_none = front_matter.fence is Fence.UNCLOSED or front_matter.finding is not None
    if is_none or not front_matter.entries:
        return FrontMatter(Fence.ABSENT), source.text, 0
    return front_matter, body, before


def _quoted(text: str) -> str:
    """Return a file with the values of its front matter in quotes."""
    head, rule, body = text.partition("\n---")
    lines = []
    for line in head.split("\n"):
        found = _ENTRY.fullmatch(line.rstrip())
        value = found["value"].replace("'", "''") if found else ""
        lines.append(f"{found['key']}: '{value}'" if found else line)
    return "\n".join(lines) + rule + body


def title(front_matter: FrontMatter) -> str:
    """Return the title of a page; empty if it has none."""
    return next(filter(None, map(front_matter.text, TITLES)), "")


def topic(front_matter: FrontMatter) -> str:
    """Return the topic that a file says it is of; empty if it says none."""
    named = (front_matter.text(key) or _first(front_matter, key) for key in _TOPICS)
    return next(filter(None, named), "")


def _first(front_matter: FrontMatter, key: str) -> str:
    return next(iter(front_matter.texts(key)), "")


def tags(front_matter: FrontMatter) -> tuple[str, ...]:
    """Return the tags of a file, with the categories that are not its topic."""
    said = front_matter.text("tags")
    written = said.split(",") if "," in said else said.split()
    texts = front_matter.texts("tags") or [tag.strip(" #") for tag in written]
    others = [
        text
        for key in _TOPICS
        for text in (front_matter.text(key), *front_matter.texts(key))
        if text != topic(front_matter)
    ]
    return tuple(tag for tag in dict.fromkeys((*texts, *others)) if tag)


def difficulty(front_matter: FrontMatter) -> str:
    """Return the difficulty that a file says, if it is one of a deck's."""
    said = front_matter.text("difficulty") or front_matter.text("level")
    return said.lower() if said.lower() in list(Difficulty) else ""


def unread(front_matter: FrontMatter, *, is_page: bool) -> Iterator[tuple[str, int]]:
    """Yield the keys of which no note has the value, each with its line."""
    read = _OF_NOTES | (_OF_PAGES if is_page else frozenset())
    said = title(front_matter)
    for name, value in front_matter.entries:
        is_title = name.text in TITLES and front_matter.text(name.text) == said
        is_level = name.text in {"difficulty", "level"} and not difficulty(front_matter)
        if is_level or not (name.text in read or is_title):
            yield name.text, value.span.line
