"""Run Typst for another process, until that process closes its pipe.

Typst has no function that frees what it keeps of a document, which for a book is
hundreds of megabytes: the end of this process frees it. This file is a program, and it
imports nothing of `triptych`, so that it starts in ten milliseconds.

Its argument is the folder that the package `typst` is in. A request on its standard
input is a tuple of the name of a method of `Typst` and of its arguments; an answer on
its standard output is a tuple of two: whether it is done, and what it returned, or the
message of the error and what else Typst says about it.
"""

import marshal
import os
import signal
import sys
from collections.abc import Iterator
from queue import SimpleQueue
from threading import Thread
from typing import Any

_DRAWING = b"""#set page(width: auto, height: auto, margin: 0pt, fill: none)
#image("drawing.svg")
"""
_PIXELS_PER_INCH = 300.0
_REPORTS = "selector(<report>).or(<told>)"
"""Templates that decks have for earlier versions use the second label."""
_Request = tuple[str, tuple[Any, ...]]


class Typst:
    """Typst with certain fonts and files, in the empty folder of this process."""

    def __init__(self, folder: str) -> None:
        """Import the package `typst`, which is in `folder`."""
        sys.path.append(folder)
        import typst  # noqa: PLC0415 - not before it can be found

        self._typst = typst
        self._fonts: Any = None
        self._files: dict[str, bytes] = {}

    def open(self, folders: list[str]) -> list[tuple[str, int, str]]:
        """Use the fonts in `folders`; return the path, number and family of each."""
        self._fonts = self._typst.Fonts(
            include_system_fonts=False,
            include_embedded_fonts=True,
            font_paths=folders,
        )
        faces = self._fonts.fonts()
        return [(face.path, face.index, face.family) for face in faces if face.path]

    def give(self, files: dict[str, bytes]) -> None:
        """Use these files from now on."""
        self._files = {}
        for name, data in files.items():
            if _is_text(data):
                self._files[name] = data
            else:
                # From memory Typst takes text alone.
                os.makedirs(os.path.dirname(name) or ".", exist_ok=True)  # noqa: PTH103, PTH120 - pathlib is slow to import
                with open(name, "wb") as file:  # noqa: PTH123 - as above
                    file.write(data)

    def picture_problem(self, name: str) -> str:
        """Return why the picture of this name cannot be drawn; empty if it can."""
        source = f'#image("{name}", width: 5cm)'.encode()
        try:
            self._typst.compile(
                {**self._files, "main.typ": source},
                root=".",
                font_paths=self._fonts,
                ignore_system_fonts=True,
                format="pdf",
            )
        except RuntimeError as error:
            return str(getattr(error, "message", error))
        return ""

    def pdf(
        self, inputs: dict[str, bytes], time: int
    ) -> tuple[bytes, list[tuple[str, str]]]:
        """Return the PDF/UA-1 document of `main.typ`, and the warnings of Typst.

        `inputs` are files that only this document has. A warning is its message and the
        whole text, which has its place, too.
        """
        data, warnings = self._typst.compile_with_warnings(
            self._files | inputs,
            root=".",
            font_paths=self._fonts,
            ignore_system_fonts=True,
            format="pdf",
            pdf_standards="ua-1",
            timestamp=time,
        )
        return data, [(one.message, one.diagnostic) for one in warnings]

    def png(self, svg: bytes) -> bytes:
        """Return the pixels of a drawing, which may have text."""
        data: bytes = self._typst.compile(
            {"main.typ": _DRAWING, "drawing.svg": svg},
            root=".",
            font_paths=self._fonts,
            ignore_system_fonts=True,
            format="png",
            ppi=_PIXELS_PER_INCH,
        )
        return data

    def metadata(self, inputs: dict[str, bytes]) -> str:
        """Return the metadata with the label `report` as JSON; cheap after `pdf`."""
        try:
            found: str = self._typst.query(
                self._files | inputs,
                _REPORTS,
                field="value",
                root=".",
                font_paths=self._fonts,
                ignore_system_fonts=True,
            )
        except RuntimeError:
            # The error of a query says no place: that of the same document does.
            self.pdf(inputs, 0)
            raise
        return found


def _is_text(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def main() -> None:
    """Answer requests until there are no more."""
    # Ctrl-C reaches every process of a terminal; the other process stops this one.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    typst = Typst(sys.argv[1])
    for name, arguments in _requests():
        try:
            answer = True, getattr(typst, name)(*arguments)
        except RuntimeError as error:
            # A query has no error of its own kind; `typst.TypstError` is one, too.
            answer = (
                False,
                (
                    getattr(error, "message", str(error)),
                    getattr(error, "diagnostic", ""),
                ),
            )
        marshal.dump(answer, sys.stdout.buffer)
        sys.stdout.buffer.flush()


def _requests() -> Iterator[_Request]:
    """Yield the requests; this process ends at once when there can be no more."""
    requests: SimpleQueue[_Request] = SimpleQueue()

    def read() -> None:
        while True:
            try:
                requests.put(marshal.load(sys.stdin.buffer))  # noqa: S302 - our own process
            except EOFError:
                os._exit(0)

    Thread(target=read, daemon=True).start()
    while True:
        yield requests.get()


if __name__ == "__main__":
    main()
