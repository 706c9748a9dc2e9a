"""Read the notes, note types and decks of a package that triptych made."""

import json
import sqlite3
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from triptych.errors import TriptychError
from triptych.notes.types import Field, NoteType, Template

_DATABASE, _MEDIA = "collection.anki2", "media"
_READ_ERRORS = (
    *(OSError, zipfile.BadZipFile, zlib.error, sqlite3.Error, RecursionError),
    # Raised by Python for data of unexpected types.
    *(KeyError, ValueError, TypeError, AttributeError, IndexError),
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
    try:
        with zipfile.ZipFile(path) as archive:
            members = {name for name in archive.namelist() if not name.isdecimal()}
            database = archive.read(_DATABASE)
            media = json.loads(archive.read(_MEDIA))
        with closing(sqlite3.connect(":memory:")) as connection:
            connection.deserialize(database)
            query = "SELECT models, decks FROM col"
            models, decks = map(json.loads, connection.execute(query).fetchone())
            types = {int(id_): _type(model) for id_, model in models.items()}
            return Package(
                name=path.name,
                types=types,
                notes=tuple(_notes(connection, types, decks)),
                descriptions={d["name"]: d.get("desc", "") for d in decks.values()},
                media=frozenset(media.values()),
                members=frozenset(members),
            )
    except _READ_ERRORS as error:
        raise TriptychError(
            f"{path} cannot be read as a package that triptych made: {error}"
        ) from error


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
            tags=tuple(sorted(tags.split())),
            deck=str(decks[str(deck)]["name"]),
            cards=cards,
            mod=int(mod),
        )


def _type(model: Mapping[str, Any]) -> PackageType:
    type_ = NoteType(
        key="",
        id=int(model["id"]),
        name=str(model["name"]),
        cloze=bool(model["type"]),
        sort_field=int(model["sortf"]),
        fields=tuple(
            Field(int(f.get("id") or 0), str(f["name"]), str(f.get("description", "")))
            for f in model["flds"]
        ),
        templates=tuple(
            Template(int(t.get("id") or 0), str(t["name"]), 0, t["qfmt"], t["afmt"])
            for t in model["tmpls"]
        ),
        css=str(model["css"]),
        right_to_left=any(f["rtl"] for f in model["flds"]),
    )
    return PackageType(type_, int(model["mod"]))
