"""Folders of CrowdAnki: a JSON file with decks, note types and notes, and media."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from triptych.errors import TriptychError
from triptych.imports.anki_database import AnkiNote, AnkiType, Database, type_of_json
from triptych.imports.anki_notes import collection_of
from triptych.imports.found import Collection, LeftOut
from triptych.notes.names import number
from triptych.progress import Progress, no_progress

_DECK, _MAX_DEPTH = "Deck", 50
_MEDIA = "media"
"""The folder of pictures and sounds, in this format."""


def is_crowdanki(source: Path) -> bool:
    """Return whether `source` is a folder of CrowdAnki, or the JSON file in one."""
    return _file(source) is not None


def read(source: Path, progress: Progress = no_progress) -> Collection:
    """Return the notes of a folder of CrowdAnki, or of the JSON file in it."""
    path = _file(source)
    if path is None:
        raise TriptychError(f"{source} is no folder of CrowdAnki: it has no deck.json")
    try:
        root = json.loads(path.read_text(encoding="utf-8"))
        types = {
            str(model["crowdanki_uuid"]): _type(model) for model in root["note_models"]
        }
        descriptions: dict[str, str] = {}
        notes = tuple(_notes(root, "", types, descriptions, 0))
    except (KeyError, TypeError, ValueError, RecursionError, AttributeError) as error:
        raise TriptychError(
            f"{path} is damaged, or not of CrowdAnki: {error!r}; export it again"
        ) from error
    folder = path.parent / _MEDIA
    files = sorted(folder.iterdir()) if folder.is_dir() else []
    found = collection_of(
        Database({item.type.id: item for item in types.values()}, notes, descriptions),
        {item.name: item.read_bytes for item in files if item.is_file()},
        source.resolve().name,
        "a deck of CrowdAnki",
        progress,
    )
    why = (
        "the file does not have the ids that they have in Anki: learners tick"
        " *Merge note types* once"
    )
    merged = tuple(
        LeftOut("note types", why, item.kept.type.name) for item in found.types
    )
    kept = tuple(
        replace(item, kept=replace(item.kept, is_merged=True)) for item in found.types
    )
    return replace(found, types=kept, left_out=(*found.left_out, *merged))


def _file(source: Path) -> Path | None:
    """Return the JSON file of a folder of CrowdAnki."""
    names = ("deck.json", f"{source.resolve().name}.json")
    places = [source / name for name in names] if source.is_dir() else [source]
    for place in places:
        if place.suffix == ".json" and place.is_file():
            with place.open("rb") as file:
                if b'"note_models"' in file.read():
                    return place
    return None


def _type(model: Mapping[str, Any]) -> AnkiType:
    return type_of_json(model, number("crowdanki", str(model["crowdanki_uuid"])))


def _notes(
    deck: Mapping[str, Any],
    parent: str,
    types: Mapping[str, AnkiType],
    descriptions: dict[str, str],
    depth: int,
) -> Iterator[AnkiNote]:
    if deck.get("__type__", _DECK) != _DECK or depth > _MAX_DEPTH:
        return
    own = str(deck["name"])
    name = own if not parent or own.startswith(f"{parent}::") else f"{parent}::{own}"
    descriptions[name] = str(deck.get("desc") or "")
    for note in deck["notes"]:
        yield AnkiNote(
            guid=str(note["guid"]),
            type=types[str(note["note_model_uuid"])].type.id,
            mod=0,
            tags=tuple(map(str, note.get("tags") or ())),
            fields=tuple(map(str, note["fields"])),
            deck=name,
            cards=1,
        )
    for child in deck.get("children") or ():
        yield from _notes(child, name, types, descriptions, depth + 1)
