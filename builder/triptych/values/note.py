"""A note of Anki without its typeset content."""

from dataclasses import dataclass
from enum import StrEnum

from triptych.values.meta import NO_ORIGIN, Origin


class Role(StrEnum):
    """The part of a file that a note asks for; learners see it as a tag."""

    QUESTION = "question"
    FOLLOW_UP = "follow-up"
    PITFALL = "pitfall"
    CLOZE = "cloze"
    CODE = "code"
    CARD = "card"


@dataclass(frozen=True, slots=True)
class NoteSpec:
    """A note as the structure of its file determines it."""

    question: str
    """The id of its question."""
    slug: str
    """Empty for the question's main note."""
    role: Role
    cards: tuple[int, ...] = (1,)
    """The numbers of its cards: of its cloze deletions, or 1, and 2 if reversed."""
    is_cloze: bool = False
    """Whether it is a plain card with cloze deletions."""
    prompt: str = ""
    """The prompt as plain text; for a cloze note the prompt of its question."""
    origin: Origin = NO_ORIGIN
    """What it keeps of another program, if it was imported."""

    @property
    def id(self) -> str:
        """Return the note's id: the question's own id, or `question/slug`."""
        return f"{self.question}/{self.slug}" if self.slug else self.question
