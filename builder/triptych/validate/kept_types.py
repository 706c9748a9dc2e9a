"""Rules for imported notes and the note types that they came with."""

from collections.abc import Iterator

from triptych.dialect.note_types import FOLDER
from triptych.validate.rule import DeckScope, suggest
from triptych.values.diagnostics import Finding, Span
from triptych.values.entry import Entry
from triptych.values.note import NoteSpec


def bad_note_type(_entries: tuple[Entry, ...], scope: DeckScope) -> Iterator[Finding]:
    """Flag a note type in `note-types` that cannot be read.

    `triptych import` writes these folders, and the notes of an imported deck need them.
    """
    for path, problem in scope.bad_note_types:
        hint = "restore the folder from version control, or import the deck again"
        yield Finding(Span(path), problem, hint)


def unknown_note_type(
    entries: tuple[Entry, ...], scope: DeckScope
) -> Iterator[Finding]:
    """Flag a `note_type` that is no folder of `note-types`.

    Learners would get the note a second time, or no update of it.
    """
    for entry, note in _notes(entries):
        name = note.origin.note_type
        if name and name not in scope.note_types:
            yield Finding(
                entry.span_of(note),
                f"there is no note type `{name}` in the folder `{FOLDER}`",
                suggest(name, scope.note_types, "import the deck again"),
            )


def unknown_field(entries: tuple[Entry, ...], scope: DeckScope) -> Iterator[Finding]:
    """Flag an entry of `fields` that the note type does not have: no card shows it."""
    for entry, note in _notes(entries):
        origin, span = note.origin, entry.span_of(note)
        known = scope.note_types.get(origin.note_type)
        if origin.fields and not origin.note_type:
            hint = "say which one it is, or take `fields` away"
            yield Finding(span, "`fields` are there without a `note_type`", hint)
        for name in origin.fields if known else ():
            if known and name not in known:
                yield Finding(
                    span,
                    f"the note type `{origin.note_type}` has no field `{name}`",
                    suggest(name, known, f"its fields are {', '.join(known)}"),
                )


def duplicate_guid(entries: tuple[Entry, ...], _scope: DeckScope) -> Iterator[Finding]:
    """Flag a `guid` that two notes have: Anki would update only one of them."""
    seen: dict[str, str] = {}
    for entry, note in _notes(entries):
        guid = note.origin.guid
        if guid in seen:
            message = f"`{seen[guid]}` has the GUID `{guid}`, too"
            hint = "take the line away in the one that learners do not have"
            yield Finding(entry.span_of(note), message, hint)
        elif guid:
            seen[guid] = note.id


def _notes(entries: tuple[Entry, ...]) -> Iterator[tuple[Entry, NoteSpec]]:
    for entry in entries:
        for note in entry.notes:
            yield entry, note
