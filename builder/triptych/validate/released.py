"""Rules over what learners already hold: they guard progress, edits and updates."""

import json
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

from triptych.ledger.history import former_ids
from triptych.ledger.lock import LOCK_FILE, Ledger, dump
from triptych.notes.names import deck_names, note_id
from triptych.notes.shape import FIELDS, shape
from triptych.validate.finding import Finding, Scope
from triptych.values.diagnostics import Span
from triptych.values.document import Outline
from triptych.values.source import Source


def changed_deck(_outlines: tuple[Outline, ...], scope: Scope) -> Iterator[Finding]:
    """Flag another deck id than the released one.

    Every note would arrive a second time, as new, beside the one that learners study.
    """
    ledger, source = scope.ledger, scope.folder.deck
    if ledger.releases and ledger.deck != scope.deck.id:
        yield Finding(
            _line_of(source, scope.deck.id),
            f"the deck was released as `{ledger.deck}`, not as `{scope.deck.id}`",
            "put the old id back; for a new deck delete its deck.lock",
        )


def changed_note_type(
    _outlines: tuple[Outline, ...], scope: Scope
) -> Iterator[Finding]:
    """Flag note types whose fields or templates are not the released ones.

    Anki would make a second note type at the learner's, and no update would ever
    arrive. Only another version of triptych can be the cause.
    """
    ledger = scope.ledger
    if ledger.deck != scope.deck.id:
        return
    for key, line in ledger.types.items():
        if key not in FIELDS or line.shape != shape(scope.deck.id, key):
            yield Finding(
                _place(ledger, key),
                f"the fields and templates of `{line.name}` were released otherwise",
                "build with the version of triptych that made the last release",
            )


def vanished_note(outlines: tuple[Outline, ...], scope: Scope) -> Iterator[Finding]:
    """Flag a released note that is gone without a word.

    Learners would keep a note that no release mends any more. `retired` says that this
    is meant, `renamed` and `aliases` say what it is called now.
    """
    ledger = scope.ledger
    current = _current(outlines)
    by_id = {o.id: o for o in outlines if not o.is_guide}
    by_id |= {alias.name: o for o in by_id.values() for alias in o.aliases}
    gone: dict[str, list[str]] = {}
    for line in ledger.notes.values():
        held = line.last == ledger.latest.version
        if held and line.note not in current and not _is_retired(line.note, by_id):
            question, _, slug = line.note.partition("/")
            gone.setdefault(question, []).append(slug)
    for question, slugs in gone.items():
        outline = by_id.get(question)
        if outline is None:
            yield _no_question(ledger, question, len(slugs))
        elif outline.draft:
            message = f"the released question `{question}` is a draft now"
            hint = "learners would keep it without updates: retire it, or finish it"
            yield Finding(outline.span, message, hint)
        else:
            for slug in slugs:
                yield Finding(
                    outline.span,
                    f"the released note `{question}/{slug}` is gone",
                    f"write `retired: [{slug}]`, or `renamed: {{{slug}: …}}`",
                )


def shared_note(outlines: tuple[Outline, ...], scope: Scope) -> Iterator[Finding]:
    """Flag two notes that claim to be the same released one.

    Both would be imported, and later updates would reach only one of them.
    """
    seen: dict[str, str] = {}
    for outline in _questions(outlines):
        for slug, names in _notes(outline):
            note = note_id(outline.id, slug)
            held = next((name for name in names if name in scope.ledger.notes), None)
            if held is None:
                continue
            guid = scope.ledger.notes[held].guid
            if guid in seen:
                message = f"`{note}` and `{seen[guid]}` both claim to be `{held}`"
                yield Finding(outline.span, message, "let one `renamed` or alias go")
            seen.setdefault(guid, note)


def frozen_name(_outlines: tuple[Outline, ...], scope: Scope) -> Iterator[Finding]:
    """Flag a title, or an order of topics, that learners' decks do not follow.

    Anki finds decks by name: to rename one would leave learners' cards in the old one
    and put new ones beside it. So the deck keeps the released names; the site and the
    sheet follow.
    """
    frozen, source = scope.ledger.decks, scope.folder.deck
    now = deck_names(scope.deck, frozen.get("", ""))
    now = {**now, "": deck_names(scope.deck)[""]}
    for topic, name in now.items():
        if name != frozen.get(topic, name):
            yield Finding(
                _line_of(source, topic or scope.deck.title),
                f"learners' Anki keeps the name `{frozen[topic]}`, not `{name}`",
                "put it back, or let the site and the sheet differ",
            )


def fewer_cards(outlines: tuple[Outline, ...], scope: Scope) -> Iterator[Finding]:
    """Flag a released note that makes fewer cards than before.

    Learners keep the others, which ask for nothing any more, until they choose Empty
    Cards in Anki's Tools menu.
    """
    current = _current(outlines)
    for line in scope.ledger.notes.values():
        outline, cards = current.get(line.note, (None, 0))
        if outline is not None and cards < line.cards:
            yield Finding(
                outline.span,
                f"`{line.note}` makes {cards} cards, and made {line.cards}",
                "learners remove the rest with Tools > Empty Cards: tell them",
            )


def _no_question(ledger: Ledger, question: str, notes: int) -> Finding:
    place = _place(ledger, next(n for n in ledger.notes if n.split("/")[0] == question))
    count = f"{notes} note{'' if notes == 1 else 's'}"
    return Finding(
        place,
        f"the released question `{question}` is gone ({count})",
        f"bring its file back with `retired: true`, or give `aliases: [{question}]`"
        " to the question that it became",
    )


def _questions(outlines: tuple[Outline, ...]) -> Iterator[Outline]:
    """Yield the questions that a release holds."""
    return (o for o in outlines if not (o.is_guide or o.draft or o.retired))


def _notes(outline: Outline) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the slug of each note of a question, with all ids that the note had."""
    aliases = tuple(alias.name for alias in outline.aliases)
    for slug in outline.cards:
        if slug not in outline.retired_slugs:
            names = former_ids(outline.id, aliases, slug, outline.renamed)
            yield slug, tuple(names)


def _current(outlines: tuple[Outline, ...]) -> Mapping[str, tuple[Outline, int]]:
    """Return the outline and the cards of each note, under all ids that it had."""
    return {
        name: (outline, outline.cards[slug])
        for outline in _questions(outlines)
        for slug, names in _notes(outline)
        for name in names
    }


def _is_retired(note: str, by_id: Mapping[str, Outline]) -> bool:
    question, _, slug = note.partition("/")
    outline = by_id.get(question)
    return outline is not None and (outline.retired or slug in outline.retired_slugs)


def _place(ledger: Ledger, key: str) -> Span:
    """Return the line of the ledger that speaks of `key`."""
    lines = dump(ledger).splitlines()
    mark = json.dumps(key, ensure_ascii=False)
    found = (n for n, line in enumerate(lines, start=1) if f": {mark}," in line)
    return Span(PurePosixPath(LOCK_FILE), next(found, 1))


def _line_of(source: Source, text: str) -> Span:
    """Return the line of `deck.toml` that holds `text` as a value."""
    lines = source.text.split("\n")
    found = (n for n, line in enumerate(lines, start=1) if f'"{text}"' in line)
    return Span(source.path, next(found, 1))
