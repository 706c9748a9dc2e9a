"""What a note holds, without its looks: tags, pictures and the hash of its words."""

import hashlib
import json

from triptych.notes.names import tag
from triptych.notes.which import Note
from triptych.values.meta import Reference

_encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True).encode


def media_of(note: Note) -> frozenset[str]:
    """Return the names of the pictures that a note shows."""
    return frozenset(name for prose in note.prose for name in prose.media)


def tags(note: Note) -> tuple[str, ...]:
    """Return the tags of a note, as Anki would write them, in order."""
    question = note.question
    groups = [
        ("part", note.role),
        ("kind", question.meta.kind),
        ("topic", question.meta.topic),
        *(("company", company) for company in question.meta.asked_at),
    ]
    if question.meta.difficulty:
        groups.append(("difficulty", question.meta.difficulty))
    made = {f"{group}::{leaf}" for group, name in groups if (leaf := tag(name, "-"))}
    own = {clean for name in question.meta.tags if (clean := tag(name))}
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
            "minutes": question.meta.minutes,
            "hints": [hint.digest for hint in question.hints],
            "summary": question.summary.digest,
            "answer": question.answer.digest,
            "rubric": [point.digest for point in question.rubric],
            "references": [_reference(source) for source in question.meta.references],
        }
    present = {key: value for key, value in content.items() if value}
    return hashlib.sha256(_encode(present).encode()).hexdigest()[:20]


def _reference(source: Reference) -> list[str]:
    return [source.title, source.url, source.authors, source.year]
