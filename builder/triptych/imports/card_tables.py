"""Notes that are small and alike, as one table of cards for each topic."""

import csv
import io
import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import PurePosixPath

from triptych.dialect.characters import composed, without_controls
from triptych.dialect.ids import RESERVED_SLUGS, FreeNames
from triptych.dialect.tables import FIELD
from triptych.imports.files import ExistingDeck, MadeDeck, MadeFile, MadeTable
from triptych.imports.found import FoundNote
from triptych.imports.one_line import is_line
from triptych.imports.table_rows import WRITTEN, cells_of
from triptych.imports.yaml_text import scalar

TABLE = "cards.csv"
_MIN_CARDS = 5
"""Fewer notes of a topic are files of their own."""
_MIN_SHARE = 0.75
"""If more of a topic's notes are long, the others are files of their own, too."""
_MAX_PROMPT_CHARS = 250
_MAX_ANSWER_CHARS = 500
_MAX_ANSWER_LINES = 8
_MAX_FIELDS_CHARS = 1000
_BLOCK = re.compile(r"^[ \t]*(?:```|~~~|#{1,6} |<details|<table|\|)", re.MULTILINE)


def with_tables(made: MadeDeck, existing: ExistingDeck) -> MadeDeck:
    """Return `made` with the notes that are small and alike in tables.

    A note that an earlier import put into a file of its own stays there, and one that
    it put into a table stays in that: the place is a part of its identity.
    """
    by_topic: dict[str, list[MadeFile]] = {}
    for file in made.files:
        by_topic.setdefault(file.path.parts[0], []).append(file)
    free = FreeNames({*existing.ids, *(file.path.stem for file in made.files)})
    tables = []
    for topic, files in by_topic.items():
        chosen = _chosen(topic, files, existing)
        if chosen:
            id_, title = existing.tables.get(topic) or (
                free.take(topic),
                made.topics.get(topic, ""),
            )
            table = table_of(topic, id_, title, chosen)
            there = existing.unrecorded.get(table.path)
            if topic in existing.own_tables or there in {None, table.text}:
                tables.append(table)
    in_tables = {file.path for table in tables for file in table.files}
    rest = tuple(file for file in made.files if file.path not in in_tables)
    return replace(made, files=rest, tables=tuple(tables))


def without_table(made: MadeDeck, table: MadeTable) -> MadeDeck:
    """Return `made` with the cards of `table` in files of their own."""
    rest = tuple(other for other in made.tables if other is not table)
    return replace(made, files=(*made.files, *table.files), tables=rest)


def _chosen(
    topic: str, files: list[MadeFile], existing: ExistingDeck
) -> list[MadeFile]:
    """Return the files of a topic that become rows of its table."""
    before = [file for file in files if file.key in existing.rows]
    new = [file for file in files if file.key not in existing.places]
    small = [file for file in new if _is_small(file) or _must_be_card(file)]
    if not before:
        is_enough = len(small) >= max(_MIN_CARDS, _MIN_SHARE * len(new))
        if not is_enough or len(new) < len(files):
            small = list(filter(_must_be_card, new))
        if not small:
            return []
    elif topic not in existing.tables:
        return before  # a person has deleted it: new cards are files of their own
    chosen = {file.path for file in (*before, *small)}
    return [file for file in files if file.path in chosen]


def _must_be_card(file: MadeFile) -> bool:
    """Return whether a note is a card in a table, however long it is."""
    return file.note.is_card and _fits(file)


def _is_small(file: MadeFile) -> bool:
    """Return whether a note fits into cells that a person reads."""
    note = file.note
    fields = "".join(note.fields.values())
    return (
        _fits(file)
        and len(_prompt(note)) <= _MAX_PROMPT_CHARS
        and len(note.answer) <= _MAX_ANSWER_CHARS
        and note.answer.count("\n") < _MAX_ANSWER_LINES
        and not _BLOCK.search(note.answer)
        and len(fields) <= _MAX_FIELDS_CHARS
    )


def _fits(file: MadeFile) -> bool:
    """Return whether the cells of a row can hold all of a note."""
    note = file.note
    has_summary = note.summary and not note.has_gaps
    is_more = note.draft or note.difficulty or has_summary or len(note.hints) > 1
    if not note.is_plain or is_more or not note.is_answered:
        return False
    return (
        file.path.stem not in RESERVED_SLUGS
        and bool(_prompt(note))
        and ("\n" in note.answer or is_line(note.answer))
        and not any(re.search(r"\s", tag) for tag in note.tags)
        # A cell begins and ends with no space, and has no other ends of lines.
        and all(
            text == text.strip() and "\r" not in text and text == without_controls(text)
            for text in note.fields.values()
        )
        and all(name == composed(name.strip()) for name in note.fields)
    )


def _prompt(note: FoundNote) -> str:
    return note.summary or note.prompt


def table_of(topic: str, id_: str, title: str, files: Iterable[MadeFile]) -> MadeTable:
    """Return the table of a topic, with a row for each of `files`."""
    chosen = tuple(files)
    fields = {FIELD + name: None for file in chosen for name in file.note.fields}
    rows = [cells_of(file.note, file.path.stem) for file in chosen]
    used = [
        name
        for name in (*WRITTEN, *fields)
        if name in {"id", "prompt", "answer"} or any(name in row for row in rows)
    ]
    text = io.StringIO()
    text.write(f"# id: {id_}\n")
    text.write(f"# title: {scalar(title)}\n" if title else "")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(used)
    writer.writerows([row.get(name, "") for name in used] for row in rows)
    return MadeTable(PurePosixPath(topic, TABLE), id_, title, text.getvalue(), chosen)
