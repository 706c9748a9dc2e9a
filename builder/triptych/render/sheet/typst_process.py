"""A process that runs Typst for this one, and what becomes of it."""

import json
import marshal
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import IO, Any

from triptych.errors import TriptychError, how_it_ended
from triptych.render.sheet import typst_child

_ENVIRONMENT = {"MALLOC_TRIM_THRESHOLD_": str(1 << 20)}
"""The C library of Linux gives back what is free, however much was freed before.

Else the same book takes from 441 to 475 MB.
"""


class TypstFailedError(Exception):
    """Typst cannot do what it is asked to."""

    def __init__(self, message: str, diagnostic: str) -> None:
        """Store the message, and the diagnostic, which may be empty."""
        self.message = message
        self.diagnostic = diagnostic
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class TypstProcess:
    """A process that does one request after the other."""

    process: subprocess.Popen[bytes]
    requests: IO[bytes]
    answers: IO[bytes]
    log: Path
    """What the process writes to its standard error, for example when it is ended."""

    def give(self, files: Mapping[str, bytes]) -> None:
        """Use these files from now on."""
        self._ask("give", dict(files))

    def open(self, folders: list[Path]) -> list[tuple[str, int, str]]:
        """Use the fonts in `folders`; return the path, number and family of each."""
        faces: list[tuple[str, int, str]] = self._ask("open", [*map(str, folders)])
        return faces

    def pdf(
        self, inputs: Mapping[str, str], time: int
    ) -> tuple[bytes, list[tuple[str, str]]]:
        """Return the document and the warnings of Typst: the message and the whole."""
        data, warnings = self._ask("pdf", _choices(inputs), time)
        return data, warnings

    def png(self, svg: bytes) -> bytes:
        """Return a drawing as a picture of pixels."""
        data: bytes = self._ask("png", svg)
        return data

    def picture_problem(self, name: str) -> str:
        """Return why Typst cannot draw the picture of this name; empty if it can."""
        problem: str = self._ask("picture_problem", name)
        return problem

    def metadata(self, inputs: Mapping[str, str]) -> str:
        """Return the metadata with the label `report`, as JSON."""
        found: str = self._ask("metadata", _choices(inputs))
        return found

    def _ask(self, name: str, *arguments: Any) -> Any:  # noqa: ANN401 - of any method
        """Return what the method `name` of `typst_child.Typst` returns.

        Raises:
            TypstFailedError: Typst says that it cannot do it.
            TriptychError: The process came to its end.

        """
        try:
            marshal.dump((name, arguments), self.requests)
            self.requests.flush()
            done, value = marshal.load(self.answers)  # noqa: S302 - from our own process
        except (EOFError, OSError) as error:
            raise self._ended() from error
        if not done:
            raise TypstFailedError(*value)
        return value

    def _ended(self) -> TriptychError:
        """Return the error for a process that ended before its answer."""
        code = self.process.wait()
        lines = self.log.read_text("utf-8", "replace").split("\n")
        last = next((line.strip() for line in reversed(lines) if line.strip()), "")
        said = f" ({last})" if last else ""
        return TriptychError(
            f"Typst, which makes the PDFs, was ended {how_it_ended(code)}{said}: memory"
            " may be short; make fewer questions into a PDF with --where, or name fewer"
            " `products` under `[print]`"
        )


def _choices(inputs: Mapping[str, str]) -> dict[str, bytes]:
    """Return the file that a template reads its inputs from.

    They are not inputs of Typst itself, on which all that it caches depends: if the
    breaks of the last page differ, it would lay out the paragraphs of all pages again.
    """
    return {"choices.json": json.dumps(dict(inputs), sort_keys=True).encode()}


@contextmanager
def typst_process(scratch: Path) -> Iterator[TypstProcess]:
    """Yield a new process in an empty folder below `scratch`; it ends with the block.

    Raises:
        TriptychError: Typst is not installed.

    """
    spec = find_spec("typst")
    if spec is None or spec.origin is None:
        raise TriptychError("the package `typst` is missing: install triptych again")
    root, log = scratch / "root", scratch / "log.txt"
    root.mkdir()
    with log.open("wb") as written:
        process = subprocess.Popen(  # noqa: S603 - our own interpreter and program
            [
                *(sys.executable, "-I", "-S", typst_child.__file__),
                str(Path(spec.origin).parents[1]),
            ],
            cwd=root,
            env=os.environ | _ENVIRONMENT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=written,
        )
    assert process.stdin  # noqa: S101 - it is a pipe
    assert process.stdout  # noqa: S101 - it is a pipe
    try:
        yield TypstProcess(process, process.stdin, process.stdout, log)
    finally:
        # It has nothing to put in order, and may be at work if Ctrl-C ended ours.
        process.kill()
        process.wait()
        with suppress(OSError):  # if part of a request was not sent
            process.stdin.close()
        process.stdout.close()
