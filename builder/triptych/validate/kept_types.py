"""Rules for imported notes and the note types that they came with."""

from collections.abc import Iterator

from triptych.dialect.note_types import FOLDER
from triptych.validate.rule import Scope, suggest
from triptych.values.diagnostics import Finding, Span
from triptych.values.entry import Entry


def bad_note_type(_entries: tuple[Entry, ...], scope: Scope) -> Iterator[Finding]:
    """Flag a note type in `note-types` that cannot be read.

    `triptych import` writes these folders, and the notes of an imported deck need them.
    """
    for path, problem in scope.bad_note_types:
        hint = "restore the folder from version control, or import the deck again"
        yield Finding(Span(path), problem, hint)


def unknown_note_type(entries: tuple[Entry, ...], scope: Scope) -> Iterator[Finding]:
    """Flag a `note_type` that is no folder of `note-types`.

    Learners would get the note a second time, or no update of it.
    """
    for entry in entries:
        name = entry.meta.note_type
        if name and not entry.meta.is_guide and name not in scope.note_types:
            yield Finding(
                entry.span,
                f"there is no note type `{name}` in the folder `{FOLDER}`",
                suggest(name, scope.note_types, "import the deck again"),
            )


def unknown_field(entries: tuple[Entry, ...], scope: Scope) -> Iterator[Finding]:
    """Flag an entry of `fields` that the note type does not have: no card shows it."""
    for entry in entries:
        if entry.meta.is_guide or not entry.meta.fields:
            continue
        known = scope.note_types.get(entry.meta.note_type)
        if known is None and not entry.meta.note_type:
            hint = "say which one it is, or take `fields` away"
            yield Finding(entry.span, "`fields` are there without a `note_type`", hint)
        for name in entry.meta.fields if known else ():
            if known and name not in known:
                yield Finding(
                    entry.span,
                    f"the note type `{entry.meta.note_type}` has no field `{name}`",
                    suggest(name, known, f"its fields are {', '.join(known)}"),
                )


def duplicate_guid(entries: tuple[Entry, ...], _scope: Scope) -> Iterator[Finding]:
    """Flag a `guid` that two questions have: Anki would update only one of them."""
    seen: dict[str, str] = {}
    for entry in entries:
        guid = entry.meta.guid
        if not guid or entry.meta.is_guide:
            continue
        if guid in seen:
            message = f"`{seen[guid]}` has the GUID `{guid}`, too"
            hint = "take the line away in the one that learners do not have"
            yield Finding(entry.span, message, hint)
        seen.setdefault(guid, entry.id)
