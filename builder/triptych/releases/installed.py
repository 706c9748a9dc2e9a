"""What a learner holds: a release, as the ledger knows it, or a package."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from triptych.dialect.characters import unescaped
from triptych.errors import TriptychError
from triptych.ledger.lock import Ledger
from triptych.releases.package import PackageNote, read_package

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
class InstalledNote:
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
class InstalledType:
    """A note type in a learner's collection."""

    mod: int
    shape: tuple[int, ...]
    """The ids of its fields and templates, in order."""


@dataclass(frozen=True, slots=True)
class InstalledDeck:
    """What a learner holds of a deck."""

    since: str
    """The release or the package that it comes from; empty when there was none."""
    notes: Mapping[str, InstalledNote] = field(default_factory=dict)
    """By GUID."""
    types: Mapping[str, InstalledType] = field(default_factory=dict)
    """By name."""
    media: frozenset[str] = frozenset()


def installed_by_release(ledger: Ledger, since: str = "") -> InstalledDeck:
    """Return what a learner holds who imported the release `since`, or the newest."""
    if not ledger.releases:
        return InstalledDeck("")
    since = since or ledger.latest.version
    moment = ledger.time_of(since)
    if not moment:
        known = ", ".join(item.version for item in ledger.releases)
        raise TriptychError(f"there is no release {since}: there are {known}")
    return InstalledDeck(
        since,
        notes={
            line.guid: InstalledNote(
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
            line.name: InstalledType(moment, line.shape)
            for line in ledger.types.values()
        },
        media=frozenset(
            name
            for name, first in ledger.media.items()
            if ledger.time_of(first) <= moment
        ),
    )


def installed_from_package(path: Path) -> InstalledDeck:
    """Return what a learner holds who imported the package at `path`."""
    package = read_package(path)
    return InstalledDeck(
        package.name,
        notes={note.guid: _installed_note(note) for note in package.notes},
        types={
            item.type.name: InstalledType(item.mod, item.shape)
            for item in package.types.values()
        },
        media=package.media,
    )


def plain_texts(fields: Mapping[str, str]) -> dict[str, str]:
    """Return what each field of a note says to a reader, a line a paragraph."""
    texts = {name: _plain_text(fields[name]) for name in _SHOWN if fields.get(name)}
    return {name: text for name, text in texts.items() if text}


def _plain_text(html: str) -> str:
    html = _PICTURE.sub(r"[\1]", html)
    text = unescaped(_TAG.sub("", _LINE_END.sub("\n", html)))
    return _BLANK.sub("\n", text).strip()


def _installed_note(note: PackageNote) -> InstalledNote:
    texts = plain_texts(note.fields)
    prompt = texts.get("Question", "")
    return InstalledNote(
        note.id, note.mod, note.deck, note.cards, prompt, texts, note.tags
    )
