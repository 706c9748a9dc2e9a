"""The gentle update: a text file that changes only the deck's fields.

Anki's text import finds notes by GUID and does not change tags, `My notes` and
schedules. But it compares no times: it overwrites a learner's edits in every note that
the file lists. So the file lists only the notes that changed since a release.
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


def gentle_update(plan: Plan, history: History) -> str:
    """Return the text that updates the deck of a learner of the previous release.

    It is empty before the second release: nobody has an older one.
    """
    since = base_release(plan, history)
    if since is None:
        return ""
    ledger = history.ledger
    released_media = {
        name
        for name, first in ledger.media.items()
        if ledger.time_of(first) <= since.time
    }
    rows, left_out = [], []
    for note in plan.notes:
        if note.mod <= since.time:
            continue
        if not note.media <= released_media:
            left_out.append(note.id)
            continue
        type_ = plan.types[note.type].type
        # The spare fields and the learner's own come last: Anki does not change fields
        # that a row is too short for.
        values = (
            note.fields.get(field.name, "") for field in type_.fields if not field.kept
        )
        row = (note.guid, type_.name, note.deck, *values)
        rows.append("\t".join(map(_quoted, row)))
    comments = [f"#{len(rows)} notes that changed after release {since.version}"]
    if left_out:
        comments.append(
            f"#left out, for text brings no pictures: {', '.join(left_out)}"
        )
    return "".join(f"{line}\n" for line in (*_HEADER, *comments, *rows))


def base_release(plan: Plan, history: History) -> Released | None:
    """Return the release that the update starts from; None before the second.

    It is the newest release, or the one before it if nothing has changed since.
    """
    releases = history.ledger.releases
    if history.since:
        return next((item for item in releases if item.version == history.since), None)
    if not all(note.is_released for note in plan.notes):
        return releases[-1] if releases else None
    return releases[-2] if len(releases) > 1 else None


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'
