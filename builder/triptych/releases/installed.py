"""The deck that a learner has installed, from the ledger or from a package."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from triptych.dialect.characters import unescaped
from triptych.errors import TriptychError
from triptych.ledger.lock import Ledger
from triptych.notes.which import CLOZE_TYPE, QUESTION_TYPE
from triptych.releases.package import PackageNote, read_package

_TEXT_FIELDS = (
    *("Parent", "Question", "Text", "Hints", "Summary", "Answer", "Rubric"),
    "References",
)
_LINE_END = re.compile(
    r"</(?:p|li|div|h\d|tr|pre|figure|dt|dd|summary)>|<(?:br|hr)\b[^>]*>"
)
_PICTURE = re.compile(r'<img\b[^>]*?\bsrc="([^"]*)"[^>]*>')
_TAG = re.compile(r"<[^>]*>")
_SHOWN_AGAIN = re.compile(
    r'<section class="(?:piece|given)\b.*?</section>'
    r'|<figure class="card-figure">.*?</figure>'
    r'|<summary class="fold">.*?</summary>',
    re.DOTALL,
)
_BLANK = re.compile(r"\n\s*\n+")


@dataclass(frozen=True, slots=True)
class InstalledNote:
    """A note in a learner's collection."""

    note: str
    mod: int
    """Its modification time; an import replaces the note by a newer one."""
    deck: str
    cards: int
    prompt: str = ""
    texts: Mapping[str, str] = field(default_factory=dict)
    """The plain text of its fields, by name; empty if only the ledger is known."""
    tags: tuple[str, ...] = ()
    """Sorted; empty if only the ledger is known."""
    labels: str = ""
    """The hash of its tags and minutes; empty if not recorded."""
    has_id: bool = True
    """Whether a field of it is its id: note types of other programs have none."""

    @property
    def text(self) -> str:
        """Return the text of its cards."""
        return "\n".join(self.texts.values())


@dataclass(frozen=True, slots=True)
class InstalledType:
    """A note type in a learner's collection."""

    mod: int
    shape: tuple[int, ...]
    """The ids of its fields and templates, in order."""


@dataclass(frozen=True, slots=True)
class InstalledDeck:
    """The notes and note types of a deck in a learner's collection."""

    since: str
    """The version or the package that was imported; empty if none."""
    notes: Mapping[str, InstalledNote] = field(default_factory=dict)
    """By GUID."""
    types: Mapping[int, InstalledType] = field(default_factory=dict)
    """By id: imported note types may have one name."""
    time: int = 0
    """When it was released, in seconds since 1970; 0 if nothing was."""


def installed_by_release(ledger: Ledger, since: str = "") -> InstalledDeck:
    """Return the deck of a learner who imported `since`, or else the newest release."""
    if not ledger.releases:
        return InstalledDeck("")
    since = since or ledger.latest.version
    time = ledger.time_of(since)
    if not time:
        known = ", ".join(item.version for item in ledger.releases)
        raise TriptychError(f"there is no release {since}: there are {known}")
    return InstalledDeck(
        since,
        notes={
            line.guid: InstalledNote(
                line.note,
                time,
                ledger.decks[line.topic],
                line.cards,
                line.prompt,
                labels=line.labels,
                has_id=line.type in {QUESTION_TYPE, CLOZE_TYPE},
            )
            for line in ledger.notes.values()
            if ledger.time_of(line.first) <= time <= ledger.time_of(line.last)
        },
        types={
            line.id: InstalledType(time, line.shape) for line in ledger.types.values()
        },
        time=time,
    )


def installed_from_package(path: Path) -> InstalledDeck:
    """Return the deck of a learner who imported the package at `path`."""
    package = read_package(path)
    return InstalledDeck(
        package.name,
        notes={note.guid: _installed_note(note) for note in package.notes},
        types={
            id_: InstalledType(item.mod, item.shape)
            for id_, item in package.types.items()
        },
        # A release is at least as new as the notes in it.
        time=max((note.mod for note in package.notes), default=0),
    )


def plain_texts(fields: Mapping[str, str]) -> dict[str, str]:
    """Return the plain text of each field, one line for each paragraph."""
    texts = {
        name: _plain_text(fields[name]) for name in _TEXT_FIELDS if fields.get(name)
    }
    return {name: text for name, text in texts.items() if text}


def _plain_text(html: str) -> str:
    # What a card shows a second time, or folds, is no other text.
    html = _SHOWN_AGAIN.sub("", html)
    html = _PICTURE.sub(r"[\1]", html)
    text = unescaped(_TAG.sub("", _LINE_END.sub("\n", html)))
    return _BLANK.sub("\n", text).strip()


def _installed_note(note: PackageNote) -> InstalledNote:
    texts = plain_texts(note.fields)
    prompt = texts.get("Question", "")
    return InstalledNote(
        note.id,
        note.mod,
        note.deck,
        note.cards,
        prompt,
        texts,
        note.tags,
        has_id=bool(note.id),
    )
