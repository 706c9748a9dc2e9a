"""``deck.lock``: what learners hold since which release; a line a thing, sorted."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from triptych.errors import TriptychError

LOCK_FILE = "deck.lock"


@dataclass(frozen=True, slots=True)
class Released:
    """A release: its version and its moment, in seconds since 1970."""

    version: str
    time: int


@dataclass(frozen=True, slots=True)
class NoteLine:
    """A note that learners hold."""

    note: str
    """Its id."""
    guid: str
    type: str
    """The key of its note type."""
    topic: str
    cards: int
    hash: str
    mod: int
    """When it last changed, as Anki is told."""
    first: str
    """The release that brought it."""
    last: str
    """The newest release that holds it: an older one once it is retired."""
    prompt: str = ""
    """What it asks, for people who read the ledger or a report."""


@dataclass(frozen=True, slots=True)
class TypeLine:
    """A note type that learners hold."""

    type: str
    """Its key."""
    id: int
    name: str
    fields: Mapping[str, int]
    """The integer id of each, by name, in order."""
    templates: Mapping[str, int]
    hash: str
    mod: int

    @property
    def shape(self) -> tuple[int, ...]:
        """Return what Anki knows its fields and templates by, in order."""
        return (*self.fields.values(), *self.templates.values())


@dataclass(frozen=True, slots=True)
class Ledger:
    """All that releases have settled."""

    deck: str = ""
    """The deck's id."""
    releases: tuple[Released, ...] = ()
    """From the first to the newest."""
    decks: Mapping[str, str] = field(default_factory=dict)
    """What Anki calls the deck (key ``""``) and the subdeck of each topic."""
    types: Mapping[str, TypeLine] = field(default_factory=dict)
    media: Mapping[str, str] = field(default_factory=dict)
    """The release that brought each picture, by its name."""
    notes: Mapping[str, NoteLine] = field(default_factory=dict)

    @property
    def latest(self) -> Released:
        """Return the newest release; version 0 at second 0 before the first."""
        return self.releases[-1] if self.releases else Released("0", 0)

    def time_of(self, version: str) -> int:
        """Return when `version` was released; 0 if it never was."""
        times = (item.time for item in self.releases if item.version == version)
        return next(times, 0)


def load(text: str) -> Ledger:
    """Return the ledger that a lock file holds."""
    rows: dict[str, list[Mapping[str, Any]]] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip():
            row = _row(line, number)
            rows.setdefault(next(iter(row)), []).append(row)
    try:
        return Ledger(
            deck=next((row["deck"] for row in rows.get("deck", ())), ""),
            releases=tuple(
                Released(row["release"], row["time"]) for row in rows.get("release", ())
            ),
            decks={row["subdeck"]: row["name"] for row in rows.get("subdeck", ())},
            types={row["type"]: TypeLine(**row) for row in rows.get("type", ())},
            media={row["media"]: row["first"] for row in rows.get("media", ())},
            notes={row["note"]: NoteLine(**row) for row in rows.get("note", ())},
        )
    except (KeyError, TypeError) as error:
        raise _damaged(f"{error}") from error


def dump(ledger: Ledger) -> str:
    """Return the text of the lock file: the same ledger, the same text."""
    rows = [json.dumps(row, ensure_ascii=False) for row in _rows(ledger)]
    return "".join(f"{row}\n" for row in rows)


def _rows(ledger: Ledger) -> Iterator[Mapping[str, Any]]:
    yield {"deck": ledger.deck}
    for item in ledger.releases:
        yield {"release": item.version, "time": item.time}
    for topic in sorted(ledger.decks):
        yield {"subdeck": topic, "name": ledger.decks[topic]}
    yield from _lines(ledger.types)
    for name in sorted(ledger.media):
        yield {"media": name, "first": ledger.media[name]}
    yield from _lines(ledger.notes)


def _lines(lines: Mapping[str, Any]) -> Iterable[Mapping[str, Any]]:
    return (asdict(lines[key]) for key in sorted(lines))


def _row(line: str, number: int) -> Mapping[str, Any]:
    try:
        row = json.loads(line)
    except ValueError as error:
        raise _damaged(f"line {number} is not JSON") from error
    if not isinstance(row, dict) or not row:
        raise _damaged(f"line {number} holds nothing")
    return row


def _damaged(why: str) -> TriptychError:
    return TriptychError(
        f"{LOCK_FILE} is damaged ({why}): restore it from version control; it is what"
        " keeps learners' progress and edits"
    )
