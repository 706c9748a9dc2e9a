"""Note types that an imported deck brought along, in the folder `note-types`.

Learners of the old deck have these note types and go on with them: Anki would take a
note of another type for a conflict and never update it.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from html import unescape
from pathlib import Path, PurePosixPath
from types import MappingProxyType

import nh3

from triptych.deck.pictures import template_file
from triptych.deck.read import path_inside, raw_text
from triptych.dialect.html_policy import ATTRIBUTES, TAGS
from triptych.dialect.note_types import FOLDER, STYLE_FILE, TYPE_FILE, side_file
from triptych.dialect.pictures import FONT_SIGNATURES, SOUND_SIGNATURES, SUFFIXES
from triptych.errors import TriptychError
from triptych.notes.fields import safe, visible
from triptych.notes.types import Field, NoteType, Template
from triptych.notes.which import Note
from triptych.values.source import Media

ANY_FIELD = -1
"""The required field of a template whose own text tells which fields it needs."""
_TAGS = TAGS | {"audio", "big", "center", "font", "img", "tt"}
_ATTRIBUTES = {
    "*": {"class", "dir", "id", "lang", "style"},
    "font": {"color", "face", "size"},
    **{name: set(names) for name, names in ATTRIBUTES.items()},
}
_STYLES = {
    *("color", "background-color", "font-family", "font-size", "font-style"),
    *("font-weight", "text-align", "text-decoration", "vertical-align", "width"),
    *("height", "max-width", "border", "padding", "margin", "white-space"),
}
_TAG = re.compile(r"\{\{([#^/]?)([^{}]+)\}\}")
_CLOZE = re.compile(r"\{\{c(\d{1,3})::")
_SOURCE = re.compile(
    r"<img\b[^>]*?\ssrc\s*=\s*(?:\"([^\"]+)\"|'([^']+)'|([^\s>\"']+))"
    r"|\[sound:([^\]\n]+)\]",
    re.IGNORECASE,
)
_SPECIAL = frozenset(
    {"Tags", "Type", "Deck", "Subdeck", "CardFlag", "Card", "FrontSide", "CardID"}
)
"""What a template may name that is no field."""


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
            # The rule `bad-note-type` tells what is wrong with it.
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
        type_ = NoteType(
            key=key,
            id=int(data["id"]),
            name=str(data["name"]),
            cloze=bool(data["cloze"]),
            sort_field=int(data["sort_field"]),
            fields=tuple(
                Field(int(item["id"]), str(item["name"])) for item in data["fields"]
            ),
            templates=tuple(
                Template(
                    id_,
                    name,
                    ANY_FIELD,
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
    unknown = {kept.prompt, kept.answer or kept.prompt} - {*kept.names}
    if unknown or not type_.templates or not 0 <= type_.sort_field < len(kept.names):
        what = f"no field is called `{min(unknown)}`" if unknown else "it has no cards"
        raise TriptychError(f"{folder}/{TYPE_FILE} is damaged: {what}")
    return kept


def _why(error: Exception) -> str:
    is_key = isinstance(error, KeyError)
    return f"`{error.args[0]}` is missing" if is_key else str(error)


def fields(
    note: Note, kept: KeptType, media: Mapping[str, str] = MappingProxyType({})
) -> Mapping[str, str]:
    """Return the fields of `note` by name, without empty ones.

    What the front matter says of a field counts, also of the prompt and the answer.
    `media` are the names in outputs of what these fields show, by their own names.
    """
    prompt, answer, cloze = safe(note.prompt.card), note.answer.card, note.kept_cloze
    if kept.type.cloze and cloze:
        prompt = safe(cloze.card, cloze=True)
    found = {kept.prompt: prompt}
    if kept.answer:
        found[kept.answer] = safe(answer)
    found |= {
        name: with_media(clean(html), media)
        for name, html in note.origin.fields.items()
    }
    return {name: html for name, html in found.items() if html and name in kept.names}


def with_media(html: str, media: Mapping[str, str]) -> str:
    """Return the HTML of a field with other names of media."""

    def renamed(found: re.Match[str]) -> str:
        number = next(n for n in range(1, 5) if found[n])
        start, end = found.start(number) - found.start(), found.end(number)
        name = media.get(unescape(found[number]), found[number])
        return f"{found[0][:start]}{name}{found[0][end - found.start() :]}"

    return _SOURCE.sub(renamed, html) if media else html


def cards(kept: KeptType, values: Mapping[str, str]) -> tuple[int, ...]:
    """Return the numbers of the cards that Anki makes, counted from 0."""
    filled = {name for name, html in values.items() if visible(html)}
    if kept.type.cloze:
        numbers = {
            int(number) - 1
            for name in _cloze_fields(kept.type.templates[0].front)
            for number in _CLOZE.findall(values.get(name, ""))
        }
        return tuple(sorted(number for number in numbers if number >= 0)) or (0,)
    made = tuple(
        number
        for number, template in enumerate(kept.type.templates)
        if _shows_something(template.front, filled)
    )
    return made or (0,)


def media_names(meta_fields: Mapping[str, str]) -> frozenset[str]:
    """Return the names of the pictures and sounds in the HTML of fields."""
    return frozenset(
        unescape(next(filter(None, found)))
        for html in meta_fields.values()
        for found in _SOURCE.findall(html)
    )


def required_fields(type_: NoteType, front: str) -> tuple[int, ...]:
    """Return the indexes of the fields that a front shows."""
    names = [field.name for field in type_.fields]
    shown = {_field_name(name) for sign, name in _TAG.findall(front) if not sign}
    return tuple(n for n, name in enumerate(names) if name in shown)


@lru_cache(maxsize=65536)
def clean(html: str) -> str:
    """Return the HTML of a field without what runs or fetches something."""
    if "<" not in html:
        return html
    return nh3.clean(
        html,
        tags=set(_TAGS),
        clean_content_tags={"script", "style"},
        attributes=_ATTRIBUTES,
        attribute_filter=_attribute,
        filter_style_properties=_STYLES,
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
    )


def _attribute(tag: str, name: str, value: str) -> str | None:
    if name == "src" and ("://" in value or value.startswith("//")):
        return None
    if name == "style" and ("url(" in value.lower() or "\\" in value):
        return None
    return value if tag else None


def _cloze_fields(front: str) -> Iterator[str]:
    for _, name in _TAG.findall(front):
        if name.strip().startswith("cloze:") or ":cloze:" in name:
            yield _field_name(name)


def _field_name(name: str) -> str:
    """Return the field in a tag of a template, without filters such as `type:`."""
    return name.rpartition(":")[2].strip()


def _shows_something(front: str, filled: set[str]) -> bool:
    """Return whether a front shows a field that is not empty, as Anki decides it."""
    hidden: list[bool] = []
    for sign, written in _TAG.findall(front):
        name = written.strip() if sign else _field_name(written)
        if sign in {"#", "^"}:
            hidden.append((name in filled) == (sign == "^"))
        elif sign == "/":
            if hidden:
                hidden.pop()
        elif name in filled and name not in _SPECIAL and not any(hidden):
            return True
    return False
