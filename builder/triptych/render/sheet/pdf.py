"""Run Typst on files in memory, without access to the disk or the network."""

import json
import re
import shutil
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from triptych.errors import TriptychError
from triptych.render.sheet.fonts import Face
from triptych.scratch import scratch_folder

if TYPE_CHECKING:
    import typst

BUILT_IN = (
    "Libertinus Serif",
    "New Computer Modern",
    "New Computer Modern Math",
    "DejaVu Sans Mono",
)
"""The families inside Typst's wheel, in the order to try them."""

_MISSING = re.compile(r'the text `"((?:[^"\\]|\\.)*)"` could not be displayed')
_ESCAPE = re.compile(r"\\(?:u\{([0-9a-f]+)\}|(.))")


class MissingGlyphsError(TriptychError):
    """No font can draw one of these texts, though each character is in some font."""

    def __init__(self, texts: Iterable[str]) -> None:
        """Store the texts, which the caller replaces with a placeholder."""
        self.texts = frozenset(texts)
        super().__init__(f"no font can draw {', '.join(sorted(self.texts))}")


def typeset_pdf(
    files: Mapping[str, bytes], faces: Sequence[Face], *, font: str = "", time: int = 0
) -> bytes:
    """Return the PDF/UA-1 document of `main.typ`.

    `fonts.json` lists the font families: `font`, or else Typst's own serif, then those
    of `faces`.

    Raises:
        MissingGlyphsError: No font can draw some text.
        TriptychError: A font cannot be read, or a template is invalid.

    """
    import typst  # noqa: PLC0415 - most builds after an edit typeset no sheet

    with scratch_folder() as scratch:
        root = scratch / "root"
        root.mkdir()
        fonts, families = _fonts(faces, scratch / "fonts", font)
        names = json.dumps(families, ensure_ascii=False).encode()
        try:
            data, warnings = typst.compile_with_warnings(
                {**files, "fonts.json": names},  # type: ignore[call-overload]
                root=root,
                font_paths=fonts,
                ignore_system_fonts=True,
                format="pdf",
                pdf_standards="ua-1",
                timestamp=time,
            )
        except typst.TypstError as error:
            missing = _MISSING.findall(error.diagnostic)
            if missing:
                raise MissingGlyphsError(map(_unescaped, missing)) from error
            raise _failure(error) from error
        if warnings:
            raise _failure(warnings[0]) from warnings[0]
    return bytes(data)


def _fonts(
    faces: Sequence[Face], folder: Path, font: str
) -> "tuple[typst.Fonts, list[str]]":
    """Return the fonts for Typst, and the family names that Typst reads from them.

    Each file is copied to its own folder: in a shared one the order of the files would
    depend on the disk.
    """
    import typst  # noqa: PLC0415 - as above

    folders: dict[Path, Path] = {}
    for face in faces:
        if face.path not in folders:
            folders[face.path] = folder / f"{len(folders):04}"
            folders[face.path].mkdir(parents=True)
            shutil.copyfile(face.path, folders[face.path] / face.path.name)
    fonts = typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=True,
        font_paths=[str(path) for path in folders.values()],
    )
    known = {
        (Path(info.path), info.index): info.family
        for info in fonts.fonts()
        if info.path
    }
    added = []
    for face in faces:
        family = known.get((folders[face.path] / face.path.name, face.number))
        if family is None:
            raise TriptychError(f"`{face.path.name}` is not a font that Typst can read")
        added.append(family)
    if font and font not in {*BUILT_IN, *added}:
        available = ", ".join(f"`{name}`" for name in sorted({*BUILT_IN, *added}))
        raise TriptychError(f"`sheet.font` is `{font}`: there are {available}")
    serif, *rest = BUILT_IN
    first = [font] if font else []
    return fonts, [
        name for name in dict.fromkeys([*first, serif, *added, *rest]) if name
    ]


def _unescaped(text: str) -> str:
    return _ESCAPE.sub(lambda e: chr(int(e[1], 16)) if e[1] else e[2], text)


def _failure(error: "typst.TypstError | typst.TypstWarning") -> TriptychError:
    return TriptychError(f"the sheet cannot be typeset: {error.message}")
