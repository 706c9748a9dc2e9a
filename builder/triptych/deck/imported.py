"""What imports wrote into a deck: the contents of ``import.lock``.

Its digests show which files nobody has changed since: the next import of the same
source may replace these.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import PurePosixPath

from triptych.errors import TriptychError

IMPORT_FILE = "import.lock"
_CARD = "#"
"""What parts a table and the id of a card in it."""


@dataclass(frozen=True, slots=True)
class Imported:
    """A file that an import wrote."""

    file: str
    """Its path in the deck; of a card in a table with `#` and the id of the card."""
    source: str
    """The path of the source, as seen from the deck folder."""
    key: str
    """Its identity within the source."""
    digest: str
    """Of its bytes, as they were written; of a card in a table, of its cells."""
    said: str = ""
    """The digest of what the source said in the note; empty for other files."""

    @property
    def is_note(self) -> bool:
        """Whether it is a note: a question, or a card in a table."""
        return bool(self.said)


def load(text: str) -> Mapping[str, Imported]:
    """Return the record in `text`, by path.

    Raises:
        TriptychError: It is damaged.

    """
    found: dict[str, Imported] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        try:
            row = Imported(**json.loads(line))
            is_text = all(isinstance(value, str) for value in asdict(row).values())
        except (ValueError, TypeError, RecursionError):
            is_text = False
        if not is_text or PurePosixPath(row.file).is_absolute():
            raise TriptychError(
                f"{IMPORT_FILE}:{number} is damaged: restore the file from version"
                " control, or delete it: the next import then takes every file that"
                " is there for yours"
            )
        found[row.file] = row
    return found


def card_name(table: PurePosixPath, slug: str) -> str:
    """Return how the record calls the card `slug` in a table."""
    return f"{table}{_CARD}{slug}"


def is_card(file: str) -> bool:
    """Return whether `file` of the record is a card in a table."""
    return f".csv{_CARD}" in file


def card_of(file: str) -> tuple[PurePosixPath, str]:
    """Return the table and the id of a card in the record."""
    table, _, slug = file.rpartition(_CARD)
    return PurePosixPath(table), slug


def dump(record: Iterable[Imported]) -> str:
    """Return the text of a record, sorted by path."""
    rows = sorted(record, key=lambda row: row.file)
    return "".join(f"{json.dumps(asdict(row), ensure_ascii=False)}\n" for row in rows)


def digest(data: bytes) -> str:
    """Return the digest of the bytes of a file."""
    return hashlib.sha256(data).hexdigest()[:20]
