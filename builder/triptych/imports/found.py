"""What a source holds, independent of its format."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field


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

    @property
    def is_kept(self) -> bool:
        """Whether it keeps the note type that learners have it with."""
        return False

    @property
    def is_answered(self) -> bool:
        """Whether a reader learns anything from it."""
        return bool(self.answer.strip() or self.summary.strip())

    @property
    def key(self) -> str:
        """Return what tells it from the other notes of its source, in every run."""
        return self.guid or self.id or f"{self.topic}: {self.prompt}"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Something that a deck cannot hold, or that is no question."""

    what: str
    """In the plural, such as `pictures on the web`."""
    why: str
    place: str


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
