"""The content of a note independent of its HTML: tags, pictures and hashes."""

import hashlib
import json
from collections.abc import Callable, Mapping

from triptych.notes.names import flat_tag, tag
from triptych.notes.which import Note
from triptych.values.meta import Reference
from triptych.values.note import Role
from triptych.values.prose import Prose
from triptych.values.question import Cloze, Part, PlainCard

FORMULA = 3
"""The version of `content_hash`; the ledger records the version of each line."""
_WITH_TASK = 3
"""The first formula with what a coding question gives, and with the figure."""
_encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True).encode


def media_of(note: Note) -> frozenset[str]:
    """Return the names of the pictures that a note shows."""
    return frozenset(name for prose in note.prose for name in prose.media)


def tags(note: Note, *, slash_parts: bool = True) -> tuple[str, ...]:
    """Return the tags of a note in Anki's syntax, sorted.

    Without `slash_parts`, as in release 1.0.0, a slash does not separate levels.
    """
    question = note.question
    if note.is_kept:
        # Learners have no tags of ours on the notes of a deck that was imported.
        names = (*question.meta.tags, *_own_tags(note))
        return tuple(sorted({tag(name) for name in names} - {""}))
    groups = [
        ("part", note.role),
        # Of a plain card the part says all.
        *([("kind", question.meta.kind)] if note.role is not Role.CARD else []),
        ("topic", question.meta.topic),
        *(("company", company) for company in question.meta.asked_at),
    ]
    if question.meta.difficulty:
        groups.append(("difficulty", question.meta.difficulty))
    automatic = {
        f"{group}::{leaf}" for group, name in groups if (leaf := flat_tag(name))
    }
    names = (*question.meta.tags, *_own_tags(note))
    custom = {tag(name) if slash_parts else flat_tag(name, "::") for name in names} - {
        ""
    }
    return tuple(sorted(automatic | custom))


def _own_tags(note: Note) -> tuple[str, ...]:
    return note.part.plain.tags if note.part and note.part.plain else ()


def content_hash(note: Note, formula: int = FORMULA) -> str:
    """Return a hash of the content of `note`, not of its HTML.

    A new Pygments changes the HTML of most notes. If the hash included HTML, the next
    release would overwrite learners' edits without need. Empty values are left out, so
    that a new kind of content changes only the hashes of notes that have it.

    Formula 1, of release 1.0.0, includes tags, minutes and content that no card shows.
    With formula 2, a change of these alone does not count as a change of the note.
    Formula 3 adds what a coding question gives, the figure, and whether the answer is
    folded: notes that were released before have none of them until their words change,
    or their author names a figure, or a release refreshes them.
    """
    question = note.question
    is_formula_1 = formula == 1

    def of(prose: Prose | Cloze) -> str:
        if is_formula_1 and prose.digest and not prose.digest_v1:
            # Else learners' edits would be overwritten, as if the text had changed.
            raise ValueError(f"{note.id}: its prose has no hash by formula 1")
        return prose.digest_v1 if is_formula_1 else prose.digest

    content: dict[str, object] = {
        "id": note.id,
        "role": note.role,
        "prompt": of(note.prompt),
        "tags": tags(note, slash_parts=False) if is_formula_1 else (),
    }
    if note.is_kept:
        cloze = note.kept_cloze
        content |= {
            "note_type": note.type_key,
            "answer": of(note.answer),
            "cloze": of(cloze) if cloze else "",
            "fields": sorted(note.origin.fields.items()),
        }
    elif note.role is Role.CARD and note.part:
        content |= _plain_card(note.part, of)
    elif note.part:
        content |= {"parent": of(question.prompt), "answer": of(note.part.text)}
    elif note.cloze:
        content |= {"cloze": of(note.cloze)}
    else:
        content |= {
            "minutes": question.meta.minutes if is_formula_1 else 0,
            "task": of(question.task) if formula >= _WITH_TASK else "",
            "figure": of(question.figure) if _has_figure(note, formula) else "",
            "is_folded": formula >= _WITH_TASK and question.is_long,
            "hints": [of(hint) for hint in question.hints],
            "summary": of(question.summary),
            "answer": of(question.answer),
            "rubric": [of(point) for point in question.rubric],
            "levels": [[a.level, of(a.text)] for a in question.levels],
            "references": [_reference(source) for source in question.meta.references],
        }
    return _hash({key: value for key, value in content.items() if value})


def _plain_card(part: Part, of: Callable[[Prose | Cloze], str]) -> Mapping[str, object]:
    """Return the content of a card; the text of one with clozes is its prompt."""
    plain = part.plain or PlainCard()
    if plain.cloze:
        return {"prompt": "", "cloze": of(plain.cloze), "answer": of(part.text)}
    return {
        "answer": of(part.text),
        "hints": [of(plain.hint)] if plain.hint.card else [],
        "reversed": plain.is_reversed,
        "typed": plain.typed,
    }


def _has_figure(note: Note, formula: int) -> bool:
    """Whether the figure counts: no file of an older release could have named one."""
    return formula >= _WITH_TASK or bool(note.question.meta.figure)


def labels_hash(note: Note) -> str:
    """Return a hash of the note's tags and minutes."""
    return _hash([tags(note), note.question.meta.minutes])


def _hash(content: object) -> str:
    return hashlib.sha256(_encode(content).encode()).hexdigest()[:20]


def _reference(source: Reference) -> list[str]:
    return [source.title, source.url, source.authors, source.year]
