"""Rules that compare a deck's id, note types and names with its releases."""

from collections.abc import Iterator
from pathlib import PurePosixPath

from triptych.ledger.lock import DECK_LOCK_FILE, Ledger, TypeLine
from triptych.ledger.lock_file import line_of
from triptych.notes.names import as_level, topic_title
from triptych.notes.shape import FIELDS, shape
from triptych.validate.rule import DeckScope
from triptych.values.diagnostics import Finding, Span
from triptych.values.entry import Entry
from triptych.values.source import Source


def changed_deck(_entries: tuple[Entry, ...], scope: DeckScope) -> Iterator[Finding]:
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
    _entries: tuple[Entry, ...], scope: DeckScope
) -> Iterator[Finding]:
    """Flag note types whose fields or templates are not the released ones.

    Anki would make a second note type at the learner's, and no update would ever
    arrive. Only another version of triptych can be the cause.
    """
    ledger = scope.ledger
    if ledger.deck != scope.deck.id:
        return
    for key, line in ledger.types.items():
        if key in scope.shapes:
            changed = _named_shape(line) != scope.shapes[key]
        else:
            changed = key not in FIELDS or line.shape != shape(scope.deck.id, key)
        if changed:
            yield Finding(
                ledger_span(ledger, key),
                f"the fields and templates of `{line.name}` were released otherwise",
                "build with the version of triptych that made the last release"
                if key in FIELDS
                else f"restore `note-types/{key}` from version control",
            )


def _named_shape(line: TypeLine) -> tuple[tuple[str, int], ...]:
    """Return the names and ids of the released fields and templates, in order."""
    return (*line.fields.items(), *line.templates.items())


def frozen_name(_entries: tuple[Entry, ...], scope: DeckScope) -> Iterator[Finding]:
    """Flag a title that learners' decks do not follow.

    Anki finds decks by name: to rename one would leave learners' cards in the old one
    and put new ones beside it. So the deck keeps the released names; the site and the
    sheet follow.
    """
    frozen, source = scope.ledger.decks, scope.folder.deck
    titles = {topic.id: topic.title for topic in scope.deck.topics}
    for topic, name in frozen.items():
        kept = topic_title(name) if topic else name
        title = titles.get(topic, kept) if topic else scope.deck.title
        if (as_level(title) or topic) != kept:
            yield Finding(
                _line_of(source, topic or scope.deck.title),
                f"learners' Anki keeps the name `{kept}`, not `{title}`",
                "put it back, or let the site and the sheet differ",
            )


def _line_of(source: Source, text: str) -> Span:
    """Return the line of `deck.toml` with the value `text`."""
    lines = source.text.split("\n")
    found = (n for n, line in enumerate(lines, start=1) if f'"{text}"' in line)
    return Span(source.path, next(found, 1))


def ledger_span(ledger: Ledger, key: str) -> Span:
    """Return the line of the ledger about `key`."""
    return Span(PurePosixPath(DECK_LOCK_FILE), line_of(ledger, key))
