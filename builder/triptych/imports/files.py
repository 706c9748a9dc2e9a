"""The files of a deck, made from a collection."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath

from triptych.author.ids import id_for, slug
from triptych.dialect.characters import without_controls
from triptych.dialect.folders import MEDIA_FOLDER, NOT_TOPICS
from triptych.dialect.ids import FreeNames, id_from, is_id
from triptych.imports.found import Collection, FoundNote
from triptych.imports.note_type_files import type_files
from triptych.imports.summaries import with_summary
from triptych.imports.table_rows import cells_of, row_digest
from triptych.imports.yaml_text import items, scalar

_QUESTIONS = "Questions"
"""The title of the topic of notes that have none."""


@dataclass(frozen=True, slots=True)
class ExistingDeck:
    """What an existing deck has already."""

    ids: frozenset[str] = frozenset()
    topics: Mapping[str, str] = field(default_factory=dict)
    """The titles of topics, by id."""
    decks: Mapping[str, str] = field(default_factory=dict)
    """The topic of each deck of Anki that learners have, by its name."""
    places: Mapping[str, PurePosixPath] = field(default_factory=dict)
    """Where an earlier import put a note, by its key."""
    rows: frozenset[str] = frozenset()
    """The keys of the notes that an earlier import put into tables."""
    tables: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """The ids and titles of the tables `cards.csv`, by topic."""
    own_tables: frozenset[str] = frozenset()
    """The topics whose table an earlier import made, though it may be deleted."""
    cards: Mapping[PurePosixPath, str] = field(default_factory=dict)
    """The digests of the rows of all tables, by where they were as files."""
    unrecorded: Mapping[PurePosixPath, str] = field(default_factory=dict)
    """The texts of questions that no import recorded, or that one wrote and was cut
    short before it recorded them."""


@dataclass(frozen=True, slots=True)
class MadeFile:
    """A file of a deck, made from a note."""

    key: str
    """The key of its note."""
    path: PurePosixPath
    text: str
    note: FoundNote


@dataclass(frozen=True, slots=True)
class MadeTable:
    """A table of cards, made from the notes of a topic."""

    path: PurePosixPath
    id: str
    title: str
    text: str
    files: tuple[MadeFile, ...]
    """The files that its cards would be; their names are the ids of the cards."""


@dataclass(frozen=True, slots=True)
class MadeDeck:
    """All files that a collection makes."""

    files: tuple[MadeFile, ...]
    """Those of one note each."""
    topics: Mapping[str, str]
    """The titles of its topics, by id, in the order of the source."""
    media: Mapping[PurePosixPath, Callable[[], bytes]]
    originals: Mapping[PurePosixPath, str] = field(default_factory=dict)
    """What media were called before they got names that were free."""
    others: Mapping[PurePosixPath, bytes] = field(default_factory=dict)
    """Files that are made of no note: those of note types."""
    decks: Mapping[str, str] = field(default_factory=dict)
    """The names of decks in Anki that learners have, by topic."""
    tables: tuple[MadeTable, ...] = ()

    @property
    def notes(self) -> Iterator[tuple[str, FoundNote]]:
        """Yield all notes, with their ids in the deck."""
        for file in self.files:
            yield file.path.stem, file.note
        for table in self.tables:
            for file in table.files:
                yield f"{table.id}/{file.path.stem}", file.note


def made_deck(
    collection: Collection, existing: ExistingDeck, *, topic: str = ""
) -> MadeDeck:
    """Return the files for `collection`; with `topic`, all notes are in that one."""
    topics = _Topics(existing, topic)
    ids = _Ids(existing)
    files: list[MadeFile] = []
    decks: dict[str, str] = {}
    for note in collection.notes:
        place = existing.places.get(note.key)
        if place is None:
            title = note.topic or (collection.title if note.is_plain else "")
            folder = topics.folder(title, note.deck)
            place = PurePosixPath(folder, f"{ids.take(note, folder)}.md")
        if note.deck:
            decks.setdefault(place.parts[0], note.deck)
        files.append(MadeFile(note.key, place, file_text(note, place.stem), note))
    media = {
        PurePosixPath(MEDIA_FOLDER, name): read
        for name, read in collection.media.items()
    }
    others = {
        path: data
        for found in collection.types
        for path, data in type_files(found.kept).items()
    }
    return MadeDeck(tuple(files), topics.used, media, others=others, decks=decks)


def file_text(note: FoundNote, id_: str) -> str:
    """Return the file of a question with the id `id_`."""
    note = with_summary(note)
    front_matter = "".join(f"{line}\n" for line in _front_matter(note, id_))
    body = note.answer.strip("\n")
    return f"---\n{front_matter}---\n" + (f"{without_controls(body)}\n" if body else "")


def deck_file(
    title: str, language: str, topics: Mapping[str, str], description: str = ""
) -> str:
    """Return the `deck.toml` of a new deck, which names no licence."""
    lines = [
        "# The id is the deck's identity in Anki: it never changes.",
        f'id = "{slug(title) or "my-deck"}"',
        f"title = {_toml(title)}",
        *([f"description = {_toml(description)}"] if description else []),
        f'language = "{language}"',
        "# The words belong to their authors: what licence do they give?",
        'license = ""',
    ]
    for id_, name in topics.items():
        lines += ["", "[[topics]]", f'id = "{id_}"', f"title = {_toml(name)}"]
    return "".join(f"{line}\n" for line in lines)


def _toml(text: str) -> str:
    return json.dumps(without_controls(text), ensure_ascii=False)


def _front_matter(note: FoundNote, id_: str) -> Iterator[str]:
    yield f"id: {id_}"
    if note.guid:
        yield f"guid: {scalar(note.guid)}"
    if note.note_type:
        yield f"note_type: {note.note_type}"
    yield f"question: {scalar(_line(note.prompt))}"
    if note.difficulty:
        yield f"difficulty: {note.difficulty}"
    if note.tags:
        yield f"tags: {items(map(_line, note.tags))}"
    if note.summary:
        yield f"summary: {scalar(_line(note.summary))}"
    if note.hints:
        yield "hints:"
        yield from (f"  - {scalar(_line(hint))}" for hint in note.hints)
    if note.fields:
        yield "fields:"
        for name, html in note.fields.items():
            yield f"  {scalar(name)}: {scalar(html)}"
    if note.draft or not note.is_answered:
        yield "draft: true"


def _line(text: str) -> str:
    return " ".join(without_controls(text).split())


class _Ids:
    """Ids of notes: their own, or made of their prompts."""

    def __init__(self, existing: ExistingDeck) -> None:
        self._free = FreeNames(existing.ids)
        self._ids = existing.ids
        self._cards = existing.cards
        self._written_cards: set[PurePosixPath] = set()
        self._unrecorded = dict(existing.unrecorded)

    def take(self, note: FoundNote, folder: str) -> str:
        """Return an id that is free, or that of the very file that the note makes."""
        own = note.id if is_id(note.id) else id_from(note.id)
        name = own or id_for(note.prompt, ())
        return self._written(note, folder, name) or self._unused(folder, name)

    def _unused(self, folder: str, name: str) -> str:
        while PurePosixPath(folder, f"{(free := self._free.take(name))}.md") in (
            self._cards
        ):
            pass  # the card of a table has it
        return free

    def _written(self, note: FoundNote, folder: str, name: str) -> str:
        draft = replace(note, draft=True)
        candidate, number = name, 2
        path = PurePosixPath(folder, f"{candidate}.md")
        while candidate in self._ids or path in self._cards:
            # What an import may write is a draft, too, if the check finds an error.
            texts = {file_text(one, candidate) for one in (note, draft)}
            if self._unrecorded.get(path) in texts:
                del self._unrecorded[path]  # for this note alone
                return candidate
            if path not in self._written_cards and (
                self._cards.get(path) == row_digest(cells_of(note, candidate))
            ):
                self._written_cards.add(path)
                return candidate
            candidate, number = f"{name}-{number}", number + 1
            path = PurePosixPath(folder, f"{candidate}.md")
        return ""


class _Topics:
    """The folders of topics, by title."""

    def __init__(self, existing: ExistingDeck, only: str) -> None:
        self._only = only
        self._folders = {title: id_ for id_, title in existing.topics.items()}
        self._folders |= existing.decks
        self._free = FreeNames({*existing.topics, *NOT_TOPICS})
        self.used: dict[str, str] = {}

    def folder(self, title: str, deck: str = "") -> str:
        """Return the folder of a topic; two decks may have the same last level."""
        title = " ".join(title.split()) or _QUESTIONS
        name = deck or title
        if self._only:
            self.used.setdefault(self._only, self._only.replace("-", " ").capitalize())
            return self._only
        if name not in self._folders:
            known = self._folders.get(title) if not deck else None
            self._folders[name] = known or self._free.take(id_from(title) or "topic")
        self.used.setdefault(self._folders[name], title)
        return self._folders[name]
