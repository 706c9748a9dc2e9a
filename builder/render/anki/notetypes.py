"""The two note types of a deck. Learners hold them: what is released stays as it is.

Anki matches fields and templates by their integer id, else by name. An added, removed or
moved one makes a second note type at the learner's and stops all updates; a spare one that
gets a new name does no harm. So the slots below are only ever renamed.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path

from builder.ledger.names import number
from builder.model import Deck
from builder.templates import template

SPARE_TEMPLATE = ("{{#Spare 1}}{{Spare 1}}{{/Spare 1}}", "{{Spare 1}}<hr>{{Spare 2}}")
_SPARES = ("Spare 1", "Spare 2", "Spare 3")
_QUESTION_FIELDS = (
    "Id", "Question", "Label", "Parent", "Hints", "Summary", "Answer", "Rubric",
    "References", "Page", "My notes", *_SPARES,
)  # fmt: skip
_CLOZE_FIELDS = ("Id", "Text", "Question", "Label", "Page", "My notes", *_SPARES)
_RIGHT_TO_LEFT = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "ug", "ur", "yi"})
_PAGE_SECTION = re.compile(r"\{\{#Page\}\}.*?\{\{/Page\}\}\n?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class CardType:
    """One kind of card: a front and a back in Anki's own template language."""

    id: int
    name: str
    front: str
    back: str


@dataclass(frozen=True, slots=True)
class NoteType:
    """The fields and the card types of a kind of note."""

    key: str
    id: int
    name: str
    fields: tuple[tuple[int, str], ...]
    """The integer id and the name of each, in order."""
    cards: tuple[CardType, ...]
    css: str
    right_to_left: bool = False

    @property
    def is_cloze(self) -> bool:
        """Return whether the note type makes a card of each cloze deletion."""
        return self.key == "cloze"
