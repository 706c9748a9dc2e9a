"""Fonts besides those in Typst's wheel: the deck's, and those of installed packages."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from triptych.errors import TriptychError

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

PACKAGES = ("manimgx_fonts", "manimgx_fonts_cjk")
"""Packages that contain only Noto fonts; triptych depends on them."""
_SUFFIXES = frozenset({".otc", ".otf", ".ttc", ".ttf"})
_REGIONS: Mapping[str, str] = MappingProxyType(
    {"ja": "JP", "ko": "KR", "zh-hant": "TC", "zh-hk": "HK", "zh-tw": "TC"}
)
"""The suffix of a family name, by language; for any other language that of China."""


class Face(NamedTuple):
    """One face of a font file."""

    path: Path
    number: int
    family: str


def deck_fonts(folder: Path | None) -> tuple[Face, ...]:
    """Return the faces of the font files in `folder`, in the order of their paths."""
    return tuple(face for path in _files(folder) for face in _faces(path))


def package_fonts(characters: set[str], language: str) -> Iterator[Face]:
    """Yield as few faces of installed packages as draw these `characters`."""
    uncovered = {ord(character) for character in characters}
    tag = language.lower()
    region = _REGIONS.get(tag) or _REGIONS.get(tag.partition("-")[0], "SC")
    for path in _package_files():
        if not uncovered:
            return
        faces = _faces(path)
        face = next((f for f in faces if f.family.endswith(f" {region}")), faces[0])
        if not uncovered.isdisjoint(code_points(face)):
            uncovered -= code_points(face)
            yield face


def named_fonts(families: Iterable[str]) -> Iterator[Face]:
    """Yield the faces of installed packages that are of these families."""
    wanted = frozenset(families)
    for path in _package_files() if wanted else ():
        yield from (face for face in _faces(path) if face.family in wanted)


def _package_files() -> Iterator[Path]:
    for package in PACKAGES:
        spec = find_spec(package)
        for folder in (spec.submodule_search_locations or ()) if spec else ():
            yield from _files(Path(folder))


@lru_cache(maxsize=256)
def code_points(face: Face) -> frozenset[int]:
    """Return the code points that `face` has a glyph for."""
    with _open(face.path, face.number) as font:
        # Most of the time would go into a name for each glyph, which nobody asks for.
        font.setGlyphOrder([""] * font["maxp"].numGlyphs)
        return frozenset(font.getBestCmap() or ())


def _files(folder: Path | None) -> list[Path]:
    if folder is None or not folder.is_dir():
        return []
    paths = (path for path in folder.rglob("*") if path.suffix.lower() in _SUFFIXES)
    return sorted(paths, key=lambda path: path.relative_to(folder).parts)


@lru_cache(maxsize=256)
def _faces(path: Path) -> tuple[Face, ...]:
    with _open(path, 0) as font:
        count = getattr(font.reader, "numFonts", 1)
    return tuple(_face(path, number) for number in range(count))


def _face(path: Path, number: int) -> Face:
    with _open(path, number) as font:
        return Face(path, number, font["name"].getBestFamilyName() or path.stem)


@contextmanager
def _open(path: Path, number: int) -> "Iterator[TTFont]":
    # Not at the top: where no character needs a font, none is opened.
    from fontTools.ttLib import TTFont, TTLibError  # noqa: PLC0415

    with path.open("rb") as file:
        try:
            yield TTFont(file, fontNumber=number, lazy=True)
        except (TTLibError, LookupError, AssertionError, ValueError) as error:
            message = f"`{path.name}` is not a font that can be read"
            raise TriptychError(message) from error
