"""Fonts beyond those in Typst's wheel: the deck's own, and those that PyPI brings."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from fontTools.ttLib import TTFont, TTLibError

from triptych.errors import TriptychError

PACKAGES = ("manimgx_fonts", "manimgx_fonts_cjk")
"""Modules that hold Noto fonts and nothing else; the extra `fonts` installs them."""
_ENDINGS = frozenset({".otc", ".otf", ".ttc", ".ttf"})
_REGIONS: Mapping[str, str] = MappingProxyType(
    {"ja": "JP", "ko": "KR", "zh-hant": "TC", "zh-hk": "HK", "zh-tw": "TC"}
)
"""How a collection marks its face for a language; any other gets China's."""


class Face(NamedTuple):
    """One face of a font file."""

    path: Path
    number: int
    family: str


def deck_fonts(folder: Path | None) -> tuple[Face, ...]:
    """Return the faces in the deck's own folder, by the names of their files."""
    return tuple(face for path in _files(folder) for face in _faces(path))


def package_fonts(wanted: set[str], language: str) -> Iterator[Face]:
    """Yield faces of installed packages that draw `wanted`, no more than are needed."""
    left = {ord(character) for character in wanted}
    tag = language.lower()
    region = _REGIONS.get(tag) or _REGIONS.get(tag.partition("-")[0], "SC")
    for package in PACKAGES:
        spec = find_spec(package)
        for folder in (spec.submodule_search_locations or ()) if spec else ():
            for path in _files(Path(folder)):
                if not left:
                    return
                faces = _faces(path)
                face = next(
                    (f for f in faces if f.family.endswith(f" {region}")), faces[0]
                )
                if not left.isdisjoint(code_points(face)):
                    left -= code_points(face)
                    yield face


@lru_cache(maxsize=256)
def code_points(face: Face) -> frozenset[int]:
    """Return the code points that `face` has a glyph for."""
    with _open(face.path, face.number) as font:
        return frozenset(font.getBestCmap() or ())


def _files(folder: Path | None) -> list[Path]:
    if folder is None or not folder.is_dir():
        return []
    found = (path for path in folder.rglob("*") if path.suffix.lower() in _ENDINGS)
    return sorted(found, key=lambda path: path.relative_to(folder).parts)


@lru_cache(maxsize=256)
def _faces(path: Path) -> tuple[Face, ...]:
    with _open(path, 0) as font:
        count = getattr(font.reader, "numFonts", 1)
    return tuple(_face(path, number) for number in range(count))


def _face(path: Path, number: int) -> Face:
    with _open(path, number) as font:
        return Face(path, number, font["name"].getBestFamilyName() or path.stem)


@contextmanager
def _open(path: Path, number: int) -> Iterator[TTFont]:
    with path.open("rb") as file:
        try:
            yield TTFont(file, fontNumber=number, lazy=True)
        except (TTLibError, LookupError, AssertionError, ValueError) as error:
            message = f"`{path.name}` is no font that can be read"
            raise TriptychError(message) from error
