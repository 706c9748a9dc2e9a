"""The fields and templates of the two note types, and the ids that Anki knows them by.

Learners hold them. To add, remove or move one makes a second note type at the learner's
and ends all updates; to rename a spare one does no harm. So the tables never change but
for a spare one's name.
"""

from collections.abc import Mapping
from types import MappingProxyType

from triptych.notes.names import number

# The last field is the learner's: a text import fills fields from the first on, so that
# it can fill the spare ones some day and still leave that one alone.
_SPARES = ("Spare 1", "Spare 2", "Spare 3", "My notes")
FIELDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "question": (
            *("Id", "Question", "Label", "Parent", "Hints", "Summary", "Answer"),
            *("Rubric", "References", "Page", *_SPARES),
        ),
        "cloze": ("Id", "Text", "Question", "Label", "Page", *_SPARES),
    }
)
"""The fields of each note type, in order, by its key."""
TEMPLATES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"question": ("Question", "Spare"), "cloze": ("Cloze",)}
)
"""The templates of each note type, in order: one makes one card, or one a deletion."""
SPARE_GATE = "Spare 1"
"""The spare template waits for this field: empty, it makes no card."""


def type_id(deck: str, key: str) -> int:
    """Return the id of the deck's note type `key`."""
    return number(deck, key)


def field_ids(deck: str, key: str) -> dict[str, int]:
    """Return the id of each field of the note type `key`, by name, in order."""
    return _slots(deck, key, "field", FIELDS[key])


def template_ids(deck: str, key: str) -> dict[str, int]:
    """Return the id of each template of the note type `key`, by name, in order."""
    return _slots(deck, key, "template", TEMPLATES[key])


def shape(deck: str, key: str) -> tuple[int, ...]:
    """Return all that must never change of the note type `key`."""
    return (*field_ids(deck, key).values(), *template_ids(deck, key).values())


def _slots(deck: str, key: str, kind: str, names: tuple[str, ...]) -> dict[str, int]:
    return {name: number(deck, key, kind, slot) for slot, name in enumerate(names)}
