"""The parts of a file that the rules over the whole deck need."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from triptych.quick_pickle import quick_pickle
from triptych.values.diagnostics import Span
from triptych.values.meta import Meta
from triptych.values.note import NoteSpec


@quick_pickle
@dataclass(frozen=True, slots=True)
class Mention:
    """A name that a document mentions, such as an id, a file or a heading."""

    name: str
    span: Span
    fragment: str = ""


@quick_pickle
@dataclass(frozen=True, slots=True)
class Entry:
    """A file of the deck: its front matter, its links and its notes."""

    meta: Meta
    span: Span
    """The place of the id, or the file's first line."""
    question: str = ""
    """What is asked, in a form that two spellings of it share; empty for a guide."""
    answers: tuple[Mention, ...] = ()
    """Where hints are asked for: short answers, in a form that two spellings share."""
    anchors: frozenset[str] = frozenset()
    """The ids of headings, which links to the page may use as fragments."""
    github_names: Mapping[str, str] = field(default_factory=dict)
    """Other ids that links may use for headings, and the ids that these have."""
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
    """Its notes in Anki; none for guides and retired notes."""
    without_card: tuple[str, ...] = ()
    """The slugs of the follow-ups and pitfalls that make no note."""
    headings: Mapping[str, Span] = field(default_factory=dict)
    """The place of each follow-up and pitfall, by its slug."""

    @property
    def id(self) -> str:
        """Return the file's permanent id."""
        return self.meta.id

    def span_of(self, note: NoteSpec) -> Span:
        """Return the place of `note`: its heading, or the place of the file's id."""
        return self.headings.get(note.slug, self.span)
