"""Rules that compare notes with the released ones, to protect learners' progress."""

from collections.abc import Iterator, Mapping

from triptych.english import counted
from triptych.ledger.lock import Ledger
from triptych.notes.history import former_ids
from triptych.notes.names import guid
from triptych.notes.which import CLOZE_TYPE, QUESTION_TYPE
from triptych.validate.released_deck import ledger_span
from triptych.validate.rule import DeckScope
from triptych.values.diagnostics import Finding
from triptych.values.entry import Entry
from triptych.values.note import NoteSpec, Role

_OURS = frozenset({QUESTION_TYPE, CLOZE_TYPE})
_CLOZES = frozenset({Role.CLOZE, Role.CODE})


def changed_card_type(
    entries: tuple[Entry, ...], scope: DeckScope
) -> Iterator[Finding]:
    """Flag a released card of another note type than before.

    A plain card with clozes is of another note type than one without, and an imported
    card has the one that `note_type` says. Anki does not change the type of a note that
    a learner has: the card would never be updated.
    """
    current = _current(entries)
    for line in scope.ledger.notes.values():
        entry, note = current.get(line.note, (None, None))
        if entry is None or note is None:
            continue
        kept = note.origin.note_type
        ours = CLOZE_TYPE if note.is_cloze or note.role in _CLOZES else QUESTION_TYPE
        if line.type != (kept or ours) and (kept or line.type not in _OURS):
            message = f"`{line.note}` was released with the note type `{line.type}`"
            hint = f"write `note_type: {line.type}`, which learners have it with"
            if line.type in _OURS:
                hint = "take `note_type` away: learners have it without"
            yield Finding(entry.span_of(note), message, hint)
        elif note.role is Role.CARD and line.type != (kept or ours):
            was, now = ("without", "with") if note.is_cloze else ("with", "without")
            message = f"`{line.note}` was released {was} clozes, and now it is {now}"
            hint = "put it back, or retire it and give the new card another id"
            yield Finding(entry.span_of(note), message, hint)


def vanished_note(entries: tuple[Entry, ...], scope: DeckScope) -> Iterator[Finding]:
    """Flag a released note that the deck does not have and does not mention.

    Learners would keep a note that gets no updates. `retired` says that this is meant;
    `renamed` and `aliases` give the new id of the note.
    """
    ledger = scope.ledger
    current, retired = _current(entries), _retired(entries)
    by_id = {entry.id: entry for entry in entries if not entry.meta.is_guide}
    by_id |= {a: entry for entry in by_id.values() for a in entry.meta.aliases}
    vanished: dict[str, list[str]] = {}
    for line in ledger.notes.values():
        is_current = line.last == ledger.latest.version
        question, _, slug = line.note.partition("/")
        is_retired = line.note in retired or f"{question}/" in retired
        if is_current and line.note not in current and not is_retired:
            vanished.setdefault(question, []).append(slug)
    for question, slugs in vanished.items():
        entry = by_id.get(question)
        if entry is None:
            yield _no_question(ledger, question, len(slugs))
        elif entry.meta.draft:
            message = f"the released question `{question}` is a draft now"
            hint = "learners would keep it without updates: retire it, or finish it"
            yield Finding(entry.span, message, hint)
        else:
            for slug in slugs:
                yield Finding(
                    entry.span,
                    f"the released note `{question}/{slug}` is gone",
                    f"write `retired: [{slug}]`, or `renamed: {{{slug}: …}}`; if it"
                    f" is elsewhere now, write `aliases: [{question}/{slug}]` or"
                    f" `renamed: {{{question}/{slug}: …}}` there",
                )


def shared_note(entries: tuple[Entry, ...], scope: DeckScope) -> Iterator[Finding]:
    """Flag two notes that claim to be the same released one.

    Both would be imported, and later updates would reach only one of them. So a note
    that moved to another question must not stand in its old one any more.
    """
    seen: dict[str, str] = {}
    twice = dict(_claimed_twice(entries))
    present = {note.id for entry in _questions(entries) for note in entry.notes}
    for entry in _questions(entries):
        for note, names in _with_all_ids(entry):
            if note.id in twice:
                yield twice[note.id]
                continue
            released = next(
                (name for name in names if name in scope.ledger.notes), None
            )
            if released is None:
                continue
            kept = present.intersection(names[1:]) & scope.ledger.notes.keys()
            for name in sorted(kept - {released}):
                # Without an error, `renamed` would quietly count for nothing here.
                message = f"`{note.id}` claims to be `{name}`, which is here, too"
                hint = f"let its `renamed` go, or give `{name}` an id of its own"
                yield Finding(entry.span, message, hint)
            guid = scope.ledger.notes[released].guid
            if guid in seen:
                message = (
                    f"`{note.id}` and `{seen[guid]}` both claim to be `{released}`"
                )
                yield Finding(entry.span, message, "let one `renamed` or alias go")
            seen.setdefault(guid, note.id)


