"""The differences between two states of a deck, from a learner's view."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Change:
    """One note that is new, back, changed, moved or retired."""

    note: str
    prompt: str
    deck: str
    """The name of its subdeck."""
    cards: int
    was_note: str = ""
    """The released id; empty for a note that is new or back."""
    was_deck: str = ""
    was_cards: int = 0
    before: str = ""
    """The old text of the card, if known."""
    after: str = ""
    parts: tuple[str, ...] = ()
    """The names of the changed fields, if known."""


@dataclass(frozen=True, slots=True)
class Difference:
    """The changes from the release `since` to `version`.

    The names of the fields are keys of `triptych diff --format json`.
    """

    since: str
    """A version or the name of a package; empty if nothing was released."""
    version: str
    deck: str
    """The deck's id."""
    new: tuple[Change, ...] = ()
    back: tuple[Change, ...] = ()
    """Notes that were retired before, which learners may still have."""
    changed: tuple[Change, ...] = ()
    anew: tuple[Change, ...] = ()
    """Notes "shown anew": an import replaces them, though their text did not change."""
    moved: tuple[Change, ...] = ()
    retired: tuple[Change, ...] = ()
    relabelled: tuple[Change, ...] = ()
    """Notes of which only tags or minutes changed, which learners get later."""
    fewer: tuple[Change, ...] = ()
    """Notes with fewer cards; Anki keeps the others until Empty Cards removes them."""
    restyled: tuple[str, ...] = ()
    """Note types whose style or names changed, which overwrites learners' own CSS."""
    reshaped: tuple[str, ...] = ()
    """Note types whose fields or templates were added, removed or moved."""
    merged: tuple[str, ...] = ()
    """Imported note types that collections may have under other ids."""
    skipped: int = 0
    """How many imported notes collections may have with note types not known here."""
    unsearchable: frozenset[str] = frozenset()
    """The retired notes that Anki does not find by their id."""
    titles: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """The prompts of questions, retired ones too, by id."""

    @property
    def is_empty(self) -> bool:
        """Whether there is no change for a learner."""
        notes = (
            self.new,
            self.back,
            self.changed,
            self.anew,
            self.moved,
            self.retired,
            self.fewer,
        )
        return not any((*notes, self.restyled, self.reshaped))

    @property
    def default_options_suffice(self) -> bool:
        """Whether an import with Anki's default options is enough."""
        return not (self.reshaped or self.merged or self.skipped)

    @property
    def search(self) -> str:
        """Return an Anki search for the retired notes; empty if it finds none."""
        terms = " OR ".join(f'"Id:{term}"' for term in self._terms())
        if not terms:
            return ""
        return f'"note:Triptych * ({self.deck})" ({terms})'

    def _terms(self) -> Iterator[str]:
        """Yield search terms for the retired ids; a question includes its notes."""
        notes = {change.note for change in self.retired} - self.unsearchable
        for note in sorted(notes):
            question, _, slug = note.partition("/")
            if not slug:
                yield from (note, f"{note}/*")
            elif question not in notes:
                yield note
