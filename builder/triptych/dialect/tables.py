"""The format of a table of cards: its columns, and what its cells may say."""

from collections.abc import Mapping
from types import MappingProxyType

COLUMNS: Mapping[str, str] = MappingProxyType(
    {
        "id": "permanent, such as `to-eat`; the only column that must be there",
        "prompt": "the front, in Markdown; may hold clozes",
        "answer": "the back, in Markdown",
        "hint": "shown on request before the answer",
        "tags": "labels of this card alone, separated by spaces",
        "reverse": "`yes` or `no`: a second card asks for the prompt",
        "type": "`yes` or `no`: the answer is typed",
        "sound": "a file, such as `eat.mp3`, played with the prompt",
        "picture": "a file, such as `eat.png`, shown with the answer, or as the prompt",
        "guid": "the GUID of an imported card, its identity in Anki",
        "note_type": "the note type of an imported card, a folder of `note-types/`",
    }
)
"""The columns of a table of cards, in the order of a new one."""
FIELD = "field:"
"""The column `field:Extra` has the HTML of an imported card's field `Extra`."""
PRIVATE = "_"
"""A column whose name begins so is the author's own, and nothing reads it."""
OTHER_COLUMNS: Mapping[str, str] = MappingProxyType(
    {
        "key": "id",
        "slug": "id",
        "front": "prompt",
        "question": "prompt",
        "word": "prompt",
        "term": "prompt",
        "back": "answer",
        "meaning": "answer",
        "translation": "answer",
        "definition": "answer",
        "hints": "hint",
        "tag": "tags",
        "labels": "tags",
        "reversed": "reverse",
        "typed": "type",
        "audio": "sound",
        "image": "picture",
    }
)
"""What other programs call a column, or authors expect it to be called."""
YES = frozenset({"yes", "true", "1", "x"})
NO = frozenset({"no", "false", "0"})
COMMENT = "#"
"""A line above the columns that begins so is a line of the front matter."""
DELIMITERS = (",", ";", "\t")
"""What separates the cells; the row of the columns shows which."""
