"""Which notes a question makes: their ids, tags and hashes; how they look is not said.

A note's id is the question's own id or `question/slug`. It makes the GUID, the ledger's
line and the address of the page, so it never depends on text, order or files.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from triptych.dialect.ids import CLOZE_SLUG, FILL_IN_SLUG
from triptych.notes.names import note_id, tag
from triptych.values.catalog import Catalog
from triptych.values.question import Cloze, Part, Prose, Question, Reference

_encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True).encode


class Role(StrEnum):
    """What part of a question a note asks for; learners see it as a tag."""

    QUESTION = "question"
    FOLLOW_UP = "follow-up"
    PITFALL = "pitfall"
    CLOZE = "cloze"
    CODE = "code"


@dataclass(frozen=True, slots=True)
class Note:
    """One note to be: all that is known of it before it is typeset for Anki."""

    id: str
    role: Role
    question: Question
    part: Part | None = None
    """The follow-up or pitfall, for a note of one."""
    cloze: Cloze | None = None
    """The deletions, for a cloze note."""

    @property
    def slug(self) -> str:
        """Return what stands after the question's id; nothing for its own note."""
        return self.id.partition("/")[2]

    @property
    def page(self) -> str:
        """Return the page of the site, relative to the folder of question pages."""
        anchor = f"#{self.part.slug}" if self.part else ""
        return f"{self.question.id}.html{anchor}"

    @property
    def cards(self) -> int:
        """Return how many cards Anki makes of the note."""
        return len(self.cloze.numbers) if self.cloze else 1

    @property
    def prompt(self) -> Prose:
        """Return what is asked."""
        return self.part.prompt if self.part else self.question.prompt

    @property
    def prose(self) -> Iterator[Prose]:
        """Yield all that the note shows, for its media."""
        question = self.question
        yield question.prompt
        if self.part:
            yield from (self.part.prompt, self.part.text)
        elif self.role is not Role.CODE:
            yield question.summary
        if self.role is Role.QUESTION:
            yield from (question.answer, *question.rubric, *question.hints)


def notes(catalog: Catalog) -> Iterator[Note]:
    """Yield every note of the deck in study order, each question's together."""
    order = {id_: place for place, id_ in enumerate(catalog.study_order)}
    questions = sorted(
        catalog.questions, key=lambda question: order.get(question.id, len(order))
    )
    for question in questions:
        yield from notes_of(question)


def notes_of(question: Question) -> Iterator[Note]:
    """Yield the notes of one question; what is retired makes none."""
    if question.retired:
        return
    for note in _all_notes_of(question):
        if note.slug not in question.retired_slugs:
            yield note


def _all_notes_of(question: Question) -> Iterator[Note]:
    yield Note(question.id, Role.QUESTION, question)
    for role, slug, cloze in (
        (Role.CLOZE, CLOZE_SLUG, question.summary_cloze),
        (Role.CODE, FILL_IN_SLUG, question.fill_in),
    ):
        if cloze:
            yield Note(note_id(question.id, slug), role, question, cloze=cloze)
    for role, parts in (
        (Role.FOLLOW_UP, question.follow_ups),
        (Role.PITFALL, question.pitfalls),
    ):
        for part in parts:
            yield Note(note_id(question.id, part.slug), role, question, part=part)


def media_of(note: Note) -> frozenset[str]:
    """Return the names of the pictures that a note shows."""
    return frozenset(name for prose in note.prose for name in prose.media)


def tags(note: Note) -> tuple[str, ...]:
    """Return the tags of a note, as Anki would write them, in order."""
    question = note.question
    groups = [
        ("part", note.role),
        ("kind", question.kind),
        ("topic", question.topic),
        *(("company", company) for company in question.asked_at),
    ]
    if question.difficulty:
        groups.append(("difficulty", question.difficulty))
    made = {f"{group}::{leaf}" for group, name in groups if (leaf := tag(name, "-"))}
    own = {clean for name in question.tags if (clean := tag(name))}
    return tuple(sorted(made | own))


def content_hash(note: Note) -> str:
    """Return a hash of what the author wrote for this note, never of its HTML.

    A new Pygments changes the HTML of most notes; were it in the hash, the next release
    would overwrite every learner's edits for nothing. An empty ingredient is left out,
    so that a new one moves only the notes that have it.
    """
    question = note.question
    content: dict[str, object] = {
        "id": note.id,
        "role": note.role,
        "prompt": note.prompt.digest,
        "tags": tags(note),
    }
    if note.part:
        content |= {"parent": question.prompt.digest, "answer": note.part.text.digest}
    elif note.cloze:
        content |= {"cloze": note.cloze.digest}
    else:
        content |= {
            "minutes": question.minutes,
            "hints": [hint.digest for hint in question.hints],
            "summary": question.summary.digest,
            "answer": question.answer.digest,
            "rubric": [point.digest for point in question.rubric],
            "references": [_reference(source) for source in question.references],
        }
    present = {key: value for key, value in content.items() if value}
    return hashlib.sha256(_encode(present).encode()).hexdigest()[:20]


def _reference(source: Reference) -> list[str]:
    return [source.title, source.url, source.authors, source.year]
