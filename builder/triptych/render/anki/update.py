"""The update files: what changed since a release, without loss of a learner's data.

An import of the whole package replaces the tags and `My notes` of each changed note. So
an update has several files. A package brings the new notes and the pictures, and no
note that learners have. Text files, one per note type, bring the changed texts: Anki's
text import finds notes by GUID and changes only the fields that the file names. It
compares no times: it overwrites a learner's edits in every note that a file lists. So
there is a set of files for each of the latest releases.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from triptych.errors import TriptychError
from triptych.ledger.lock import Ledger, Released
from triptych.notes import shape
from triptych.notes.history import History
from triptych.notes.plan import Plan, PlannedNote
from triptych.notes.types import NoteType

_MAX_RELEASES = 5
"""How many of the latest releases get update files."""
_EMPTY, _GUID, _DECK = "(empty)", "(GUID)", "(deck)"
"""Names of columns that no field has: Anki fills fields from columns by name."""
_HEADER = (
    "#separator:tab",
    "#html:true",
    # Without it Anki does what the learner chose for the previous text file.
    "#if matches:update current",
    "#guid column:2",
    "#deck column:3",
)


@dataclass(frozen=True, slots=True)
class Update:
    """What a learner of the release `since` does not have."""

    since: Released
    new: tuple[PlannedNote, ...]
    """Notes that were first released after `since`."""
    changed: Mapping[str, tuple[PlannedNote, ...]]
    """Notes whose text changed after `since`, by the key of their note type."""
    restyled: tuple[str, ...]
    """The keys of note types that changed after `since`."""


def updates(plan: Plan, history: History) -> Iterator[Update]:
    """Yield an update for each of the latest releases, the newest first."""
    for since in _releases(plan, history):
        yield Update(
            since,
            new=tuple(
                note
                for note in plan.notes
                if first_time(note, history.ledger) > since.time
            ),
            changed={
                key: tuple(_changed(plan, history.ledger, since, key))
                for key in plan.types
            },
            restyled=tuple(
                key for key, type_ in plan.types.items() if type_.mod > since.time
            ),
        )


def first_time(note: PlannedNote, ledger: Ledger) -> int:
    """Return when the note was first released, in seconds since 1970."""
    line = ledger.notes.get(note.id) or next(
        (line for line in ledger.notes.values() if line.guid == note.guid), None
    )
    return min(note.mod, ledger.time_of(line.first)) if line else note.mod


def text(type_: NoteType, notes: tuple[PlannedNote, ...], since: Released) -> str:
    """Return the text file with the fields of `notes`, all of one note type."""
    # Anki does not change fields that have no column: the spare and the learner's own.
    plain = any(note.is_plain_card for note in notes)
    used = shape.OF_PLAIN_CARDS if plain else ()
    names = [f.name for f in type_.fields if not f.kept or f.name in used]
    # If no column has the name of a note type's first field, Anki fills that field from
    # the first column. It skips the note if that is empty, so this column always is.
    columns = "\t".join((_EMPTY, _GUID, _DECK, *names))
    about = f"#{len(notes)} notes that changed after release {since.version}"
    rows = (
        ("", note.guid, note.deck, *(values.get(name, "") for name in names))
        for note, values in ((note, note.update_fields) for note in notes)
    )
    lines = (
        *_HEADER,
        f"#notetype:{type_.name}",
        f"#columns:{columns}",
        about,
        *("\t".join(map(_quoted, row)) for row in rows),
    )
    return "".join(f"{line}\n" for line in lines)


def _releases(plan: Plan, history: History) -> Iterator[Released]:
    """Yield the releases that get update files, the newest first."""
    releases = history.ledger.releases
    if releases and not plan.is_preview:
        releases = releases[:-1]
    yield from reversed(releases[-_MAX_RELEASES:])
    if not history.since:
        return
    older = releases[:-_MAX_RELEASES]
    if history.since not in {item.version for item in history.ledger.releases}:
        known = ", ".join(item.version for item in history.ledger.releases) or "none"
        raise TriptychError(f"there is no release {history.since}: there are {known}")
    yield from (item for item in older if item.version == history.since)


def _changed(
    plan: Plan, ledger: Ledger, since: Released, key: str
) -> Iterator[PlannedNote]:
    for note in plan.notes:
        # New notes are in the package. One that changed later is here as well: learners
        # have it already if they choose the files of an older release than theirs.
        known_since = max(since.time, first_time(note, ledger))
        if note.type == key and note.mod > known_since:
            yield note


def _quoted(value: str) -> str:
    return '"' + value.replace('"', '""') + '"'
