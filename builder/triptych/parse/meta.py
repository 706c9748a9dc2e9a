"""Interpret the front matter, with defaults for missing and wrong values."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import filterfalse
from pathlib import PurePosixPath
from types import MappingProxyType

from triptych.dialect.characters import composed, composed_path
from triptych.dialect.ids import is_note_name, note_named
from triptych.dialect.keys import MAX_MINUTES_DIGITS
from triptych.values.addresses import GUIDES_FOLDER, PAGES_FOLDER
from triptych.values.document import Field, FrontMatter, Items, Scalar, Table
from triptych.values.entry import Mention
from triptych.values.meta import (
    DEFAULT_MINUTES,
    Difficulty,
    Kind,
    Meta,
    Origin,
    Reference,
)

_KINDS: Mapping[str, Kind] = MappingProxyType({kind.value: kind for kind in Kind})
_DIFFICULTIES: Mapping[str, Difficulty] = MappingProxyType(
    {level.value: level for level in Difficulty}
)
_MONTH = re.compile(r"[0-9]{4}-[0-9]{2}")


def meta(
    path: PurePosixPath, front_matter: FrontMatter, defaults: Mapping[str, str]
) -> Meta:
    """Return the interpreted front matter of the file at `path`.

    `defaults` are values for keys that are missing, besides those of every file.
    """
    kind = front_matter.text("kind", defaults.get("kind", ""))
    known_kind = _KINDS.get(kind, Kind.CONCEPT)
    renamed = tuple(_texts(front_matter.get("renamed")))
    as_of = front_matter.text("as_of")
    return Meta(
        id=composed(front_matter.text("id", defaults.get("id", path.stem))),
        path=composed_path(path),
        is_guide=path.parts[0] in (GUIDES_FOLDER, PAGES_FOLDER),
        kind=known_kind,
        difficulty=_DIFFICULTIES.get(front_matter.text("difficulty")),
        tags=tuple(map(composed, front_matter.texts("tags"))),
        asked_at=tuple(map(composed, front_matter.texts("asked_at"))),
        minutes=whole_number(front_matter.text("minutes"))
        or DEFAULT_MINUTES[known_kind],
        references=tuple(map(_reference, _items(front_matter.get("references")))),
        related=front_matter.texts("related"),
        requires=front_matter.texts("requires"),
        aliases=tuple(filterfalse(is_note_name, front_matter.texts("aliases"))),
        renamed={old: new for old, new in renamed if not is_note_name(old)},
        moved={note.name: slug for note, slug in moved_notes(front_matter)},
        is_reversed=front_matter.text("reverse") == "true",
        is_typed=front_matter.text("type") == "true",
        retired=front_matter.text("retired") == "true",
        retired_slugs=front_matter.texts("retired"),
        draft=front_matter.text("draft") == "true",
        allowed=tuple(
            rule for rule, reason in _texts(front_matter.get("allow")) if reason.strip()
        ),
        reviewed=front_matter.text("reviewed"),
        as_of=as_of if month(as_of) else "",
        figure=front_matter.text("figure"),
        origin=Origin(
            guid=front_matter.text("guid"),
            note_type=front_matter.text("note_type"),
            fields=dict(_texts(front_matter.get("fields"))),
        ),
    )


def moved_notes(front_matter: FrontMatter) -> Iterator[tuple[Mention, str]]:
    """Yield each id that a note had in another question, and its slug in this one.

    `aliases` has the former ids of the question's main note, `renamed` those of its
    follow-ups and pitfalls.
    """
    for alias in front_matter.scalars("aliases"):
        if is_note_name(alias.text):
            yield Mention(note_named(alias.text), alias.span), ""
    renamed = front_matter.get("renamed")
    for old, new in renamed.entries if isinstance(renamed, Table) else ():
        if is_note_name(old.text) and isinstance(new, Scalar):
            yield Mention(note_named(old.text), old.span), new.text


def month(text: str) -> date | None:
    """Return the first day of a month such as 2026-11; None if `text` is none."""
    try:
        return date.fromisoformat(f"{text}-01") if _MONTH.fullmatch(text) else None
    except ValueError:
        return None


def whole_number(text: str) -> int:
    """Return `text` as a whole number; 0 if it is none or has too many digits."""
    digits = text.isascii() and text.isdigit() and len(text) <= MAX_MINUTES_DIGITS
    return int(text) if digits else 0


def _items(field: Field | None) -> tuple[Field, ...]:
    return field.items if isinstance(field, Items) else ()


def _texts(field: Field | None) -> Iterator[tuple[str, str]]:
    """Yield the entries of a mapping whose values are text."""
    for key, value in field.entries if isinstance(field, Table) else ():
        if isinstance(value, Scalar):
            yield key.text, value.text


def _reference(item: Field) -> Reference:
    if isinstance(item, Scalar):
        return Reference(item.text)
    entries = dict(_texts(item))
    return Reference(
        title=entries.get("title", ""),
        url=entries.get("url", ""),
        authors=entries.get("authors", ""),
        year=entries.get("year", ""),
    )
