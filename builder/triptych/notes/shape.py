"""The fields and templates of the two note types, and their ids in Anki.

If a field or template were added, removed or moved, learners would get a second note
type and no more updates. Only the names of spare ones may change.
"""

from collections.abc import Mapping
from types import MappingProxyType

from triptych.notes.names import number

# The last field is for learners. A text import fills fields from the first on, so that
# spare fields can be used later without overwriting it.
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
"""The templates of each note type, in order; each makes a card (or one per cloze)."""
REVERSED = "Spare 1"
"""The second template makes a card, the reversed one, if this field is not empty."""
TYPED = "Spare 2"
"""What the learner of a plain card types; nothing is typed if it is empty."""
OF_PLAIN_CARDS = (REVERSED, TYPED)
"""The spare fields that plain cards use."""
BACK_OF_CLOZE = "Spare 1"
"""In the cloze type: what stands below the text on the back, for a plain card."""
RELEASE_FIELD = "Spare 3"
"""The release that a note's text is from, for reports of mistakes.

It is empty in decks without a `[site] repository`, which have no link for reports.

It keeps its name: by another one, text files would not find it in the decks of learners
who have not taken the file with the new note type.
"""


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
    """Return the ids of the note type `key` that must never change."""
    return (*field_ids(deck, key).values(), *template_ids(deck, key).values())


def _slots(deck: str, key: str, kind: str, names: tuple[str, ...]) -> dict[str, int]:
    return {name: number(deck, key, kind, slot) for slot, name in enumerate(names)}
