"""What a learner holds: a release, as the ledger knows it, or a package."""

import json
import re
import sqlite3
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path

from triptych.dialect.characters import unescaped
from triptych.errors import TriptychError
from triptych.ledger.lock import Ledger

_SHOWN = (
    *("Parent", "Question", "Text", "Hints", "Summary", "Answer", "Rubric"),
    "References",
)
_LINE_END = re.compile(
    r"</(?:p|li|div|h\d|tr|pre|figure|dt|dd|summary)>|<(?:br|hr)\b[^>]*>"
)
_PICTURE = re.compile(r'<img\b[^>]*?\bsrc="([^"]*)"[^>]*>')
_TAG = re.compile(r"<[^>]*>")
_BLANK = re.compile(r"\n\s*\n+")


@dataclass(frozen=True, slots=True)
class HeldNote:
    """A note in a learner's collection."""

    note: str
    mod: int
    """An import changes it if the deck's own is newer."""
    deck: str
    cards: int
    prompt: str = ""
    texts: Mapping[str, str] = field(default_factory=dict)
    """What its fields say, by name; empty where only the ledger knows of it."""
    tags: tuple[str, ...] = ()
    """Sorted; empty where only the ledger knows of it."""
    labels: str = ""
    """The hash of its tags and minutes; empty where that was not kept."""

    @property
    def text(self) -> str:
        """Return what its cards say."""
        return "\n".join(self.texts.values())


@dataclass(frozen=True, slots=True)
class HeldType:
    """A note type in a learner's collection."""

    mod: int
    shape: tuple[int, ...]
    """The ids of its fields and templates, in order."""


@dataclass(frozen=True, slots=True)
class Holding:
    """What a learner holds of a deck."""

    since: str
    """The release or the package that it comes from; empty when there was none."""
    notes: Mapping[str, HeldNote] = field(default_factory=dict)
    """By GUID."""
    types: Mapping[str, HeldType] = field(default_factory=dict)
    """By name."""
    media: frozenset[str] = frozenset()


def of_release(ledger: Ledger, since: str = "") -> Holding:
    """Return what a learner holds who imported the release `since`, or the newest."""
    if not ledger.releases:
        return Holding("")
    since = since or ledger.latest.version
    moment = ledger.time_of(since)
    if not moment:
        known = ", ".join(item.version for item in ledger.releases)
        raise TriptychError(f"there is no release {since}: there are {known}")
    return Holding(
        since,
        notes={
            line.guid: HeldNote(
                line.note,
                moment,
                ledger.decks[line.topic],
                line.cards,
                line.prompt,
                labels=line.labels,
            )
            for line in ledger.notes.values()
            if ledger.time_of(line.first) <= moment <= ledger.time_of(line.last)
        },
        types={
            line.name: HeldType(moment, line.shape) for line in ledger.types.values()
        },
        media=frozenset(
            name
            for name, first in ledger.media.items()
            if ledger.time_of(first) <= moment
        ),
    )


def of_package(path: Path) -> Holding:
    """Return what a learner holds who imported the package at `path`."""
    try:
        with zipfile.ZipFile(path) as archive:
            database = archive.read("collection.anki2")
            media = json.loads(archive.read("media"))
        with closing(sqlite3.connect(":memory:")) as connection:
            connection.deserialize(database)
            return _of_database(connection, path.name, frozenset(media.values()))
    except (OSError, KeyError, ValueError, zipfile.BadZipFile, sqlite3.Error) as error:
        raise TriptychError(
            f"{path} cannot be read as a package that triptych made: {error}"
        ) from error


def plain(fields: Mapping[str, str]) -> dict[str, str]:
    """Return what each field of a note says to a reader, a line a paragraph."""
    texts = {name: _plain(fields[name]) for name in _SHOWN if fields.get(name)}
    return {name: text for name, text in texts.items() if text}


def _plain(html: str) -> str:
    html = _PICTURE.sub(r"[\1]", html)
    text = unescaped(_TAG.sub("", _LINE_END.sub("\n", html)))
    return _BLANK.sub("\n", text).strip()


def _of_database(
    connection: sqlite3.Connection, name: str, media: frozenset[str]
) -> Holding:
    models, decks = map(
        json.loads, connection.execute("SELECT models, decks FROM col").fetchone()
    )
    query = (
        "SELECT guid, mid, notes.mod, flds, notes.tags, min(did), count(*)"
        " FROM notes JOIN cards ON cards.nid = notes.id GROUP BY notes.id"
    )
    rows = connection.execute(query)
    return Holding(
        name,
        notes={
            guid: replace(
                _held_note(models[str(mid)], flds),
                mod=mod,
                deck=decks[str(did)]["name"],
                cards=cards,
                tags=tuple(sorted(tags.split())),
            )
            for guid, mid, mod, flds, tags, did, cards in rows
        },
        types={model["name"]: _held_type(model) for model in models.values()},
        media=media,
    )


def _held_note(model: Mapping[str, list[dict[str, str]]], flds: str) -> HeldNote:
    names = (item["name"] for item in model["flds"])
    fields = dict(zip(names, flds.split("\x1f"), strict=True))
    texts = plain(fields)
    prompt = texts.get("Question", "")
    return HeldNote(fields.get("Id", ""), 0, "", 0, prompt, texts)


def _held_type(model: Mapping[str, object]) -> HeldType:
    return HeldType(int(str(model["mod"])), tuple(_ids(model)))


def _ids(model: Mapping[str, object]) -> Iterator[int]:
    for slots in (model["flds"], model["tmpls"]):
        if isinstance(slots, list):
            yield from (int(slot.get("id", 0)) for slot in slots)
