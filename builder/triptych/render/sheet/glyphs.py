"""Find what no font can draw before Typst does, and show that something is missing."""

import json
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from triptych.render.sheet.coverage import ANY_STYLE, MAKESHIFT, UPRIGHT
from triptych.render.sheet.fonts import Face, code_points, deck_fonts, package_fonts
from triptych.render.sheet.nodes import Data, children, map_text
from triptych.values.tree import Node

PLACEHOLDER = "□"
_INVISIBLE = re.compile(
    "[\x7f-\x9f\ufeff\ufff9-\ufffb\u206a-\u206f\u2028\u2029"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
"""What is not to be seen, or what a PDF for everyone may not hold."""
_ESCAPE = re.compile(r"\\(?:u00[01][0-9a-f]|.)")
_BLANKS = frozenset({r"\n", r"\r", r"\t"})
_LONG = 30
# Scripts that break between any two characters, or by a dictionary, are not meant.
_LETTERS = r"!-~\u00a1-\u052f\u1e00-\u1fff"


@dataclass(frozen=True, slots=True)
class FontPlan:
    """What the fonts at hand can do for a deck."""

    faces: tuple[Face, ...]
    """Of the deck's own fonts, then of packages; those inside Typst come after."""
    missing: frozenset[str]
    upright: frozenset[str]
    """What no slanted or bold font has."""


def plan_fonts(used: Iterable[str], fonts: Path | None, language: str) -> FontPlan:
    """Return which fonts to take for the characters `used`, and what they all lack."""
    seen = {c for c in set(used) if not c.isascii() and not _INVISIBLE.match(c)}
    faces = deck_fonts(fonts)
    covered = frozenset[int]().union(*map(code_points, faces))
    uncovered = {c for c in seen if ord(c) not in covered}
    lacking = {c for c in uncovered if not _is_built_in(c)}
    makeshift = {c for c in uncovered if ord(c) in MAKESHIFT}
    faces += tuple(package_fonts(lacking | makeshift, language))
    covered = covered.union(*map(code_points, faces))
    return FontPlan(
        faces=faces,
        missing=frozenset(c for c in lacking if ord(c) not in covered),
        upright=frozenset(
            c for c in uncovered if ord(c) in UPRIGHT and ord(c) not in covered
        ),
    )


def _is_built_in(character: str) -> bool:
    return ord(character) in ANY_STYLE or ord(character) in UPRIGHT


def mark_text(nodes: Iterable[Node], glyphs: FontPlan) -> tuple[Node, ...]:
    """Return `nodes` with what must stand upright, or may break anywhere, marked."""
    # A row of placeholders has no place to break either.
    special = re.compile(
        rf"(?P<upright>[{_within(glyphs.upright)}]+)"
        rf"|[{_LETTERS}{_within(glyphs.missing)}]{{{_LONG},}}"
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

    # Without a kind in front, a first text would be taken for one.
    return children(map_text(("span", *nodes), mark))


def bookmark_text(text: str, otherwise: str) -> str:
    """Return `text` for a bookmark, or `otherwise` where there is nothing to see."""
    text = "".join(c if c.isprintable() else " " for c in _INVISIBLE.sub("", text))
    return text.strip() or otherwise


def is_mark(text: str) -> bool:
    """Return whether `text` is of marks alone, which stand on the letter before."""
    return all(unicodedata.category(character)[0] == "M" for character in text)


def _within(characters: Iterable[str]) -> str:
    """Return `characters` for a pattern's brackets, which may not be empty."""
    return re.escape("".join(sorted(characters))) or "\0"


def encode(data: Data, missing: Iterable[str] = ()) -> bytes:
    """Return `data` as JSON, with a placeholder for each of the `missing` texts."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    text = _INVISIBLE.sub("", _ESCAPE.sub(_without_control, text))
    # No structure can be hit: JSON's own characters are ASCII, and so never missing.
    lacking = sorted(missing, key=lambda text: (-len(text), text))
    if lacking:
        text = re.sub("|".join(map(re.escape, lacking)), PLACEHOLDER, text)
    return text.encode("utf-8", "replace")


def _without_control(escape: re.Match[str]) -> str:
    if escape[0] in _BLANKS:
        return " "
    is_control = len(escape[0]) > len(r"\n") or escape[0] in {r"\b", r"\f"}
    return "" if is_control else escape[0]
