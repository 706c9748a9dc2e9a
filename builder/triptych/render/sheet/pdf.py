"""Have Typst set files in memory, without access to the disk or the network."""

import json
import re
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from triptych.errors import TriptychError
from triptych.render.sheet.fonts import Face
from triptych.render.sheet.pictures import PICTURES
from triptych.render.sheet.typst_process import (
    TypstFailedError,
    TypstProcess,
    typst_process,
)
from triptych.scratch import scratch_folder

BUILT_IN = (
    "Libertinus Serif",
    "New Computer Modern",
    "New Computer Modern Math",
    "DejaVu Sans Mono",
)
"""The families inside Typst's wheel, in the order to try them."""

_MISSING = re.compile(r'the text `"((?:[^"\\]|\\.)*)"` could not be displayed')
_PLACE = re.compile(r"┌─ (\S+):(\d+):\d+")
_HINT = re.compile(r"= hint: (.+)")
_MAIN = "main.typ"
_ESCAPE = re.compile(r"\\(?:u\{([0-9a-f]+)\}|(.))")


class MissingGlyphsError(TriptychError):
    """No font can draw one of these texts, though each character is in some font."""

    def __init__(self, texts: Iterable[str]) -> None:
        """Store the texts, which the caller replaces with a placeholder."""
        self.texts = frozenset(texts)
        super().__init__(f"no font can draw {', '.join(sorted(self.texts))}")


class BadPictureError(TriptychError):
    """Typst cannot draw a picture."""

    def __init__(self, name: str, problem: str) -> None:
        """Store the name of the picture among the files; the message is of Typst."""
        self.name = name
        super().__init__(
            f"print cannot draw it: {problem}; save it anew with a program for pictures"
        )


class Typesetter:
    """Typst with certain fonts, in a process of its own."""

    def __init__(
        self, process: TypstProcess, families: Iterable[str], template: str = _MAIN
    ) -> None:
        """Use the fonts that `process` was given, which are of these families.

        Messages call `main.typ` by the name of the `template` that it is.
        """
        self._process = process
        self._template = template
        self._families = json.dumps([*families], ensure_ascii=False).encode()
        self._given: Mapping[str, bytes] = {}

    def pdf(
        self, files: Mapping[str, bytes], inputs: Mapping[str, str], time: int
    ) -> bytes:
        """Return the PDF/UA-1 document of `main.typ`.

        Raises:
            MissingGlyphsError: No font can draw some text.
            BadPictureError: A picture cannot be drawn.
            TriptychError: A template is invalid.

        """
        with self._failures():
            self._give(files)
            data, warnings = self._process.pdf(inputs, time)
        if warnings:
            raise _failure(*warnings[0], self._template)
        return data

    def metadata(self, files: Mapping[str, bytes], inputs: Mapping[str, str]) -> str:
        """Return the metadata with the label `report` as JSON; cheap after `pdf`."""
        with self._failures():
            self._give(files)
            return self._process.metadata(inputs)

    def png(self, svg: bytes) -> bytes:
        """Return a drawing as a picture of pixels."""
        with self._failures():
            return self._process.png(svg)

    @contextmanager
    def _failures(self) -> Iterator[None]:
        """Turn errors of Typst into ours."""
        try:
            yield
        except TypstFailedError as error:
            missing = _MISSING.findall(error.diagnostic)
            if missing:
                raise MissingGlyphsError(map(_unescaped, missing)) from error
            # What a template reports of a picture does not name it.
            for name in self._given:
                if name.startswith(PICTURES):
                    problem = self._process.picture_problem(name)
                    if problem:
                        raise BadPictureError(name, problem) from error
            raise _failure(error.message, error.diagnostic, self._template) from error

    def _give(self, files: Mapping[str, bytes]) -> None:
        """Send the files, unless the process has them."""
        if files != self._given:
            self._process.give({**files, "fonts.json": self._families})
            self._given = files


@contextmanager
def typesetter(
    faces: Sequence[Face], font: str = "", template: str = _MAIN
) -> Iterator[Typesetter]:
    """Yield Typst with its own fonts and those of `faces`, for this main `template`.

    `fonts.json` lists the font families: `font`, or else Typst's own serif, then those
    of `faces`.

    Raises:
        TriptychError: A font cannot be read, or there is none with this name.

    """
    with scratch_folder() as scratch, typst_process(scratch) as process:
        families = _families(process, faces, scratch / "fonts", font)
        yield Typesetter(process, families, template)


def typeset_pdf(
    files: Mapping[str, bytes], faces: Sequence[Face], *, font: str = "", time: int = 0
) -> bytes:
    """Return the PDF/UA-1 document of `main.typ`, as `Typesetter.pdf` makes it."""
    with typesetter(faces, font) as typst_:
        return typst_.pdf(files, {}, time)


def _families(
    process: TypstProcess, faces: Sequence[Face], folder: Path, font: str
) -> list[str]:
    """Give Typst the fonts, and return the family names that it reads from them.

    Each file is copied to its own folder: in a shared one the order of the files would
    depend on the disk.
    """
    folders: dict[Path, Path] = {}
    for face in faces:
        if face.path not in folders:
            folders[face.path] = folder / f"{len(folders):04}"
            folders[face.path].mkdir(parents=True)
            shutil.copyfile(face.path, folders[face.path] / face.path.name)
    known = {
        (Path(path), number): family
        for path, number, family in process.open([*folders.values()])
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
    return [name for name in dict.fromkeys([*first, serif, *added, *rest]) if name]


def _unescaped(text: str) -> str:
    return _ESCAPE.sub(lambda e: chr(int(e[1], 16)) if e[1] else e[2], text)


def _failure(message: str, diagnostic: str, template: str) -> TriptychError:
    """Return the error for what Typst refuses, with its place and Typst's own hints."""
    place = _PLACE.search(diagnostic)
    start = ""
    if place:
        name = template if place[1] == _MAIN else place[1]
        start = f"templates/sheet/{name}:{place[2]}: "
    hints = "".join(f" ({hint})" for hint in _HINT.findall(diagnostic))
    return TriptychError(f"{start}the PDF cannot be typeset: {message}{hints}")
