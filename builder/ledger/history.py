"""What releases have settled for a build: GUIDs, times of change, names of decks."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from builder.errors import TriptychError
from builder.ledger.lock import Ledger, NoteLine, TypeLine
from builder.ledger.names import deck_names, guid
from builder.ledger.notes import Note, content_hash, notes
from builder.model import Catalog, Deck


@dataclass(frozen=True, slots=True)
class History:
    """The ledger, and the moment that a build gives to what no release has seen."""

    ledger: Ledger = field(default_factory=Ledger)
    fresh: int = 1
    since: str = ""
    """The release that the gentle update starts from; empty for the one before."""

    def mod(self, note: str, content: str) -> int:
        """Return when a note last changed, from its id and its hash now."""
        return self._mod(self.ledger.notes.get(note), content)

    def type_mod(self, key: str, content: str) -> int:
        """Return when a note type last changed, from its key and its hash now."""
        return self._mod(self.ledger.types.get(key), content)

    def guid(self, note: Note, deck: str) -> str:
        """Return the GUID that learners know the note by, under whatever id."""
        known = self.ledger.notes
        name = next((name for name in former_ids(note) if name in known), None)
        return known[name].guid if name else guid(deck, note.id)

    def deck_names(self, deck: Deck) -> Mapping[str, str]:
        """Return what Anki calls the deck (key ``""``) and the subdeck of each topic.

        Anki matches decks by name: what was released is never renamed.
        """
        frozen = self.ledger.decks
        return {**deck_names(deck, frozen.get("", "")), **frozen}

    def unreleased(self, catalog: Catalog) -> Iterator[Note]:
        """Yield the notes that no release holds as they are now."""
        for note in notes(catalog):
            line = self.ledger.notes.get(note.id)
            if line is None or line.hash != content_hash(note):
                yield note

    def _mod(self, line: NoteLine | TypeLine | None, content: str) -> int:
        return line.mod if line and line.hash == content else self.fresh


def former_ids(note: Note) -> Iterator[str]:
    """Yield the id of a note and those that it had, the newest first."""
    question = note.question
    for name in (question.id, *question.aliases):
        for slug in _former_slugs(note.slug, question.renamed):
            yield f"{name}/{slug}" if slug else name


def _former_slugs(slug: str, renamed: Mapping[str, str]) -> Iterator[str]:
    seen: dict[str, None] = {}
    waiting = [slug]
    while waiting:
        seen |= dict.fromkeys(waiting)
        waiting = [
            old for old, new in renamed.items() if new in waiting and old not in seen
        ]
    yield from seen


def preview_time(ledger: Ledger, epoch: str, now: int) -> int:
    """Return the moment for what no release has seen.

    `epoch` is `SOURCE_DATE_EPOCH`, and empty where it is not set.
    """
    last = ledger.latest.time
    if not epoch:
        return last + 1
    moment = int(epoch) if epoch.isascii() and epoch.isdigit() else 0
    if not last < moment <= now:
        raise TriptychError(
            f"SOURCE_DATE_EPOCH is {epoch}, which is not between the last release"
            f" ({last}) and now ({now}): learners would not get the changes, or get"
            " them over and over; unset it"
        )
    return moment
