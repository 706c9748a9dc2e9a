"""What an import makes of a collection in one deck folder, existing or new."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from triptych.author.deck_file import with_topic
from triptych.author.question import lists_topics
from triptych.deck.imported import IMPORT_FILE, Imported, load
from triptych.deck.project import Project, open_project
from triptych.deck.read import DECK_FILE, media, raw_text, text_of
from triptych.deck.settings import deck as read_deck
from triptych.imports.files import MadeDeck, Taken, deck_file, file_text, made_deck
from triptych.imports.found import Collection, FoundNote, LeftOut
from triptych.imports.repair import Counts, pictures_of, sound
from triptych.imports.update import Changes, changes
from triptych.notes.names import TASKS
from triptych.parse.document import parse
from triptych.progress import Progress, no_progress
from triptych.validate.rule import Scope
from triptych.values.source import Folder, Media, Source


@dataclass(frozen=True, slots=True)
class Target:
    """The deck folder that an import writes to."""

    root: Path
    project: Project | None
    """None where there is no deck yet."""
    record: Mapping[str, Imported]


@dataclass(frozen=True, slots=True)
class Import:
    """What an import writes, and what it tells."""

    made: MadeDeck
    deck_file: str
    """The text of `deck.toml`."""
    counts: Counts
    left_out: tuple[LeftOut, ...]
    changes: Changes

    @property
    def keeps_progress(self) -> bool:
        """Whether learners of the source go on where they are."""
        return any(file.note.is_kept and file.note.mod for file in self.made.files)


def target_of(root: Path) -> Target:
    """Return the deck folder `root`, which may be missing or empty."""
    if not (root / DECK_FILE).is_file():
        return Target(root, None, {})
    return Target(root, open_project(root), load(text_of(root, IMPORT_FILE)))


def imported(
    collection: Collection,
    target: Target,
    *,
    topic: str = "",
    progress: Progress = no_progress,
) -> Import:
    """Return what the import of `collection` into `target` writes."""
    made = made_deck(collection, _taken(target, collection.name), topic=topic)
    pictures = pictures_of(made.media, progress)
    made, unusable = _without_unusable(made, pictures)
    text = _deck_file(target, collection, made)
    found = sound(made, _scope(target, text, made, pictures), progress)
    return Import(
        made=found.made,
        deck_file=text,
        counts=found.counts,
        left_out=(*collection.left_out, *unusable, *found.left_out),
        changes=changes(target.root, found.made, collection.name, target.record),
    )


def _taken(target: Target, source: str) -> Taken:
    if target.project is None:
        return Taken()
    metas = [parse(item).meta for item in target.project.folder.sources]
    ids = {meta.id for meta in metas} | {old for meta in metas for old in meta.aliases}
    places = {
        row.key: PurePosixPath(row.file)
        for row in target.record.values()
        if row.source == source and row.file.endswith(".md")
    }
    return Taken(
        ids=frozenset(ids | {place.stem for place in places.values()}),
        topics={topic.id: topic.title for topic in target.project.deck.topics},
        decks={
            name: topic
            for topic, name in target.project.ledger.decks.items()
            if topic not in ("", TASKS)
        },
        places=places,
        unrecorded={
            item.path: item.text
            for item in target.project.folder.sources
            if str(item.path) not in target.record
        },
    )


def _without_unusable(
    made: MadeDeck, pictures: Mapping[PurePosixPath, Media]
) -> tuple[MadeDeck, tuple[LeftOut, ...]]:
    """Return `made` without pictures that no output can show; their names stay."""
    bad = {path: media for path, media in pictures.items() if media.problem}
    if not bad:
        return made, ()
    left_out = tuple(
        LeftOut("pictures", media.problem, str(path)) for path, media in bad.items()
    )
    names = "|".join(re.escape(str(path)) for path in bad)
    shown = re.compile(rf"!\[((?:[^\[\]]|\\.)*)\]\(<?(?:{names})>?\)")

    def without(note: FoundNote) -> FoundNote:
        def named(found: re.Match[str]) -> str:
            return found[1] or "`picture`"

        return replace(
            note,
            prompt=shown.sub(named, note.prompt),
            summary=shown.sub(named, note.summary),
            answer=shown.sub(named, note.answer),
        )

    files = []
    for file in made.files:
        note = without(file.note)
        text = file.text if note == file.note else file_text(note, file.path.stem)
        files.append(replace(file, note=note, text=text))
    media = {path: read for path, read in made.media.items() if path not in bad}
    return replace(made, files=tuple(files), media=media), left_out


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
) -> Scope:
    source = Source(PurePosixPath(DECK_FILE), deck_text)
    project = target.project
    present = project.folder.files if project else frozenset()
    folder = Folder(target.root, source, (), present | pictures.keys())

    def load_picture(path: PurePosixPath) -> Media:
        return pictures[path] if path in pictures else media(target.root, path)

    known = {topic.id for topic in project.deck.topics} if project else set()
    deck = read_deck(source, known | {file.path.parts[0] for file in made.files})
    return Scope(deck, folder, load_picture)
