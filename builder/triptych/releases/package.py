"""Read the notes, note types and decks of a package that triptych made."""

import json
import sqlite3
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from triptych.errors import TriptychError, file_error
from triptych.notes.types import Field, NoteType, Template, name_at

_DATABASE, _MEDIA = "collection.anki2", "media"
_READ_ERRORS = (
    *(OSError, zipfile.BadZipFile, zlib.error, sqlite3.Error, RecursionError),
    # Raised by Python for data of unexpected types.
    *(KeyError, ValueError, TypeError, AttributeError, IndexError, ArithmeticError),
    # Raised for archive members that are encrypted or have an unknown compression.
    *(RuntimeError, NotImplementedError),
)


@dataclass(frozen=True, slots=True)
class PackageType:
    """A note type of a package."""

    type: NoteType
    """Without a key, which packages do not have."""
    mod: int

    @property
    def shape(self) -> tuple[int, ...]:
        """Return the ids of its fields and templates, in order."""
        fields = (field.id for field in self.type.fields)
        return (*fields, *(template.id for template in self.type.templates))


@dataclass(frozen=True, slots=True)
class PackageNote:
    """A note of a package."""

    guid: str
    type: int
    """The id of its note type."""
    fields: Mapping[str, str]
    """By name."""
    tags: tuple[str, ...]
    deck: str
    """The name of its deck."""
    cards: int
    mod: int

    @property
    def id(self) -> str:
        """Return the id from the field `Id`; empty if there is none."""
        return self.fields.get("Id", "")


@dataclass(frozen=True, slots=True)
class Package:
    """The content of a package."""

    name: str
    """The name of its file."""
    types: Mapping[int, PackageType]
    """By id."""
    notes: tuple[PackageNote, ...]
    descriptions: Mapping[str, str]
    """The description of each deck, by name."""
    media: frozenset[str]
    members: frozenset[str]
    """The names of its archive members besides media."""

    @property
    def was_exported(self) -> bool:
        """Whether Anki wrote the package: one from triptych has no other members."""
        return self.members != {_DATABASE, _MEDIA}


def read_package(path: Path) -> Package:
    """Return the content of the package at `path`.

    Raises:
        TriptychError: It is not a readable package from triptych.

    """
    members, database, media = _unpacked(path)
    with _reading(path, f"its list of pictures, `{_MEDIA}`, is damaged"):
        pictures = frozenset(map(_text, json.loads(media).values()))
    with closing(sqlite3.connect(":memory:")) as connection:
        with _reading(path, f"its database, `{_DATABASE}`, is damaged"):
            connection.deserialize(database)
            query = "SELECT models, decks FROM col"
            models, decks = map(json.loads, connection.execute(query).fetchone())
        with _reading(path, "its note types are damaged"):
            types = {int(id_): _type(model) for id_, model in models.items()}
        with _reading(path, "its decks are damaged"):
            descriptions = {
                _text(deck["name"]): _text(deck.get("desc", ""))
                for deck in decks.values()
            }
        with _reading(path, "its notes are damaged"):
            notes = tuple(_notes(connection, types, decks))
    return Package(
        name=path.name,
        types=types,
        notes=notes,
        descriptions=descriptions,
        media=pictures,
        members=members,
    )


def _unpacked(path: Path) -> tuple[frozenset[str], bytes, bytes]:
    """Return the names of the members, the database and the list of pictures."""
    try:
        file = path.open("rb")
    except OSError as error:
        raise file_error(error, path, doing="read") from error
    broken = _reading(path, "it is damaged, or no zip archive")
    with file, broken, zipfile.ZipFile(file) as archive:
        names = archive.namelist()
        members = frozenset(name for name in names if not name.isdecimal())
        if {_DATABASE, _MEDIA} <= members:
            return members, archive.read(_DATABASE), archive.read(_MEDIA)
    raise _unreadable(path, f"it does not hold `{_DATABASE}` and `{_MEDIA}`")


@contextmanager
def _reading(path: Path, fault: str) -> Iterator[None]:
    """Raise a `TriptychError` that says `fault` if a part of the package is damaged."""
    try:
        yield
    except _READ_ERRORS as error:
        raise _unreadable(path, fault) from error


def _unreadable(path: Path, fault: str) -> TriptychError:
    return TriptychError(
        f"{path} cannot be read as a package that triptych made: {fault}; take the file"
        " as it was released"
    )


def _notes(
    connection: sqlite3.Connection,
    types: Mapping[int, PackageType],
    decks: Mapping[str, Mapping[str, str]],
) -> Iterator[PackageNote]:
    query = (
        "SELECT guid, mid, notes.mod, flds, notes.tags, min(did), count(*)"
        " FROM notes JOIN cards ON cards.nid = notes.id GROUP BY notes.id"
    )
    for guid, type_, mod, fields, tags, deck, cards in connection.execute(query):
        names = (field.name for field in types[type_].type.fields)
        yield PackageNote(
            guid=str(guid),
            type=type_,
            fields=dict(zip(names, fields.split("\x1f"), strict=True)),
            tags=tuple(sorted(_text(tags).split())),
            deck=_text(decks[str(deck)]["name"]),
            cards=cards,
            mod=int(mod),
        )


def _type(model: Mapping[str, Any]) -> PackageType:
    fields = tuple(
        Field(int(f.get("id") or 0), str(f["name"]), str(f.get("description", "")))
        for f in model["flds"]
    )
    type_ = NoteType(
        key="",
        id=int(model["id"]),
        name=str(model["name"]),
        cloze=bool(model["type"]),
        sort_field=name_at(fields, int(model["sortf"])),
        fields=fields,
        templates=tuple(
            Template(
                int(t.get("id") or 0),
                str(t["name"]),
                None,
                _text(t["qfmt"]),
                _text(t["afmt"]),
            )
            for t in model["tmpls"]
        ),
        css=str(model["css"]),
        right_to_left=any(f["rtl"] for f in model["flds"]),
    )
    return PackageType(type_, int(model["mod"]))


def _text(value: object) -> str:
    if isinstance(value, str):
        return value
    message = f"{value!r} is no text"
    raise TypeError(message)
