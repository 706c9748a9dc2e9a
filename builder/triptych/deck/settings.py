"""``deck.toml`` becomes a ``Deck``."""

import re
from collections.abc import Collection, Iterator
from typing import Any

from triptych.dialect.settings import sections_in, settings_of
from triptych.parse.settings import table
from triptych.values.deck import Deck, Topic
from triptych.values.source import Source

_SEPARATORS = re.compile(r"[-_]+")
_UNNAMED = "deck"


def deck(source: Source, folders: Collection[str]) -> Deck:
    """Return the deck, with a default for whatever is missing or wrong.

    `folders` are the topics' folders on disk: where `deck.toml` lists no topics, they
    are all topics, in the order of their names.
    """
    data = table(source) or {}
    values = _values("", data)
    values["id"] = values["id"] or _UNNAMED
    values["title"] = values["title"] or _title(values["id"])
    for name, section in sections_in("").items():
        if name == "topics":
            values[name] = tuple(_topics(data.get(name), folders))
        else:
            values[name] = section.values(**_values(name, data.get(name)))
    return Deck(**values)


def _values(section: str, data: object) -> dict[str, Any]:
    said = data if isinstance(data, dict) else {}
    return {key: s.read(said.get(key)) for key, s in settings_of(section).items()}


def _topics(listed: object, folders: Collection[str]) -> Iterator[Topic]:
    if not isinstance(listed, list):
        yield from (Topic(name, _title(name)) for name in sorted(folders))
        return
    for entry in listed:
        values = _values("topics", entry)
        # A wrong id that is a folder's name counts, so that one mistake is reported
        # once, and not again for each question in that folder.
        written = entry.get("id") if isinstance(entry, dict) else None
        if isinstance(written, str) and written in folders:
            values["id"] = written
        if values["id"]:
            yield Topic(**values | {"title": values["title"] or _title(values["id"])})


def _title(name: str) -> str:
    words = _SEPARATORS.sub(" ", name).strip()
    return words[:1].upper() + words[1:]
