"""The fields and cards of notes whose types an imported deck brought along.

Their templates and fields are HTML of another program, which Anki reads; so does this.
"""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from html import unescape
from types import MappingProxyType

import nh3

from triptych.dialect.characters import without_control_references
from triptych.dialect.html_policy import ATTRIBUTES, TAGS
from triptych.notes.fields import safe, visible
from triptych.notes.kept import KeptType
from triptych.notes.types import NoteType
from triptych.notes.which import Note

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


def fields(
    note: Note, kept: KeptType, media: Mapping[str, str] = MappingProxyType({})
) -> Mapping[str, str]:
    """Return the fields of `note` by name, without empty ones.

    What the front matter says of a field counts, also of the prompt and the answer.
    `media` are placeholders of what these fields show, by their own names. The result
    is HTML for `put_media`.
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


def required_fields(type_: NoteType, front: str) -> tuple[str, ...]:
    """Return the names of the fields that a front shows, in the order of the type."""
    shown = {_field_name(name) for sign, name in _TAG.findall(front) if not sign}
    return tuple(field.name for field in type_.fields if field.name in shown)


@lru_cache(maxsize=65536)
def clean(html: str) -> str:
    """Return the HTML of a field without what runs or fetches something."""
    if "<" not in html:
        return html
    return nh3.clean(
        without_control_references(html),
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
