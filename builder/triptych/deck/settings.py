"""Convert ``deck.toml`` to a ``Deck``."""

import re
from collections.abc import Collection, Iterator
from typing import Any

from triptych.dialect.settings import sections_in, settings_of
from triptych.parse.settings import table
from triptych.values.deck import Deck, Topic
from triptych.values.source import Source

_SEPARATORS = re.compile(r"[-_]+")
_DEFAULT_ID = "deck"


def deck(source: Source, folders: Collection[str]) -> Deck:
    """Return the deck, with defaults for missing and wrong settings.

    `folders` are the folders of questions. If `deck.toml` lists no topics, all of them
    are topics, sorted by name.
    """
    data = table(source) or {}
    values = _values("", data)
    values["id"] = values["id"] or _DEFAULT_ID
    values["title"] = values["title"] or _title(values["id"])
    for name, section in sections_in("").items():
        if name == "topics":
            values[name] = tuple(_topics(data.get(name), folders))
        else:
            values[name] = section.values(**_values(name, data.get(name)))
    return Deck(**values)


def _values(section: str, data: object) -> dict[str, Any]:
    table_ = data if isinstance(data, dict) else {}
    return {key: s.read(table_.get(key)) for key, s in settings_of(section).items()}


def _topics(listed: object, folders: Collection[str]) -> Iterator[Topic]:
    if not isinstance(listed, list):
        yield from (Topic(name, _title(name)) for name in sorted(folders))
        return
    for entry in listed:
        values = _values("topics", entry)
        # Accept an invalid id that is a folder's name, so that the mistake is reported
        # once and not again for each question in that folder.
        id_ = entry.get("id") if isinstance(entry, dict) else None
        if isinstance(id_, str) and id_ in folders:
            values["id"] = id_
        if values["id"]:
            yield Topic(**values | {"title": values["title"] or _title(values["id"])})


def _title(name: str) -> str:
    words = _SEPARATORS.sub(" ", name).strip()
    return words[:1].upper() + words[1:]
