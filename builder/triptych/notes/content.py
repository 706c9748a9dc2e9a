"""What a note holds, without its looks: tags, pictures and the hash of its words."""

import hashlib
import json

from triptych.notes.names import flat_tag, tag
from triptych.notes.which import Note
from triptych.values.meta import Reference
from triptych.values.question import Cloze, Prose

FORMULA = 2
"""How the hash of a note is made now; the ledger names the formula of each line."""
_encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True).encode


def media_of(note: Note) -> frozenset[str]:
    """Return the names of the pictures that a note shows."""
    return frozenset(name for prose in note.prose for name in prose.media)


def tags(note: Note, *, slash_parts: bool = True) -> tuple[str, ...]:
    """Return the tags of a note, as Anki would write them, in order.

    Until release 1.0.0 no slash parted the levels of a tag.
    """
    question = note.question
    groups = [
        ("part", note.role),
        ("kind", question.meta.kind),
        ("topic", question.meta.topic),
        *(("company", company) for company in question.meta.asked_at),
    ]
    if question.meta.difficulty:
        groups.append(("difficulty", question.meta.difficulty))
    made = {f"{group}::{leaf}" for group, name in groups if (leaf := flat_tag(name))}
    names = question.meta.tags
    own = {tag(name) if slash_parts else flat_tag(name, "::") for name in names} - {""}
    return tuple(sorted(made | own))


def content_hash(note: Note, formula: int = FORMULA) -> str:
    """Return a hash of what a learner reads of this note, never of its HTML.

    A new Pygments changes the HTML of most notes; were it in the hash, the next release
    would overwrite every learner's edits for nothing. An empty ingredient is left out,
    so that a new one moves only the notes that have it.

    Formula 1, that of release 1.0.0, counts tags and minutes and what no card shows;
    by formula 2 they wait for the next change of words.
    """
    question = note.question
    first = formula == 1

    def of(prose: Prose | Cloze) -> str:
        return prose.digest_v1 if first else prose.digest

    content: dict[str, object] = {
        "id": note.id,
        "role": note.role,
        "prompt": of(note.prompt),
        "tags": tags(note, slash_parts=False) if first else (),
    }
    if note.part:
        content |= {"parent": of(question.prompt), "answer": of(note.part.text)}
    elif note.cloze:
        content |= {"cloze": of(note.cloze)}
    else:
        content |= {
            "minutes": question.meta.minutes if first else 0,
            "hints": [of(hint) for hint in question.hints],
            "summary": of(question.summary),
            "answer": of(question.answer),
            "rubric": [of(point) for point in question.rubric],
            "references": [_reference(source) for source in question.meta.references],
        }
    return _hash({key: value for key, value in content.items() if value})


def labels_hash(note: Note) -> str:
    """Return a hash of the note's tags and minutes: they change no answer."""
    return _hash([tags(note), note.question.meta.minutes])


def _hash(content: object) -> str:
    return hashlib.sha256(_encode(content).encode()).hexdigest()[:20]


def _reference(source: Reference) -> list[str]:
    return [source.title, source.url, source.authors, source.year]
