"""A note of Anki, before its content is typeset."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What part of a question a note asks for; learners see it as a tag."""

    QUESTION = "question"
    FOLLOW_UP = "follow-up"
    PITFALL = "pitfall"
    CLOZE = "cloze"
    CODE = "code"


@dataclass(frozen=True, slots=True)
class NoteSpec:
    """Which note: what is known of it from the structure of its file."""

    question: str
    """The id of its question."""
    slug: str
    """Empty for the question's own note."""
    role: Role
    cards: tuple[int, ...] = (1,)
    """The numbers of its cards: those of the cloze deletions, or 1 alone."""
    prompt: str = ""
    """What it asks, as plain text; for a cloze note what its question asks."""

    @property
    def id(self) -> str:
        """Return the note's id: the question's own id, or `question/slug`."""
        return f"{self.question}/{self.slug}" if self.slug else self.question
