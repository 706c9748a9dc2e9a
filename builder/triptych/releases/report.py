"""Format a difference as text for authors, as Markdown for learners, and as JSON."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from difflib import SequenceMatcher
from textwrap import indent

from triptych.dialect.characters import without_bidi_controls
from triptych.english import counted
from triptych.releases.difference import Change, Difference
from triptych.values.ui_strings import Strings, UiString

Words = Mapping[str, UiString]
"""The strings of the changelog by key; they are Markdown."""

_MAX_NOTES_LISTED = 12
"""A list with more notes has one row for each question."""


def as_text(difference: Difference) -> str:
    """Return the difference as text for authors."""
    return "\n".join(_text(difference)) + "\n"


def as_data(difference: Difference) -> dict[str, object]:
    """Return the difference as values for JSON."""
    data = asdict(replace(difference, titles={}))
    del data["titles"], data["unsearchable"]
    return data | {
        "default_options_suffice": difference.default_options_suffice,
        "search": difference.search,
    }


def changelog_words(strings: Strings, language: str) -> Words:
    """Return the strings of the changelog, in `language` or else a fallback."""
    words = strings.section("changelog", language)
    # What the site and the cards call them.
    files = strings.section("site", language)["downloads"].text
    my_notes = strings.section("card", language)["my_notes"].text
    importing = words["importing"].filled(
        files=_escaped(files), my_notes=_escaped(my_notes)
    )
    return words | {"importing": importing}


def as_markdown(difference: Difference, words: Words) -> str:
    """Return the difference as Markdown for learners, without a top heading."""
    return without_bidi_controls("\n\n".join(_markdown(difference, words))) + "\n"


def summary(difference: Difference) -> str:
    """Return the difference in one line."""
    counts = {
        "new": difference.new,
        "back": difference.back,
        "changed": difference.changed,
        "shown anew": difference.anew,
        "moved": difference.moved,
        "retired": difference.retired,
        "with other tags only": difference.relabelled,
    }
    words = [f"{len(changes)} {name}" for name, changes in counts.items() if changes]
    return ", ".join(words) or "no note changed"


def _text(difference: Difference) -> Iterator[str]:
    since = difference.since or "nothing released"
    yield f"{since} -> {difference.version}: {summary(difference)}"
    for change in difference.new:
        yield f"new      {_name(change)}"
    for change in difference.back:
        yield f"back     {_name(change)}: it was retired;"
        yield "         learners who kept its cards keep their schedule"
    for change in difference.changed:
        parts = f" ({', '.join(change.parts)})" if change.parts else ""
        yield f"changed  {_name(change)}{parts}"
        yield from (f"       {line}" for line in _side_by_side(change))
    if difference.changed and not any(change.before for change in difference.changed):
        yield "         (name the old .apkg to see what they said)"
    yield from _about_refreshed(difference)
    yield from _about_moves(difference)
    for change in difference.retired:
        yield f"retired  {_name(change)}"
    for change in difference.fewer:
        cards = counted(change.cards, "card")
        yield f"fewer    {_name(change)}: {cards}, not {change.was_cards};"
        yield "         learners remove the rest with Tools > Empty Cards"
    if difference.search:
        yield f"search for what was retired: {difference.search}"
    yield from _about_types(difference)


def _about_refreshed(difference: Difference) -> Iterator[str]:
    for change in difference.anew:
        yield f"shown anew {_name(change)}"
    if difference.anew:
        yield "         the text of these is the same; importing the package replaces"
        yield "         My notes, own tags and edits in them; the update files keep My"
        yield "         notes, own tags and own fields, and replace edits of the text"


def _about_moves(difference: Difference) -> Iterator[str]:
    for change in difference.moved:
        yield f"moved    {_name(change)}"
        if change.was_deck != change.deck:
            yield f"         from {change.was_deck} to {change.deck};"
            yield "         cards that learners have stay where they are"
    for change in difference.relabelled:
        yield f"tags     {_name(change)}: only its tags or minutes are other;"
        yield "         learners get them with the note's next change of words"


def _about_types(difference: Difference) -> Iterator[str]:
    for name in difference.restyled:
        yield f"restyled {name}: a learner's own CSS gives way to the deck's"
    if difference.default_options_suffice:
        yield "importing: Anki's default options suffice"
    if difference.merged:
        names = ", ".join(difference.merged)
        yield "importing: newcomers need no options; who has the deck that was imported"
        yield f"         ticks Merge note types once, for {names}"
    if difference.skipped:
        yield "importing: newcomers need no options; who has the deck that was imported"
        count = difference.skipped
        yield f"         keeps {count} of its notes as they are, since their note types"
        yield "         are not known here: no update reaches them"
    if difference.reshaped:
        names = ", ".join(difference.reshaped)
        yield f"importing: the fields or templates of {names} are not those released;"
        yield "         learners would get a second note type, and no update ever again"


def _side_by_side(change: Change) -> Iterator[str]:
    """Yield the paragraphs that differ as a diff, old before new."""
    if not change.before:
        return
    before, after = change.before.split("\n"), change.after.split("\n")
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for operation, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        if operation != "equal":
            yield from (f"- {line}" for line in before[old_from:old_to])
            yield from (f"+ {line}" for line in after[new_from:new_to])


def _name(change: Change) -> str:
    was = f" (was {change.was_note})" if _is_renamed(change) else ""
    return f"{change.note}{was}: {change.prompt}"


def _is_renamed(change: Change) -> bool:
    return change.was_note not in {"", change.note}


def _markdown(difference: Difference, words: Words) -> Iterator[str]:
    if difference.is_empty:
        yield words["nothing"].text
    yield from _markdown_of_texts(difference, words)
    moved = [change for change in difference.moved if change.was_deck != change.deck]
    if moved:
        yield _list(words["moved"], moved, difference, words)
        yield words["moved_lead"].text
    if difference.retired:
        yield _list(words["retired"], difference.retired, difference, words)
        search = difference.search
        lead = words["retired_search"] if search else words["retired_lead"]
        yield lead.filled(search=search).text
    if difference.fewer:
        yield _list(words["fewer"], difference.fewer, difference, words)
        yield words["fewer_lead"].text
    if difference.restyled:
        yield words["restyled"].text
    if difference.since and not difference.is_empty:
        yield words["importing"].text


def _markdown_of_texts(difference: Difference, words: Words) -> Iterator[str]:
    if difference.new:
        yield _list(words["new"], difference.new, difference, words)
    if difference.back:
        yield _list(words["back"], difference.back, difference, words)
        yield words["back_lead"].text
    if difference.changed:
        yield _list(words["changed"], difference.changed, difference, words)
    if difference.anew:
        yield _list(words["anew"], difference.anew, difference, words)
        yield words["anew_lead"].text


def _list(
    title: UiString, changes: Sequence[Change], difference: Difference, words: Words
) -> str:
    rows = [_item(change) for change in changes]
    if len(rows) > _MAX_NOTES_LISTED:
        rows = _by_question(changes, difference.titles, words)
    return f"### {title}\n\n" + "\n".join(rows)


def _item(change: Change) -> str:
    """Return a row about a note, with its old and new text if both are known."""
    lines = list(_side_by_side(change))
    if not lines:
        return f"- {_escaped(change.prompt)}"
    # The fence must be longer than any in the text.
    fence = "`" * max(3, 1 + max(map(_ticks, lines)))
    block = indent("\n".join([f"{fence}diff", *lines, fence]), "  ")
    return f"- {_escaped(change.prompt)}\n\n{block}"


def _ticks(line: str) -> int:
    return max(map(len, re.findall("`+", line)), default=0)


def _by_question(
    changes: Sequence[Change], titles: Mapping[str, str], words: Words
) -> list[str]:
    """Return a row for each question, with the number of its notes."""
    notes = Counter(change.note.partition("/")[0] for change in changes)
    return [
        f"- {_escaped(titles.get(question, question))}"
        f" ({words['notes'].counted(count)})"
        for question, count in notes.items()
    ]


def _escaped(text: str) -> str:
    """Return text with the special characters of Markdown escaped."""
    return "".join(f"\\{c}" if c in r"\`*_[]<>$#{}|~" else c for c in text)
