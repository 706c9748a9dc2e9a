"""Note types that an imported deck brought along, in the folder `note-types`.

Learners of the old deck have these note types and go on with them: Anki would take a
note of another type for a conflict and never update it.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath

from triptych.deck.pictures import template_file
from triptych.deck.read import path_inside, raw_text
from triptych.dialect.note_types import FOLDER, STYLE_FILE, TYPE_FILE, side_file
from triptych.dialect.pictures import FONT_SIGNATURES, SOUND_SIGNATURES, SUFFIXES
from triptych.errors import TriptychError
from triptych.notes.types import Field, NoteType, Template, name_at
from triptych.values.source import Media


@dataclass(frozen=True, slots=True)
class KeptType:
    """A note type of an imported deck."""

    type: NoteType
    prompt: str
    """The name of the field that the question's prompt goes into."""
    answer: str
    """The name of the field that the answer goes into; empty if there is none."""
    is_merged: bool = False
    """Whether its id was made here: collections have it under another."""
    files: tuple[Media, ...] = field(default=(), repr=False)
    """The fonts, pictures and sounds that its templates and CSS name."""

    @property
    def names(self) -> tuple[str, ...]:
        """Return the names of its fields."""
        return tuple(field.name for field in self.type.fields)


def kept_types(root: Path, files: frozenset[PurePosixPath]) -> Mapping[str, KeptType]:
    """Return the note types in the deck folder `root`, by key, that can be read."""
    found = {}
    for key in keys(files):
        try:
            found[key] = _with_files(kept_type(root, key), root, files)
        except TriptychError:
            # The rule `bad-note-type` reports what is wrong with it.
            continue
    return found


def problems(root: Path, files: frozenset[PurePosixPath]) -> Iterator[tuple[str, str]]:
    """Yield the keys of note types that cannot be read, and why."""
    for key in keys(files):
        try:
            _with_files(kept_type(root, key), root, files)
        except TriptychError as error:
            yield key, str(error)


def keys(files: frozenset[PurePosixPath]) -> tuple[str, ...]:
    """Return the keys of the note types among the files of a deck."""
    return tuple(
        sorted(
            path.parts[1]
            for path in files
            if path.parts[0] == FOLDER
            and path.name == TYPE_FILE
            and len(path.parts) == 3  # noqa: PLR2004 - folder, key, file
        )
    )


def _with_files(
    kept: KeptType, root: Path, files: frozenset[PurePosixPath]
) -> KeptType:
    """Return `kept` with the files beside it that its templates may name.

    Raises:
        TriptychError: One of them cannot be shown.

    """
    folder = PurePosixPath(FOLDER, kept.type.key)
    suffixes = {*SUFFIXES, *SOUND_SIGNATURES, *FONT_SIGNATURES}
    found = []
    for path in sorted(files):
        if path.parent == folder and path.suffix.lower() in suffixes:
            media = template_file(path, path_inside(root, path).read_bytes())
            if media.problem:
                raise TriptychError(f"{path} {media.problem}: {media.remedy}")
            found.append(media)
    return replace(kept, files=tuple(found))


def kept_type(root: Path, key: str) -> KeptType:
    """Return the note type `key` of the deck folder `root`.

    Raises:
        TriptychError: Its files are damaged.

    """
    folder = f"{FOLDER}/{key}"
    try:
        data = tomllib.loads(raw_text(root, f"{folder}/{TYPE_FILE}"))
        templates = [(int(item["id"]), str(item["name"])) for item in data["templates"]]
        fields = tuple(
            Field(int(item["id"]), str(item["name"])) for item in data["fields"]
        )
        sort_index = int(data["sort_field"])
        type_ = NoteType(
            key=key,
            id=int(data["id"]),
            name=str(data["name"]),
            cloze=bool(data["cloze"]),
            sort_field=name_at(fields, sort_index),
            fields=fields,
            templates=tuple(
                Template(
                    id_,
                    name,
                    None,
                    raw_text(root, f"{folder}/{side_file(number, 'front')}"),
                    raw_text(root, f"{folder}/{side_file(number, 'back')}"),
                )
                for number, (id_, name) in enumerate(templates, start=1)
            ),
            css=raw_text(root, f"{folder}/{STYLE_FILE}"),
            right_to_left=bool(data.get("right_to_left", False)),
        )
        kept = KeptType(
            type_,
            str(data["prompt"]),
            str(data.get("answer", "")),
            is_merged=bool(data.get("merge", False)),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise TriptychError(
            f"{folder}/{TYPE_FILE} is damaged: {_why(error)}"
        ) from error
    if fault := _fault(kept, sort_index):
        raise TriptychError(f"{folder}/{TYPE_FILE} is damaged: {fault}")
    return kept


def _fault(kept: KeptType, sort_index: int) -> str:
    """Return what a note type names and does not have, or an empty text."""
    unknown = {kept.prompt, kept.answer or kept.prompt} - {*kept.names}
    if unknown:
        return f"no field is called `{min(unknown)}`"
    if not 0 <= sort_index < len(kept.names):
        return f"`sort_field` is {sort_index}, not from 0 to {len(kept.names) - 1}"
    return "" if kept.type.templates else "it has no cards"


def _why(error: Exception) -> str:
    is_key = isinstance(error, KeyError)
    return f"`{error.args[0]}` is missing" if is_key else str(error)
