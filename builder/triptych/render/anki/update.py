"""The gentle update: a text file that changes the deck's fields and nothing else.

Anki's text import finds notes by GUID and leaves tags, `My notes` and schedules alone.
But it knows no time of change: it would overwrite a learner's edits in every note that
the file lists. So it lists only what changed since a release.
"""

from triptych.ledger.lock import Released
from triptych.notes.history import History
from triptych.notes.plan import Plan

_HEADER = (
    "#separator:tab",
    "#html:true",
    "#guid column:1",
    "#notetype column:2",
    "#deck column:3",
)


def gentle_update(planned: Plan, history: History) -> str:
    """Return the text that brings a learner of the release before up to date.

    It is empty before the second release: nobody holds an older one.
    """
    since = base_release(planned, history)
    if since is None:
        return ""
    ledger = history.ledger
    held = {
        name
        for name, first in ledger.media.items()
        if ledger.time_of(first) <= since.time
    }
    rows, left_out = [], []
    for note in planned.notes:
        if note.mod <= since.time:
            continue
        if not note.media <= held:
            left_out.append(note.id)
            continue
        type_ = planned.types[note.type].type
        # What follows, spare fields and the learner's own, a shorter row leaves alone.
        filled = (
            note.fields.get(field.name, "") for field in type_.fields if not field.kept
        )
        row = (note.guid, type_.name, note.deck, *filled)
        rows.append("\t".join(map(_quoted, row)))
    about = [f"#{len(rows)} notes that changed after release {since.version}"]
    if left_out:
        about.append(f"#left out, for text brings no pictures: {', '.join(left_out)}")
    return "".join(f"{line}\n" for line in (*_HEADER, *about, *rows))


def base_release(planned: Plan, history: History) -> Released | None:
    """Return the release whose learners the update is for; none before the second.

    It is the newest, or the one before that while nothing has changed since.
    """
    releases = history.ledger.releases
    if history.since:
        return next((item for item in releases if item.version == history.since), None)
    if not all(note.is_released for note in planned.notes):
        return releases[-1] if releases else None
    return releases[-2] if len(releases) > 1 else None


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'
