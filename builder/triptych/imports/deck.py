"""What an import makes of a collection in one deck folder, existing or new."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from triptych.author.deck_file import with_topic
from triptych.author.question import lists_topics
from triptych.deck.baseline import REQUIRED
from triptych.deck.read import media, raw_text
from triptych.deck.settings import deck as read_deck
from triptych.dialect.files import DECK_FILE
from triptych.dialect.folders import MEDIA_FOLDER
from triptych.imports.clashes import with_free_names, with_own_files
from triptych.imports.existing_deck import (
    documents_of,
    existing_deck,
    moved,
    places_of,
    present_notes,
    updatable,
)
from triptych.imports.files import ExistingDeck, MadeDeck, deck_file, made_deck
from triptych.imports.found import Collection, LeftOut
from triptych.imports.identity import Earlier, earlier, keyed, name_of
from triptych.imports.note_type_files import with_keys_of_deck
from triptych.imports.repair import Counts, checked, pictures_of, repaired
from triptych.imports.target import Target
from triptych.imports.update import Changes, changes
from triptych.notes.kept import kept_types
from triptych.progress import Progress, no_progress
from triptych.validate.rule import FileScope
from triptych.values.deck import file_settings
from triptych.values.source import Media, Source


@dataclass(frozen=True, slots=True)
class Import:
    """What an import writes, and what it reports."""

    made: MadeDeck
    earlier: Earlier
    deck_file: str
    """The text of `deck.toml`."""
    counts: Counts
    left_out: tuple[LeftOut, ...]
    changes: Changes
    lacking: frozenset[PurePosixPath] = frozenset()
    """The questions without a key that the deck requires."""

    @property
    def topics(self) -> int:
        """Return in how many topics its notes are."""
        paths = [file.path for file in self.made.files]
        paths += [table.path for table in self.made.tables]
        return len({path.parts[0] for path in paths})

    @property
    def keeps_progress(self) -> bool:
        """Whether learners of the source go on where they are."""
        return any(note.is_kept and note.mod for _, note in self.made.notes)


def imported(
    collection: Collection,
    target: Target,
    *,
    topic: str = "",
    one_file_each: bool = False,
    progress: Progress = no_progress,
) -> Import:
    """Return what the import of `collection` into `target` writes.

    With `one_file_each`, no note that is new becomes a row of a table.
    """
    pictures = pictures_of(collection.media, MEDIA_FOLDER, progress)
    left_out = list(collection.left_out)
    usable = {
        name: read
        for name, read in collection.media.items()
        if not pictures[PurePosixPath(MEDIA_FOLDER, name)].problem
    }
    notes = tuple(keyed(repaired(collection.notes, pictures, left_out), left_out))
    if one_file_each:
        notes = tuple(replace(note, is_plain=False) for note in notes)
    collection = replace(collection, notes=notes, media=usable)
    collection, existing, before = _joined(collection, target, left_out)
    collection, names = with_free_names(collection, target, before)
    places = {
        PurePosixPath(MEDIA_FOLDER, new): PurePosixPath(MEDIA_FOLDER, old)
        for old, new in names.items()
    }
    pictures = {new: replace(pictures[old], path=new) for new, old in places.items()}
    made = made_deck(collection, existing, topic=topic)
    made = replace(made, originals={new: str(old) for new, old in places.items()})
    text = _deck_file(target, collection, made)
    found = checked(made, existing, _scope(target, text, made, pictures), progress)
    return Import(
        made=found.made,
        earlier=before,
        deck_file=text,
        counts=found.counts,
        left_out=(*left_out, *found.left_out),
        changes=changes(target.root, found.made, before.name, before.record),
        lacking=found.lacking,
    )


def _joined(
    collection: Collection, target: Target, left_out: list[LeftOut]
) -> tuple[Collection, ExistingDeck, Earlier]:
    """Return what of `collection` the deck can take, and what the deck has of it."""
    project, name = target.project, name_of(collection, target.root)
    if project is None:
        return (
            collection,
            ExistingDeck(),
            earlier(collection.notes, name, target.record),
        )
    kept = kept_types(project.folder.root, project.folder.files)
    collection = with_own_files(with_keys_of_deck(collection, kept), kept)
    documents = documents_of(project)
    present = present_notes(documents, project, collection.notes)
    notes = tuple(updatable(collection.notes, present, left_out))
    before = earlier(notes, name, target.record)
    places = places_of(notes, name, before.record, present)
    record = moved(before.record, name, places)
    existing = existing_deck(project, documents, record, places)
    return replace(collection, notes=notes), existing, replace(before, record=record)


def _deck_file(target: Target, collection: Collection, made: MadeDeck) -> str:
    if target.project is None:
        return deck_file(collection.title, "en", made.topics, collection.description)
    text = raw_text(target.root, DECK_FILE)
    known = {topic.id for topic in target.project.deck.topics}
    if not lists_topics(target.project):
        return text
    for topic in made.topics:
        if topic not in known:
            text = with_topic(text, topic)
    return text


def _scope(
    target: Target,
    deck_text: str,
    made: MadeDeck,
    pictures: Mapping[PurePosixPath, Media],
) -> FileScope:
    source = Source(PurePosixPath(DECK_FILE), deck_text)
    project = target.project
    present = project.folder.files if project else frozenset()

    def load_picture(path: PurePosixPath) -> Media:
        return pictures[path] if path in pictures else media(target.root, path)

    known = {topic.id for topic in project.deck.topics} if project else set()
    topics = {file.path.parts[0] for file in made.files}
    deck = read_deck(source, known | topics)
    # What the deck requires and a source cannot say makes no drafts.
    tolerated = frozenset((str(file.path), REQUIRED) for file in made.files)
    files = present | pictures.keys()
    settings = file_settings(deck)
    return FileScope(settings, target.root, files, load_picture, known=tolerated)
