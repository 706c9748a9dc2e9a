"""What brings a learner of an older release up to date and takes nothing from them.

A package replaces a note that changed as a whole, with the learner's tags and `My
notes`. So the update is in several files. A package brings the new notes, and the
pictures, but no note that learners have. Text files, one a note type, bring changed
words: Anki finds the note by its GUID and fills the fields that the file names. There
is a set of files for each of the last releases, as text knows no time of change: it
replaces a learner's edits in every note that it lists.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape

from triptych.errors import TriptychError
from triptych.ledger.lock import Ledger, Released
from triptych.notes.history import History
from triptych.notes.plan import Plan, PlannedNote
from triptych.notes.types import NoteType

_RELEASES = 5
"""How many older releases get files of their own."""
_EMPTY, _GUID, _DECK = "(empty)", "(GUID)", "(deck)"
"""Names of columns: a learner's field of that name would be filled from them."""
_HEADER = (
    "#separator:tab",
    "#html:true",
    # Else Anki does what it did with the last text file of this learner.
    "#if matches:update current",
    "#guid column:2",
    "#deck column:3",
)
_PICTURE = re.compile(r'(?P<before><img\b[^>]*?\ssrc=")(?P<name>[^"]*)"')


@dataclass(frozen=True, slots=True)
class Update:
    """What a learner of one release lacks."""

    since: Released
    new: tuple[PlannedNote, ...]
    """Notes that came after the release."""
    changed: Mapping[str, tuple[PlannedNote, ...]]
    """Notes with other words than the release had, by the key of their type."""
    restyled: tuple[str, ...]
    """The keys of note types that changed after the release."""


def updates(planned: Plan, history: History) -> Iterator[Update]:
    """Yield what learners of the last releases lack, the newest release first."""
    for since in _releases(planned, history):
        yield Update(
            since,
            new=tuple(
                note
                for note in planned.notes
                if first_time(note, history.ledger) > since.time
            ),
            changed={
                key: tuple(_changed(planned, history.ledger, since, key))
                for key in planned.types
            },
            restyled=tuple(
                key for key, type_ in planned.types.items() if type_.mod > since.time
            ),
        )


def first_time(note: PlannedNote, ledger: Ledger) -> int:
    """Return when learners first got the note, in seconds since 1970."""
    line = ledger.notes.get(note.id) or next(
        (line for line in ledger.notes.values() if line.guid == note.guid), None
    )
    return min(note.mod, ledger.time_of(line.first)) if line else note.mod


def text(type_: NoteType, notes: tuple[PlannedNote, ...], since: Released) -> str:
    """Return the text file that brings the words of `notes`, all of one type."""
    # What is not named, spare fields and the learner's own, stays as it is.
    names = [field.name for field in type_.fields if not field.kept]
    # Anki fills a first field that the file does not name from the first column, and
    # skips a note whose first field would be empty: so that column is always empty.
    columns = "\t".join((_EMPTY, _GUID, _DECK, *names))
    about = f"#{len(notes)} notes that changed after release {since.version}"
    rows = (
        ("", note.guid, note.deck, *(shown(note).get(name, "") for name in names))
        for note in notes
    )
    lines = (
        *_HEADER,
        f"#notetype:{type_.name}",
        f"#columns:{columns}",
        about,
        *("\t".join(map(_quoted, row)) for row in rows),
    )
    return "".join(f"{line}\n" for line in lines)


def shown(note: PlannedNote) -> Mapping[str, str]:
    """Return the fields of `note` with the names that its pictures have in an update.

    Anki imports a picture whose name starts with `_` without a note that shows it.
    """

    def rename(match: re.Match[str]) -> str:
        name = match["name"]
        known = name in {escape(picture) for picture in note.media}
        return f'{match["before"]}{picture_name(name) if known else name}"'

    if not note.media:
        return note.fields
    return {key: _PICTURE.sub(rename, html) for key, html in note.fields.items()}


def picture_name(name: str) -> str:
    """Return what the picture `name` is called in an update."""
    return f"_{name}"


def _releases(planned: Plan, history: History) -> Iterator[Released]:
    """Yield the releases whose learners lack something, the newest first."""
    releases = history.ledger.releases
    if releases and not planned.is_preview:
        releases = releases[:-1]
    yield from reversed(releases[-_RELEASES:])
    if not history.since:
        return
    older = releases[:-_RELEASES]
    if history.since not in {item.version for item in history.ledger.releases}:
        known = ", ".join(item.version for item in history.ledger.releases) or "none"
        raise TriptychError(f"there is no release {history.since}: there are {known}")
    yield from (item for item in older if item.version == history.since)


def _changed(
    planned: Plan, ledger: Ledger, since: Released, key: str
) -> Iterator[PlannedNote]:
    for note in planned.notes:
        # A note that is new says in the package what it says now; but a learner may
        # have taken it with a later release than the one that these files are for.
        later = max(since.time, first_time(note, ledger))
        if note.type == key and note.mod > later:
            yield note


def _quoted(value: str) -> str:
    return '"' + value.replace('"', '""') + '"'
