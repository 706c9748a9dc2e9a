"""The notes, note types and decks in the database of a package, old schema or new."""

import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from typing import Any

from triptych.imports.protobuf import message, number, text
from triptych.notes.types import Field, NoteType, Template, name_at

_NO_WAL = b"\x01\x01"
"""Bytes 18 and 19 of a database without a write-ahead log, which memory has none of."""
_LEVEL = "\x1f"
"""What parts the levels of a deck's name, and the fields of a note."""


@dataclass(frozen=True, slots=True)
class AnkiType:
    """A note type, as it is in a collection."""

    type: NoteType
    """Without a key, which collections do not have."""
    mod: int


@dataclass(frozen=True, slots=True)
class AnkiNote:
    """A note, as it is in a collection."""

    guid: str
    type: int
    """The id of its note type."""
    mod: int
    tags: tuple[str, ...]
    fields: tuple[str, ...]
    deck: str
    """The full name of the deck of its first card."""
    cards: int


@dataclass(frozen=True, slots=True)
class Database:
    """What a package holds besides media."""

    types: Mapping[int, AnkiType]
    notes: tuple[AnkiNote, ...]
    descriptions: Mapping[str, str]
    """The description of each deck, by its full name."""


def read_database(data: bytes) -> Database:
    """Return the content of a collection.

    Raises:
        ValueError: It is damaged; also `sqlite3.Error` and `KeyError`.

    """
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.deserialize(data[:18] + _NO_WAL + data[20:])
        # Anki's own order of names, which its newer tables are declared with.
        connection.create_collation("unicase", _unicase)
        tables = {
            name
            for (name,) in connection.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table'"
            )
        }
        if "notetypes" in tables:
            types, decks = _new_types(connection), _new_decks(connection)
        else:
            types, decks = _old_types(connection), _old_decks(connection)
        notes = tuple(
            _notes(connection, {id_: name for id_, (name, _) in decks.items()})
        )
    return Database(types, notes, dict(decks.values()))


def _unicase(one: str, other: str) -> int:
    first, second = one.casefold(), other.casefold()
    return (first > second) - (first < second)


def _notes(
    connection: sqlite3.Connection, decks: Mapping[int, str]
) -> Iterator[AnkiNote]:
    query = (
        "SELECT guid, mid, notes.mod, notes.tags, flds,"
        # Cards that lie in a filtered deck have their own deck in `odid`.
        " min(CASE WHEN odid THEN odid ELSE did END), count(*), min(due)"
        " FROM notes JOIN cards ON cards.nid = notes.id"
        " GROUP BY notes.id ORDER BY min(CASE WHEN type = 0 THEN due ELSE 0 END),"
        " notes.id"
    )
    for guid, type_, mod, tags, fields, deck, cards, _ in connection.execute(query):
        yield AnkiNote(
            guid=str(guid),
            type=int(type_),
            mod=int(mod),
            tags=tuple(str(tags).split()),
            fields=tuple(str(fields).split(_LEVEL)),
            deck=decks.get(int(deck), "Default"),
            cards=int(cards),
        )


def _old_types(connection: sqlite3.Connection) -> Mapping[int, AnkiType]:
    (models,) = connection.execute("SELECT models FROM col").fetchone()
    return {int(id_): type_of_json(model) for id_, model in json.loads(models).items()}


def type_of_json(model: Mapping[str, Any], id_: int = 0) -> AnkiType:
    """Return a note type from its JSON; `id_` replaces its own."""
    written = sorted(model["flds"], key=lambda item: item.get("ord") or 0)
    fields = tuple(
        Field(int(item.get("id") or 0), str(item["name"])) for item in written
    )
    templates = sorted(model["tmpls"], key=lambda item: item.get("ord") or 0)
    type_ = NoteType(
        key="",
        id=id_ or int(model["id"]),
        name=str(model["name"]),
        cloze=bool(model.get("type")),
        sort_field=name_at(fields, int(model.get("sortf") or 0)),
        fields=fields,
        templates=tuple(
            Template(
                int(item.get("id") or 0),
                str(item["name"]),
                None,
                str(item["qfmt"]),
                str(item["afmt"]),
            )
            for item in templates
        ),
        css=str(model.get("css") or ""),
        right_to_left=bool(written) and all(bool(item.get("rtl")) for item in written),
    )
    return AnkiType(type_, int(model.get("mod") or 0))


def _old_decks(connection: sqlite3.Connection) -> Mapping[int, tuple[str, str]]:
    (decks,) = connection.execute("SELECT decks FROM col").fetchone()
    return {
        int(id_): (str(deck["name"]), str(deck.get("desc") or ""))
        for id_, deck in json.loads(decks).items()
    }


def _new_decks(connection: sqlite3.Connection) -> Mapping[int, tuple[str, str]]:
    found = {}
    for id_, name, kind in connection.execute("SELECT id, name, kind FROM decks"):
        normal = message(bytes(kind)).get(1, [b""])[-1]
        description = text(message(normal), 4) if isinstance(normal, bytes) else ""
        found[int(id_)] = (str(name).replace(_LEVEL, "::"), description)
    return found


def _new_types(connection: sqlite3.Connection) -> Mapping[int, AnkiType]:
    fields: dict[int, list[Field]] = {}
    right_to_left: dict[int, list[bool]] = {}
    query = "SELECT ntid, name, config FROM fields ORDER BY ntid, ord"
    for type_, name, config in connection.execute(query):
        settings = message(bytes(config))
        fields.setdefault(type_, []).append(Field(number(settings, 9), str(name)))
        right_to_left.setdefault(type_, []).append(bool(number(settings, 2)))
    templates: dict[int, list[Template]] = {}
    query = "SELECT ntid, name, config FROM templates ORDER BY ntid, ord"
    for type_, name, config in connection.execute(query):
        settings = message(bytes(config))
        sides = (text(settings, 1), text(settings, 2))
        template = Template(number(settings, 8), str(name), None, *sides)
        templates.setdefault(type_, []).append(template)
    found = {}
    query = "SELECT id, name, mtime_secs, config FROM notetypes"
    for id_, name, mod, config in connection.execute(query):
        settings = message(bytes(config))
        type_ = NoteType(
            key="",
            id=int(id_),
            name=str(name),
            cloze=bool(number(settings, 1)),
            sort_field=name_at(fields.get(id_, ()), number(settings, 2)),
            fields=tuple(fields.get(id_, ())),
            templates=tuple(templates.get(id_, ())),
            css=text(settings, 3),
            right_to_left=all(right_to_left.get(id_, [False])),
        )
        found[int(id_)] = AnkiType(type_, int(mod))
    return found
