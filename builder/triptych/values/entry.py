"""What the rules over the whole deck know of one file."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from triptych.values.diagnostics import Span
from triptych.values.meta import Meta
from triptych.values.note import NoteSpec


@dataclass(frozen=True, slots=True)
class Mention:
    """An id or a file that a document refers to."""

    name: str
    span: Span
    fragment: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A file of the deck: its front matter, its links and its notes."""

    meta: Meta
    span: Span
    """Where the id is written, or the file's first line."""
    anchors: frozenset[str] = frozenset()
    """Every place on its page that a link may name."""
    related: tuple[Mention, ...] = ()
    requires: tuple[Mention, ...] = ()
    aliases: tuple[Mention, ...] = ()
    """The former ids of the question itself."""
    moved: tuple[Mention, ...] = ()
    """The ids that its notes had in other questions."""
    tags: tuple[Mention, ...] = ()
    links: tuple[Mention, ...] = ()
    """Links to other files of the deck, by path."""
    notes: tuple[NoteSpec, ...] = ()
    """The notes that it makes in Anki; none for a guide and for what is retired."""
    headings: Mapping[str, Span] = field(default_factory=dict)
    """Where each follow-up and pitfall stands, by its slug."""

    @property
    def id(self) -> str:
        """Return the file's permanent id."""
        return self.meta.id

    def place(self, note: NoteSpec) -> Span:
        """Return where `note` is written: its heading, or what names the file's id."""
        return self.headings.get(note.slug, self.span)
