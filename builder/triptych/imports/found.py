"""What a source holds, independent of its format."""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from triptych.deck.imported import digest
from triptych.imports.clozes import CLOZE
from triptych.notes.kept import KeptType

LEARNER_TAGS = frozenset({"marked", "leech"})
"""Tags of the person who exported, and not of the author, in lower case."""


@dataclass(frozen=True, slots=True)
class FoundNote:
    """A note of a source, as Markdown of a deck."""

    prompt: str
    """A line of Markdown."""
    answer: str
    """Blocks of Markdown; empty if nothing answers the question."""
    place: str
    """Where it stands in the source, for messages."""
    topic: str = ""
    """The title of its topic."""
    summary: str = ""
    """A line of Markdown, which may hold clozes."""
    tags: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()
    difficulty: str = ""
    guid: str = ""
    """Its GUID in Anki; empty if the source has none."""
    draft: bool = False
    """Whether it is not ready: unanswered, or wrong in the source."""
    id: str = ""
    """Its id in the source; empty if it has none that a deck could keep."""

    deck: str = ""
    """The full name of its deck in Anki; empty if it is of none."""
    note_type: str = ""
    """The key of the note type that it keeps; empty if it gets one of ours."""
    fields: Mapping[str, str] = field(default_factory=dict)
    """The HTML of its other fields, by name."""
    mod: int = 0
    """When it last changed, in seconds since 1970; 0 if that is not known."""
    cards: int = 1
    is_reversed: bool = False
    """Whether a second card asks for the prompt."""
    is_plain: bool = False
    """Whether its source is a list of cards, and asks no questions to be talked about.
    """
    own_key: str = ""
    """The key that no other note of its source has; empty until it is known."""
    said: str = ""
    """The digest of what its source says; empty until it is known."""

    @property
    def is_kept(self) -> bool:
        """Whether it keeps the note type that learners have it with."""
        return bool(self.note_type)

    @property
    def is_answered(self) -> bool:
        """Whether a reader learns anything from it."""
        has_text = bool(self.answer.strip() or self.summary.strip())
        return has_text or self.is_kept

    @property
    def is_card(self) -> bool:
        """Whether only a plain card asks all of it, and nothing besides.

        A question is asked in one direction, and one that hides words in its summary
        is asked besides.
        """
        return self.is_reversed or (self.has_gaps and not self.is_kept)

    @property
    def has_gaps(self) -> bool:
        """Whether it hides words."""
        return bool(CLOZE.search(self.summary))

    @property
    def key(self) -> str:
        """Return its identity among the notes of its source, in every run."""
        own = self.own_key or self.guid or self.id
        return own or f"{self.topic}: {self.prompt}"

    def digest(self) -> str:
        """Return the digest of its words."""
        fields = sorted(self.fields.items())
        words = (self.prompt, self.summary, self.answer, self.hints, fields)
        return digest(json.dumps(words).encode())


def root_of(decks: Iterable[str]) -> str:
    """Return the deck of the first level that most notes are below; or nothing."""
    count = Counter(name.partition("::")[0] for name in decks)
    return count.most_common(1)[0][0] if count else ""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Something that a deck cannot hold, or that is no question."""

    what: str
    """In the plural, such as `pictures on the web`."""
    why: str
    place: str


@dataclass(frozen=True, slots=True)
class Passage:
    """Text of a source that became a part of no note."""

    text: str
    place: str


@dataclass(frozen=True, slots=True)
class FoundType:
    """A note type of a source."""

    kept: KeptType
    mod: int
    """When it last changed, in seconds since 1970."""


@dataclass(frozen=True, slots=True)
class Collection:
    """All that a source holds."""

    name: str
    """The name of its file or folder."""
    kind: str
    """What it was read as, in words."""
    title: str
    notes: tuple[FoundNote, ...]
    media: Mapping[str, Callable[[], bytes]] = field(default_factory=dict)
    """What reads each picture, by its name in the folder `media` of a deck."""
    left_out: tuple[LeftOut, ...] = ()
    types: tuple[FoundType, ...] = ()
    description: str = ""
    passages: tuple[Passage, ...] = ()
    """All text that no note has, neither in its words nor in its tags or topic."""
    remarks: tuple[str, ...] = ()
    """What was guessed about the source, in sentences."""
    path: Path | None = None
    """Where it was read; None if that is not known."""
