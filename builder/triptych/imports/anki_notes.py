"""The notes of a collection of Anki, as Markdown that keeps their identity."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from html import escape, unescape
from pathlib import Path
from urllib.parse import unquote

from triptych.dialect.folders import MEDIA_FOLDER
from triptych.dialect.ids import FreeNames, id_from
from triptych.dialect.pictures import SOUND_SIGNATURES, SUFFIXES, is_sound
from triptych.errors import TriptychError
from triptych.imports.anki_database import AnkiNote, Database
from triptych.imports.anki_package import read_package
from triptych.imports.card_templates import harmless, shown_fields
from triptych.imports.clozes import CLOZE, prompt_of, revealed
from triptych.imports.found import (
    LEARNER_TAGS,
    Collection,
    FoundNote,
    FoundType,
    LeftOut,
    root_of,
)
from triptych.imports.html import Html
from triptych.imports.media import SAFE_NAME
from triptych.imports.one_line import is_line
from triptych.imports.pieces import short_passages
from triptych.imports.style_sheets import with_style_sheets
from triptych.imports.template_media import with_files
from triptych.notes.kept import KeptType
from triptych.notes.kept_fields import cards, media_names
from triptych.notes.types import NoteType
from triptych.notes.which import CLOZE_TYPE, QUESTION_TYPE
from triptych.progress import Progress, counted, no_progress

_SOUND = re.compile(r"\[sound:([^\]\n]+)\]")
_DEFAULT_DECK = "Default"
_PLAIN = re.compile(r"<[^>]*>|\s+")


@dataclass(slots=True)
class _Media:
    """The media of a package, and those of them that notes show."""

    files: Mapping[str, Callable[[], bytes]]
    left_out: list[LeftOut]
    used: dict[str, Callable[[], bytes]] = field(default_factory=dict)
    place: str = ""
    """The note that is being read."""

    def picture(self, target: str) -> str:
        """Return the path in the deck of a picture; empty if there is none."""
        for name in (unescape(target), unquote(target)):
            if name in self.files and name.lower().endswith(tuple(SUFFIXES)):
                return self._keep(name)
        return ""

    def data(self, name: str, data: bytes) -> str:
        """Return the path in the deck of a picture that the HTML itself holds."""
        self.used[name] = lambda: data
        return f"{MEDIA_FOLDER}/{name}"

    def sound(self, name: str) -> str:
        """Return the Markdown for a sound; empty if a deck cannot have it."""
        path = self._keep(name) if self.has_sound(name) else ""
        return f" ![{name}](<{path}>) " if path else ""

    def has_sound(self, name: str) -> bool:
        """Return whether the package has the sound, in a format for every output."""
        return name in self.files and is_sound(name)

    def lost(self, what: str, why: str) -> None:
        """Note that something cannot be kept."""
        self.left_out.append(LeftOut(what, why, self.place))

    def keep_named(self, name: str) -> None:
        """Keep the file that the HTML of a field names, under its own name."""
        suffixes = (*SUFFIXES, *SOUND_SIGNATURES)
        if name in self.files and name.lower().endswith(suffixes):
            self._keep(name)

    def _keep(self, name: str) -> str:
        if not SAFE_NAME.fullmatch(name):
            self.lost("media", "their names cannot be those of files")
            return ""
        self.used[name] = self.files[name]
        return f"{MEDIA_FOLDER}/{name}"


def read(source: Path, progress: Progress = no_progress) -> Collection:
    """Return the notes of the package `source`."""
    if source.is_dir():
        raise TriptychError(f"{source} is a folder: name the package")
    database, files = read_package(source)
    return collection_of(database, files, source.name, "a package of Anki", progress)


def collection_of(
    database: Database,
    files: Mapping[str, Callable[[], bytes]],
    name: str,
    kind: str,
    progress: Progress = no_progress,
) -> Collection:
    """Return the notes of a database, with their note types."""
    if not database.notes:
        raise TriptychError(f"{name} holds no notes")
    left_out: list[LeftOut] = []
    types = {
        id_: replace(item, kept=with_files(item.kept, files, left_out))
        for id_, item in _types(database, files, left_out).items()
    }
    media = _Media(files, left_out)
    every = counted(database.notes, len(database.notes), "converting notes", progress)
    notes = []
    for number, note in enumerate(every, start=1):
        found = types.get(note.type)
        media.place = f"note {number}"
        if found is None or len(note.fields) != len(found.kept.names):
            media.lost("notes", "they have no note type, or other fields than it has")
        else:
            notes.append(_found(note, found.kept, media))
    root = root_of(note.deck for note in notes) or _DEFAULT_DECK
    description = _PLAIN.sub(" ", database.descriptions.get(root, "")).strip()
    return Collection(
        name=name,
        kind=kind,
        title=root,
        notes=tuple(notes),
        media=media.used,
        left_out=tuple(left_out),
        types=tuple(types.values()),
        description=unescape(description),
    )


def _types(
    database: Database,
    files: Mapping[str, Callable[[], bytes]],
    left_out: list[LeftOut],
) -> dict[int, FoundType]:
    """Return the note types that notes have, by id, each with a key of its own."""
    used = {note.type for note in database.notes}
    free = FreeNames((QUESTION_TYPE, CLOZE_TYPE))
    found = {}
    for id_, item in database.types.items():
        if id_ not in used or not item.type.fields or not item.type.templates:
            continue
        whole = with_style_sheets(item.type, files, left_out)
        type_, dropped = harmless(whole)
        why = "nothing in a deck may run or fetch something"
        place = f"the note type {type_.name}"
        left_out += [LeftOut(f"{what} in templates", why, place) for what in dropped]
        key = free.take(id_from(type_.name) or "type")
        found[id_] = FoundType(_kept(replace(type_, key=key)), item.mod)
    return found


def _kept(type_: NoteType) -> KeptType:
    """Return the note type with the fields that are its prompt and its answer."""
    names = [item.name for item in type_.fields]
    template = type_.templates[0]
    front = [name for name in shown_fields(template.front) if name in names]
    prompt = front[0] if front else names[0]
    back = [name for name in shown_fields(template.back) if name in names]
    answers = [name for name in back if name not in front]
    return KeptType(type_, prompt, answers[0] if answers else "")


def _found(note: AnkiNote, kept: KeptType, media: _Media) -> FoundNote:
    html = Html(media)
    values = dict(zip(kept.names, note.fields, strict=True))
    before = cards(kept, values)
    prompt_html, answer_html = values[kept.prompt], values.get(kept.answer, "")
    rest = {
        name: value
        for name, value in values.items()
        if value and name not in {kept.prompt, kept.answer}
    }
    text, summary = html.blocks(prompt_html), ""
    has_lost_sound = _has_lost_sound(prompt_html, media)
    is_kept_whole = is_line(text) and bool(text) and not has_lost_sound
    prompt = text if is_line(text) else html.line(prompt_html)
    if kept.type.cloze:
        summary = html.clozes(prompt_html)
        is_kept_whole = bool(CLOZE.search(summary)) and not has_lost_sound
        prompt = prompt_of(summary or prompt)
        summary = summary if is_kept_whole else ""
    if not is_kept_whole:
        rest[kept.prompt] = prompt_html
    answer = html.blocks(answer_html) if kept.answer else ""
    if kept.type.cloze and not is_kept_whole:
        # The page of the site shows the whole text; the cards have it with its gaps.
        answer = "\n\n".join(filter(None, (html.blocks(revealed(prompt_html)), answer)))
        rest[kept.answer or kept.prompt] = answer_html if kept.answer else prompt_html
    elif _has_lost_sound(answer_html, media):
        rest[kept.answer] = answer_html
    if answer != (parted := short_passages(answer)):
        answer = parted
        rest[kept.answer] = answer_html
    for name in media_names(rest):
        media.keep_named(name)
    if not is_kept_whole or kept.answer in rest:
        media.lost("notes", "they keep a field as HTML, which you edit in `fields:`")
    return FoundNote(
        prompt=prompt or _first_text(values, html) or note.guid,
        answer=answer,
        place=media.place,
        topic=note.deck.rpartition("::")[2],
        summary=summary,
        tags=tuple(tag for tag in note.tags if tag.lower() not in LEARNER_TAGS),
        guid=note.guid,
        deck=note.deck,
        note_type=kept.type.key,
        fields=rest,
        mod=note.mod,
        cards=max(note.cards, len(before)),
        is_plain=True,
    )


def _has_lost_sound(html: str, media: _Media) -> bool:
    """Return whether a field plays what only the field itself can name."""
    return not all(media.has_sound(unescape(name)) for name in _SOUND.findall(html))


def _first_text(values: Mapping[str, str], html: Html) -> str:
    """Return what a reader sees of a note whose prompt is not text."""
    texts = (html.line(value) for value in values.values())
    found = next((text for text in texts if text), "")
    return found or escape(next((v for v in values.values() if v), ""))
