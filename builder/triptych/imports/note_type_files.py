"""The files of a note type that a deck keeps."""

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import PurePosixPath

from triptych.dialect.ids import FreeNames
from triptych.dialect.note_types import FOLDER, STYLE_FILE, TYPE_FILE, side_file
from triptych.imports.found import Collection
from triptych.notes.kept import KeptType

_MERGED = (
    "# The source held no ids: who has its notes ticks *Merge note types* once.",
    "merge = true",
)


def with_keys_of_deck(
    collection: Collection, present: Mapping[str, KeptType]
) -> Collection:
    """Return `collection` with note types that are called as in the deck.

    Those that the deck has, by their ids, are the same; others of the same name are
    others, though both may be called Basic. A source without ids has none to bring.
    """
    ids = {kept.type.id for kept in present.values()}
    free = FreeNames(present)
    same = {
        found.kept.type.key: next(
            (key for key, kept in present.items() if _is_same(found.kept, kept)), ""
        )
        for found in collection.types
    }
    keys = {key: known or free.take(key) for key, known in same.items()}
    return replace(
        collection,
        types=tuple(
            replace(found, kept=_with_key(found.kept, keys[found.kept.type.key]))
            for found in collection.types
            if found.kept.type.id in ids or not same[found.kept.type.key]
        ),
        notes=tuple(
            replace(note, note_type=keys.get(note.note_type, note.note_type))
            for note in collection.notes
        ),
    )


def _is_same(found: KeptType, present: KeptType) -> bool:
    """Return whether a note type of a source is one that the deck has.

    Where the source has no ids, one of a package with the same name and fields is.
    """
    if not found.is_merged or present.is_merged:
        return found.type.id == present.type.id
    names = found.type.name, found.names, found.type.cloze
    return names == (present.type.name, present.names, present.type.cloze)


def _with_key(kept: KeptType, key: str) -> KeptType:
    return replace(kept, type=replace(kept.type, key=key))


def type_files(kept: KeptType) -> Mapping[PurePosixPath, bytes]:
    """Return the files of `kept`, by path in the deck folder."""
    type_ = kept.type
    folder = PurePosixPath(FOLDER, type_.key)
    texts = {folder / TYPE_FILE: _description(kept), folder / STYLE_FILE: type_.css}
    for number, template in enumerate(type_.templates, start=1):
        texts[folder / side_file(number, "front")] = template.front
        texts[folder / side_file(number, "back")] = template.back
    files = {path: text.encode() for path, text in texts.items()}
    return files | {folder / file.name: file.data for file in kept.files}


def _description(kept: KeptType) -> str:
    type_ = kept.type
    lines = [
        "# Learners have this note type: its ids, fields and templates stay.",
        f"id = {type_.id}",
        f"name = {_text(type_.name)}",
        f"cloze = {str(type_.cloze).lower()}",
        f"sort_field = {type_.index(type_.sort_field)}",
        f"right_to_left = {str(type_.right_to_left).lower()}",
        "# The fields that the question and the answer of a file become.",
        f"prompt = {_text(kept.prompt)}",
        *([f"answer = {_text(kept.answer)}"] if kept.answer else []),
        *(_MERGED if kept.is_merged else []),
    ]
    for table, items in (("fields", type_.fields), ("templates", type_.templates)):
        for item in items:
            lines += ["", f"[[{table}]]", f"name = {_text(item.name)}"]
            lines.append(f"id = {item.id}")
    return "".join(f"{line}\n" for line in lines)


def _text(text: str) -> str:
    # TOML has the escapes of JSON, but for characters beyond the basic plane.
    return json.dumps(text, ensure_ascii=False)
