"""Pictures and sounds of a source whose names the deck uses for others.

They get free names, and what shows them follows: prose, fields and templates.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from urllib.parse import quote

from triptych.deck.read import data_of
from triptych.dialect.folders import MEDIA_FOLDER
from triptych.imports.found import Collection, FoundNote
from triptych.imports.identity import Earlier
from triptych.imports.pieces import changed
from triptych.imports.target import Target
from triptych.notes.kept import KeptType
from triptych.notes.kept_fields import with_media
from triptych.values.source import Media

Names = Mapping[str, str]
"""New names by old ones."""


def with_free_names(
    collection: Collection, target: Target, before: Earlier
) -> tuple[Collection, Names]:
    """Return `collection` with media whose names the deck does not use for others.

    Also return the names of all its media.
    """
    names = dict(_names(collection.media, target, before))
    new = {old: name for old, name in names.items() if old != name}
    media = {names[old]: read for old, read in collection.media.items()}
    if not new:
        return collection, names
    notes = tuple(_note_with(note, new) for note in collection.notes)
    return replace(collection, media=media, notes=notes), names


def _names(
    media: Mapping[str, Callable[[], bytes]], target: Target, before: Earlier
) -> Iterator[tuple[str, str]]:
    """Yield each name with the one that it has in the deck."""
    files = target.project.folder.files if target.project else frozenset()
    ours = {
        row.key: PurePosixPath(row.file)
        for row in before.record.values()
        if row.source == before.name and row.file.startswith(f"{MEDIA_FOLDER}/")
    }
    taken = {*media, *(path.name for path in ours.values())}
    for name, read in media.items():
        path = PurePosixPath(MEDIA_FOLDER, name)
        if str(path) in ours:
            yield name, ours[str(path)].name
            continue
        number = 2
        while path in files and data_of(target.root, path) != read():
            path, number = path.with_name(_numbered(name, number)), number + 1
            while path.name in taken:
                path, number = path.with_name(_numbered(name, number)), number + 1
        taken.add(path.name)
        yield name, path.name


def _numbered(name: str, number: int) -> str:
    path = PurePosixPath(name)
    return f"{path.stem}-{number}{path.suffix}"


def _note_with(note: FoundNote, names: Names) -> FoundNote:
    shown = _pattern(names)

    def prose(text: str) -> str:
        if f"{MEDIA_FOLDER}/" not in text:
            return text
        return changed(text, lambda part: shown.sub(new_name, part))

    def new_name(found: re.Match[str]) -> str:
        return f"{MEDIA_FOLDER}/{names[found[1]]}"

    return replace(
        note,
        prompt=prose(note.prompt),
        summary=prose(note.summary),
        answer=prose(note.answer),
        hints=tuple(map(prose, note.hints)),
        fields={name: with_media(html, names) for name, html in note.fields.items()},
    )


def _pattern(names: Iterable[str]) -> re.Pattern[str]:
    """Return what finds the addresses of media of these names in Markdown."""
    longest_first = sorted(map(re.escape, names), key=len, reverse=True)
    return re.compile(rf"(?<=[(<]){MEDIA_FOLDER}/({'|'.join(longest_first)})(?=[)> ])")


@dataclass(frozen=True, slots=True)
class _Others:
    """The files of the other note types of a deck."""

    files: Mapping[str, bytes]

    def free(self, file: Media) -> str:
        """Return a name for `file` that none of them has with other contents."""
        name, number = file.name, 2
        while self.files.get(name, file.data) != file.data:
            name, number = _numbered(file.name, number), number + 1
        return name


def with_own_files(
    collection: Collection, present: Mapping[str, KeptType]
) -> Collection:
    """Return `collection` with note types whose files no other one has otherwise.

    Templates name them as they are called in Anki, where all decks share them.
    """
    types = []
    for found in collection.types:
        key = found.kept.type.key
        others = _Others(
            {
                file.name: file.data
                for other, kept in present.items()
                for file in kept.files
                if other != key
            }
        )
        names = {file.name: others.free(file) for file in found.kept.files}
        new = {old: name for old, name in names.items() if old != name}
        kept = _type_with(found.kept, new) if new else found.kept
        types.append(replace(found, kept=kept))
    return replace(collection, types=tuple(types))


def _type_with(kept: KeptType, names: Names) -> KeptType:
    written = {form: new for old, new in names.items() for form in (old, quote(old))}
    longest_first = sorted(map(re.escape, written), key=len, reverse=True)
    pattern = re.compile(rf"(?<![\w./%-])({'|'.join(longest_first)})(?![\w.%-])")

    def renamed(text: str) -> str:
        return pattern.sub(lambda found: written[found[1]], text)

    type_ = kept.type
    return replace(
        kept,
        type=replace(
            type_,
            css=renamed(type_.css),
            templates=tuple(
                replace(item, front=renamed(item.front), back=renamed(item.back))
                for item in type_.templates
            ),
        ),
        files=tuple(
            replace(
                file,
                name=names.get(file.name, file.name),
                path=file.path.with_name(names.get(file.name, file.name)),
            )
            for file in kept.files
        ),
    )
