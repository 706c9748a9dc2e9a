"""Run Typst on files in memory: nothing on disk can be read, nothing is fetched."""

import json
import re
import shutil
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import typst

from triptych.errors import TriptychError
from triptych.render.sheet.fonts import Face
from triptych.scratch import scratch_folder

BUILT_IN = (
    "Libertinus Serif",
    "New Computer Modern",
    "New Computer Modern Math",
    "DejaVu Sans Mono",
)
"""The families inside Typst's wheel, in the order to try them."""

_LACKING = re.compile(r'the text `"((?:[^"\\]|\\.)*)"` could not be displayed')
_ESCAPE = re.compile(r"\\(?:u\{([0-9a-f]+)\}|(.))")


class MissingGlyphsError(TriptychError):
    """No font draws these texts whole, though one draws each of their characters."""

    def __init__(self, texts: Iterable[str]) -> None:
        """Keep the texts, so that a placeholder can take their place."""
        self.texts = frozenset(texts)
        super().__init__(f"no font can draw {', '.join(sorted(self.texts))}")


def typeset_pdf(
    files: Mapping[str, bytes], faces: Sequence[Face], *, font: str = "", time: int = 0
) -> bytes:
    """Return the PDF/UA-1 that `main.typ` makes; `fonts.json` tells it the families.

    The family `font` comes first, or else Typst's own serif, then those of `faces`.
    """
    with scratch_folder() as scratch:
        root = scratch / "root"
        root.mkdir()
        book, families = _book(faces, scratch / "fonts", font)
        names = json.dumps(families, ensure_ascii=False).encode()
        try:
            data, warnings = typst.compile_with_warnings(
                {**files, "fonts.json": names},  # type: ignore[call-overload]
                root=root,
                font_paths=book,
                ignore_system_fonts=True,
                format="pdf",
                pdf_standards="ua-1",
                timestamp=time,
            )
        except typst.TypstError as error:
            lacking = _LACKING.findall(error.diagnostic)
            if lacking:
                raise MissingGlyphsError(map(_unescaped, lacking)) from error
            raise _failure(error) from error
        if warnings:
            raise _failure(warnings[0]) from warnings[0]
    return bytes(data)


def _book(
    faces: Sequence[Face], folder: Path, font: str
) -> tuple[typst.Fonts, list[str]]:
    """Return the fonts for Typst and the names it knows their families by.

    Each file gets a folder of its own: in a shared one the disk would decide the order.
    """
    places: dict[Path, Path] = {}
    for face in faces:
        if face.path not in places:
            places[face.path] = folder / f"{len(places):04}"
            places[face.path].mkdir(parents=True)
            shutil.copyfile(face.path, places[face.path] / face.path.name)
    book = typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=True,
        font_paths=[str(place) for place in places.values()],
    )
    known = {
        (Path(info.path), info.index): info.family for info in book.fonts() if info.path
    }
    added = []
    for face in faces:
        family = known.get((places[face.path] / face.path.name, face.number))
        if family is None:
            raise TriptychError(f"`{face.path.name}` is no font that Typst can read")
        added.append(family)
    if font and font not in {*BUILT_IN, *added}:
        there = ", ".join(f"`{name}`" for name in sorted({*BUILT_IN, *added}))
        raise TriptychError(f"`sheet.font` is `{font}`: there are {there}")
    serif, *rest = BUILT_IN
    first = [font] if font else []
    return book, [
        name for name in dict.fromkeys([*first, serif, *added, *rest]) if name
    ]


def _unescaped(text: str) -> str:
    return _ESCAPE.sub(lambda e: chr(int(e[1], 16)) if e[1] else e[2], text)


def _failure(error: typst.TypstError | typst.TypstWarning) -> TriptychError:
    return TriptychError(f"the sheet cannot be typeset: {error.message}")
