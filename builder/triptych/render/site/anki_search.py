"""Which notes a search in Anki finds by their id.

An imported note that keeps the note type of another program has no field with its id.
"""

from collections.abc import Iterator

from triptych.notes.which import notes_of
from triptych.values.note import Role
from triptych.values.question import Question


def search_term(question: Question) -> str:
    """Return what finds a question in Anki; empty if nothing does."""
    found = [note for note in notes_of(question) if not note.is_kept]
    if any(note.role is Role.QUESTION for note in found):
        return f"Id:{question.id}"
    return f"Id:{question.id}/*" if found else ""


def unsearchable_notes(question: Question) -> Iterator[str]:
    """Yield the ids of the notes that no search finds by them."""
    if question.meta.origin.note_type:
        yield question.id
    for card in question.cards:
        if card.plain and card.plain.origin.note_type:
            yield f"{question.id}/{card.slug}"
