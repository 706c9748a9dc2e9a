"""The personal package: the deck with a learner's schedule, reviews and stars.

Anki takes schedule and reviews for cards that a collection does not have yet, and for
no others.
"""

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, tzinfo
from functools import partial

from triptych.notes.history import present_ids
from triptych.notes.plan import Plan, PlannedNote
from triptych.practice.log import ProgressLog
from triptych.practice.schedule import CREATED, card_state, review_rows
from triptych.practice.studied import Studied, studied
from triptych.render.anki.files import deck_package
from triptych.render.settings import RenderSettings
from triptych.values.catalog import Catalog

_MARKED = "marked"
"""The tag by which Anki shows a star."""
_DAYS = {"schedVer": 2, "sched2021": True, "rollover": 4, "creationOffset": 0}
"""Without these Anki counts days by the second at which the collection was made."""
_CREATED_SECONDS = int(datetime.combine(CREATED, time(12), UTC).timestamp())
_UPDATE = (
    "UPDATE cards SET type = ?, queue = ?, due = ?, ivl = ?, factor = ?, reps = ?,"
    " lapses = ?, left = ?, data = ?, mod = ? WHERE id = ?"
)
_REVIEW = "INSERT INTO revlog VALUES (?, ?, -1, ?, ?, ?, ?, 0, ?)"


@dataclass(slots=True)
class PackageCounts:
    """How much of a log a personal package has."""

    cards: int = 0
    """The notes with a review."""
    reviews: int = 0
    suspended: int = 0
    starred: int = 0
    unknown: Mapping[str, int] = field(default_factory=dict)
    """The reviews of what the deck no longer has, by id."""


def personal_package(
    catalog: Catalog, settings: RenderSettings, log: ProgressLog, zone: tzinfo | None
) -> tuple[bytes, PackageCounts]:
    """Return the package of `catalog` with the progress of `log`, and what it has.

    Days are those of the time zone `zone`, or of this machine's.
    """
    cards = studied(log.rows, dict(present_ids(catalog.questions)))
    plan = settings.plan(catalog)
    notes = {note.id for note in plan.notes}
    counts = PackageCounts(
        unknown={
            id_: len(card.reviews)
            for id_, card in cards.items()
            if id_ not in notes and card.reviews
        }
    )
    write = partial(_write, plan=plan, cards=cards, zone=zone, counts=counts)
    return deck_package(catalog, settings, write), counts


def _write(
    cursor: sqlite3.Cursor,
    *,
    plan: Plan,
    cards: Mapping[str, Studied],
    zone: tzinfo | None,
    counts: PackageCounts,
) -> None:
    """Put the progress into the database of the package."""
    (conf,) = cursor.execute("SELECT conf FROM col").fetchone()
    cursor.execute(
        "UPDATE col SET crt = ?, conf = ?",
        (_CREATED_SECONDS, json.dumps(json.loads(conf) | _DAYS)),
    )
    query = "SELECT guid, cards.id FROM notes JOIN cards ON nid = notes.id ORDER BY ord"
    ids: dict[str, list[int]] = {}
    for guid, card in cursor.execute(query).fetchall():
        ids.setdefault(guid, []).append(card)
    moments: set[int] = set()
    for note in plan.notes:
        card = cards.get(note.id)
        if card:
            _write_note(cursor, card, _asked(note, plan, ids[note.guid]), zone)
            _write_reviews(cursor, card, ids[note.guid][0], moments)
            _mark(cursor, card, note)
            counts.cards += bool(card.reviews)
            counts.reviews += len(card.reviews)
            counts.suspended += card.is_suspended
            counts.starred += card.is_starred


def _asked(note: PlannedNote, plan: Plan, ids: list[int]) -> list[int]:
    """Return the cards of a note that the page asks: all gaps, but one direction."""
    return ids if plan.types[note.type].type.cloze else ids[:1]


def _write_note(
    cursor: sqlite3.Cursor, card: Studied, ids: list[int], zone: tzinfo | None
) -> None:
    state = card_state(card, zone)
    for id_ in ids:
        if state:
            row = (
                *(state.type, state.queue, state.due, state.ivl, state.factor),
                *(state.reps, state.lapses, state.left, state.data, state.mod, id_),
            )
            cursor.execute(_UPDATE, row)
        elif card.is_suspended:
            cursor.execute("UPDATE cards SET queue = -1 WHERE id = ?", (id_,))


def _write_reviews(
    cursor: sqlite3.Cursor, card: Studied, id_: int, moments: set[int]
) -> None:
    for row in review_rows(card):
        moment = row.id
        # Anki names a review by its moment: two at once are a millisecond apart.
        while moment in moments:
            moment += 1
        moments.add(moment)
        values = (moment, id_, row.ease, row.ivl, row.last_ivl, row.factor, row.type)
        cursor.execute(_REVIEW, values)


def _mark(cursor: sqlite3.Cursor, card: Studied, note: PlannedNote) -> None:
    if card.is_starred:
        tags = " ".join(sorted({*note.tags, _MARKED}))
        query = "UPDATE notes SET tags = ? WHERE guid = ?"
        cursor.execute(query, (f" {tags} ", note.guid))