def known_id(entries: tuple[Entry, ...], scope: DeckScope) -> Iterator[Finding]:
    """Flag an id under which learners have another note.

    That note was renamed or retired, and is still in their collections. A new note with
    its id would replace it and get its schedule: give the new note another id.
    """
    ledger = scope.ledger
    by_guid = {line.guid: line for line in ledger.notes.values()}
    latest = ledger.latest.version
    for entry in _questions(entries):
        for note, names in _with_all_ids(entry):
            line = next((ledger.notes[n] for n in names if n in ledger.notes), None)
            if line is None:
                line = by_guid.get(guid(scope.deck.id, note.id))
                known = line is not None
            else:
                # With the same words it is the retired note itself that comes back.
                known = line.last != latest and line.prompt != note.prompt
            if line and known:
                what = f"`{line.note}`" if line.note != note.id else "a retired note"
                yield Finding(
                    entry.span_of(note),
                    f"learners have {what} under the id `{note.id}`: “{line.prompt}”",
                    "choose another id: this one stays with what learners have",
                )


def fewer_cards(entries: tuple[Entry, ...], scope: DeckScope) -> Iterator[Finding]:
    """Flag a released note that makes fewer cards than before.

    Learners keep the others, which ask for nothing any more, until they choose Empty
    Cards in Anki's Tools menu.
    """
    current = _current(entries)
    for line in scope.ledger.notes.values():
        if line.note not in current:
            continue
        entry, note = current[line.note]
        if note.origin.note_type:
            continue  # its templates decide how many cards it makes
        cards = len(note.cards)
        if cards < line.cards:
            yield Finding(
                entry.span,
                f"`{line.note}` makes {counted(cards, 'card')}, and made {line.cards}",
                "learners remove the rest with Tools > Empty Cards: tell them",
            )


def _no_question(ledger: Ledger, question: str, notes: int) -> Finding:
    place = ledger_span(
        ledger, next(n for n in ledger.notes if n.split("/")[0] == question)
    )
    count = counted(notes, "note")
    return Finding(
        place,
        f"the released question `{question}` is gone ({count})",
        f"bring its file back with `retired: true`, or give `aliases: [{question}]`"
        " to the question that it became",
    )


def _questions(entries: tuple[Entry, ...]) -> Iterator[Entry]:
    """Yield the questions that a release contains."""
    metas = ((entry, entry.meta) for entry in entries)
    return (entry for entry, meta in metas if not (meta.is_guide or meta.draft))


def _with_all_ids(entry: Entry) -> Iterator[tuple[NoteSpec, tuple[str, ...]]]:
    """Yield each note of a question with its current and former ids."""
    for note in entry.notes:
        yield note, tuple(former_ids(entry.meta, note.slug))


def _current(entries: tuple[Entry, ...]) -> Mapping[str, tuple[Entry, NoteSpec]]:
    """Return the file and the note, by current and former id of the note."""
    return {
        name: (entry, note)
        for entry in _questions(entries)
        for note, names in _with_all_ids(entry)
        for name in names
    }


def _claimed_twice(entries: tuple[Entry, ...]) -> Iterator[tuple[str, Finding]]:
    """Yield findings for notes whose former id belongs to another note, by note id.

    Such a note claims by `aliases` or `renamed` to come from another question.
    """
    questions = tuple(_questions(entries))
    owners = {note.id: note.id for entry in questions for note in entry.notes}
    for entry in questions:
        for note, names in _with_all_ids(entry):
            for name in names:
                if name not in entry.meta.moved:
                    owners.setdefault(name, note.id)
    for entry in questions:
        if not entry.moved:
            continue
        places = {mention.name: mention.span for mention in entry.moved}
        for note, names in _with_all_ids(entry):
            for name, place in places.items():
                owner = owners.setdefault(name, note.id) if name in names else note.id
                if owner != note.id:
                    message = f"`{note.id}` and `{owner}` both claim to be `{name}`"
                    hint = "remove one: a note has one place"
                    yield note.id, Finding(place, message, hint)


def _retired(entries: tuple[Entry, ...]) -> frozenset[str]:
    """Return the ids of retired notes; `question/` for a retired question."""
    names: set[str] = set()
    for entry in entries:
        meta = entry.meta
        if meta.is_guide:
            continue
        for slug in (*meta.retired_slugs, *entry.without_card):
            names.update(former_ids(meta, slug))
        if meta.retired:
            names.update(f"{name}/" for name in (meta.id, *meta.aliases))
            names.update(meta.moved)
    return frozenset(names)
