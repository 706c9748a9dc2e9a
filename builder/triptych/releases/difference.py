"""What lies between two states of a deck, as a learner would meet it."""

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Change:
    """One note that is new, changed, moved or retired."""

    note: str
    prompt: str
    deck: str
    """The name of its subdeck."""
    cards: int
    was_note: str = ""
    """The id that learners know it by; empty for a new one."""
    was_deck: str = ""
    was_cards: int = 0
    before: str = ""
    """What the card said, where that is known."""
    after: str = ""
    parts: tuple[str, ...] = ()
    """The fields that say something else, where that is known."""


@dataclass(frozen=True, slots=True)
class Difference:
    """What a learner who holds `since` gets with `version`."""

    since: str
    """A version, or the name of a package; empty when nothing was ever released."""
    version: str
    deck: str
    """The deck's id."""
    new: tuple[Change, ...] = ()
    changed: tuple[Change, ...] = ()
    moved: tuple[Change, ...] = ()
    retired: tuple[Change, ...] = ()
    relabelled: tuple[Change, ...] = ()
    """Notes with other tags or minutes and the same words: these come later."""
    fewer: tuple[Change, ...] = ()
    """Notes that lost cards, which Anki keeps until its Empty Cards removes them."""
    restyled: tuple[str, ...] = ()
    """Note types whose look or names changed: learners' own CSS gives way."""
    reshaped: tuple[str, ...] = ()
    """Note types whose fields or templates came, went or moved."""

    @property
    def is_empty(self) -> bool:
        """Return whether a learner would notice nothing."""
        notes = (self.new, self.changed, self.moved, self.retired, self.fewer)
        return not any((*notes, self.restyled, self.reshaped))

    @property
    def default_options_suffice(self) -> bool:
        """Return whether an import with Anki's own settings brings everything."""
        return not self.reshaped

    @property
    def search(self) -> str:
        """Return the search that finds the retired notes in Anki; empty without any."""
        if not self.retired:
            return ""
        terms = " OR ".join(f'"Id:{term}"' for term in self._terms())
        return f'"note:Triptych * ({self.deck})" ({terms})'

    def _terms(self) -> Iterator[str]:
        """Yield what matches the retired ids; a question takes its notes along."""
        notes = {change.note for change in self.retired}
        for note in sorted(notes):
            question, _, slug = note.partition("/")
            if not slug:
                yield from (note, f"{note}/*")
            elif question not in notes:
                yield note
