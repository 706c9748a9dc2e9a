"""Write an `.apkg` file, with the same bytes on every machine.

It is written with genanki; a comment beside each override names the fault of genanki
0.13 that it corrects.
"""

import itertools
import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Any

import genanki
from genanki.apkg_col import APKG_COL
from genanki.apkg_schema import APKG_SCHEMA

from triptych.emit.archive import entry, zip_archive
from triptych.notes.kept_fields import required_fields
from triptych.notes.names import number
from triptych.notes.types import NoteType, Template

# Bytes 96 to 99 of a database are the version of SQLite that wrote it: here always the
# same.
_SQLITE_VERSION = slice(96, 100)
_WRITTEN_VERSION = (3_040_001).to_bytes(4, "big")
_COMPRESSED_MEDIA = (
    *("avif", "gif", "jpeg", "jpg", "m4a", "mp3", "mp4", "ogg", "opus", "png", "webp"),
)


@dataclass(frozen=True, slots=True)
class PackedNote:
    """A note in the package."""

    guid: str
    type: int
    """The id of its note type."""
    fields: tuple[str, ...]
    tags: tuple[str, ...]
    cards: tuple[int, ...]
    """The templates of its type that make a card, counted from 0."""
    due: int
    """The position of its cards among the new ones."""
    mod: int
    """When it last changed, in seconds since 1970-01-01 UTC."""


@dataclass(frozen=True, slots=True)
class PackedDeck:
    """A deck in the package."""

    name: str
    notes: Sequence[PackedNote] = ()
    description: str = ""


Finish = Callable[[sqlite3.Cursor], None]
"""Changes the filled database before it is packed."""


def package(
    decks: Sequence[PackedDeck],
    types: Iterable[tuple[NoteType, int]],
    media: Mapping[str, bytes],
    finish: Finish | None = None,
) -> bytes:
    """Return the package of `decks`; each note type is paired with its `mod`."""
    # Not `genanki.Package.write_to_file`: it leaves its database in a temporary file,
    # puts the current time into the archive, compresses nothing and reads media from
    # disk.
    models = {type_.id: _Model(type_, mod) for type_, mod in types}
    names = sorted(media)
    files = (
        entry(str(place), media[name], compress=not name.endswith(_COMPRESSED_MEDIA))
        for place, name in enumerate(names)
    )
    return zip_archive(
        [
            entry("collection.anki2", _database(decks, models, finish)),
            entry("media", json.dumps(dict(enumerate(names))).encode()),
            *files,
        ]
    )


def _database(
    decks: Sequence[PackedDeck],
    models: Mapping[int, "_Model"],
    finish: Finish | None,
) -> bytes:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        # The defaults of these depend on how SQLite was built.
        connection.execute("PRAGMA page_size = 4096")
        connection.execute("PRAGMA encoding = 'UTF-8'")
        connection.execute("PRAGMA auto_vacuum = NONE")
        connection.executescript(APKG_SCHEMA + APKG_COL)
        connection.execute("BEGIN")
        _fill(connection.cursor(), decks, models)
        if finish:
            finish(connection.cursor())
        connection.execute("COMMIT")
        # What remains in freed pages depends on the version of SQLite.
        connection.execute("VACUUM")
        data = bytearray(connection.serialize())
    data[_SQLITE_VERSION] = _WRITTEN_VERSION
    return bytes(data)


def _fill(
    cursor: sqlite3.Cursor, decks: Sequence[PackedDeck], models: Mapping[int, "_Model"]
) -> None:
    # Not `genanki.Deck.write_to_db`: for each deck it parses and writes all.
    genanki_decks = [_Deck(deck) for deck in decks]
    (default,) = cursor.execute("SELECT decks FROM col").fetchone()
    all_decks = json.loads(default) | {
        str(deck.deck_id): deck.to_json() for deck in genanki_decks
    }
    all_models = {str(id_): model.to_json(0, 1) for id_, model in models.items()}
    cursor.execute(
        "UPDATE col SET decks = ?, models = ?",
        (json.dumps(all_decks), json.dumps(all_models)),
    )
    # genanki counts ids from the time of the build; these are the same in every build.
    ids = itertools.count(number("notes", decks[0].name))
    for deck, packed in zip(genanki_decks, decks, strict=True):
        for note in packed.notes:
            _Note(note, models[note.type]).write_to_db(cursor, 0, deck.deck_id, ids)


class _Deck(genanki.Deck):  # type: ignore[misc]
    """A deck whose description is Markdown: Anki sanitizes Markdown, but not HTML."""

    def __init__(self, deck: PackedDeck) -> None:
        super().__init__(number("deck", deck.name), deck.name, deck.description)

    def to_json(self) -> dict[str, Any]:
        return {**super().to_json(), "md": True}


class _Model(genanki.Model):  # type: ignore[misc]
    """A note type with its own `mod`, so that learners keep their CSS."""

    def __init__(self, type_: NoteType, mod: int) -> None:
        super().__init__(
            type_.id,
            type_.name,
            fields=[
                {
                    # An imported note type may come without ids.
                    **({"id": field.id} if field.id else {}),
                    "name": field.name,
                    "rtl": type_.right_to_left,
                    "description": field.description,
                    "collapsed": field.is_spare,
                    "excludeFromSearch": field.is_spare,
                    "preventDeletion": True,
                }
                for field in type_.fields
            ],
            templates=[
                {
                    **({"id": template.id} if template.id else {}),
                    "name": template.name,
                    "qfmt": template.front,
                    "afmt": template.back,
                }
                for template in type_.templates
            ],
            css=type_.css,
            model_type=self.CLOZE if type_.cloze else self.FRONT_BACK,
            sort_field_index=type_.index(type_.sort_field),
        )
        self.mod = mod
        # genanki guesses which fields a card needs, wrongly for some templates.
        self._req = [
            [ord_, "any", _required(type_, template)]
            for ord_, template in enumerate(type_.templates)
        ]

    def to_json(self, timestamp: float, deck_id: int) -> dict[str, Any]:  # noqa: ARG002
        # genanki uses the time of the build as the `mod` of all note types.
        return {**super().to_json(self.mod, deck_id), "latexsvg": False}


def _required(type_: NoteType, template: Template) -> list[int]:
    """Return the indexes of fields of which one makes the card exist if not empty."""
    field = template.required_field
    names = required_fields(type_, template.front) if field is None else (field,)
    return list(map(type_.index, names))


class _Note(genanki.Note):  # type: ignore[misc]
    """A note with its own `mod`, so that learners keep their edits."""

    def __init__(self, note: PackedNote, model: _Model) -> None:
        super().__init__(
            model, note.fields, note.fields[0], note.tags, note.guid, due=note.due
        )
        self.mod = note.mod
        # genanki does not count cards as Anki does, such as those of nested clozes.
        self.cards = [genanki.Card(ord_) for ord_ in note.cards]

    def write_to_db(
        self,
        cursor: sqlite3.Cursor,
        timestamp: float,  # noqa: ARG002 - genanki passes the time of the build
        deck_id: int,
        id_gen: Iterator[int],
    ) -> None:
        super().write_to_db(cursor, self.mod, deck_id, id_gen)

    def _check_invalid_html_tags_in_fields(self) -> None:
        """Do nothing: genanki's check is quadratic and unreliable."""
