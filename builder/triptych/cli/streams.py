"""Standard streams that may be closed or full, or whose reader may have ended.

In `triptych list | head -1` the reader ends after a line: the rest of the output is
discarded, which is not an error. The verb goes on, so that a build is complete and its
exit code the usual one.
"""

import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TextIO

from triptych.errors import TriptychError

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

_OUTPUT, _ERROR = 1, 2


@contextmanager
def standard_streams() -> Iterator[None]:
    """Make `sys.stdout` and `sys.stderr` writable, even if they are closed."""
    _open_standard_files()
    before = sys.stdout, sys.stderr
    sys.stdout = _lenient(_OUTPUT, sys.stdout, sys.__stdout__)
    sys.stderr = _lenient(_ERROR, sys.stderr, sys.__stderr__)
    try:
        yield
    finally:
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
        sys.stdout, sys.stderr = before


def _open_standard_files() -> None:
    """Open closed standard streams, so that no other file gets their numbers."""
    while (number := os.open(os.devnull, os.O_RDWR)) <= _ERROR:
        os.set_inheritable(number, True)
    os.close(number)


def _lenient(number: int, stream: TextIO | None, original: TextIO | None) -> TextIO:
    if stream is not original:
        return stream or io.StringIO()  # A test has replaced it.
    if stream:
        stream.flush()
    return io.TextIOWrapper(
        io.BufferedWriter(_Lenient(number)),
        encoding=stream.encoding if stream else "utf-8",
        errors=_never_strict(stream.errors) if stream else "replace",
        line_buffering=True,
    )


def _never_strict(errors: str | None) -> str:
    """Return how to print what the encoding lacks, such as Chinese in cp1252."""
    return "backslashreplace" if errors in {None, "strict"} else str(errors)


class _Lenient(io.RawIOBase):
    """A file that accepts all output, also when nobody reads it any more."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self._number = number
        self._is_lost = False

    def fileno(self) -> int:
        return self._number

    def isatty(self) -> bool:
        return os.isatty(self._number)

    def writable(self) -> bool:
        return True

    def write(self, data: "ReadableBuffer", /) -> int:
        size = memoryview(data).nbytes
        while not self._is_lost:
            try:
                return os.write(self._number, data)
            except BlockingIOError:
                # The pipe is full and was opened without blocking: wait for the reader.
                from select import select  # noqa: PLC0415 - for this rare case only

                select([], [self._number], [])
            except BrokenPipeError:
                self._is_lost = True
            except OSError as error:
                self._is_lost = True
                if self._number == _ERROR:
                    break  # The message has no other place to go.
                raise TriptychError(f"cannot print: {error.strerror}") from error
        return size
