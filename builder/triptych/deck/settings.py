"""``deck.toml`` becomes a ``Deck``."""

import re
import tomllib
from collections.abc import Iterable, Mapping

from triptych.values.deck import Deck, Topic
from triptych.values.source import Source

_SENTENCE = re.compile(r"[-_]+")


def table(source: Source) -> Mapping[str, object]:
    """Return what `deck.toml` says as plain data; nothing when it is not TOML."""
    try:
        return tomllib.loads(source.text)
    except tomllib.TOMLDecodeError:
        return {}


def deck(source: Source, folders: Iterable[str]) -> Deck:
    """Return the deck, with a default for whatever is missing or of a wrong type.

    `folders` are the topics' folders on disk: where `deck.toml` lists no topics, they
    are all topics, in the order of their names.
    """
    data = table(source)
    identity = _text(data, "id") or "deck"
    return Deck(
        id=identity,
        title=_text(data, "title") or _title(identity),
        description=_text(data, "description"),
        language=_text(data, "language") or "en",
        license=_text(data, "license"),
        topics=tuple(_topics(data, folders)),
        site=_section(data, "site"),
        sheet=_section(data, "sheet"),
        check=_section(data, "check"),
        test=_section(data, "test"),
    )


def _topics(data: Mapping[str, object], folders: Iterable[str]) -> Iterable[Topic]:
    listed = data.get("topics")
    if not isinstance(listed, list):
        return [Topic(name, _title(name)) for name in sorted(folders)]
    entries = [entry for entry in listed if isinstance(entry, dict)]
    return [
        Topic(
            _text(entry, "id"),
            _text(entry, "title") or _title(_text(entry, "id")),
            _text(entry, "description"),
        )
        for entry in entries
        if _text(entry, "id")
    ]


def _section(data: Mapping[str, object], key: str) -> Mapping[str, object]:
    value = data.get(key)
    return value if isinstance(value, dict) else {}


def _text(data: Mapping[str, object], key: str) -> str:
    value = data.get(key)
    return value if isinstance(value, str) else ""


def _title(name: str) -> str:
    words = _SENTENCE.sub(" ", name).strip()
    return words[:1].upper() + words[1:]
