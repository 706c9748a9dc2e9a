"""Update the ledger for a release."""

from collections.abc import Mapping

from triptych.ledger.lock import Ledger, NoteLine, Released, TypeLine
from triptych.notes.content import FORMULA
from triptych.notes.plan import Plan, PlannedNote, PlannedType


def stamp(ledger: Ledger, deck: str, plan: Plan, released: Released) -> Ledger:
    """Return the ledger after `released`, which holds the `plan` of the deck `deck`."""
    known = {line.guid: line for line in ledger.notes.values()}
    lines = {
        note.id: _note_line(note, known.get(note.guid), released.version)
        for note in plan.notes
    }
    media = {name for note in plan.notes for name in note.media}
    return Ledger(
        deck=deck,
        releases=(*ledger.releases, released),
        decks={**plan.decks},
        types={key: _type_line(type_) for key, type_ in plan.types.items()},
        media={name: ledger.media.get(name, released.version) for name in media},
        notes={**_retired(ledger, lines), **lines},
    )


def _note_line(note: PlannedNote, before: NoteLine | None, version: str) -> NoteLine:
    # Learners keep the tags that came with the last change of content.
    keeps_labels = before is not None and before.labels and before.mod == note.mod
    return NoteLine(
        note=note.id,
        guid=note.guid,
        type=note.type,
        topic=note.topic,
        cards=len(note.cards),
        hash=note.hash,
        mod=note.mod,
        first=before.first if before else version,
        last=version,
        prompt=note.prompt,
        formula=FORMULA,
        labels=before.labels if before and keeps_labels else note.labels,
        text_mod=_text_mod(note, before),
    )


def _text_mod(note: PlannedNote, before: NoteLine | None) -> int:
    """Return when the text last changed; 0 if that is the note's time."""
    if before is None or not note.is_released:
        return 0
    time = before.text_time
    return 0 if time == note.mod else time


def _type_line(planned: PlannedType) -> TypeLine:
    type_ = planned.type
    return TypeLine(
        type=type_.key,
        id=type_.id,
        name=type_.name,
        fields={field.name: field.id for field in type_.fields},
        templates={template.name: template.id for template in type_.templates},
        hash=type_.content_hash,
        mod=planned.mod,
    )


def _retired(ledger: Ledger, lines: Mapping[str, NoteLine]) -> Mapping[str, NoteLine]:
    """Return the lines of notes that the deck no longer has."""
    current = {line.guid for line in lines.values()}
    return {
        name: line for name, line in ledger.notes.items() if line.guid not in current
    }
