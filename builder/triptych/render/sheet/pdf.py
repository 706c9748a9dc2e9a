"""Run Typst on files in memory, without access to the disk or the network."""

import json
import re
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

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

_LARGE_BYTES = 1_000_000
"""PDFs of so many bytes together make it worth a third of a second to free memory."""
_KEPT_FOR = 10
"""What was laid out for a document, Typst keeps while it makes so many others."""

_MISSING = re.compile(r'the text `"((?:[^"\\]|\\.)*)"` could not be displayed')
_ESCAPE = re.compile(r"\\(?:u\{([0-9a-f]+)\}|(.))")


class _Kept:
    """What Typst keeps of the documents that it made in this process."""

    pdf_bytes = 0


class MissingGlyphsError(TriptychError):
    """No font can draw one of these texts, though each character is in some font."""

    def __init__(self, texts: Iterable[str]) -> None:
        """Store the texts, which the caller replaces with a placeholder."""
        self.texts = frozenset(texts)
        super().__init__(f"no font can draw {', '.join(sorted(self.texts))}")


@dataclass(frozen=True, slots=True)
class Typesetter:
    """Typst with certain fonts, in an empty folder."""

    root: Path
    fonts: typst.Fonts
    families: tuple[str, ...]

    def pdf(
        self, files: Mapping[str, bytes], inputs: Mapping[str, str], time: int
    ) -> bytes:
        """Return the PDF/UA-1 document of `main.typ`.

        Raises:
            MissingGlyphsError: No font can draw some text.
            TriptychError: A template is invalid.

        """
        with _failures():
            data, warnings = typst.compile_with_warnings(
                self._all(files),  # type: ignore[call-overload]
                root=self.root,
                font_paths=self.fonts,
                ignore_system_fonts=True,
                format="pdf",
                pdf_standards="ua-1",
                timestamp=time,
                sys_inputs=dict(inputs),
            )
        if warnings:
            raise _failure(warnings[0]) from warnings[0]
        _Kept.pdf_bytes += len(data)
        return bytes(data)

    def told(
        self, files: Mapping[str, bytes], inputs: Mapping[str, str]
    ) -> list[dict[str, Any]]:
        """Return the metadata with the label `told`; after `pdf` this costs nothing."""
        with _failures():
            found = typst.query(  # type: ignore[type-var]
                self._all(files),
                "<told>",
                field="value",
                root=self.root,
                font_paths=self.fonts,
                ignore_system_fonts=True,
                sys_inputs=dict(inputs),
            )
        values: list[dict[str, Any]] = json.loads(found)
        return values

    def _all(self, files: Mapping[str, bytes]) -> dict[str, bytes]:
        names = json.dumps(self.families, ensure_ascii=False).encode()
        return {**files, "fonts.json": names}


@contextmanager
def typesetter(faces: Sequence[Face], font: str = "") -> Iterator[Typesetter]:
    """Yield Typst with its own fonts and those of `faces`.

    `fonts.json` lists the font families: `font`, or else Typst's own serif, then those
    of `faces`.

    Raises:
        TriptychError: A font cannot be read, or there is none with this name.

    """
    with scratch_folder() as scratch:
        root = scratch / "root"
        root.mkdir()
        fonts, families = _fonts(faces, scratch / "fonts", font)
        if _Kept.pdf_bytes > _LARGE_BYTES:
            _free_memory(fonts)
        yield Typesetter(root, fonts, tuple(families))


def typeset_pdf(
    files: Mapping[str, bytes], faces: Sequence[Face], *, font: str = "", time: int = 0
) -> bytes:
    """Return the PDF/UA-1 document of `main.typ`, as `Typesetter.pdf` makes it."""
    with typesetter(faces, font) as typst_:
        return typst_.pdf(files, {}, time)


def _free_memory(fonts: typst.Fonts) -> None:
    """Free what Typst keeps, by empty documents; it has no function for that.

    A handbook takes hundreds of megabytes, to which each further one would add.
    """
    for _ in range(_KEPT_FOR):
        typst.compile(b"", font_paths=fonts, ignore_system_fonts=True, format="pdf")
    _Kept.pdf_bytes = 0


@contextmanager
def _failures() -> Iterator[None]:
    """Turn errors of Typst into ours."""
    try:
        yield
    except typst.TypstError as error:
        missing = _MISSING.findall(error.diagnostic)
        if missing:
            raise MissingGlyphsError(map(_unescaped, missing)) from error
        raise _failure(error) from error
    except RuntimeError as error:
        # A query has no error of its own kind.
        raise TriptychError(f"the sheet cannot be typeset: {error}") from error


def _fonts(
    faces: Sequence[Face], folder: Path, font: str
) -> tuple[typst.Fonts, list[str]]:
    """Return the fonts for Typst, and the family names that Typst reads from them.

    Each file is copied to its own folder: in a shared one the order of the files would
    depend on the disk.
    """
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
        raise TriptychError(
            f"deck.toml: `font` below `[print]` is `{font}`: there are {available}"
        )
    serif, *rest = BUILT_IN
    first = [font] if font else []
    return fonts, [
        name for name in dict.fromkeys([*first, serif, *added, *rest]) if name
    ]


def _unescaped(text: str) -> str:
    return _ESCAPE.sub(lambda e: chr(int(e[1], 16)) if e[1] else e[2], text)


def _failure(error: typst.TypstError | typst.TypstWarning) -> TriptychError:
    return TriptychError(f"the sheet cannot be typeset: {error.message}")
