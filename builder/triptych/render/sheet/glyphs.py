"""Choose fonts for the characters of a sheet, and mark what no font can draw."""

import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from triptych.render.sheet.coverage import ANY_STYLE, LOW_QUALITY, UPRIGHT
from triptych.render.sheet.fonts import (
    Face,
    code_points,
    deck_fonts,
    named_fonts,
    package_fonts,
)
from triptych.render.sheet.nodes import Data
from triptych.values.tree import Node, children, map_text

PLACEHOLDER = "□"
_INVISIBLE = re.compile(
    "[\x7f-\x9f\ufeff\ufff9-\ufffb\u206a-\u206f\u2028\u2029"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
"""Characters without a glyph, or that PDF/UA does not allow."""
_BREAK = re.compile(r"[\n\r\t]")
_CONTROL = re.compile("[\x00-\x1f]")
_MIN_LONG_CHARS = 30
"""A word of at least this length may break anywhere."""
# Not the scripts that break between any two characters, or by a dictionary.
_LETTERS = r"!-~\u00a1-\u052f\u1e00-\u1fff"

_DRAWN_KEYS = frozenset(
    (
        *("title", "description", "imprint", "legend"),
        *("body", "formulas", "code", "wrong", "right", "topic"),
        *("rubric", "pitfalls", "facts", "answer", "depth", "sources"),
    )
)
"""The keys whose values are drawn: sequences of nodes, and lists of these."""


@dataclass(frozen=True, slots=True)
class FontPlan:
    """The fonts for a deck, and the characters that need special treatment."""

    faces: tuple[Face, ...]
    """Of the deck's fonts, then of packages; Typst's own fonts come after these."""
    missing: frozenset[str]
    """Characters that no font has."""
    upright: frozenset[str]
    """Characters that no italic or bold font has."""

    def family_of(self, text: str) -> str:
        """Return the family of the first face that draws all of `text`, if one does."""
        wanted = {ord(character) for character in text if character != " "}
        for face in self.faces:
            if wanted <= code_points(face):
                return face.family
        return ""


def plan_fonts(
    used: Iterable[str],
    fonts: Path | None,
    language: str,
    families: Iterable[str] = (),
) -> FontPlan:
    """Return the fonts for the characters `used`, and those named `families`.

    `fonts` is the deck's font folder.
    """
    visible = {c for c in set(used) if not c.isascii() and not _INVISIBLE.match(c)}
    faces = (*deck_fonts(fonts), *named_fonts(families))
    covered = frozenset[int]().union(*map(code_points, faces))
    uncovered = {c for c in visible if ord(c) not in covered}
    absent = {c for c in uncovered if not _is_built_in(c)}
    low_quality = {c for c in uncovered if ord(c) in LOW_QUALITY}
    more = package_fonts(absent | low_quality, language)
    faces = tuple(dict.fromkeys((*faces, *more)))
    covered = covered.union(*map(code_points, faces))
    return FontPlan(
        faces=faces,
        missing=frozenset(c for c in absent if ord(c) not in covered),
        upright=frozenset(
            c for c in uncovered if ord(c) in UPRIGHT and ord(c) not in covered
        ),
    )


def _is_built_in(character: str) -> bool:
    return ord(character) in ANY_STYLE or ord(character) in UPRIGHT


def mark_text(nodes: Iterable[Node], glyphs: FontPlan) -> tuple[Node, ...]:
    """Return `nodes` with nodes around text to set upright, and around long words.

    A long word may break anywhere.
    """
    # A sequence of placeholders has no place to break either.
    special = re.compile(
        rf"(?P<upright>[{_character_class(glyphs.upright)}]+)"
        rf"|[{_LETTERS}{_character_class(glyphs.missing)}]{{{_MIN_LONG_CHARS},}}"
    )

    def mark(text: str) -> list[Node]:
        parts: list[Node] = []
        end = 0
        for found in special.finditer(text):
            kind = "upright" if found.lastgroup else "long"
            parts += [text[end : found.start()], (kind, found[0])]
            end = found.end()
        parts.append(text[end:])
        return [part for part in parts if part]

    # Without the kind `span`, a text that comes first would be taken for the kind.
    return children(map_text(("span", *nodes), mark))


def with_fonts(data: Data, glyphs: FontPlan) -> Data:
    """Return `data` with the nodes that `mark_text` adds to the drawn text."""
    if isinstance(data, list):
        return [with_fonts(item, glyphs) for item in data]
    if isinstance(data, dict):
        return {
            key: _marked(value, glyphs)
            if key in _DRAWN_KEYS
            else with_fonts(value, glyphs)
            for key, value in data.items()
        }
    return data


def _marked(data: Data, glyphs: FontPlan) -> Data:
    if isinstance(data, list):
        return [_marked(item, glyphs) for item in data]
    if isinstance(data, dict):
        return with_fonts(data, glyphs)
    return mark_text(data, glyphs) if isinstance(data, tuple) else data


def bookmark_text(text: str, default: str) -> str:
    """Return `text` for a bookmark, or `default` if none of it is visible."""
    text = "".join(c if c.isprintable() else " " for c in _INVISIBLE.sub("", text))
    return text.strip() or default


def is_combining(text: str) -> bool:
    """Return whether `text` consists of combining marks only."""
    return all(unicodedata.category(character)[0] == "M" for character in text)


def _character_class(characters: Iterable[str]) -> str:
    """Return the inside of a pattern's brackets, which may not be empty."""
    return re.escape("".join(sorted(characters))) or "\0"


def characters(data: Data) -> frozenset[str]:
    """Return the characters of all text in `data` that are not ASCII."""
    found: set[str] = set()
    _add_characters(data, found)
    return frozenset(found)


def _add_characters(data: Data, found: set[str]) -> None:
    if isinstance(data, str):
        if not data.isascii():
            found.update(data.encode("utf-8", "replace").decode())
    elif isinstance(data, (tuple, list)):
        for item in data:
            _add_characters(item, found)
    elif isinstance(data, Mapping):
        for item in data.values():
            _add_characters(item, found)


def encode(data: Data, missing: Iterable[str] = ()) -> bytes:
    """Return `data` as JSON, with a placeholder for each of the `missing` texts."""
    drawable = _drawable(data, _replacer(missing))
    text = json.dumps(drawable, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "replace")


def _replacer(missing: Iterable[str]) -> Callable[[str], str]:
    """Return the function that puts placeholders for the `missing` texts."""
    longest_first = sorted(missing, key=lambda text: (-len(text), text))
    if not longest_first:
        return str
    return partial(re.compile("|".join(map(re.escape, longest_first))).sub, PLACEHOLDER)


def _drawable(data: Data, replace: Callable[[str], str]) -> Data:
    """Return `data` without what no font draws; `replace` is for other characters."""
    if isinstance(data, str):
        # Most texts are; what no font of a deck draws is never ASCII.
        if data.isascii() and data.isprintable():
            return data
        visible = _CONTROL.sub("", _BREAK.sub(" ", _INVISIBLE.sub("", data)))
        return replace(visible)
    # Not `Sequence`: to ask for abstract types, for each of a hundred thousand nodes,
    # takes longer than all else here.
    if isinstance(data, (tuple, list)):
        return [_drawable(item, replace) for item in data]
    if isinstance(data, Mapping):
        return {key: _drawable(value, replace) for key, value in data.items()}
    return data
